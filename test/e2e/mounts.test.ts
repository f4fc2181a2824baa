import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { BACKEND } from "../support/backend.js";
import { Daemon } from "../support/daemon.js";
import { ask, exchange } from "./exchange.js";

function hostDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), "limpet-mount-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  writeFileSync(join(path, "file"), "host\n");
  return path;
}

/** Whether the machine that runs the tests has such a program. */
function has(program: string): boolean {
  return spawnSync(program, ["--version"]).status === 0;
}

const shell = (command: string, session?: string) => ({
  type: "shell",
  command,
  ...(session && { session }),
});

describe("A directory of the host", () => {
  test("is mounted in every session by the daemon's option, read-only unless it says otherwise", async () => {
    const host = hostDirectory();
    const { answer, code } = await ask(
      [shell("cat /work/file; echo x > /work/file"), shell("cat /work/file", "other")],
      ["--mount", `${host}:/work`],
    );
    expect(answer(1)).toMatchObject({
      stdout: "host\n",
      stderr: "bash: line 1: /work/file: Read-only file system\n",
    });
    expect(answer(2)).toMatchObject({ stdout: "host\n" });
    expect(code).toBe(0);
  });

  test("is mounted in one session by open, and changed in place with rw", async () => {
    const host = hostDirectory();
    const { answer } = await ask([
      { type: "open", session: "s", cwd: "/home/src", mounts: [{ host, guest: "/home/src", mode: "rw" }] },
      shell("ls; echo guest >> file; mkdir d; echo new > d/f; chmod 700 d/f", "s"),
      { type: "write_file", session: "s", path: "/home/src/written", content: "w\n" },
      { type: "reset", session: "s" },
      shell("pwd; cat file written", "s"),
      shell("ls -d /home/src"),
    ]);
    expect(answer(2)).toMatchObject({ stdout: "file\n", stderr: "" });
    expect(answer(5)).toMatchObject({ stdout: "/home/src\nhost\nguest\nw\n", stderr: "" });
    expect(answer(6)).toMatchObject({ exit_code: 2 });
    expect(readFileSync(join(host, "d", "f"), "utf8")).toBe("new\n");
    expect(readdirSync(host).sort()).toEqual(["d", "file", "written"]);
  });

  for (const mode of ["rw", "overlay"] as const)
    test(`takes whole files at once, or none of them (${mode})`, async () => {
      const host = hostDirectory();
      const { answer } = await ask(
        [
          shell("chmod 750 /work/file"),
          { type: "edit_file", path: "/work/file", edits: [{ old: "host", new: "edited" }] },
          {
            type: "write_files",
            files: { "/work/file": "lost", "/work/new": "lost", "/etc": "a directory" },
          },
          shell("cd /work; stat -c %a file; cat file; ls -A"),
        ],
        ["--mount", `${host}:/work:${mode}`],
      );
      expect(answer(2)).toMatchObject({ success: true, replacements: 1 });
      expect(answer(3)).toMatchObject({ success: false, code: "EISDIR" });
      expect(answer(4)).toMatchObject({ stdout: "750\nedited\nfile\n" });
    });
  test.skipIf(!["git", "python3", "flock", "tar"].every(has)).each(["rw", "overlay"])(
    "works with %s as a directory of this machine does",
    { timeout: 150_000 },
    async (mode) => {
      const host = hostDirectory();
      const script = `
      seq 3 >> log; seq 4 5 >> log; cat log; set -C; : > log; set +C; truncate -s 3 log; cat log
      mkdir -p a/b; mv log a/b; ln a/b/log hard; ln -s a/b/log soft; cat soft; stat -c %h hard; rm a/b/log; cat soft
      exec 3<>hard; rm hard; echo more >&3; stat -L -c '%h %s' /dev/fd/3; exec 3>&-
      chmod 640 file; touch -d @1234567890 file; stat -c '%a %Y %s %U' file; mkfifo x/y; mv a a/b; rmdir a; rm -r a; ls
      python3 -c 'import mmap; open("m","wb").write(b"abc"*5000); f=open("m","r+b"); m=mmap.mmap(f.fileno(),0,prot=mmap.PROT_READ); print(len(m), m[3:6])'
      exec 4>lock; flock -n 4 && echo locked; flock -n lock true || echo refused
      git init -q .; git config user.email a@b; git config user.name a; git add file; git commit -qm one; git log --format=%s; git status --short
      printf x | dd of=sparse bs=1 seek=5M status=none; stat -c %s sparse; [ $(stat -c %b sparse) -lt 200 ] && echo holes
      tar cf t file m; tar tf t; find . -path ./.git -prune -o -print | sort`;
      const { answer } = await ask(
        [{ type: "shell", command: script, cwd: "/work", time_limit_ms: 120_000 }],
        ["--mount", `${host}:/work:${mode}`],
      );
      const cwd = hostDirectory();
      const native = spawnSync("bash", ["--norc", "-c", `umask 022; ${script}`], { cwd, encoding: "utf8" });
      expect(answer(1).stdout).toBe(native.stdout);
      const messages = (text: unknown) => String(text).replaceAll(/line \d+/g, "line");
      expect(messages(answer(1).stderr)).toBe(messages(native.stderr));
      const left = (path: string) => readdirSync(path).sort();
      expect(left(host)).toEqual(mode === "rw" ? left(cwd) : ["file"]);
    },
  );

  test("is left by no link, no .. and no directory that is moved out", async () => {
    const top = hostDirectory();
    const inside = join(top, "inside");
    mkdirSync(join(inside, "sub", "below"), { recursive: true });
    symlinkSync(join(top, "file"), join(inside, "absolute"));
    symlinkSync("../file", join(inside, "relative"));
    symlinkSync(top, join(inside, "up"));
    const daemon = new Daemon(["--backend", BACKEND, "--mount", `${inside}:/work:rw`]);
    onTestFinished(async () => void (await daemon.close()));
    const shell = async (command: string) => {
      const { stdout, stderr } = await daemon.request({ type: "shell", command });
      return `${stdout}${stderr}`;
    };
    const first = await shell(
      `cd /work; cat absolute relative up/file ../file ${top}/file sub/../../file; echo x > absolute; echo x > up/new; ` +
        `ln -s ${top} own; cat own/file; echo x > own/new; ln /etc/passwd hard; cd sub/below; exec 7<..; echo > made`,
    );
    expect(first).not.toContain("host\n");
    expect(readdirSync(join(inside, "sub", "below"))).toEqual(["made"]);
    renameSync(join(inside, "sub"), join(top, "sub"));
    writeFileSync(join(top, "sub", "below", "secret"), "host\n");
    const second = await shell(
      "cat secret ../../file /proc/self/fd/7/below/secret; ls /proc/self/fd/7/ .; echo > new; mkdir new",
    );
    expect(second).not.toMatch(/host\n|secret$/);
    expect(readFileSync(join(top, "file"), "utf8")).toBe("host\n");
    expect(readdirSync(top).sort()).toEqual(["file", "inside", "sub"]);
    expect(readdirSync(join(top, "sub", "below")).sort()).toEqual(["made", "secret"]);
  });

  test("stays as it is under an overlay, whose changes are listed and gone after a reset", async () => {
    const host = hostDirectory();
    const { answer } = await ask(
      [
        { type: "diff" },
        shell("cd /work; echo changed > file; printf x > $'a\\xff'; mkdir d; ln -s file l"),
        { type: "diff", mount: "/work", max_changes: 2 },
        { type: "diff" },
        { type: "reset", keep_files: true },
        shell("cat /work/file"),
        { type: "reset" },
        shell("cat /work/file; ls /work"),
        { type: "diff" },
      ],
      ["--mount", `${host}:/work:overlay`],
    );
    expect(answer(1)).toMatchObject({ changes: [], truncated: false });
    expect(answer(3)).toMatchObject({ changes: { length: 2 }, truncated: true });
    expect(answer(4)).toMatchObject({
      changes: [
        {
          path: Buffer.from("/work/a\xff", "latin1").toString("base64"),
          path_encoding: "base64",
          change: "added",
          type: "file",
          size: 1,
        },
        { path: "/work/d", change: "added", type: "directory", size: 0 },
        { path: "/work/file", change: "changed", type: "file", size: 8 },
        { path: "/work/l", change: "added", type: "symlink", size: 4 },
      ],
      truncated: false,
    });
    expect(answer(6)).toMatchObject({ stdout: "changed\n" });
    expect(answer(8)).toMatchObject({ stdout: "host\nfile\n" });
    expect(answer(9)).toMatchObject({ changes: [] });
    expect(readdirSync(host)).toEqual(["file"]);
    expect(readFileSync(join(host, "file"), "utf8")).toBe("host\n");
  });

  test.each<[object, string]>([
    [{ host: "relative", guest: "/work" }, 'cannot mount "relative": the path on the host must be absolute'],
    [{ host: "/none", guest: "/work" }, 'cannot mount "/none": there is no such directory on the host'],
    [{ host: "/etc/passwd", guest: "/work" }, 'cannot mount "/etc/passwd": it is no directory on the host'],
    ...["work", "/", "/work/", "/a/../b", "/./a", "//a"].map(
      (guest) => [{ host: "/tmp", guest }, "the path in the guest must be like"] as [object, string],
    ),
    [{ host: "/tmp", guest: "/proc/x" }, '"/proc/x" is the sandbox\'s own'],
    [{ host: "/tmp", guest: "/work", mode: "rx" }, "`mounts.0.mode` must be"],
  ])("is refused with a word on what is wrong: %j", async (mount, error) => {
    const { answer } = await ask([{ type: "open", session: "s", mounts: [mount] }]);
    expect(answer(1)).toMatchObject({
      success: false,
      code: "INVALID_REQUEST",
      error: expect.stringContaining(error),
    });
  });

  test("is refused in the place of another, or inside it", async () => {
    const mounts = (...guests: string[]) => guests.map((guest) => ({ host: "/tmp", guest }));
    const { answer } = await ask([
      { type: "open", session: "a", mounts: mounts("/work", "/work") },
      { type: "open", session: "b", mounts: mounts("/work/a", "/work") },
      { type: "open", session: "c", mounts: mounts("/worka", "/work") },
      { type: "diff", session: "c" },
      { type: "diff", mount: "/x" },
    ]);
    expect(answer(1)).toMatchObject({ success: false, error: expect.stringContaining("lie in each other") });
    expect(answer(2)).toMatchObject({ success: false, error: expect.stringContaining("lie in each other") });
    expect(answer(3)).toMatchObject({ success: true });
    expect(answer(4)).toMatchObject({
      success: false,
      error: 'session "c" has no overlay mount: it has none',
    });
    expect(answer(5)).toMatchObject({ success: false, code: "INVALID_REQUEST" });
  });

  test.each([
    ["/tmp", "--mount must be HOST:GUEST or HOST:GUEST:MODE"],
    ["/tmp:/work:rwx", "--mount must be HOST:GUEST or HOST:GUEST:MODE"],
    ["/none:/work", 'cannot mount "/none": there is no such directory on the host'],
    ["/tmp:/dev", '"/dev" is the sandbox\'s own'],
  ])("is refused on the command line: --mount %s", async (words, error) => {
    const { code, stderr, messages } = await exchange("", ["--mount", words]);
    expect({ code, messages }).toEqual({ code: 2, messages: [] });
    expect(stderr).toContain(error);
  });
});
