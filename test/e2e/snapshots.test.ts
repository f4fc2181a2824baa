import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { BACKEND, onBackend } from "../support/backend.js";
import { Daemon } from "../support/daemon.js";

const folder = mkdtempSync(join(tmpdir(), "limpet-snapshots-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let daemon: Daemon;

beforeEach(() => {
  daemon = new Daemon(["--backend", BACKEND, "--max-sessions", "12"]);
});

afterEach(async () => {
  daemon.child.kill("SIGTERM");
  await daemon.ended;
});

/** What a command writes, one character for each byte when it is no text. */
async function shell(command: string, session = "default"): Promise<string> {
  const { stdout = "", stdout_encoding, stderr } = await daemon.request({ type: "shell", command, session });
  return `${stdout_encoding === "base64" ? Buffer.from(stdout, "base64").toString("latin1") : stdout}${stderr}`;
}

const take = (snapshot: string, session = "default") =>
  daemon.request({ type: "snapshot", snapshot, session });
const restore = (snapshot: string, session = "default") =>
  daemon.request({ type: "restore", snapshot, session });
const fork = (sessions: string[], session = "default") => daemon.request({ type: "fork", sessions, session });

/** Files of every kind, with all that can be said of them. */
const MAKE = `cd /tmp; mkdir -m 2750 dir; echo one > dir/a; ln dir/a hard; ln -s nowhere soft; mkfifo -m 600 pipe; mknod null c 1 3
truncate -s 3M sparse; echo end >> sparse; touch -d '1969-12-31 23:59:58.123456789' dir/a; chown 1000:5 hard
echo odd > $'a \\377\\n*'; cp /bin/true yes; echo more >> /etc/passwd; rm /etc/issue`;
const LOOK = `cd /tmp; find . /etc -printf '%p %y %m %U %G %n %s %b %T@ %C@ %l\\n' | sort; find . -type f -print0 | sort -z | xargs -0 sha256sum`;

describe("a snapshot", () => {
  it("keeps files and the shell, and a session goes back to it any number of times", async () => {
    await shell(
      "mkdir /tmp/d; cd /tmp/d; echo one > f; x=5; f() { echo f $x; }; set -o noclobber; umask 027",
    );
    expect(await take("s")).toMatchObject({ snapshot: "s", backend: BACKEND, parent: null });
    for (let round = 0; round < 2; round++) {
      await shell("rm f; x=6; cd /; unset -f f; set +o noclobber; echo two > /tmp/g");
      await restore("s");
      expect(await shell("pwd; cat f; f; set -o | grep noclobber; umask; ls /tmp")).toBe(
        "/tmp/d\none\nf 5\nnoclobber      \ton\n0027\nd\n",
      );
    }
  });

  it("keeps all that belongs to a file", async () => {
    await shell(MAKE);
    const before = await shell(LOOK);
    expect(before.split("\n").length).toBeGreaterThan(30);
    await take("s");
    await fork(["copy"]);
    expect(await shell(LOOK, "copy")).toBe(before);
    expect(await shell("/tmp/yes && tail -n 1 /etc/passwd; ls /etc/issue", "copy")).toContain(
      "more\nls: cannot",
    );
  });

  it("waits for the command that runs in the session", async () => {
    const running = shell("sleep 0.4; echo done > /tmp/f; y=1");
    const taken = take("s");
    await running;
    await taken;
    await restore("s");
    expect(await shell("cat /tmp/f; echo $y")).toBe("done\n1\n");
  });

  it("can be taken while a process computes in the background, which is not disturbed", async () => {
    await shell("x=5; while :; do :; done & job=$!");
    const { processes_dropped } = await take("s");
    expect(processes_dropped).toBe(onBackend({ wasi: 1, v86: 0 }));
    await fork(["copy"]);
    expect(await shell("echo $x; kill -0 $job && echo alive", "copy")).toContain(
      onBackend({ wasi: "5\n", v86: "5\nalive\n" }),
    );
    expect(await shell("kill -0 $job && echo alive; kill $job")).toBe("alive\n");
  });

  it("is listed with its parent, and forgotten when it is deleted", async () => {
    await take("one");
    await shell("echo > /tmp/f");
    expect(await take("two")).toMatchObject({ parent: "one" });
    await restore("one");
    expect(await take("three")).toMatchObject({ parent: "one" });
    const { snapshots } = await daemon.request({ type: "snapshots" });
    expect(snapshots.map(({ snapshot, parent, backend }) => [snapshot, parent, backend])).toEqual([
      ["one", null, BACKEND],
      ["two", "one", BACKEND],
      ["three", "one", BACKEND],
    ]);
    await daemon.request({ type: "delete_snapshot", snapshot: "one" });
    expect(await daemon.ask({ type: "restore", snapshot: "one" })).toMatchObject({
      code: "SNAPSHOT_NOT_FOUND",
    });
    await restore("two");
    expect(await shell("ls /tmp")).toBe("f\n");
  });

  it("outlives its session", async () => {
    await shell("echo kept > /tmp/f");
    await take("s");
    await daemon.request({ type: "close", session: "default" });
    expect((await daemon.request({ type: "fork", snapshot: "s" })).sessions).toEqual(["s-1"]);
    expect(await shell("cat /tmp/f", "s-1")).toBe("kept\n");
  });

  it("is refused with a word when it is not there, there already, or of another machine", async () => {
    await take("s");
    expect(await daemon.ask({ type: "snapshot", snapshot: "s" })).toMatchObject({ code: "SNAPSHOT_EXISTS" });
    expect(await daemon.ask({ type: "snapshot", snapshot: "t", session: "nosuch" })).toMatchObject({
      code: "SESSION_NOT_FOUND",
    });
    expect(await daemon.ask({ type: "delete_snapshot", snapshot: "t" })).toMatchObject({
      code: "SNAPSHOT_NOT_FOUND",
    });
    expect(await daemon.ask({ type: "export", snapshot: "t", path: "x" })).toMatchObject({
      code: "SNAPSHOT_NOT_FOUND",
    });
    const backend = onBackend({ wasi: "v86", v86: "wasi" } as const);
    await daemon.request({ type: "open", session: "other", backend });
    expect(await daemon.ask({ type: "restore", snapshot: "s", session: "other" })).toMatchObject({
      code: "SNAPSHOT_MISMATCH",
      error: `snapshot "s" is of a ${BACKEND} machine, and session "other" is a ${backend} machine`,
    });
  });

  it("ends the processes of the session that it is restored in", async () => {
    await take("s");
    const { process } = await daemon.request({ type: "start", command: "sleep 1000" });
    await shell("sleep 1000 &");
    await restore("s");
    expect(await daemon.request({ type: "wait", process })).toMatchObject({ outcome: "cancelled" });
    expect((await daemon.request({ type: "status" })).processes).toBe(0);
  });
});

describe("a fork", () => {
  it("sees nothing of what is done elsewhere, nor do others see what it does", async () => {
    await shell("cd /tmp; echo original > f; x=original");
    await fork(["left", "right"]);
    await shell("echo left >> f; x=left", "left");
    await shell("rm f; x=source");
    expect(await shell("cat f; echo $x", "right")).toBe("original\noriginal\n");
    expect(await shell("cat f; echo $x", "left")).toBe("original\nleft\nleft\n");
    expect(await shell("echo $x; ls")).toBe("source\n");
  });

  it("may be asked for things before it is there", async () => {
    await shell("sleep 0.3; echo here > /tmp/f; x=5");
    const forked = fork(["copy"]);
    expect(await shell("cat /tmp/f; echo $x", "copy")).toBe("here\n5\n");
    await forked;
  });

  it("of a fork of a fork has the changes of all", async () => {
    let session = "default";
    for (const name of ["one", "two", "three"]) {
      await shell(`cd /tmp; echo ${name} >> log; x+=${name}`, session);
      await fork([name], session);
      session = name;
    }
    expect(await shell("cat log; echo $x", "three")).toBe("one\ntwo\nthree\nonetwothree\n");
  });

  it("draws other random numbers and knows the time", async () => {
    await shell("echo $RANDOM; od -An -N8 -tx1 /dev/urandom");
    await fork(["left", "right"]);
    const draw = "echo $RANDOM $RANDOM; od -An -N16 -tx1 /dev/urandom";
    expect(await shell(draw, "left")).not.toBe(await shell(draw, "right"));
    expect(Math.abs(Number(await shell("date +%s", "left")) - Date.now() / 1000)).toBeLessThan(3);
  });

  it("is reset to the base image", async () => {
    await shell("echo f > /tmp/f; x=5; cd /tmp");
    await fork(["copy"]);
    await daemon.request({ type: "reset", session: "copy" });
    expect(await shell("echo [$x]; pwd; ls /tmp", "copy")).toBe("[]\n/root\n");
    expect(await shell("cat /tmp/f")).toBe("f\n");
  });

  it("has the settings of its source", async () => {
    await daemon.request({
      type: "open",
      session: "source",
      user: "user",
      memory_limit_bytes: 256 << 20,
      env: { A: "1" },
    });
    await fork(["copy"], "source");
    expect(await shell("id -un; echo $A; pwd", "copy")).toBe("user\n1\n/home/user\n");
    const [source, copy] = await Promise.all(
      ["source", "copy"].map((session) => daemon.request({ type: "status", session })),
    );
    expect(copy?.memory_limit_bytes).toBe(source?.memory_limit_bytes);
  });

  it("gets names that are free", async () => {
    await daemon.request({ type: "open", session: "default-2" });
    expect((await daemon.request({ type: "fork", count: 2 })).sessions).toEqual(["default-1", "default-3"]);
  });

  it("is refused when a name is taken, given twice, or there are too many; then none is made", async () => {
    await fork(["a"]);
    expect(await daemon.ask({ type: "fork", sessions: ["b", "a"] })).toMatchObject({
      code: "SESSION_EXISTS",
    });
    expect(await daemon.ask({ type: "fork", sessions: ["b", "b"] })).toMatchObject({
      code: "INVALID_REQUEST",
    });
    expect(await daemon.ask({ type: "fork", sessions: ["b"], count: 2 })).toMatchObject({
      code: "INVALID_REQUEST",
    });
    expect(await daemon.ask({ type: "fork", session: "default", snapshot: "s" })).toMatchObject({
      code: "INVALID_REQUEST",
    });
    expect(await daemon.ask({ type: "fork", session: "nosuch" })).toMatchObject({
      code: "SESSION_NOT_FOUND",
    });
    expect(await daemon.ask({ type: "fork", count: 11 })).toMatchObject({
      code: "TOO_MANY_SESSIONS",
      error: "there is room for 10 more sessions, and 11 are asked for",
    });
    const { sessions } = await daemon.request({ type: "status" });
    expect(sessions.map(({ session }) => session)).toEqual(["default", "a"]);
  });

  it("that is cancelled while it waits leaves no session, and what was asked of that is told so", async () => {
    const running = daemon.ask({ type: "shell", command: "sleep 1000" });
    const forked = daemon.expect("fork");
    daemon.child.stdin.write('{"id":"fork","type":"fork","sessions":["copy"]}\n');
    const early = daemon.ask({ type: "shell", command: "echo", session: "copy" });
    await daemon.request({ type: "cancel", target: "fork" });
    expect(await forked).toMatchObject({ success: false, code: "CANCELLED", cancelled: true });
    expect(await early).toMatchObject({ success: false, code: "SESSION_NOT_FOUND" });
    expect((await daemon.request({ type: "status" })).sessions.map(({ session }) => session)).toEqual([
      "default",
    ]);
    await daemon.request({ type: "cancel", target: 1 });
    await running;
  });
});

describe.runIf(BACKEND === "wasi")("mounts", () => {
  it("are no part of a snapshot: each session has its own", async () => {
    writeFileSync(join(folder, "f"), "of the host\n");
    const mounts = [{ host: folder, guest: "/work/deep/o", mode: "ro" as const }];
    await daemon.request({ type: "open", session: "source", mounts });
    await shell("ls / /work /work/deep; cd /work/deep/o; echo > /tmp/kept; x=5", "source");
    await take("s", "source");
    await fork(["copy"], "source");
    expect(await shell("echo $x; pwd; cat /work/deep/o/f; ls /tmp", "copy")).toBe(
      "5\n/work/deep/o\nof the host\nkept\n",
    );
    await restore("s");
    expect(await shell("echo $x; ls /tmp; cat /work/deep/o/f")).toContain(
      "5\nkept\ncat: /work/deep/o/f: No such",
    );
    rmSync(join(folder, "f"));
  });
});

describe("an exported snapshot", () => {
  it("comes back in another daemon", async () => {
    await shell(`${MAKE}; x=5`);
    const before = await shell(LOOK);
    await take("s");
    const path = join(folder, "whole");
    const exported = await daemon.request({ type: "export", snapshot: "s", path });
    expect(exported.size_bytes).toBe(readFileSync(path).length);
    expect(readdirSync(folder)).toEqual(["whole"]);

    const other = new Daemon(["--backend", BACKEND]);
    try {
      expect(await other.request({ type: "import", path })).toMatchObject({
        snapshot: "s",
        backend: BACKEND,
      });
      await other.request({ type: "fork", snapshot: "s", sessions: ["copy"] });
      const looked = await other.request({ type: "shell", session: "copy", command: LOOK });
      expect(looked.stdout).toBe(Buffer.from(before, "latin1").toString("base64"));
      expect((await other.request({ type: "shell", session: "copy", command: "echo $x" })).stdout).toBe(
        "5\n",
      );
    } finally {
      await other.close();
    }
  });

  it("is refused when it is damaged, cut off, too long, something else, or of another version", async () => {
    await take("s");
    const path = join(folder, "bad");
    await daemon.request({ type: "export", snapshot: "s", path });
    const whole = readFileSync(path);
    const importing = async (bytes: Uint8Array): Promise<string> => {
      writeFileSync(path, bytes);
      const answer = await daemon.ask({ type: "import", path, snapshot: "t" });
      expect(answer).toMatchObject({ success: false, code: "SNAPSHOT_INVALID" });
      return answer.success ? "" : answer.error;
    };
    const flipped = Buffer.from(whole);
    flipped[whole.length - 1] ^= 1;
    expect(await importing(flipped)).toContain("damaged");
    expect(await importing(whole.subarray(0, whole.length - 1))).toContain("cut off");
    expect(await importing(Buffer.concat([whole, Buffer.of(0)]))).toContain("goes on after its end");
    expect(await importing(Buffer.from("#!/bin/sh\n"))).toContain("is no snapshot");
    expect(await importing(Buffer.alloc(0))).toContain("is no snapshot");
    const missing = await daemon.ask({ type: "import", path: join(folder, "nosuch") });
    expect(missing).toMatchObject({
      success: false,
      error: `cannot import: "${join(folder, "nosuch")}": no such file or directory`,
      code: "ENOENT",
      hint: "The path is one of the host, as the daemon sees it.",
    });
    const nowhere = await daemon.ask({ type: "export", snapshot: "s", path: join(folder, "no/such") });
    expect(nowhere).toMatchObject({ success: false, code: "ENOENT" });
    expect((await daemon.request({ type: "snapshots" })).snapshots).toHaveLength(1);
  });
});
