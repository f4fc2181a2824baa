import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MIB } from "../../src/protocol/limits.js";
import { Daemon } from "../support/daemon.js";

/** Where the saved machine is expanded; of this file's own, so that what it does there touches nobody else. */
const cache = mkdtempSync(join(tmpdir(), "limpet-v86-"));
const env = { ...process.env, XDG_CACHE_HOME: cache };
afterAll(() => rmSync(cache, { recursive: true, force: true }));

const RANDOM = "od -An -N16 -tx1 /dev/urandom";

describe("the v86 backend", { timeout: 60_000 }, () => {
  let daemon: Daemon;
  const shell = (command: string, more: object = {}) => daemon.request({ type: "shell", command, ...more });

  beforeAll(() => {
    daemon = new Daemon(["--backend", "v86"], env);
  });
  afterAll(() => daemon.close());

  test("is a real Linux", async () => {
    const answer = await shell("uname -sm; cat /etc/debian_version; id -un; pwd");
    expect(answer.stdout).toMatch(/^Linux i686\n12\.\d+\nroot\n\/root\n$/);
  });

  test("keeps directory, variables, functions and jobs from command to command", async () => {
    await shell("cd /tmp; x=5; f() { echo f $1; }; sleep 300 & job=$!");
    expect((await shell("pwd; echo $x; f 1; kill -0 $job && echo alive; kill $job")).stdout).toBe(
      "/tmp\n5\nf 1\nalive\n",
    );
  });

  test.each([
    ["exit 7", { exit_code: 7 }],
    ["exec false", { exit_code: 1 }],
    ["set -e; false; echo b", { exit_code: 1, stdout: "" }],
    ["kill -9 $$", { exit_code: null, signal: "SIGKILL" }],
  ])("gives the shell back as it was after %s", async (command, ended) => {
    await shell("y=kept; cd /etc");
    expect(await shell(`y=lost; ${command}`)).toMatchObject(ended);
    expect((await shell("echo $y; pwd; echo $-")).stdout).toMatch(/^kept\n\/etc\n[^e]*\n$/);
  });

  test("takes input, variables and a directory for one command", async () => {
    const more = { stdin: "b\na\n", env: { A: "1 2" }, cwd: "/usr" };
    expect((await shell('sort; echo "$A"; pwd', more)).stdout).toBe("a\nb\n1 2\n/usr\n");
    expect((await shell('echo "[$A]"; echo in >&2', { isolated: true })).stderr).toBe("in\n");
  });

  test("ends a command at its time limit, with all of its processes", async () => {
    const answer = await shell("echo before; setsid sleep 100 & while :; do :; done", { time_limit_ms: 500 });
    expect(answer).toMatchObject({ timed_out: true, stdout: "before\n" });
    expect((await shell("pgrep -c sleep")).stdout).toBe("0\n");
  });

  test("keeps the beginning and the end of long output", async () => {
    const answer = await shell("seq 200000", { max_output_bytes: 1000 });
    expect(answer).toMatchObject({ stdout_truncated: true, stdout_bytes: 1288895, exit_code: 0 });
    expect(answer.stdout).toMatch(/^1\n2\n[\s\S]*\n200000\n$/);
  });

  test("writes and reads files", async () => {
    const content = "é".repeat(400_000);
    await daemon.request({ type: "write_file", path: "/tmp/new/dir/f", content, mode: "0600" });
    const read = await daemon.request({ type: "read_file", path: "/tmp/new/dir/f", offset: 2, length: 4 });
    expect(read).toMatchObject({ content: "éé", size: 800_000, mode: "0600" });
    expect((await shell("sha256sum < /tmp/new/dir/f")).stdout).toMatch(/^[0-9a-f]{64}/);
    const missing = daemon.request({ type: "read_file", path: "/tmp/nosuch" });
    await expect(missing).rejects.toThrow(/No such file or directory/);
  });

  test("refuses a directory that is not there", async () => {
    await expect(shell("pwd", { cwd: "/nosuch" })).rejects.toThrow(/No such file or directory/);
  });

  test("knows the time", async () => {
    const { stdout } = await shell("date +%s");
    expect(Math.abs(Number(stdout) - Date.now() / 1000)).toBeLessThan(3);
  });

  test("runs what the other backend does not have", async () => {
    expect((await shell("python3 -c 'print(6 * 7)'; git --version; perl -e 'print 1'")).stdout).toMatch(
      /^42\ngit version [\d.]+\n1$/,
    );
  });

  test("says how much memory the machine has", async () => {
    const status = await daemon.request({ type: "status" });
    expect(status).toMatchObject({ backend: "v86", memory_limit_bytes: 1024 * MIB });
    expect(status.memory_used_bytes).toBeGreaterThan(0);
    expect((await shell("grep MemTotal /proc/meminfo")).stdout).toMatch(/ 1048576 kB/);
  });

  test.each(["root", "user"] as const)("ends a fork bomb of %s and keeps the session", async (user) => {
    const inside = { session: `bomb of ${user}` };
    await daemon.request({ type: "open", ...inside, user });
    await shell("x=kept; cd /tmp; echo file > f", inside);
    const bomb = await shell("bomb() { bomb | bomb & }; bomb; wait; sleep 1000", {
      ...inside,
      time_limit_ms: 2000,
    });
    expect(bomb).toMatchObject({ timed_out: true });
    expect(bomb).not.toHaveProperty("state_lost");
    const after = await shell("echo $x $PWD $(cat f); pgrep -c shell", inside);
    // The shell, its copy and pgrep's parent, if that is one.
    expect(after.stdout).toMatch(/^kept \/tmp file\n[23]\n$/);
    expect(after.duration_ms).toBeLessThan(5000);
    await daemon.request({ type: "close", ...inside });
  });

  test("ends a command at its time limit though a fork bomb runs in the background", async () => {
    const inside = { session: "bomb" };
    await daemon.request({ type: "open", ...inside });
    await shell("x=kept; echo file > /tmp/f", inside);
    await shell("bomb() { bomb | bomb & }; bomb", inside);
    const answer = await shell("while :; do sleep 1000 & done", { ...inside, time_limit_ms: 1000 });
    expect(answer).toMatchObject({ timed_out: true });
    expect((await shell("echo $x; echo $(</tmp/f)", inside)).stdout).toMatch(/^kept\n/);
    const status = await daemon.request({ type: "status", ...inside });
    expect(status).not.toHaveProperty("state_lost");
    await daemon.request({ type: "close", ...inside });
  });

  test("takes isolated commands and variables of any length", async () => {
    const text = `echo "$0 $- \${#BASH_EXECUTION_STRING} \${#A} $HOME"; unset A; env | grep LIMPET #${"x".repeat(200_000)}`;
    const answer = await shell(text, { isolated: true, env: { A: "y".repeat(200_000) } });
    expect(answer).toMatchObject({ stdout: `bash hBc ${text.length} 200000 /root\n`, exit_code: 1 });
  });

  test("has the folders that Debian has for what runs", async () => {
    expect((await shell("stat -c '%a %F' /run /run/lock /dev/shm")).stdout).toBe(
      "755 directory\n1777 directory\n1777 directory\n",
    );
  });

  test("resets files, processes and variables; with keep_files the files stay", async () => {
    await shell("z=1; echo a > /root/kept; sleep 300 &");
    await daemon.request({ type: "reset", keep_files: true });
    expect((await shell('echo "[$z]"; cat /root/kept; pgrep -c sleep')).stdout).toBe("[]\na\n0\n");
    await daemon.request({ type: "reset" });
    expect((await shell("ls /root; date +%Y")).stdout).toBe(`${new Date().getUTCFullYear()}\n`);
  });

  test("never gives two machines, or a machine before and after a reset, the same random bytes", async () => {
    await daemon.request({ type: "open", session: "other" });
    const first = await shell(RANDOM);
    const other = await shell(RANDOM, { session: "other" });
    await daemon.request({ type: "reset" });
    const again = await shell(RANDOM);
    expect(new Set([first.stdout, other.stdout, again.stdout]).size).toBe(3);
    await daemon.request({ type: "close", session: "other" });
  });

  test("stands beside the other backend in one daemon", async () => {
    await daemon.request({ type: "open", session: "light", backend: "wasi" });
    expect((await shell("uname -m", { session: "light" })).stdout).not.toBe((await shell("uname -m")).stdout);
    await daemon.request({ type: "close", session: "light" });
  });

  test("runs as an ordinary user", async () => {
    await daemon.request({ type: "open", session: "user", user: "user" });
    const answer = await shell("id -un; pwd; cat /etc/shadow; echo x > f; stat -c %U f", { session: "user" });
    expect(answer.stdout).toBe("user\n/home/user\nuser\n");
    expect(answer.stderr).toContain("Permission denied");
    await daemon.request({ type: "close", session: "user" });
  });

  test("has the limits that were asked for, also after a reset", async () => {
    const session = "limited";
    const limits = { files: 20, file_bytes: 2 * MIB, file_size_bytes: MIB, open_files: 40, processes: 10 };
    await daemon.request({ type: "open", session, limits });
    for (const keep_files of [false, true]) {
      const files = await shell("cd /tmp; for i in {1..30}; do : > f$i || break; done; rm f*; : > g", {
        session,
      });
      expect(files).toMatchObject({
        exit_code: 0,
        stderr: expect.stringContaining("No space left on device"),
      });
      const bytes = await shell("for i in 1 2 3; do head -c 1M /dev/zero > /root/$i; done; rm /root/*", {
        session,
      });
      expect(bytes).toMatchObject({
        exit_code: 0,
        stderr: expect.stringContaining("No space left on device"),
      });
      const size = await shell("head -c 2M /dev/zero > /tmp/a; echo $?; stat -c %s /tmp/a; rm /tmp/a", {
        session,
      });
      expect(size.stdout).toBe(`153\n${MIB}\n`);
      const many = await shell(`: ${"<(:) ".repeat(40)}`, { session });
      expect(many.stderr).toContain("Too many open files");
      const processes = await shell("for i in {1..30}; do sleep 0.5 & done; wait", { session });
      expect(processes.stderr).toContain("Resource temporarily unavailable");
      await daemon.request({ type: "reset", session, keep_files });
    }
    const { usage } = await daemon.request({ type: "status", session });
    expect(usage.find(({ limit }) => limit === "files")).toMatchObject({ maximum: 20 });
    await daemon.request({ type: "close", session });
  });

  test("has the memory that was asked for, for processes and files together, also after a reset", async () => {
    const session = "small";
    const opened = await daemon.request({ type: "open", session, memory_limit_bytes: 64 * MIB });
    expect(opened.memory_limit_bytes).toBe(64 * MIB);
    for (const when of ["at first", "after a reset"]) {
      const { memory_limit_bytes } = await daemon.request({ type: "status", session });
      expect(memory_limit_bytes, when).toBe(64 * MIB);
      const full = await shell("head -c 100M /dev/zero > /tmp/f; rm /tmp/f", { session });
      expect(full.stderr, when).toContain("No space left on device");
      const large = await shell("python3 -c 'x = bytearray(200 << 20)'", { session });
      expect(large.exit_code, when).not.toBe(0);
      await daemon.request({ type: "reset", session });
    }
    await daemon.request({ type: "close", session });
  });

  test("has 32 MiB at least and 1 GiB at most, and says so", async () => {
    for (const [asked, had] of [
      [16 * MIB, 32 * MIB],
      [2048 * MIB, 1024 * MIB],
    ]) {
      const opened = await daemon.request({ type: "open", session: "other size", memory_limit_bytes: asked });
      expect(opened.memory_limit_bytes).toBe(had);
      expect((await shell("echo $((1 + 1))", { session: "other size" })).stdout).toBe("2\n");
      await daemon.request({ type: "close", session: "other size" });
    }
  });
});

describe("a small v86 machine", { timeout: 60_000 }, () => {
  let daemon: Daemon;
  const shell = (command: string, more: object = {}) => daemon.request({ type: "shell", command, ...more });

  beforeAll(() => {
    daemon = new Daemon(["--backend", "v86", "--memory-limit", "128M"], env);
  });
  afterAll(() => daemon.close());

  test("survives a command that takes all of its memory", async () => {
    const answer = await shell("python3 -c 'x = [bytearray(1 << 20) for _ in range(1000)]'", {
      isolated: true,
    });
    expect(answer.exit_code === 0).toBe(false);
    expect((await shell("echo alive")).stdout).toBe("alive\n");
  });

  test("says that its disk is full, wherever it is written to", async () => {
    const paths = ["/tmp/big", "/dev/shm/big", "/run/big", "/root/big"];
    const fill = (path: string) => `head -c 200M /dev/zero > ${path}; echo $?`;
    const answer = await shell(
      `${paths.map(fill).join("; ")}; stat -c %s /dev/shm/big; rm ${paths.join(" ")}`,
    );
    expect(answer.stdout).toBe("1\n1\n1\n1\n0\n");
    expect(answer.stderr?.match(/No space left on device/g)).toHaveLength(4);
    expect((await shell("echo alive | cat")).stdout).toBe("alive\n");
  });
});

test("a damaged expanded state is expanded again", { timeout: 60_000 }, async () => {
  const folder = join(cache, "limpet");
  const [name = ""] = readdirSync(folder);
  const good = readFileSync(join(folder, name));
  writeFileSync(join(folder, name), good.subarray(0, 1000));
  const daemon = new Daemon(["--backend", "v86"], env);
  expect((await daemon.request({ type: "shell", command: "echo hi" })).stdout).toBe("hi\n");
  await daemon.close();
  expect(readdirSync(folder)).toEqual([name]);
  expect(readFileSync(join(folder, name)).equals(good)).toBe(true);
});
