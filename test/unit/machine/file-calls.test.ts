import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { FileCalls, WriteFile } from "../../../src/machine/calls/files.js";
import { AgentFiles } from "../../../src/v86/agent/files.js";
import { createMachine, runCommand } from "../../support/machine.js";
import { canCompile, NativeAgent, removePrograms } from "../v86/native-agent.js";

/** A machine with an empty directory in which its shell stands. */
interface Sandbox {
  readonly files: FileCalls;
  readonly folder: string;
  /** Runs a command there; returns its output. */
  run(text: string): Promise<string>;
  /** Goes on as a user who is not root, and to whom the directory belongs. */
  becomeUser(): Promise<void>;
  close(): Promise<void>;
}

async function wasi(): Promise<Sandbox> {
  const folder = "/tmp/work";
  let machine = createMachine();
  const run = async (text: string) => {
    const { stdout, stderr } = await runCommand(machine, text);
    return stdout + stderr;
  };
  await run(`mkdir ${folder}; cd ${folder}`);
  return {
    get files() {
      return machine;
    },
    folder,
    run,
    async becomeUser() {
      machine = createMachine({ user: "user" });
      await run(`mkdir ${folder}; cd ${folder}`);
    },
    close: async () => {},
  };
}

/** The agent of the v86 guest on the Linux that the tests run on. */
async function native(): Promise<Sandbox> {
  const folder = mkdtempSync(join(tmpdir(), "limpet-files-"));
  const agent = new NativeAgent("idle");
  await agent.open({ cwd: folder });
  const run = async (text: string) => {
    const { stdout, stderr } = await agent.run(text, { isolated: true });
    return stdout + stderr;
  };
  return {
    files: new AgentFiles(agent.channel),
    folder,
    run,
    async becomeUser() {
      await run("chown 1000:1000 . && chmod 755 .");
      await agent.open({ uid: 1000, gid: 1000, home: folder });
    },
    async close() {
      await agent.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

const sandboxes = { wasi, ...(canCompile && process.getuid?.() === 0 ? { native } : {}) };
const bytesOf = (text: string) => new TextEncoder().encode(text);
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const failing = (code: string, more: object = {}) => expect.objectContaining({ code, ...more });
/** A FileFailure for that file. */
const failedFor = (path: string, code: string) => expect.objectContaining({ path, cause: failing(code) });

afterAll(removePrograms);

describe.each(Object.entries(sandboxes))("files of a machine (%s)", (_name, create) => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await create();
  });
  afterEach(() => sandbox.close());

  const read = async (path: string, offset = 0, length?: number) =>
    new TextDecoder().decode((await sandbox.files.readFile({ path, offset, length })).bytes);
  const write = (path: string, text: string, more: Partial<WriteFile> = {}) =>
    writeAll([{ path, text, ...more }]);
  const writeAll = async (files: readonly (Partial<WriteFile> & { path: string; text: string })[]) =>
    sandbox.files.writeFiles(
      files.map(({ text, ...file }) => ({
        mode: undefined,
        append: false,
        createDirs: true,
        bytes: bytesOf(text),
        ...file,
      })),
    );
  const list = async (more: Partial<Parameters<FileCalls["listDirectory"]>[0]> = {}) =>
    sandbox.files.listDirectory({ path: ".", depth: 1, limit: 1000, glob: undefined, ...more });
  const names = async (more: Parameters<typeof list>[0] = {}) =>
    (await list(more)).entries.map(({ path }) => path);
  /** Makes a promise of what may be thrown at once. */
  const attempt = async <Value>(action: () => Value | Promise<Value>): Promise<Value> => action();

  describe("reading", () => {
    test("gives what was written, or a part of it", async () => {
      expect(await write("a", "hello")).toBe(5);
      const { mode, size, mtimeMs } = await sandbox.files.readFile({
        path: join(sandbox.folder, "a"),
        offset: 0,
        length: undefined,
      });
      expect({ mode, size }).toEqual({ mode: 0o644, size: 5 });
      expect(Math.abs(Date.now() - mtimeMs)).toBeLessThan(5000);
      expect(await read("a", 1, 3)).toBe("ell");
      expect(await read("a", 9, 3)).toBe("");
    });

    test("of 5 MB gives all of them", async () => {
      const bytes = Uint8Array.from({ length: 5_000_000 }, (_, i) => (i * 7919) >> 3);
      await write("big", "", { bytes });
      const content = await sandbox.files.readFile({ path: "big", offset: 0, length: undefined });
      expect(Buffer.compare(Buffer.from(content.bytes), bytes)).toBe(0);
    });

    test("works where there is content without a size", async () => {
      expect(await read("/proc/version")).toContain("Linux");
    });

    test("refuses what is no file", async () => {
      await expect(read("/tmp")).rejects.toEqual(failing("EISDIR", { message: "Is a directory" }));
      await expect(read("nosuch")).rejects.toEqual(failing("ENOENT"));
      await expect(read("/dev/null")).rejects.toEqual(failing("EINVAL"));
    });

    test("of many gives each its content or its error, as long as there is room", async () => {
      await writeAll([
        { path: "a", text: "12345" },
        { path: "b", text: "1234567890" },
        { path: "c", text: "123" },
      ]);
      const outcomes = await sandbox.files.readFiles({ paths: ["a", "nosuch", "b", "c"], maxBytes: 8 });
      expect(
        outcomes.map((one) => (one.ok ? new TextDecoder().decode(one.content.bytes) : one.code)),
      ).toEqual(["12345", "ENOENT", "EFBIG", "123"]);
    });
  });

  describe("writing", () => {
    test("makes a new file, replaces one, adds to one, and sets its mode", async () => {
      await write("a", "hello");
      await write("a", " there", { append: true, mode: 0o600 });
      expect(await read("a")).toBe("hello there");
      await write("a", "x");
      expect(await sandbox.run("stat -c %a a; cat a")).toBe("600\nx");
      await write("a", "", { mode: 0o755 });
      expect(await sandbox.run("stat -c %a-%s a; ls -A")).toBe("755-0\na\n");
    });

    test("is never seen half done: who has the file open goes on with the old content", async () => {
      await write("a", "old\n");
      await sandbox.run("mkfifo go; (exec 3<a; read <go; cat <&3 >seen) & :");
      await write("a", "new\n");
      await sandbox.run("echo >go; until [ -s seen ]; do :; done");
      expect(await sandbox.run("cat seen a")).toBe("old\nnew\n");
    });

    test("keeps owner, mode and the place that a link leads to", async () => {
      await sandbox.run(
        "mkdir d; echo old >d/a; chown 12:34 d/a; chmod 4751 d/a; ln -s d/a link; ln -s new dangling",
      );
      await write("link", "new");
      await write("dangling", "made");
      expect(await sandbox.run("stat -c %u:%g-%a d/a; readlink link; cat d/a new; ls -A . d")).toBe(
        "12:34-4751\nd/a\nnewmade.:\nd\ndangling\nlink\nnew\n\nd:\na\n",
      );
    });

    test("goes into the file itself where it has other names", async () => {
      await sandbox.run("echo old >a; ln a b");
      await write("a", "new");
      expect(await sandbox.run("cat b; stat -c %h a")).toBe("new2\n");
    });

    test("goes into a device or a pipe", async () => {
      await write("/dev/null", "x");
      await expect(write("/dev/full", "x")).rejects.toEqual(failedFor("/dev/full", "ENOSPC"));
      expect(await sandbox.run("stat -c %F /dev/null")).toBe("character special file\n");
    });

    test("makes directories only if asked", async () => {
      await write("x/y/z", "deep");
      expect(await read("x/y/z")).toBe("deep");
      await expect(write("p/q", "no", { createDirs: false })).rejects.toEqual(failedFor("p/q", "ENOENT"));
      expect(await names()).toEqual(["x"]);
    });

    test("refuses what is no file", async () => {
      await expect(write("/tmp", "x")).rejects.toEqual(failedFor("/tmp", "EISDIR"));
      await expect(write("/etc/passwd/x", "x")).rejects.toEqual(failedFor("/etc/passwd/x", "ENOTDIR"));
      await expect(write("new/", "x")).rejects.toEqual(failedFor("new/", "EISDIR"));
      await sandbox.run("ln -s loop loop");
      await expect(write("loop", "x")).rejects.toEqual(failedFor("loop", "ELOOP"));
      await expect(write("n".repeat(256), "x")).rejects.toEqual(failedFor("n".repeat(256), "ENAMETOOLONG"));
      expect(await write("after", "fine")).toBe(4);
    });

    test("of many writes all or none", async () => {
      await sandbox.run("echo old >a; echo old >b; ln b b2; mkdir d");
      await expect(
        writeAll([
          { path: "a", text: "new" },
          { path: "b", text: "new" },
          { path: "c", text: "new" },
          { path: "d", text: "new" },
        ]),
      ).rejects.toEqual(failedFor("d", "EISDIR"));
      await expect(
        writeAll([
          { path: "a", text: "new" },
          { path: "b", text: "new" },
          { path: "c", text: "new" },
          { path: "/dev/full", text: "fails when all others are in place" },
        ]),
      ).rejects.toEqual(failedFor("/dev/full", "ENOSPC"));
      expect(await sandbox.run("cat a b; ls -A")).toBe("old\nold\na\nb\nb2\nd\n");
      expect(
        await writeAll([
          { path: "a", text: "1" },
          { path: "b", text: "2" },
          { path: "c", text: "3" },
          { path: "c", text: "4" },
        ]),
      ).toBe(4);
      expect(await sandbox.run("cat a b c; ls -A")).toBe("124a\nb\nb2\nc\nd\n");
    });

    test("can depend on what is there", async () => {
      await write("a", "one", { ifMatch: null });
      await expect(write("a", "two", { ifMatch: null })).rejects.toEqual(failedFor("a", "CONFLICT"));
      await write("a", "two", { ifMatch: sha256("one") });
      await expect(write("a", "three", { ifMatch: sha256("one") })).rejects.toEqual(
        expect.objectContaining({
          cause: failing("CONFLICT", { message: expect.stringContaining(sha256("two")) }),
        }),
      );
      await expect(write("b", "x", { ifMatch: sha256("one") })).rejects.toEqual(failedFor("b", "CONFLICT"));
      expect(await sandbox.run("cat a; ls -A")).toBe("twoa\n");
    });

    test("has the rights of the session's user", async () => {
      await sandbox.becomeUser();
      await expect(write("/etc/passwd", "x")).rejects.toEqual(failedFor("/etc/passwd", "EACCES"));
      await expect(write("/new", "x")).rejects.toEqual(failedFor("/new", "EACCES"));
      await expect(read("/etc/shadow")).rejects.toEqual(failing("EACCES"));
      await sandbox.run(
        "echo old >mine; chmod 600 mine; echo old >fixed; chmod 400 fixed; mkdir d; echo old >d/a; chmod 500 d",
      );
      await expect(write("fixed", "x")).rejects.toEqual(failedFor("fixed", "EACCES"));
      await write("mine", "new");
      await write("d/a", "into the file, as nothing can be made beside it");
      expect(await sandbox.run("stat -c %u-%a mine; cat mine d/a; chmod 700 d")).toBe(
        "1000-600\nnewinto the file, as nothing can be made beside it",
      );
    });
  });

  describe("editing", () => {
    const edit = (path: string, ...edits: readonly { old: string; new: string; count?: number }[]) =>
      attempt(() => sandbox.files.editFile({ path, edits: edits.map((one) => ({ count: 1, ...one })) }));

    test("replaces text, one edit after the other", async () => {
      await write("a", "one two\nthree two\nend\n", { mode: 0o640 });
      const edited = await edit(
        "a",
        { old: "two", new: "2", count: 2 },
        { old: "2\nthree", new: "zwei\ndrei" },
      );
      const now = "one zwei\ndrei 2\nend\n";
      expect(edited).toEqual({ replacements: 3, size: now.length, sha256: sha256(now) });
      expect(await sandbox.run("cat a; stat -c %a a; ls -A")).toBe(`${now}640\na\n`);
    });

    test("leaves bytes that are no text alone", async () => {
      await sandbox.run("printf '\\377ü\\0old\\376' >a");
      await edit("a", { old: "ü\0old", new: "new" });
      expect(await sandbox.run("od -An -c a | tr -s ' '")).toBe(" 377 n e w 376\n");
    });

    test("changes nothing where a text occurs more or less often than it should", async () => {
      await write("a", "x\ny\nx x\n");
      const twice = edit("a", { old: "y", new: "z" }, { old: "x", new: "z" });
      await expect(twice).rejects.toEqual(
        failing("NO_MATCH", {
          message: expect.stringContaining("`edits[1].old` occurs 3 times (lines 1, 3, 3)"),
        }),
      );
      await expect(edit("a", { old: "nosuch", new: "" })).rejects.toEqual(
        failing("NO_MATCH", { message: expect.stringContaining("does not occur") }),
      );
      expect(await read("a")).toBe("x\ny\nx x\n");
    });

    test("can depend on what is there", async () => {
      await write("a", "one");
      const request = { path: "a", edits: [{ old: "one", new: "two", count: 1 }] };
      await expect(
        attempt(() => sandbox.files.editFile({ ...request, ifMatch: sha256("x") })),
      ).rejects.toEqual(failing("CONFLICT"));
      await sandbox.files.editFile({ ...request, ifMatch: sha256("one") });
      expect(await read("a")).toBe("two");
    });

    test("refuses what is no file", async () => {
      await expect(edit("nosuch", { old: "a", new: "b" })).rejects.toEqual(failing("ENOENT"));
      await expect(edit("/tmp", { old: "a", new: "b" })).rejects.toEqual(failing("EISDIR"));
    });
  });

  describe("status", () => {
    const stat = (path: string, follow = true) => attempt(() => sandbox.files.stat({ path, follow }));

    test("says what stat(1) says", async () => {
      await sandbox.run(
        "printf 12345 >a; chown 5:6 a; chmod 2710 a; touch -d '2001-02-03T04:05:06.789Z' a; mkdir d; mkfifo p; ln -s a l; ln -s x dangling",
      );
      expect(await stat("a")).toEqual({
        type: "file",
        size: 5,
        mode: 0o2710,
        mtimeMs: Date.UTC(2001, 1, 3, 4, 5, 6, 789),
        uid: 5,
        gid: 6,
      });
      expect(await stat("l")).toEqual(await stat("a"));
      expect(await stat("l", false)).toMatchObject({ type: "symlink", size: 1, mode: 0o777, target: "a" });
      expect(await stat("d")).toMatchObject({ type: "directory", mode: 0o755 });
      expect(await stat("p")).toMatchObject({ type: "fifo" });
      expect(await stat("/dev/null")).toMatchObject({ type: "character_device" });
      await expect(stat("dangling")).rejects.toEqual(failing("ENOENT"));
      await expect(stat("a/b")).rejects.toEqual(failing("ENOTDIR"));
    });
  });

  describe("listing", () => {
    beforeEach(() =>
      sandbox.run("mkdir -p b/d/e c; touch a.txt b/x.txt b/d/y.js b/d/e/z.txt .hidden Z; ln -s b link"),
    );

    test("has the entries of a directory by name", async () => {
      expect(await names()).toEqual([".hidden", "Z", "a.txt", "b", "c", "link"]);
      const { entries, truncated, unreadable } = await list({ path: `${sandbox.folder}/b` });
      expect(entries).toMatchObject([
        { path: "d", type: "directory" },
        { path: "x.txt", type: "file", size: 0 },
      ]);
      expect({ truncated, unreadable }).toEqual({ truncated: false, unreadable: [] });
    });

    test("goes as deep as it is told, the nearest directories first, and does not follow links", async () => {
      expect(await names({ depth: 2 })).toEqual([
        ".hidden",
        "Z",
        "a.txt",
        "b",
        "c",
        "link",
        "b/d",
        "b/x.txt",
      ]);
      expect((await names({ depth: 9 })).slice(8)).toEqual(["b/d/e", "b/d/y.js", "b/d/e/z.txt"]);
    });

    test("has only names that match the pattern", async () => {
      expect(await names({ depth: 9, glob: "*.txt" })).toEqual(["a.txt", "b/x.txt", "b/d/e/z.txt"]);
      expect(await names({ depth: 9, glob: "[xy].?*" })).toEqual(["b/x.txt", "b/d/y.js"]);
      expect(await names({ depth: 9, glob: "nosuch" })).toEqual([]);
    });

    test("ends at its limit, and says so", async () => {
      expect((await list({ limit: 6 })).truncated).toBe(false);
      const { entries, truncated } = await list({ depth: 9, limit: 7 });
      expect([entries.length, truncated]).toEqual([7, true]);
      expect((await list({ depth: 9, glob: "*.txt", limit: 3 })).truncated).toBe(false);
      expect((await list({ depth: 9, glob: "*.txt", limit: 2 })).truncated).toBe(true);
      expect(await names()).toHaveLength(6);
    });

    test("ends after 20 seconds, and says so", async () => {
      let now = performance.now();
      const clock = vi.spyOn(performance, "now").mockImplementation(() => {
        now += 21_000;
        return now;
      });
      const { truncated } = await list({ depth: 9 }).finally(() => clock.mockRestore());
      expect(truncated).toBe(true);
      expect((await list({ depth: 9 })).truncated).toBe(false);
    });

    test("is of 2,000 files as of one", async () => {
      await sandbox.run("mkdir many; seq -f many/file%04g 2000 | xargs touch");
      const many = await names({ path: "many", limit: 5000 });
      expect(many).toHaveLength(2000);
      expect(many).toEqual([...many].sort());
    });

    test("has names that are no text", async () => {
      await sandbox.run("touch c/$'\\377a' c/ü");
      expect(await names({ path: "c" })).toEqual(["ü", "\udcffa"]);
    });

    test("says what it could not look into", async () => {
      await sandbox.becomeUser();
      await sandbox.run("mkdir -p closed/inner; chmod 0 closed");
      expect((await list({ depth: 3 })).unreadable).toEqual([{ path: "closed", code: "EACCES" }]);
      await expect(list({ path: "closed" })).rejects.toEqual(failing("EACCES"));
      await sandbox.run("chmod 700 closed");
    });

    test("is of a directory", async () => {
      await expect(list({ path: "a.txt" })).rejects.toEqual(failing("ENOTDIR"));
      await expect(list({ path: "nosuch" })).rejects.toEqual(failing("ENOENT"));
      expect(await names({ path: "link" })).toEqual(["d", "x.txt"]);
    });
  });

  describe("directories", () => {
    const make = (path: string, parents = false, mode?: number) =>
      attempt(() => sandbox.files.makeDirectory({ path, parents, mode }));

    test("are made as mkdir(1) makes them", async () => {
      await make("a");
      await make("b", false, 0o2711);
      await make("c/d/e", true);
      await make("c/d/e", true);
      expect(await sandbox.run("stat -c '%n %a' a b c/d/e")).toBe("a 755\nb 2711\nc/d/e 755\n");
      await expect(make("a")).rejects.toEqual(failing("EEXIST"));
      await expect(make("x/y")).rejects.toEqual(failing("ENOENT"));
      await sandbox.run("touch file");
      await expect(make("file", true)).rejects.toEqual(failing("EEXIST"));
      await expect(make("file/x", true)).rejects.toEqual(failing("ENOTDIR"));
    });
  });

  describe("removing", () => {
    const remove = (path: string, recursive = false) =>
      attempt(() => sandbox.files.remove({ path, recursive }));

    test("takes files, links and empty directories", async () => {
      await sandbox.run("mkdir d; touch a; ln -s d l");
      await remove("a");
      await remove("l");
      await remove("d");
      expect(await names()).toEqual([]);
      await expect(remove("a")).rejects.toEqual(failing("ENOENT"));
    });

    test("takes what is in a directory only if told to", async () => {
      await sandbox.run("mkdir -p d/e/f kept; touch d/a d/e/b kept/x; ln -s ../kept d/l");
      await expect(remove("d")).rejects.toEqual(failing("ENOTEMPTY"));
      await remove("d/", true);
      expect(await names({ depth: 9 })).toEqual(["kept", "kept/x"]);
    });

    test("leaves alone what can never be removed", async () => {
      await sandbox.run("mkdir d; touch d/a");
      await expect(remove("/", true)).rejects.toEqual(failing("EBUSY"));
      await expect(remove(".", true)).rejects.toEqual(failing("EINVAL"));
      await expect(remove("d/..", true)).rejects.toEqual(failing("ENOTEMPTY"));
      await expect(remove("/proc", true)).rejects.toEqual(failing("EBUSY"));
      expect(await names({ depth: 9 })).toEqual(["d", "d/a"]);
    });

    test("says what could not be removed", async () => {
      await sandbox.becomeUser();
      await sandbox.run("mkdir -p d/closed; touch d/closed/a; chmod 500 d/closed");
      await expect(remove("d", true)).rejects.toEqual(failedFor("d/closed/a", "EACCES"));
      await sandbox.run("chmod 700 d/closed");
      await remove("d", true);
      expect(await names()).toEqual([]);
    });
  });

  describe("moving", () => {
    const move = (from: string, to: string, overwrite = false) =>
      attempt(() => sandbox.files.move({ from, to, overwrite }));

    test("gives a file or a directory another name", async () => {
      await sandbox.run("mkdir -p d/e f; touch a d/e/b");
      await move("a", "f/a2");
      await move("d", "f/d2");
      expect(await names({ depth: 9 })).toEqual(["f", "f/a2", "f/d2", "f/d2/e", "f/d2/e/b"]);
    });

    test("replaces something only if told to", async () => {
      await sandbox.run("echo a >a; echo b >b; mkdir d; touch d/x");
      await expect(move("a", "b")).rejects.toEqual(failing("EEXIST"));
      await move("a", "b", true);
      expect(await sandbox.run("cat b; ls -A")).toBe("a\nb\nd\n");
      await expect(move("b", "d", true)).rejects.toEqual(failing("EISDIR"));
      await expect(move("d", "d/inner")).rejects.toEqual(failing("EINVAL"));
      await expect(move("nosuch", "x")).rejects.toEqual(failing("ENOENT"));
    });
  });
});
