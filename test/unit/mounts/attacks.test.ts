import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { mounted, WAYS } from "../../support/mounts.js";

/** Nothing in the guest leads out of a mounted directory, whoever made it: guest or host. The guest here is root. */
describe.each(WAYS)("A host directory %s", (_name, open) => {
  test("has no way up by ..", async () => {
    const { run } = mounted(open, "rw");
    await run("mkdir sub");
    expect(await run("cat ../outside/secret; cat sub/../../outside/secret; ls -d ../../../work")).toBe(
      "../../../work\n" +
        "cat: ../outside/secret: No such file or directory\n" +
        "cat: sub/../../outside/secret: No such file or directory\n",
    );
  });

  test("resolves symbolic links of the host in the guest's tree", async () => {
    const { run, inside, outside } = mounted(open, "rw");
    symlinkSync(join(outside, "secret"), join(inside, "absolute"));
    symlinkSync("../outside/secret", join(inside, "relative"));
    symlinkSync(outside, join(inside, "directory"));
    symlinkSync("/etc/hostname", join(inside, "guests"));
    expect(await run("cat absolute relative directory/secret guests 2>&1")).toBe(
      "cat: absolute: No such file or directory\n" +
        "cat: relative: No such file or directory\n" +
        "cat: directory/secret: No such file or directory\n" +
        "limpet\n",
    );
  });

  test("resolves symbolic links of the guest in the guest's tree, whatever they are used for", async () => {
    const { run, top, outside } = mounted(open, "rw");
    const before = readFileSync(join(outside, "secret"), "utf8");
    const { mode, mtimeMs } = statSync(join(outside, "secret"));
    const output = await run(
      `ln -s ${outside}/secret a; ln -s ../outside/secret r; ln -s ${outside} d; ` +
        "cat a r d/secret; echo x > a; echo x > r; echo x > d/new; truncate -s 0 a; chmod 777 a; touch r; chown 1 r; " +
        "mkdir d/sub; rm d/secret; ln -L a hard; mv d/secret stolen; cp r copy; stat -L a",
    );
    expect(output).not.toContain("SECRET");
    expect(readFileSync(join(outside, "secret"), "utf8")).toBe(before);
    expect(statSync(join(outside, "secret"))).toMatchObject({ mode, mtimeMs });
    expect(readdirSync(outside)).toEqual(["secret"]);
    expect(readdirSync(top).sort()).toEqual(["inside", "outside"]);
  });

  test("keeps the guest inside while links and directories change places under it", async () => {
    const { run, inside, outside } = mounted(open, "rw");
    mkdirSync(join(inside, "swapped"));
    writeFileSync(join(inside, "swapped", "secret"), "public\n");
    writeFileSync(join(inside, "file"), "public\n");
    const swapper = spawn(
      process.execPath,
      [
        "-e",
        `const fs = require("node:fs");
         const [inside, outside] = process.argv.slice(1);
         process.chdir(inside);
         fs.symlinkSync(outside, "link"); fs.symlinkSync(outside + "/secret", "filelink");
         console.log("ready");
         for (;;) {
           fs.renameSync("swapped", "away"); fs.renameSync("link", "swapped");
           fs.renameSync("file", "faway"); fs.renameSync("filelink", "file");
           fs.renameSync("swapped", "link"); fs.renameSync("away", "swapped");
           fs.renameSync("file", "filelink"); fs.renameSync("faway", "file");
         }`,
        inside,
        outside,
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    onTestFinished(() => void swapper.kill("SIGKILL"));
    await new Promise((resolve) => swapper.stdout.once("data", resolve));
    const output = await run(
      "for i in {1..1500}; do read -r line < swapped/secret && echo $line; read -r line < file && echo $line; " +
        "echo public > swapped/secret; done 2>/dev/null | sort | uniq -c",
    );
    swapper.kill("SIGKILL");
    expect(output).toMatch(/^ +\d+ public\n$/);
    expect(readFileSync(join(outside, "secret"), "utf8")).toBe("SECRET\n");
  });

  test("is left by nobody in a directory that is moved out", async () => {
    const { run, inside, outside } = mounted(open, "rw");
    mkdirSync(join(inside, "sub", "below"), { recursive: true });
    await run("cd sub/below; exec 7</work/sub");
    renameSync(join(inside, "sub"), join(outside, "sub"));
    writeFileSync(join(outside, "sub", "new"), "SECRET\n");
    writeFileSync(join(outside, "sub", "below", "new"), "SECRET\n");
    const output = await run(
      "cat new; cat ../new; cat ../../secret; cat /proc/self/fd/7/new; ls /proc/self/fd/7/; echo x > made; mkdir made; ls",
    );
    expect(output).not.toContain("SECRET");
    expect(output).not.toContain("new\n");
    expect(readdirSync(join(outside, "sub")).sort()).toEqual(["below", "new"]);
    expect(readdirSync(join(outside, "sub", "below"))).toEqual(["new"]);
  });

  test("stays with a directory that is moved within it", async () => {
    const { run, inside } = mounted(open, "rw");
    mkdirSync(join(inside, "a", "b"), { recursive: true });
    await run("cd a/b; echo here > file");
    renameSync(join(inside, "a", "b"), join(inside, "c"));
    renameSync(join(inside, "a"), join(inside, "c", "a"));
    expect(await run("cd /work/c; cd a; pwd -P; cat ../file; ls /work; cd /; ls /work/c/a/..")).toBe(
      "/work/c/a\nhere\nc\na\nfile\n",
    );
  });

  test("goes on with a root that is itself moved, and with nothing below one that is removed", async () => {
    const { run, inside, top } = mounted(open, "rw");
    mkdirSync(join(inside, "sub"));
    await run("echo here > sub/file");
    if (_name === "by descriptors") {
      renameSync(inside, join(top, "elsewhere"));
      expect(await run("cat sub/file")).toBe("here\n");
      execFileSync("rm", ["-r", join(top, "elsewhere")]);
    } else execFileSync("rm", ["-r", inside]);
    expect(await run("cat sub/file; mkdir x; echo > y")).toContain(
      "cat: sub/file: No such file or directory",
    );
    expect(readdirSync(top)).toEqual(["outside"]);
  });

  test("takes no hard link to a file from elsewhere, and makes none that leads elsewhere", async () => {
    const { run, inside, outside } = mounted(open, "rw");
    expect(
      await run(
        "ln /etc/passwd mine; echo in > in; ln in /tmp/out; ln in second; stat -c %h second; mv in /tmp/in; stat -c %h second",
      ),
    ).toBe(
      "2\n1\nln: failed to create hard link 'mine' => '/etc/passwd': Invalid cross-device link\n" +
        "ln: failed to create hard link '/tmp/out' => 'in': Invalid cross-device link\n",
    );
    // A name that the host itself has given to a file is one of the directory's, as everywhere on Unix.
    linkSync(join(outside, "secret"), join(inside, "hard"));
    expect(await run("cat hard")).toBe("SECRET\n");
  });

  test("is not left by /proc/self/fd", async () => {
    const { run } = mounted(open, "rw");
    await run("exec 8<.");
    expect(
      await run(
        "readlink /proc/self/fd/8; cat /proc/self/fd/8/../outside/secret; ls /proc/self/fd/8/.. | grep -c work",
      ),
    ).toBe("/work\n1\ncat: /proc/self/fd/8/../outside/secret: No such file or directory\n");
    expect(await run("ls /proc/1/cwd/work/../outside; ls -d /proc/1/root/tmp/*mount*")).not.toContain(
      "secret",
    );
  });

  test("opens no device, FIFO or socket of the host, and waits for none", async () => {
    const { run, inside } = mounted(open, "rw");
    execFileSync("mkfifo", [join(inside, "fifo")]);
    execFileSync("mknod", [join(inside, "zero"), "c", "1", "5"]);
    execFileSync("mknod", [join(inside, "disk"), "b", "7", "0"]);
    const server = createServer().listen(join(inside, "socket"));
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    expect(await run("for f in fifo zero disk; do cat $f; echo > $f; done; head -c1 zero; cat socket")).toBe(
      ["fifo", "zero", "disk"]
        .map((name) => `cat: ${name}: Permission denied\nbash: line 1: ${name}: Permission denied\n`)
        .join("") +
        "head: cannot open 'zero' for reading: Permission denied\ncat: socket: No such device or address\n",
    );
    expect(await run("stat -c '%n %F' *; rm fifo zero disk socket; ls")).toBe(
      "disk block special file\nfifo fifo\nsocket socket\nzero character special file\n",
    );
  });

  test("takes no device, FIFO or socket from the guest", async () => {
    const { run, inside } = mounted(open, "rw");
    const output = await run(
      "mkfifo fifo; mknod zero c 1 5; mknod disk b 7 0; python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"s\")'",
    );
    expect(output).toContain("mkfifo: cannot create fifo 'fifo': Operation not permitted\n");
    expect(output).toContain("mknod: zero: Operation not permitted\n");
    expect(output).toContain("PermissionError: [Errno 1] Operation not permitted\n");
    expect(readdirSync(inside)).toEqual([]);
  });

  test("neither has nor takes files that run as somebody else", async () => {
    const { run, inside } = mounted(open, "rw");
    writeFileSync(join(inside, "suid"), "");
    chmodSync(join(inside, "suid"), 0o6755);
    const output = await run(
      "stat -c %a suid; echo > mine; chmod u+s mine; chmod g+s mine; install -m 4755 mine copied; " +
        "python3 -c 'import os; os.open(\"made\", os.O_CREAT | os.O_WRONLY, 0o4755)'; mkdir dir; chmod 2775 dir; stat -c %a dir",
    );
    expect(output).toContain("755\n");
    expect(output).toContain("2775\n");
    expect(output).toContain("chmod: changing permissions of 'mine': Operation not permitted\n");
    for (const name of readdirSync(inside)) {
      if (name !== "suid" && name !== "dir") expect(lstatSync(join(inside, name)).mode & 0o6000).toBe(0);
    }
  });

  test("gives names of any kind to the host as they are, and to no other place", async () => {
    const { run, inside, top } = mounted(open, "rw");
    const ordinary = ["...", " ", "\n", "-rf", "C:", "%2e%2e", "*", "\u{1f41a}", "n".repeat(255)];
    const names = [...ordinary, "..\\outside", "a\\b", "e\u0301", "\u00e9", "Case", "case"];
    for (const name of names) writeFileSync(join(inside, name), name);
    expect(
      await run('shopt -s dotglob; for f in *; do [[ $(cat -- "$f"; echo .) == "$f." ]] || echo "$f"; done'),
    ).toBe("");
    await run("mkdir copies; cp -- * copies/ 2>/dev/null");
    expect(readdirSync(join(inside, "copies")).sort()).toEqual([...names].sort());
    await run("printf x > $'\\xff\\xfe'; mkdir $'d\\x80'; echo y > $'d\\x80'/$'\\xc3'");
    const raw = readdirSync(inside, { encoding: "latin1" }).filter((name) => /[\x80-\xff]$/.test(name));
    expect(raw).toContain("\xff\xfe");
    expect(await run("cat $'\\xff\\xfe' $'d\\x80'/$'\\xc3'; ls -b d*; rm -r $'\\xff\\xfe' $'d\\x80'")).toBe(
      "xy\n\\303\n",
    );
    expect(await run(`echo > ${"n".repeat(256)}; cat ..\\\\outside/secret`)).toBe(
      `bash: line 1: ${"n".repeat(256)}: File name too long\ncat: '..\\outside/secret': Not a directory\n`,
    );
    expect(readdirSync(top).sort()).toEqual(["inside", "outside"]);
  });

  test.each(["", ".", "..", "a/b", "../outside/secret", "/etc/passwd", "a\0b"])(
    "refuses %j as a name, should the kernel ever ask for it",
    (name) => {
      const { inside } = mounted(open, "rw");
      mkdirSync(join(inside, "a"));
      const directory = open(inside);
      expect(() => directory.createFile(name, 0o644)).toThrow("Invalid argument");
      expect(() => directory.unlink(name)).toThrow("Invalid argument");
      expect(() => directory.rename("a", directory, name)).toThrow("Invalid argument");
      if (name !== "") expect(() => directory.statOf(name)).toThrow("Invalid argument");
    },
  );

  test("has what the host mounts below it, under numbers of its own", async () => {
    const { run, inside } = mounted(open, "rw");
    mkdirSync(join(inside, "other"));
    try {
      execFileSync("mount", ["-t", "tmpfs", "tmpfs", join(inside, "other")], { stdio: "ignore" });
    } catch {
      return; // Where mounting is not allowed there is nothing to see.
    }
    try {
      expect(
        await run(
          "echo x > other/file; echo y > file; cat other/file; ln file other/link; mv file other/; ls other; cat other/../outside/secret",
        ),
      ).toContain("ln: failed to create hard link 'other/link' => 'file': Invalid cross-device link\n");
      expect(await run("[ $(stat -c %i other) != $(stat -c %i .) ] && ls other")).toBe("file\n");
    } finally {
      execFileSync("umount", ["-l", join(inside, "other")]);
    }
  });

  test("lets nothing be changed when it is read-only", async () => {
    const { run, inside } = mounted(open, "ro");
    mkdirSync(join(inside, "dir"));
    writeFileSync(join(inside, "file"), "content\n");
    chmodSync(join(inside, "file"), 0o640);
    const before = statSync(join(inside, "file"), { bigint: true });
    const output = await run(
      "cat file; echo x > file; echo x >> file; echo x > new; mkdir new; rmdir dir; rm -f file; mv file other; ln file hard; " +
        "ln -s file soft; chmod 777 file; chown 1 file; touch file; truncate -s 0 file; mkfifo fifo; cp file dir/; chmod 0 .",
    );
    expect(output.split("\n").filter((line) => line.includes("Read-only file system"))).toHaveLength(16);
    expect(readdirSync(inside).sort()).toEqual(["dir", "file"]);
    const after = statSync(join(inside, "file"), { bigint: true });
    expect([after.mode, after.mtimeNs, after.ctimeNs, after.uid]).toEqual([
      before.mode,
      before.mtimeNs,
      before.ctimeNs,
      before.uid,
    ]);
  });
});
