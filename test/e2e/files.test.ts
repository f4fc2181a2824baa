import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BACKEND } from "../support/backend.js";
import { Daemon } from "../support/daemon.js";

let daemon: Daemon;

async function begin(...args: readonly string[]): Promise<void> {
  daemon = new Daemon(["--backend", BACKEND, ...args]);
  await shell("mkdir /tmp/work && cd /tmp/work");
}

beforeEach(() => begin());

afterEach(async () => {
  daemon.child.kill("SIGTERM");
  await daemon.ended;
});

async function shell(command: string): Promise<string> {
  const { stdout = "", stderr = "" } = await daemon.request({ type: "shell", command });
  return stdout + stderr;
}

const write = (path: string, content: string) => daemon.request({ type: "write_file", path, content });
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const failure = (code: string, error?: unknown) => ({
  success: false,
  code,
  ...(error !== undefined && { error }),
});
const containing = (text: string): unknown => expect.stringContaining(text);

describe("reading a file", () => {
  beforeEach(() => write("a", "one\ntwo\nthree"));
  const read = (more: object) => daemon.ask({ type: "read_file", path: "a", ...more });

  it.each([
    [{ first_line: 2 }, "two\nthree"],
    [{ last_line: 1 }, "one\n"],
    [{ first_line: 2, last_line: 2 }, "two\n"],
    [{ first_line: 3, last_line: 9 }, "three"],
    [{ first_line: 4 }, ""],
  ])("gives the lines %j", async (lines, content) => {
    expect(await read(lines)).toMatchObject({ content, total_lines: 3, size: 13 });
  });

  it("gives the hash of the whole file with any part of it", async () => {
    const hash = { hash: true };
    expect(await read(hash)).toMatchObject({ sha256: sha256("one\ntwo\nthree") });
    expect(await read({ ...hash, offset: 4, length: 3 })).toMatchObject({
      content: "two",
      sha256: sha256("one\ntwo\nthree"),
    });
    expect(await read({ ...hash, first_line: 2, last_line: 2 })).toMatchObject({
      content: "two\n",
      sha256: sha256("one\ntwo\nthree"),
    });
  });

  it("says what does not go together", async () => {
    expect(await read({ first_line: 2, offset: 1 })).toMatchObject(
      failure("INVALID_REQUEST", containing("not by both")),
    );
    expect(await read({ first_line: 3, last_line: 2 })).toMatchObject(
      failure("INVALID_REQUEST", containing("`last_line` must not be before `first_line`")),
    );
  });
});

describe("an agent that edits", () => {
  it("does so only while the file is the one that it has read", async () => {
    await write("a", "x = 1\n");
    const read = await daemon.request({ type: "read_file", path: "a", hash: true });
    const edits = [{ old: "1", new: "2" }];
    const change = { type: "edit_file" as const, path: "a", edits, if_match: read.sha256 ?? "" };
    const edited = await daemon.request(change);
    expect(edited).toMatchObject({ replacements: 1, size: 6, sha256: sha256("x = 2\n") });
    expect(await daemon.ask(change)).toMatchObject(failure("CONFLICT", containing(edited.sha256)));
    expect(
      await daemon.ask({ type: "write_file", path: "a", content: "", if_match: read.sha256 }),
    ).toMatchObject(failure("CONFLICT"));
    await daemon.request({ type: "write_file", path: "a", content: "y\n", if_match: edited.sha256 });
    expect(await shell("cat a")).toBe("y\n");
  });

  it("learns where its text stands", async () => {
    await write("a", "if x:\n    y()\nif x:\n    z()\n");
    const edit = (old: string, more = {}) =>
      daemon.ask({ type: "edit_file", path: "a", edits: [{ old, new: "", ...more }] });
    expect(await edit("if x:")).toMatchObject(
      failure("NO_MATCH", containing("occurs 2 times (lines 1, 3); it must occur once")),
    );
    expect(await edit("y()", { count: 3 })).toMatchObject(
      failure("NO_MATCH", containing("occurs once (line 2); it must occur 3 times")),
    );
    expect(await edit("  z()\n\n")).toMatchObject(
      failure("NO_MATCH", containing("but it would without the space around it")),
    );
    await write("a", "one\r\ntwo\r\n");
    expect(await edit("one\ntwo")).toMatchObject(failure("NO_MATCH", containing("line ends \\r\\n")));
    expect(await shell("od -c a | head -1")).toContain("o   n   e  \\r  \\n");
  });
});

describe("list_dir", () => {
  it("gives paths that other requests can use, and says what is no text", async () => {
    await shell("mkdir -p d/e; touch d/e/$'\\377'; ln -s $'to\\377' d/l");
    const { entries } = await daemon.request({ type: "list_dir", path: "d/", recursive: true });
    expect(entries).toMatchObject([
      { path: "d/e", kind: "directory" },
      { path: "d/l", kind: "symlink", target: "dG//", target_encoding: "base64" },
      { path: "ZC9lL/8=", path_encoding: "base64", kind: "file" },
    ]);
    expect((await daemon.request({ type: "list_dir" })).entries).toMatchObject([{ path: "d" }]);
    expect((await daemon.request({ type: "list_dir", path: "/tmp/work" })).entries).toMatchObject([
      { path: "/tmp/work/d" },
    ]);
  });

  it("looks into /proc without harm", async () => {
    const { entries } = await daemon.request({ type: "list_dir", path: "/proc", depth: 3, limit: 100_000 });
    expect(entries.map(({ path }) => path)).toContain("/proc/self");
    expect(entries.map(({ path }) => path)).toContain("/proc/1/fd");
  });
});

describe("copy", () => {
  const copy = (from: string, to: string, more = {}) => daemon.ask({ type: "copy", from, to, ...more });

  it("keeps modes, times, links and holes", async () => {
    await shell(
      "mkdir d; cd d; echo x >a; chmod 4750 a; touch -d @1000000000 a; ln a b; ln -s a l; truncate -s 1M hole; mkfifo p; cd ..",
    );
    expect(await copy("d", "new", { recursive: true })).toMatchObject({ success: true });
    const describe = "for f in a b hole p; do stat -c '%n %F %a %h %s %b' $f; done; stat -c %Y a; readlink l";
    expect(await shell(`cd new; ${describe}; cd ..`)).toBe(await shell(`cd d; ${describe}; cd ..`));
    expect(await shell("test new/a -ef new/b && ! test new/a -ef d/a && stat -c %b new/hole")).toBe("0\n");
  });

  it("says what it would have to be told", async () => {
    await shell("mkdir d e; echo old >d/a; echo new >a");
    expect(await copy("d", "f")).toMatchObject(failure("EISDIR"));
    expect(await copy("a", "d/a")).toMatchObject(failure("EEXIST"));
    expect(await copy("nosuch", "b")).toMatchObject(failure("ENOENT", containing("nosuch")));
    expect(await copy("a", "a/b")).toMatchObject(failure("ENOTDIR"));
    expect(await copy("a", "d/a", { overwrite: true })).toMatchObject({ success: true });
    expect(await shell("cat d/a; ls")).toBe("new\na\nd\ne\n");
  });

  it("takes names for what they are", async () => {
    const name = "-rf '\"$(touch oops)`touch oops`\\ \n*";
    await write(`./${name}`, "x");
    expect(await copy(name, "-copy")).toMatchObject({ success: true });
    expect(await shell("ls | tail -1; cat ./-copy; ls | grep -c oops$")).toContain("x");
    expect(await shell("test -e oops || echo none")).toBe("none\n");
  });
});

describe("move", () => {
  it("goes from one filesystem to another", async () => {
    await shell("mkdir d; echo x >d/a; chmod 600 d/a; echo y >/root/there");
    const move = (to: string, more = {}) => daemon.ask({ type: "move", from: "d", to, ...more });
    expect(await move("/root/there")).toMatchObject(failure("EEXIST"));
    expect(await move("/root/moved")).toMatchObject({ success: true });
    expect(await shell("stat -c %a /root/moved/a; cat /root/moved/a; ls")).toBe("600\nx\n");
  });
});

describe("search", () => {
  const search = (pattern: string, more = {}) => daemon.ask({ type: "search", pattern, ...more });

  it("finds lines by Perl's regular expressions, with their place", async () => {
    await shell("mkdir -p src/lib; printf 'a\\nüb 12 c 345\\n' >src/x.txt; printf '99\\n' >src/lib/y.js");
    expect(await search("\\d{2,}(?! c)")).toMatchObject({
      matches: [
        { path: "src/lib/y.js", line: 1, column: 1, text: "99" },
        { path: "src/x.txt", line: 2, column: 9, text: "üb 12 c 345" },
      ],
      truncated: false,
      problems: [],
    });
    expect(await search("(?i)A", { path: "src/x.txt" })).toMatchObject({
      matches: [{ path: "src/x.txt", line: 1 }],
    });
    expect(await search(".", { glob: "*.js" })).toMatchObject({ matches: [{ path: "src/lib/y.js" }] });
    expect(await search("nothing")).toMatchObject({ matches: [], truncated: false });
  });

  it("gives the lines around a match, each once", async () => {
    await shell("seq 9 >a; seq 3 >b");
    expect(await search("^[369]$", { context: 1 })).toMatchObject({
      matches: [
        { path: "a", line: 3, before: ["2"], after: ["4"] },
        { path: "a", line: 6, before: ["5"], after: ["7"] },
        { path: "a", line: 9, before: ["8"], after: [] },
        { path: "b", line: 3, before: ["2"], after: [] },
      ],
    });
  });

  it("leaves binary files out, and is not fooled by what files contain", async () => {
    await shell(
      "printf 'x\\0x\\n' >binary; printf 'x\\033[m\\033[1;31mx\\033[m--\\n--\\nx' >odd; mkfifo pipe; ln -s odd link",
    );
    await shell("printf 'x\\n' >$'two\\nlines'");
    expect(await search("x", { context: 1 })).toMatchObject({
      matches: [
        { path: "odd", line: 1, column: 1, text: "x\u001b[m\u001b[1;31mx\u001b[m--", after: ["--"] },
        { path: "odd", line: 3, text: "x", before: [] },
        { path: "two\nlines", line: 1, text: "x" },
      ],
      problems: [],
    });
  });

  it("ends at its limit, and says so", async () => {
    await shell("seq 100000 >many; printf '%05000d\\n' 1 >long");
    const found = await search("1", { path: "many", limit: 7 });
    expect(found).toMatchObject({ truncated: true });
    expect(found.success && found.matches).toHaveLength(7);
    expect(await search("^[0-9]{5}$", { path: "many", limit: 10_000 })).toMatchObject({ truncated: true });
    expect(await search("^777", { path: "many", limit: 111 })).toMatchObject({ truncated: false });
    expect(await search("^0", { path: "long" })).toMatchObject({
      matches: [{ text: "0".repeat(1000), text_truncated: true }],
    });
    expect(await shell("echo alive")).toBe("alive\n");
  });

  it("says what is wrong with a pattern or a path", async () => {
    expect(await search("a(b")).toMatchObject(
      failure("INVALID_REQUEST", containing('`pattern` "a(b" is no regular expression')),
    );
    expect(await search("a", { path: "nosuch" })).toMatchObject(failure("ENOENT"));
    expect(await search("a\nb")).toMatchObject(failure("INVALID_REQUEST"));
  });

  it("can be cancelled", async () => {
    await shell("truncate -s 50G endless");
    const found = daemon.expect("s");
    daemon.child.stdin.write('{"id":"s","type":"search","pattern":"x"}\n');
    expect(await daemon.ask({ type: "cancel", target: "s" })).toMatchObject({
      success: true,
      cancelled: true,
    });
    expect(await found).toMatchObject(failure("CANCELLED"));
  });
});

describe("upload and download", () => {
  it("carry a directory there and back", async () => {
    await shell("mkdir -p d/e; echo x >d/e/a; chmod 640 d/e/a; ln -s a d/e/l; printf '\\377\\0' >d/b");
    for (const gzip of [false, true]) {
      const { content, size } = await daemon.request({ type: "download", path: "d", gzip });
      const archive = Buffer.from(content, "base64");
      expect(archive).toHaveLength(size);
      expect(archive.readUInt16BE(0) === 0x1f8b).toBe(gzip);
      await daemon.request({ type: "upload", path: `new/${gzip}`, content });
      expect(
        await shell(`diff -r d new/${gzip}; stat -c %a-%u new/${gzip}/e/a; readlink new/${gzip}/e/l`),
      ).toBe("640-0\na\n");
    }
  });

  it("say what is no archive and no directory", async () => {
    const upload = (content: string, path = "d") => daemon.ask({ type: "upload", path, content });
    expect(await upload("bm8gYXJjaGl2ZQ==")).toMatchObject(
      failure("EINVAL", containing("does not look like a tar archive")),
    );
    expect(await upload("no base64")).toMatchObject(
      failure("INVALID_REQUEST", containing("`content` is not base64")),
    );
    await write("a", "x");
    expect(await upload("", "a")).toMatchObject(failure("EEXIST"));
    expect(await daemon.ask({ type: "download", path: "a" })).toMatchObject(failure("ENOTDIR"));
    expect(await daemon.ask({ type: "download", path: "nosuch" })).toMatchObject(failure("ENOENT"));
  });

  it("keep what is unpacked below the directory", async () => {
    await shell(
      "mkdir in; cd in; mkdir d; touch d/a; tar -cPf ../x.tar --transform 's,d/a,../../escaped,' d/a; cd ..",
    );
    const { content } = await daemon.request({ type: "read_file", path: "x.tar", encoding: "base64" });
    await daemon.ask({ type: "upload", path: "p/q", content });
    expect(await shell("find . -name escaped | grep -v ^./p/q/")).toBe("");
  });
});

describe("requests about files", () => {
  it("are done in order with commands, from the shell's directory on", async () => {
    const answers = await Promise.all([
      daemon.ask({ type: "shell", command: "sleep 0.3; mkdir sub; cd sub; echo 1 >a" }),
      daemon.ask({ type: "edit_file", path: "a", edits: [{ old: "1", new: "2" }] }),
      daemon.ask({ type: "copy", from: "a", to: "b" }),
      daemon.ask({ type: "move", from: "a", to: "/root/c" }),
      daemon.ask({ type: "shell", command: "cat b /root/c; ls" }),
    ]);
    expect(answers.at(-1)).toMatchObject({ stdout: "2\n2\nb\n" });
  });

  it("have the rights of the session's user", async () => {
    const session = "user";
    await daemon.request({ type: "open", session, user: "user" });
    const refused = await Promise.all([
      daemon.ask({ type: "mkdir", path: "/etc/new", session }),
      daemon.ask({ type: "remove", path: "/etc/passwd", session }),
      daemon.ask({ type: "move", from: "/etc/passwd", to: "x", session }),
      daemon.ask({ type: "copy", from: "/etc/shadow", to: "x", session }),
      daemon.ask({
        type: "edit_file",
        path: "/etc/passwd",
        edits: [{ old: "root:x:0:0", new: "" }],
        session,
      }),
      daemon.ask({ type: "write_files", files: { mine: "", "/etc/passwd": "" }, session }),
      daemon.ask({ type: "list_dir", path: "/root", session }),
    ]);
    for (const answer of refused)
      expect(answer).toMatchObject({ success: false, code: expect.stringMatching(/^E(ACCES|PERM|XDEV)$/) });
    expect((await daemon.request({ type: "list_dir", session, glob: "[!.]*" })).entries).toEqual([]);
  });

  it("leave no half file behind when there is no space, and work again when there is", async () => {
    const session = "full";
    await daemon.request({ type: "open", session, limits: { file_bytes: 8 << 20 } });
    const command = "cd /tmp; echo old >a; echo old >b; cat /dev/zero >fill; true";
    await daemon.request({ type: "shell", session, command });
    const content = "x".repeat(100_000);
    expect(await daemon.ask({ type: "write_file", session, path: "a", content })).toMatchObject(
      failure("ENOSPC"),
    );
    const both = { a: "new", b: content };
    expect(await daemon.ask({ type: "write_files", session, files: both })).toMatchObject(failure("ENOSPC"));
    expect((await daemon.request({ type: "read_files", session, paths: ["a", "b"] })).files).toMatchObject([
      { content: "old\n" },
      { content: "old\n" },
    ]);
    const { entries } = await daemon.request({ type: "list_dir", session });
    expect(entries.map(({ path }) => path)).toEqual(["a", "b", "fill"]);
    await daemon.request({ type: "remove", session, path: "fill" });
    expect(await daemon.ask({ type: "write_file", session, path: "a", content })).toMatchObject({
      bytes: 100_000,
    });
  });

  it("need no process of their own where none is left", async () => {
    const session = "crowded";
    await daemon.request({ type: "open", session, user: "user", limits: { processes: 12 } });
    const command = "echo x >a; for i in {1..20}; do sleep 1000 & done 2>/dev/null";
    await daemon.request({ type: "shell", session, command });
    const answers = [
      await daemon.ask({ type: "edit_file", session, path: "a", edits: [{ old: "x", new: "y" }] }),
      await daemon.ask({ type: "move", session, from: "a", to: "b" }),
      await daemon.ask({ type: "read_file", session, path: "b" }),
      await daemon.ask({ type: "list_dir", session, glob: "b" }),
      await daemon.ask({ type: "remove", session, path: "b" }),
    ];
    expect(answers).toMatchObject([
      {},
      {},
      { content: "y\n" },
      { entries: [{ path: "b" }] },
      { removed: true },
    ]);
  });

  it("end at the daemon's time limit", async () => {
    daemon.child.kill("SIGTERM");
    await daemon.ended;
    await begin("--time-limit-ms", "3000");
    await shell("mkdir d; truncate -s 50G d/endless");
    expect(await daemon.ask({ type: "download", path: "d" })).toMatchObject(failure("TIMED_OUT"));
    expect(await shell("echo alive")).toBe("alive\n");
  });
});
