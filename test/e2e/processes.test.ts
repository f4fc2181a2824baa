import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BACKEND } from "../support/backend.js";
import { Daemon } from "../support/daemon.js";

let daemon: Daemon;

beforeEach(() => {
  daemon = new Daemon(["--backend", BACKEND]);
});

afterEach(async () => {
  daemon.child.kill("SIGTERM");
  await daemon.ended;
});

type Start = Omit<Parameters<typeof daemon.request<"start">>[0], "type" | "command">;

async function start(command: string, more: Start = {}): Promise<string> {
  return (await daemon.request({ type: "start", command, ...more })).process;
}

const shell = async (command: string): Promise<string> =>
  (await daemon.request({ type: "shell", command })).stdout ?? "";

const wait = (process: string) => daemon.request({ type: "wait", process });

/** All output of a process until nobody has it open any more. */
async function outputOf(process: string): Promise<string> {
  let text = "";
  for (let after_seq = 0; ; ) {
    const part = await daemon.request({ type: "read_output", process, after_seq, wait_ms: 20_000 });
    text += part.chunks.map(({ data }) => data).join("");
    after_seq = part.last_seq;
    if (part.closed && !part.more) return text;
  }
}

describe("a process", () => {
  it("is answered at once and tells its exit when it comes", async () => {
    const process = await start("sleep 0.3; exit 3");
    const running = await daemon.request({ type: "wait", process, wait_ms: 1 });
    expect(running).toMatchObject({ state: "running", outcome: null, exit_code: null, signal: null });
    expect(await wait(process)).toMatchObject({
      state: "exited",
      outcome: "exit",
      exit_code: 3,
      signal: null,
    });
  });

  it("can be the first that a new session is asked for", async () => {
    await daemon.request({ type: "open", session: "new", env: { COLOUR: "green" } });
    const { process } = await daemon.request({ type: "start", session: "new", command: "echo $COLOUR" });
    const part = await daemon.request({ type: "read_output", session: "new", process, wait_ms: 20_000 });
    expect(part.chunks[0]?.data).toBe("green\n");
  });

  it("begins as a copy of the shell, and changes nothing in it", async () => {
    await shell("cd /tmp; colour=red; export E=exported; paint() { echo $1 is $colour; }");
    const process = await start("paint wall; pwd; printenv E; cd /; colour=blue; exit", {
      env: { E: "other" },
    });
    expect(await outputOf(process)).toBe("wall is red\n/tmp\nother\n");
    expect(await shell("pwd; echo $colour $E")).toBe("/tmp\nred exported\n");
  });

  it("runs its own traps in the end, and not those of the shell", async () => {
    await shell("trap 'echo of the shell' EXIT");
    expect(await outputOf(await start("true"))).toBe("");
    expect(await outputOf(await start("trap 'echo bye' EXIT; false"))).toBe("bye\n");
    const process = await start("trap 'echo tidy; exit 5' TERM; echo ready; while :; do sleep 0.05; done");
    await daemon.request({ type: "read_output", process, wait_ms: 20_000 });
    await daemon.request({ type: "kill", process });
    expect(await wait(process)).toMatchObject({ outcome: "exit", exit_code: 5 });
  });

  it("says what bash says of a script that it cannot read", async () => {
    const process = await start("echo one\nif");
    expect(await outputOf(process)).toMatch(/syntax error: unexpected end of file/);
    expect((await wait(process)).exit_code).not.toBe(0);
  });

  it("runs beside the shell and beside others", async () => {
    const processes = await Promise.all(
      Array.from({ length: 10 }, (_, index) => start(`sleep 0.2; echo ${index}`)),
    );
    expect(await shell("echo here")).toBe("here\n");
    expect(await Promise.all(processes.map(outputOf))).toEqual(processes.map((_, index) => `${index}\n`));
  });

  it("takes its turn after the requests before it", async () => {
    const [, started] = await Promise.all([shell("sleep 0.2; step=done"), start("echo $step")]);
    expect(await outputOf(started)).toBe("done\n");
  });

  it("does not start where there is no such directory", async () => {
    const answer = await daemon.ask({ type: "start", command: "true", process: "here", cwd: "/nowhere" });
    expect(answer).toMatchObject({
      success: false,
      code: "ENOENT",
      error: expect.stringContaining("/nowhere"),
    });
    expect(await daemon.ask({ type: "wait", process: "here" })).toMatchObject({ code: "PROCESS_NOT_FOUND" });
  });

  it("has an id that only one process has until it ends", async () => {
    expect(await start("sleep 100", { process: "server" })).toBe("server");
    const second = await daemon.ask({ type: "start", command: "true", process: "server" });
    expect(second).toMatchObject({ success: false, code: "PROCESS_EXISTS" });
    await daemon.request({ type: "kill", process: "server", signal: "SIGKILL" });
    await wait("server");
    await start("echo again", { process: "server" });
    expect(await outputOf("server")).toBe("again\n");
    expect(await daemon.ask({ type: "kill", process: "servre" })).toMatchObject({
      success: false,
      code: "PROCESS_NOT_FOUND",
      error: 'kill: session "default" has no process "servre"',
    });
  });

  it("is what a shell request in the background starts", async () => {
    const answer = await daemon.request({
      type: "shell",
      command: "echo $((6 * 7)); exit 4",
      background: true,
    });
    expect(answer).toMatchObject({ exit_code: null, stdout: "", process: expect.any(String) });
    const process = answer.process as string;
    expect(await outputOf(process)).toBe("42\n");
    expect(await wait(process)).toMatchObject({ outcome: "exit", exit_code: 4 });
    const wrong = await daemon.ask({ type: "shell", command: "cat", background: true, stdin: "x" });
    expect(wrong).toMatchObject({
      success: false,
      code: "INVALID_REQUEST",
      error: expect.stringContaining("`stdin`"),
    });
  });
});

describe("its input", () => {
  it("is at its end from the start unless it is a pipe", async () => {
    expect(await outputOf(await start("wc -c"))).toBe("0\n");
  });

  it("comes piece by piece until its end", async () => {
    const process = await start("while read -r line; do echo got $line; done; echo end", { stdin: "pipe" });
    await daemon.request({ type: "write_stdin", process, data: "one\ntw" });
    expect(await daemon.request({ type: "read_output", process, wait_ms: 20_000 })).toMatchObject({
      chunks: [{ seq: 8, stream: "stdout", data: "got one\n" }],
      closed: false,
    });
    await daemon.request({
      type: "write_stdin",
      process,
      data: Buffer.from("o\n").toString("base64"),
      encoding: "base64",
    });
    await daemon.request({ type: "write_stdin", process, eof: true });
    expect(await outputOf(process)).toBe("got one\ngot two\nend\n");
  });

  it("may be written before the process runs, and be larger than any pipe", async () => {
    const data = "0123456789abcde\n".repeat(40_000);
    void daemon.request({ type: "start", command: "md5sum; wc -c", stdin: "pipe", process: "sum" });
    for (let i = 0; i < 4; i++) void daemon.request({ type: "write_stdin", process: "sum", data });
    await daemon.request({ type: "write_stdin", process: "sum", eof: true });
    const [sum] = (await shell("yes 0123456789abcde | head -n 160000 | md5sum")).split(" ");
    expect(await outputOf("sum")).toBe(`${sum}  -\n0\n`);
  });

  it("waits with its answer while the process leaves too much unread", async () => {
    const process = await start("sleep 1000", { stdin: "pipe" });
    const data = "x".repeat(700_000);
    await daemon.request({ type: "write_stdin", process, data });
    const second = daemon.ask({ type: "write_stdin", process, data });
    const answered = await Promise.race([
      second.then(() => true),
      new Promise((resolve) => setTimeout(resolve, 300)),
    ]);
    expect(answered).toBeUndefined();
    await daemon.request({ type: "kill", process, signal: "SIGKILL" });
    expect(await second).toMatchObject({ success: true });
  });

  it("is refused where nobody could read it", async () => {
    const none = await start("sleep 100");
    const refused = { success: false, code: "STDIN_CLOSED" };
    expect(await daemon.ask({ type: "write_stdin", process: none, data: "x" })).toMatchObject(refused);
    const process = await start("cat", { stdin: "pipe" });
    await daemon.request({ type: "write_stdin", process, data: "x", eof: true });
    expect(await daemon.ask({ type: "write_stdin", process, data: "y" })).toMatchObject(refused);
    await wait(process);
    expect(await daemon.ask({ type: "write_stdin", process, data: "y" })).toMatchObject({
      ...refused,
      error: `cannot write to process "${process}": it has ended`,
    });
  });
});

describe("its output", () => {
  it("has numbers by which it can be read again from any place", async () => {
    const process = await start("printf 'a€'; sleep 0.1; printf 'rest' >&2");
    await wait(process);
    const all = await daemon.request({ type: "read_output", process });
    expect(all.chunks).toEqual([
      { seq: 4, stream: "stdout", data: "a€", encoding: "utf8" },
      { seq: 8, stream: "stderr", data: "rest", encoding: "utf8" },
    ]);
    expect(await daemon.request({ type: "read_output", process, after_seq: 6 })).toMatchObject({
      chunks: [{ seq: 8, data: "st" }],
      last_seq: 8,
      dropped_bytes: 0,
      more: false,
    });
    expect(await daemon.request({ type: "read_output", process, max_bytes: 2 })).toMatchObject({
      chunks: [{ seq: 1, data: "a" }],
      last_seq: 1,
      more: true,
    });
  });

  it("is never cut within a character, however it is written", async () => {
    const process = await start("printf '\\xe2'; sleep 0.1; printf '\\x82'; sleep 0.1; printf '\\xac|\\xff'");
    await wait(process);
    const { chunks } = await daemon.request({ type: "read_output", process });
    expect(chunks.at(0)).toMatchObject({ data: "4oKsfP8=", encoding: "base64" });
  });

  it("is kept up to a bound, and what was dropped is stated", async () => {
    const process = await start("seq 1000 1999; sleep 0.1", { max_output_bytes: 100 });
    await wait(process);
    const part = await daemon.request({ type: "read_output", process });
    expect(part).toMatchObject({ last_seq: 5000, dropped_bytes: 4900 });
    expect(part.chunks.map(({ data }) => data).join("")).toBe(
      Array.from({ length: 20 }, (_, index) => `${1980 + index}\n`).join(""),
    );
  });

  it("is waited for, no longer than is said", async () => {
    const process = await start("sleep 0.3; echo late; sleep 100");
    const before = performance.now();
    const nothing = await daemon.request({ type: "read_output", process, wait_ms: 50 });
    expect(nothing).toMatchObject({ chunks: [], last_seq: 0, closed: false, state: "running" });
    expect(performance.now() - before).toBeLessThan(20_000);
    const some = await daemon.request({ type: "read_output", process, wait_ms: 20_000 });
    expect(some.chunks).toMatchObject([{ data: "late\n" }]);
  });

  it("streams to a client that waits, all of it and in order", async () => {
    const process = await start("seq 1 200000", { max_output_bytes: 1000 });
    let text = "";
    const end = await daemon.request({ type: "wait", process, stream: true }, (event) => {
      if (event.type === "output") text += event.data;
    });
    const sent = text.length;
    expect(end).toMatchObject({ outcome: "exit", exit_code: 0, last_seq: 1_288_895 });
    // What came before the wait request may be gone already.
    expect(sent + end.dropped_bytes).toBe(1_288_895);
    expect(text.endsWith("\n199999\n200000\n")).toBe(true);
  });

  it("streams without a gap to who waits from the beginning, however little is kept", async () => {
    const process = await start("sleep 0.2; seq 1 200000", { max_output_bytes: 1000 });
    let text = "";
    const end = await daemon.request({ type: "wait", process, stream: true }, (event) => {
      if (event.type === "output") text += event.data;
    });
    expect(end).toMatchObject({ last_seq: 1_288_895, dropped_bytes: 0 });
    expect(text).toHaveLength(1_288_895);
  });

  it("of what it leaves behind is not lost", async () => {
    const process = await start("(sleep 0.4; echo from a child) & echo first");
    expect(await wait(process)).toMatchObject({ outcome: "exit", exit_code: 0 });
    const early = await daemon.request({ type: "read_output", process });
    expect(early).toMatchObject({ chunks: [{ data: "first\n" }], state: "exited", closed: false });
    expect(await outputOf(process)).toBe("first\nfrom a child\n");
  });
});

// The machine of `v86` lets it go on, unseen.
describe.runIf(BACKEND === "wasi")("what a shell command leaves running", () => {
  it("is a process that the answer names, whose output is not lost", async () => {
    const answer = await daemon.request({
      type: "shell",
      command: "(sleep 0.3; echo late; exit 6) & echo first",
    });
    expect(answer).toMatchObject({ stdout: "first\n", exit_code: 0, process: expect.any(String) });
    const process = answer.process as string;
    expect(await daemon.request({ type: "processes" })).toMatchObject({
      processes: [{ process, state: "running", pid: expect.any(Number) }],
    });
    expect(await outputOf(process)).toBe("late\n");
    expect(await wait(process)).toMatchObject({ outcome: "exit", exit_code: 6 });
  });

  it("ends when it is killed, or when the shell does so", async () => {
    const { process } = await daemon.request({ type: "shell", command: "sleep 901 & sleep 902 &" });
    await daemon.request({ type: "kill", process: process as string });
    expect(await wait(process as string)).toMatchObject({ outcome: "signal", signal: "SIGTERM" });
    const second = await daemon.request({ type: "shell", command: "sleep 903 &" });
    await shell("kill -9 %%");
    expect(await wait(second.process as string)).toMatchObject({ outcome: "signal", signal: "SIGKILL" });
  });

  it("is nothing if the command ended all, or was ended", async () => {
    expect(await daemon.request({ type: "shell", command: "sleep 0.1 & wait" })).not.toHaveProperty(
      "process",
    );
    const stopped = await daemon.request({ type: "shell", command: "sleep 904 & wait", time_limit_ms: 100 });
    expect(stopped).toMatchObject({ timed_out: true });
    expect(stopped).not.toHaveProperty("process");
  });
});

describe("its end", () => {
  const alive = () => shell("ps -eo args | grep -c '[s]leep 9[0-9][0-9]'; true");

  it("by a signal reaches all that it started, wherever that went", async () => {
    const process = await start(
      "setsid -f sleep 901; (sleep 902 & disown); setsid bash -c 'sleep 903 & sleep 904' & sleep 905",
    );
    while ((await alive()) !== "6\n") await shell("sleep 0.05");
    expect(await daemon.request({ type: "kill", process, signal: "SIGKILL" })).toMatchObject({
      delivered: true,
    });
    expect(await wait(process)).toMatchObject({ outcome: "signal", signal: "SIGKILL", exit_code: null });
    expect(await alive()).toBe("0\n");
    await outputOf(process);
    expect(await daemon.request({ type: "kill", process })).toMatchObject({ delivered: false });
  });

  it("comes at its time limit, whatever it does", async () => {
    const spinning = await start("while :; do :; done", { time_limit_ms: 200 });
    const polite = await start("trap 'exit 0' TERM; while :; do sleep 0.05; done", { time_limit_ms: 200 });
    expect(await wait(spinning)).toMatchObject({ outcome: "time_limit", signal: "SIGTERM", exit_code: null });
    expect(await wait(polite)).toMatchObject({ outcome: "time_limit", signal: null, exit_code: 0 });
  });

  it("by a reset or close is told to those who wait", async () => {
    const process = await start("sleep 906");
    const waiting = wait(process);
    await daemon.request({ type: "reset" });
    const cancelled = { state: "exited", outcome: "cancelled", exit_code: null, signal: null };
    expect(await waiting).toMatchObject(cancelled);
    expect(await alive()).toBe("0\n");

    await daemon.request({ type: "open", session: "other", backend: BACKEND });
    await daemon.request({ type: "start", session: "other", command: "sleep 907", process: "x" });
    const other = daemon.request({ type: "wait", session: "other", process: "x" });
    await daemon.request({ type: "close", session: "other" });
    expect(await other).toMatchObject(cancelled);
  });

  it("is waited for until somebody cancels that", async () => {
    const process = await start("sleep 908");
    daemon.child.stdin.write(`{"id":"w","type":"wait","process":${JSON.stringify(process)}}\n`);
    const waiting = daemon.expect("w");
    expect(await daemon.request({ type: "cancel", target: "w" })).toMatchObject({ cancelled: true });
    expect(await waiting).toMatchObject({ success: false, code: "CANCELLED", cancelled: true });
  });

  it("leaves the daemon free to end", async () => {
    await start("sleep 909");
    expect(await daemon.close()).toMatchObject({ code: 0 });
  });
});

describe("processes", () => {
  it("lists them with what is known of each", async () => {
    const before = Date.now();
    await start("exit 7", { process: "gone" });
    await wait("gone");
    await start("kill -STOP $BASHPID", { process: "stopped" });
    await start("while :; do :; done", { process: "busy", tty: false });
    await shell("sleep 0.3");
    const { processes } = await daemon.request({ type: "processes" });
    expect(processes).toMatchObject([
      { process: "gone", command: "exit 7", state: "exited", outcome: "exit", exit_code: 7 },
      { process: "stopped", state: "stopped", outcome: null },
      { process: "busy", state: "running", outcome: null, exit_code: null, signal: null, tty: false },
    ]);
    expect(processes[2]?.cpu_ms).toBeGreaterThan(20);
    for (const { started_ms, pid } of processes) {
      expect(started_ms).toBeGreaterThanOrEqual(before);
      expect(pid).toBeGreaterThan(1);
    }
  });
});
