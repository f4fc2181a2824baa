import { readdirSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { Daemon } from "../support/daemon.js";

// A machine of `v86` keeps its thread.
const daemons: Daemon[] = [];

function daemonOf(...args: readonly string[]): Daemon {
  const daemon = new Daemon(args);
  daemons.push(daemon);
  return daemon;
}

afterEach(async () => {
  for (const daemon of daemons.splice(0)) {
    daemon.child.kill("SIGTERM");
    await daemon.ended;
  }
});

const shellIn = (daemon: Daemon) => async (session: string, command: string) =>
  daemon.request({ type: "shell", session, command });

/** The sessions that hibernate. */
async function hibernating(daemon: Daemon): Promise<string[]> {
  const { sessions } = await daemon.request({ type: "status" });
  return sessions.filter(({ hibernates }) => hibernates).map(({ session }) => session);
}

/** Opens and uses further sessions until that one hibernates. */
async function putToSleep(daemon: Daemon, session: string): Promise<void> {
  for (let i = 0; !(await hibernating(daemon)).includes(session); i++) {
    expect(i).toBeLessThan(100);
    await daemon.request({ type: "shell", session: `other${i % 5}`, command: "true" });
  }
}

describe("a session that hibernates", () => {
  it("is as it was when it wakes", async () => {
    const daemon = daemonOf("--max-workers", "2");
    const shell = shellIn(daemon);
    await shell(
      "a",
      "cd /tmp; colour=red; say() { echo $colour $PWD $#; }; set -o pipefail; umask 027; echo data > file; mkfifo pipe; exec 5>file5",
    );
    await putToSleep(daemon, "a");
    expect(
      await shell(
        "a",
        "say x y; false | true; echo $?; umask; cat file; stat -c %F pipe; echo to >&5; cat file5",
      ),
    ).toMatchObject({
      stdout: "red /tmp 2\n1\n0027\ndata\nfifo\nto\n",
      stderr: "",
    });
    expect(await hibernating(daemon)).not.toContain("a");
  });

  it("has its user, variables and limits, and $? of the last command", async () => {
    const daemon = daemonOf("--max-workers", "2");
    const shell = shellIn(daemon);
    const limits = { processes: 7, open_files: 64 };
    await daemon.request({ type: "open", session: "a", user: "user", env: { CI: "1" }, limits });
    await shell("a", "(exit 3)");
    await putToSleep(daemon, "a");
    expect((await shell("a", "echo $?; id -un; echo $CI; ulimit -n; touch /etc/x 2>&1")).stdout).toBe(
      "3\nuser\n1\n64\ntouch: cannot touch '/etc/x': Permission denied\n",
    );
    const { usage } = await daemon.request({ type: "status", session: "a" });
    expect(usage).toContainEqual(expect.objectContaining({ limit: "processes", maximum: 7 }));
  });

  it("can be asked, read, written, reset and closed like any other", async () => {
    const daemon = daemonOf("--max-workers", "1");
    const shell = shellIn(daemon);
    await shell("a", "echo one > /tmp/f; x=1");
    await putToSleep(daemon, "a");
    expect(await daemon.request({ type: "status", session: "a" })).toMatchObject({
      ready: true,
      processes: 0,
    });
    expect(await daemon.request({ type: "processes", session: "a" })).toMatchObject({ processes: [] });
    expect(await hibernating(daemon)).toContain("a");
    expect((await daemon.request({ type: "read_file", session: "a", path: "/tmp/f" })).content).toBe("one\n");
    await putToSleep(daemon, "a");
    await daemon.request({ type: "reset", session: "a", keep_files: true });
    expect((await shell("a", "echo [$x]; cat /tmp/f")).stdout).toBe("[]\none\n");
    await putToSleep(daemon, "a");
    await daemon.request({ type: "close", session: "a" });
    expect((await shell("a", "ls /tmp")).stdout).toBe("");
  });

  it("is none whose processes go on, or whose overlay has changes", async () => {
    const daemon = daemonOf("--max-workers", "1", "--mount", `${import.meta.dirname}:/host:overlay`);
    const shell = shellIn(daemon);
    await daemon.request({ type: "start", session: "a", command: "sleep 1; echo done", process: "p" });
    await shell("b", "sleep 1000 &");
    for (let i = 0; i < 10; i++) await shell(`other${i}`, "true");
    expect(await hibernating(daemon)).toEqual([]);
    await daemon.request({ type: "wait", session: "a", process: "p" });
    const { chunks } = await daemon.request({ type: "read_output", session: "a", process: "p" });
    expect(chunks).toMatchObject([{ data: "done\n" }]);
    expect((await shell("b", "jobs -r | wc -l")).stdout?.trim()).toBe("1");
  });
});

describe("more sessions than threads", () => {
  it("work at the same time when they must", async () => {
    const daemon = daemonOf("--max-workers", "2");
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        daemon.request({ type: "shell", session: `s${i}`, command: `sleep 0.5; echo ${i}` }),
      ),
    );
    expect(answers.map(({ stdout }) => stdout)).toEqual(answers.map((_, i) => `${i}\n`));
  });

  it("are opened, used in turn and closed without a trace", async () => {
    const daemon = daemonOf("--max-workers", "4");
    const shell = shellIn(daemon);
    const threads = () => readdirSync(`/proc/${daemon.child.pid}/task`).length;
    await shell("first", "true");
    const count = 100;
    for (let i = 0; i < count; i++) await shell(`s${i}`, `x=${i}; echo ${i} > /tmp/f`);
    const most = threads();
    expect((await hibernating(daemon)).length).toBeGreaterThan(count - 10);
    for (let i = 0; i < count; i += 7)
      expect((await shell(`s${i}`, "echo $x; cat /tmp/f")).stdout).toBe(`${i}\n${i}\n`);
    await Promise.all(
      Array.from({ length: count }, (_, i) => daemon.request({ type: "close", session: `s${i}` })),
    );
    const { sessions } = await daemon.request({ type: "status" });
    expect(sessions.map(({ session }) => session).sort()).toEqual(["default", "first"]);
    expect(threads()).toBeLessThanOrEqual(most);
  });
});
