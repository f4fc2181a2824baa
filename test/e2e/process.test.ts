import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { BACKEND, onBackend } from "../support/backend.js";
import { ask, CLI, collect, exchange, startDaemon } from "./exchange.js";

describe("the daemon as a process", () => {
  it("answers, and ends with its input", async () => {
    const result = await ask([{ type: "shell", command: "echo out; echo err >&2; exit 3" }]);
    expect(result.messages).toHaveLength(1);
    expect(result.answer(1)).toMatchObject({
      stdout: "out\n",
      stderr: "err\n",
      exit_code: 3,
      timed_out: false,
    });
    expect(result).toMatchObject({ code: 0, signal: null, stderr: "" });
  });

  it("ends at once without requests", async () => {
    expect(await exchange("")).toMatchObject({ messages: [], code: 0, stderr: "" });
  });

  it("keeps a session's state from one request to the next", async () => {
    const result = await ask([
      { type: "shell", command: "cd /tmp; x=1; f() { echo f$x; }; shopt -s extglob" },
      { type: "shell", command: "pwd; f; [[ aab == +(a)b ]] && echo glob" },
      { type: "shell", command: "x=2; f", isolated: true },
      { type: "reset" },
      { type: "shell", command: "pwd; echo [$x]; f" },
    ]);
    expect(result.answer(2)).toMatchObject({ stdout: "/tmp\nf1\nglob\n" });
    expect(result.answer(3)).toMatchObject({ exit_code: 127 });
    expect(result.answer(5)).toMatchObject({ stdout: "/root\n[]\n", exit_code: 127 });
  });

  it("takes cwd and env for one command only", async () => {
    const result = await ask(
      [
        { type: "shell", command: "pwd; echo $A [$B] $C", cwd: "/tmp", env: { A: "1", B: null } },
        { type: "shell", command: "pwd; echo [$A] $B $C" },
        { type: "shell", command: "true", cwd: "/missing" },
      ],
      ["--env", "B=b", "--env", "C=c d"],
    );
    expect(result.answer(1)).toMatchObject({ stdout: "/tmp\n1 [] c d\n" });
    expect(result.answer(2)).toMatchObject({ stdout: "/root\n[] b c d\n" });
    expect(result.answer(3)).toMatchObject({ success: false, code: "ENOENT" });
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
    ["SIGHUP", 129],
  ] as const)("on %s ends commands, answers and exits", async (signal, code) => {
    const child = startDaemon();
    const ended = collect(child);
    child.stdin.write('{"id":0,"type":"shell","command":"echo up"}\n');
    await once(child.stdout, "data");
    child.stdin.write(
      '{"id":1,"type":"shell","command":"echo a; sleep 1000"}\n{"id":2,"type":"shell","command":":"}\n',
    );
    child.stdin.write('{"id":3,"type":"status"}\n');
    await once(child.stdout, "data");
    child.kill(signal);
    const result = await ended;
    expect(result.answer(1)).toMatchObject({ cancelled: true, exit_code: null });
    expect(result.answer(2)).toMatchObject({ success: false, code: "SHUTTING_DOWN" });
    expect(result).toMatchObject({ code, signal: null, stderr: "" });
  });

  it("ends quietly when nobody reads its answers", async () => {
    const child = startDaemon();
    const ended = once(child, "exit");
    child.stdin.on("error", () => {});
    child.stdout.destroy();
    child.stdin.write('{"id":1,"type":"shell","command":"seq 100000"}\n');
    expect(await ended).toEqual([0, null]);
  });

  it("finishes what is queued after the end of its input", async () => {
    const result = await ask([
      { type: "shell", command: "sleep 0.3; echo a" },
      { type: "shell", command: "echo b" },
    ]);
    expect(result.messages.map(({ stdout }) => stdout)).toEqual(["a\n", "b\n"]);
  });

  it("writes protocol lines only, whatever is logged", async () => {
    const result = await ask(
      [{ type: "shell", command: "echo $((1 + 1)); nosuchcommand" }],
      ["--log-level", "trace"],
    );
    expect(result.answer(1)).toMatchObject({ stdout: "2\n", exit_code: 127 });
    for (const line of result.stderr.split("\n").slice(0, -1)) {
      expect(JSON.parse(line)).toMatchObject({ time: expect.any(String), level: expect.any(String) });
    }
  });
});

describe("the command line", () => {
  const limpet = (args: readonly string[], stdin = "") =>
    new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
      const child = spawn(process.execPath, [CLI, ...args], { stdio: ["pipe", "pipe", "pipe"] });
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("latin1").on("data", (data) => (stdout += data));
      child.stderr.setEncoding("utf8").on("data", (data) => (stderr += data));
      child.on("close", (code) => resolve({ code, stdout, stderr }));
      child.stdin.on("error", () => {});
      child.stdin.end(stdin);
    });

  const run = (args: readonly string[], stdin = "") => limpet(["run", "--backend", BACKEND, ...args], stdin);

  it("has help with examples", async () => {
    const { code, stdout } = await limpet(["--help"]);
    expect(code).toBe(0);
    for (const option of [
      "backend",
      "memory-limit",
      "time-limit-ms",
      "max-sessions",
      "max-output-bytes",
      "max-line-bytes",
      "user",
      "env",
      "log-level",
    ]) {
      expect(stdout).toContain(`--${option}`);
    }
    expect(stdout).toContain("limpet run -- 'seq 3 | tac'");
  });

  it("says its version", async () => {
    expect(await limpet(["--version"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  it.each([
    [["--memory"], "Unknown argument: memory"],
    [["--memory-limit", "lots"], "--memory-limit must be a size such as 512M"],
    [["--memory-limit", "1"], "--memory-limit must be a size such as 512M"],
    [["--time-limit-ms", "-5"], "--time-limit-ms"],
    [["--env", "NOVALUE"], '--env must be NAME=VALUE, got "NOVALUE"'],
    [["--user", "nobody"], "Choices:"],
    [["--backend", "vmware"], "Choices:"],
    [["frobnicate"], "frobnicate"],
    [["run"], "run needs a command"],
    [["--max-sessions", "1", "--max-sessions", "2"], "given more than once"],
  ])("refuses %j with status 2", async (args, sentence) => {
    const { code, stdout, stderr } = await limpet(args);
    expect(stderr).toContain(sentence);
    expect(stderr).toContain("Try 'limpet --help'");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  it("gives its options to the sessions", async () => {
    const timeLimitMs = onBackend({ wasi: 200, v86: 3000 });
    const result = await ask(
      [
        { type: "shell", command: "id -un; pwd; echo $GREETING; yes | head -c 100" },
        { type: "status" },
        { type: "shell", session: "other", command: ":" },
        { type: "shell", command: "sleep 1000" },
      ],
      [
        "--user",
        "user",
        "--env",
        "GREETING=a=b",
        "--max-output-bytes",
        "64",
        "--max-sessions",
        "1",
        "--time-limit-ms",
        `${timeLimitMs}`,
        "--memory-limit",
        "128M",
      ],
    );
    expect(result.answer(1).stdout).toContain("user\n/home/user\na=b\n");
    expect(result.answer(1)).toMatchObject({ stdout_truncated: true });
    expect(result.answer(2)).toMatchObject({
      // The kernel of `v86` takes its share.
      memory_limit_bytes: 128 << 20,
      limits: { max_output_bytes: 64, max_sessions: 1, time_limit_ms: timeLimitMs },
    });
    expect(result.answer(3)).toMatchObject({ success: false, code: "TOO_MANY_SESSIONS" });
    expect(result.answer(4)).toMatchObject({ timed_out: true });
  });

  it("takes --max-line-bytes", async () => {
    const line = `{"id":1,"type":"shell","command":"${"x".repeat(1024)}"}\n`;
    expect(await exchange(line, ["--max-line-bytes", "1K"])).toMatchObject({
      messages: [{ code: "LINE_TOO_LONG" }],
    });
  });

  it("run: streams output, passes input and returns the exit code", async () => {
    expect(await run(["--", "tr a-z A-Z; echo err >&2; exit 7"], "words")).toEqual({
      code: 7,
      stdout: "WORDS",
      stderr: "err\n",
    });
    expect(await run(["echo $X", "--env", "X=1"])).toMatchObject({ code: 0, stdout: "1\n" });
    expect(await run(["--", "echo", "a", "b"])).toMatchObject({ stdout: "a b\n" });
  });

  it("run: returns 128 + n for a signal and 124 for the time limit", async () => {
    expect(await run(["--", "kill -9 $$"])).toMatchObject({ code: 137 });
    expect(await run(["--time-limit-ms", "200", "--", "sleep 1000"])).toMatchObject({ code: 124 });
  });

  it("run: ends the command when it is told to stop itself", async () => {
    const child = spawn(process.execPath, [CLI, "run", "--backend", BACKEND, "--", "echo up; sleep 1000"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([130, null]);
  });

  it("run: passes bytes through as they are", async () => {
    const { stdout } = await run(["--", "printf '\\377\\0\\n'; head -c 100000 /dev/zero"]);
    expect(Buffer.from(stdout, "latin1")).toEqual(
      Buffer.concat([Buffer.from([255, 0, 10]), Buffer.alloc(100_000)]),
    );
  });
});
