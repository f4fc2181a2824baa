import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openHostDirectory } from "../../../src/mounts/open-directory.js";
import { createMachine, runCommand } from "../../support/machine.js";
import { mounted, temporaryDirectory } from "../../support/mounts.js";

/** What the same command says on this machine, in a directory of its own. */
function natively(text: string): string {
  const cwd = temporaryDirectory();
  return execFileSync("bash", ["--norc", "-c", `umask 022; ${text}`], {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env.PATH },
  });
}

describe("A host directory", () => {
  test.each([
    [
      "read, written, appended to and cut off",
      "seq 5 > f; seq 6 7 >> f; cat f; : > f; wc -c < f; seq 3 > f; truncate -s 3 f; cat f",
    ],
    ["made only when they do not exist", "set -C; echo a > f; echo b 2>/dev/null > f; cat f; ls"],
    [
      "sparse",
      "truncate -s 10M f; printf x | dd of=f bs=1 seek=5000000 conv=notrunc status=none; stat -c %s f; [ $(stat -c %b f) -lt 100 ] && md5sum < f",
    ],
    [
      "linked and removed",
      "echo x > a; ln a b; stat -c %h a; rm a; stat -c %h b; cat b; ln -s b c; readlink c; cat c; rm b; cat c; true",
    ],
    [
      "renamed, over files and directories",
      "mkdir d e; echo 1 > d/x; echo 2 > y; mv y d/x; cat d/x; mv d e; ls e; mkdir d; mv -T d e 2>&1; mv -T e/d d; ls d e; mv d/x .; mv -T e d; ls",
    ],
    [
      "used after their last name has gone",
      "echo here > f; exec 3<>f; rm f; cat <&3; echo more >&3; stat -L -c '%h %s' /dev/fd/3; exec 3>&-; ls",
    ],
    [
      "given modes and times",
      "touch -d @1234567890 f; chmod 640 f; mkdir d; chmod 711 d; stat -c '%a %Y %U' f; stat -c '%a' d; touch -r f g; stat -c %Y g; touch -h -d @1 -c f; umask 000; echo > h; mkdir i; stat -c %a h i",
    ],
    [
      "locked",
      "exec 3>f; flock -n 3 && echo one; flock -n f true || echo two; flock -u 3; flock -n f echo three",
    ],
    [
      "mapped and kept in databases",
      'python3 -c \'import mmap\nopen("f","wb").write(b"abc"*5000)\nf=open("f","rb")\nm=mmap.mmap(f.fileno(),0,prot=mmap.PROT_READ)\nprint(len(m),m[3:6])\'; sqlite3 db \'create table t(a); insert into t values(1),(2); select sum(a) from t\'; ls',
    ],
    [
      "walked",
      "mkdir -p a/b/c; echo > a/b/c/f; echo > a/g; find . | sort; rm -r a/b; find . | sort; du -a . | cut -f2 | sort",
    ],
    [
      "kept by git",
      "git init -q; git config user.email a@b; git config user.name a; echo 1 > f; git add f; git commit -qm one; echo 2 > f; git diff --stat; git stash -q; cat f; git stash pop -q; cat f; git log --format=%s; git fsck | wc -l",
    ],
    [
      "packed",
      "mkdir d; echo 1 > d/a; ln -s a d/l; chmod 600 d/a; tar cf t d; rm -r d; tar xf t; stat -c '%a %F' d/a d/l; tar tvf t | awk '{print $1,$NF}' | sort",
    ],
  ])("has files that are %s as on this machine", async (_what, text) => {
    const { run } = mounted(openHostDirectory, "rw");
    expect(await run(`{ ${text}; } 2>&1`)).toBe(natively(`{ ${text}; } 2>&1`));
  });

  test("is changed in place", async () => {
    const { run, inside } = mounted(openHostDirectory, "rw");
    writeFileSync(join(inside, "old"), "old\n");
    await run("mkdir d; echo new > d/f; chmod 750 d/f; ln -s d/f link; rm old; touch -d @1000 d");
    expect(readdirSync(inside).sort()).toEqual(["d", "link"]);
    expect(readFileSync(join(inside, "link"), "utf8")).toBe("new\n");
    expect(readlinkSync(join(inside, "link"))).toBe("d/f");
    expect(statSync(join(inside, "d", "f")).mode & 0o777).toBe(0o750);
    expect(statSync(join(inside, "d")).mtimeMs).toBe(1_000_000);
  });

  test("shows at once what others change on the host", async () => {
    const { run, inside } = mounted(openHostDirectory, "ro");
    writeFileSync(join(inside, "f"), "one\n");
    await run("exec 5<f; exec 6<.; read -r line <&5");
    appendFileSync(join(inside, "f"), "two\n");
    expect(await run("cat <&5; stat -L -c %s /dev/fd/5; wc -c < f")).toBe("two\n8\n8\n");
    writeFileSync(join(inside, "new"), "new\n");
    chmodSync(join(inside, "f"), 0o600);
    expect(await run("ls; stat -c %a f; stat -L -c %a /dev/fd/5")).toBe("f\nnew\n600\n600\n");
    renameSync(join(inside, "new"), join(inside, "f"));
    expect(await run("cat f; ls")).toBe("new\nf\n");
    truncateSync(join(inside, "f"));
    rmSync(join(inside, "f"));
    mkdirSync(join(inside, "f"));
    expect(await run("ls -F; cat f")).toBe("f/\ncat: f: Is a directory\n");
  });

  test("appends after what others have appended", async () => {
    const { run, inside } = mounted(openHostDirectory, "rw");
    await run("exec 7>>log; echo one >&7");
    const log = openSync(join(inside, "log"), "a");
    writeSync(log, "two\n");
    await run("echo three >&7");
    writeSync(log, "four\n");
    closeSync(log);
    expect(await run("cat log; tail -c5 log")).toBe("one\ntwo\nthree\nfour\nfour\n");
  });

  test("belongs to the session's user, whoever has it on the host", async () => {
    const root = mounted(openHostDirectory, "rw");
    expect(await root.run("echo > f; stat -c '%U %a' . f")).toBe("root 755\nroot 644\n");
    const { run } = mounted(openHostDirectory, "rw", { user: "user" });
    expect(await run("echo > f; chmod 400 f; stat -c '%U %G %a' f; echo > f")).toBe(
      "user user 400\nbash: line 1: f: Permission denied\n",
    );
  });

  test("remembers other owners for the session, and leaves the host's as they are", async () => {
    const { run, inside, machine } = mounted(openHostDirectory, "rw");
    const { uid } = statSync(inside);
    expect(
      await run("echo > f; chown user:games f; ln f g; stat -c '%U %G' f g; rm f; sudo -u user stat -c %U g"),
    ).toBe("user games\nuser games\nuser\n");
    expect(statSync(join(inside, "g")).uid).toBe(uid);
    await machine.reset({ keepFiles: true });
    expect(await run("stat -c %U g; rm g; echo > g; stat -c %U g")).toBe("user\nroot\n");
    await run("chown user g");
    await machine.reset({ keepFiles: false });
    expect(await run("stat -c %U g")).toBe("root\n");
  });

  test("passes on what the host refuses", async () => {
    const { run, inside } = mounted(openHostDirectory, "rw");
    writeFileSync(join(inside, "fixed"), "x");
    try {
      execFileSync("chattr", ["+i", join(inside, "fixed")], { stdio: "ignore" });
    } catch {
      return; // Not every filesystem has a file that even root may not change.
    }
    try {
      expect(await run("rm -f fixed; chmod 0 fixed; mv fixed other; ln fixed l; echo > fixed")).toBe(
        "rm: cannot remove 'fixed': Operation not permitted\n" +
          "chmod: changing permissions of 'fixed': Operation not permitted\n" +
          "mv: cannot move 'fixed' to 'other': Operation not permitted\n" +
          "ln: failed to create hard link 'l' => 'fixed': Operation not permitted\n" +
          "bash: line 1: fixed: Operation not permitted\n",
      );
    } finally {
      execFileSync("chattr", ["-i", join(inside, "fixed")]);
    }
  });

  test("is another filesystem than the rest, with the space of the host's", async () => {
    const { run, inside } = mounted(openHostDirectory, "rw");
    const blocks = execFileSync("stat", ["-f", "-c", "%b %S", inside], { encoding: "utf8" });
    expect(await run("stat -f -c '%b %S' .")).toBe(blocks);
    expect(await run("grep work /proc/mounts; echo x > f; mv f /tmp/f; cat /tmp/f; mv /tmp/f .; cat f")).toBe(
      "hostfs /work hostfs rw,nosuid,nodev,relatime 0 0\nx\nx\n",
    );
    expect(await run("rmdir /work; mv /work /other; rm -rf /work")).toBe(
      "rmdir: failed to remove '/work': Device or resource busy\n" +
        "mv: cannot move '/work' to '/other': Device or resource busy\n" +
        "rm: cannot remove '/work': Device or resource busy\n",
    );
    expect(existsSync(inside)).toBe(true);
  });

  test("has programs to run: scripts, and modules of WASI", async () => {
    const { run, inside } = mounted(openHostDirectory, "ro");
    writeFileSync(join(inside, "script"), "#!/bin/sh\necho script $1\n", { mode: 0o755 });
    copyFileSync(join(import.meta.dirname, "../../fixtures/wasm/wasi-upper.wasm"), join(inside, "upper"));
    chmodSync(join(inside, "upper"), 0o755);
    expect(await run("./script x; ./script y | ./upper")).toBe("script x\nSCRIPT Y\n");
  });

  test("keeps no more than a few of the host's descriptors open, however many files are used", async () => {
    const { run } = mounted(openHostDirectory, "rw");
    const before = readdirSync("/proc/self/fd").length;
    await run("for i in {1..160}; do mkdir d$i; echo $i > d$i/f; done; cat d*/f | wc -l");
    expect(readdirSync("/proc/self/fd").length - before).toBeLessThanOrEqual(130);
    expect(await run("cat d1/f d159/f; rm -r d*; ls")).toBe("1\n159\n");
  });

  test("stays where it is when the session is reset", async () => {
    const { run, machine } = mounted(openHostDirectory, "rw");
    await run("echo kept > f; cd /tmp; echo gone > g");
    await machine.reset({ keepFiles: false });
    expect(await run("cat f; ls /tmp")).toBe("kept\n");
  });

  test("is there for other users of the sandbox as its modes say", async () => {
    const { inside, machine } = mounted(openHostDirectory, "rw");
    writeFileSync(join(inside, "private"), "x\n", { mode: 0o600 });
    const result = await runCommand(machine, "sudo -u user cat private; sudo -u user touch private", {
      cwd: "/work",
    });
    expect(result.stderr).toContain("cat: private: Permission denied\n");
  });

  test("is not mounted when it does not exist or its place is taken by a file", () => {
    const host = temporaryDirectory();
    writeFileSync(join(host, "file"), "");
    const mount =
      (path: string, guest = "/work") =>
      () =>
        createMachine({ mounts: [{ host: path, guest, mode: "rw" }] });
    expect(mount(join(host, "none"))).toThrow("No such file or directory");
    expect(mount(join(host, "file"))).toThrow("Not a directory");
    expect(mount(host, "/etc/passwd/x")).toThrow("Not a directory");
    expect(mount(host, "/bin")).toThrow("Not a directory");
  });
});
