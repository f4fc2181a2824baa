import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as Client from "../../src/client/index.js";
import { BACKEND } from "../support/backend.js";
import { CLI } from "./exchange.js";

// The library as it is published: it finds the daemon beside itself.
const { CancelledError, DaemonGoneError, FileError, Limpet, LimpetError, RequestError, SessionLostError } =
  (await import("../../dist/index.mjs" as string)) as typeof Client;

let limpet: Client.Limpet;

beforeAll(async () => {
  limpet = await Limpet.start({
    backend: BACKEND,
    env: { GREETING: "hello" },
    maxSessions: 3,
    timeLimitMs: 20_000,
    maxLineBytes: 100_000,
  });
});

/** On the host. */
const folder = mkdtempSync(join(tmpdir(), "limpet-client-"));

afterAll(async () => {
  await limpet.close();
  rmSync(folder, { recursive: true });
});

/** What a promise rejects with. */
function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

describe("a session", () => {
  it("runs commands", async () => {
    const result = await limpet.shell("echo $GREETING; exit 3");
    expect(result).toMatchObject({ stdout: "hello\n", stderr: "", exit_code: 3, timed_out: false });
    expect(result).not.toHaveProperty("id");
  });

  it("writes and reads text and bytes", async () => {
    expect(await limpet.writeFile("/tmp/a/b", "käse")).toMatchObject({ bytes: 5 });
    expect(await limpet.readFile("/tmp/a/b")).toMatchObject({ content: "käse", encoding: "utf8", size: 5 });
    await limpet.writeFile("/tmp/c", Uint8Array.of(0, 255), { mode: "0600" });
    const { content, encoding, mode } = await limpet.readFile("/tmp/c");
    expect([...Buffer.from(content, encoding)]).toEqual([0, 255]);
    expect(mode).toBe("0600");
  });

  it("has methods for its file tree", async () => {
    await limpet.writeFiles({
      "/tmp/tree/a.txt": "one\ntwo\n",
      "/tmp/tree/b": { content: "x", mode: "0600" },
    });
    const edited = await limpet.editFile("/tmp/tree/a.txt", [{ old: "two", new: "three" }]);
    expect(edited).toMatchObject({ replacements: 1, size: 10 });
    expect(await limpet.search("^th", "/tmp/tree")).toMatchObject({ matches: [{ line: 2, text: "three" }] });
    await limpet.mkdir("/tmp/tree/c/d", { parents: true });
    await limpet.copy("/tmp/tree/a.txt", "/tmp/tree/c/a");
    await limpet.move("/tmp/tree/b", "/tmp/tree/c/d/b");
    const { entries } = await limpet.listDir("/tmp/tree", { recursive: true });
    expect(entries.map(({ path }) => path).sort()).toEqual([
      "/tmp/tree/a.txt",
      "/tmp/tree/c",
      "/tmp/tree/c/a",
      "/tmp/tree/c/d",
      "/tmp/tree/c/d/b",
    ]);
    expect(await limpet.stat("/tmp/tree/c/d/b")).toMatchObject({ kind: "file", mode: "0600", size: 1 });
    await limpet.upload("/tmp/tree/copy", await limpet.download("/tmp/tree/c"));
    const { files } = await limpet.readFiles(["/tmp/tree/copy/a", "/tmp/tree/copy/d/b", "/tmp/missing"]);
    expect(files).toMatchObject([{ content: "one\nthree\n" }, { content: "x" }, { code: "ENOENT" }]);
    expect(await limpet.remove("/tmp/tree", { recursive: true })).toMatchObject({ removed: true });
  });

  it("watches a directory for as long as the loop goes on", async () => {
    await limpet.mkdir("/tmp/inbox");
    const watching = limpet.watch("/tmp/inbox");
    const writing = limpet.writeFile("/tmp/inbox/note", "hello\n");
    for await (const { change, path, size } of watching) {
      expect({ change, path, size }).toEqual({ change: "added", path: "/tmp/inbox/note", size: 6 });
      break;
    }
    expect(await watching.result).toMatchObject({ changes: 1, ended: "cancelled" });
    await writing;
  });

  it("is opened and closed", async () => {
    const session = await limpet.open("own", { user: "user", files: { "/tmp/x": "file" } });
    expect(await session.shell("whoami; cat /tmp/x")).toMatchObject({ stdout: "user\nfile" });
    expect((await limpet.status()).sessions.map(({ session: name }) => name)).toContain("own");
    await session.close();
    expect(await limpet.session("other").shell("echo new")).toMatchObject({ stdout: "new\n" });
    await limpet.session("other").close();
  });

  it("is closed at the end of its scope, also if it has been closed before", async () => {
    const session = await limpet.open("scoped");
    await session[Symbol.asyncDispose]();
    await session[Symbol.asyncDispose]();
    expect((await limpet.status()).sessions.map(({ session: name }) => name)).not.toContain("scoped");
  });

  it("is reset", async () => {
    await limpet.shell("x=1; touch /tmp/y");
    await limpet.reset({ keep_files: true });
    expect(await limpet.shell("echo [$x]; ls /tmp/y")).toMatchObject({ stdout: "[]\n/tmp/y\n" });
    await limpet.reset();
    expect(await limpet.shell("ls /tmp/y")).toMatchObject({ exit_code: 2 });
  });

  it("is kept, forked and restored", async () => {
    await using session = await limpet.open("kept");
    await session.shell("cd /tmp; state=prepared");
    expect(await session.snapshot("ready")).toMatchObject({ snapshot: "ready" });
    await session.shell("state=spoilt");
    const [forked] = await session.fork({ sessions: ["forked"] });
    expect(await forked?.shell("echo $PWD $state")).toMatchObject({ stdout: "/tmp spoilt\n" });
    await forked?.close();
    await session.restore("ready");
    expect(await session.shell("echo $state")).toMatchObject({ stdout: "prepared\n" });
    const file = join(folder, "ready.snapshot");
    await limpet.export("ready", file);
    await limpet.deleteSnapshot("ready");
    expect(await limpet.import(file, { snapshot: "again" })).toMatchObject({ snapshot: "again" });
    expect((await limpet.snapshots()).snapshots).toMatchObject([{ snapshot: "again" }]);
    const [copy] = await limpet.fork({ snapshot: "again" });
    expect(await copy?.shell("echo $state")).toMatchObject({ stdout: "prepared\n" });
    await copy?.close();
  });

  it("sends any request of the protocol", async () => {
    expect(await limpet.request("shell", { command: "echo raw", encoding: "base64" })).toMatchObject({
      stdout: "cmF3Cg==",
    });
  });
});

describe("output while it is made", () => {
  it("comes from a loop, and the rest with the result", async () => {
    const command = limpet.stream("echo a; sleep 0.1; echo b >&2; exit 4");
    const seen: string[] = [];
    for await (const { stream, data } of command) seen.push(stream + data);
    expect(seen).toEqual(["stdouta\n", "stderrb\n"]);
    expect(await command.result).toMatchObject({ exit_code: 4, stdout_bytes: 2, stderr_bytes: 2 });
  });

  it("need not be looked at", async () => {
    expect(await limpet.stream("seq 1000").result).toMatchObject({ exit_code: 0, stdout_bytes: 3893 });
  });

  it("ends with the command when the loop is left", async () => {
    const command = limpet.stream("while :; do echo y; sleep 0.01; done");
    for await (const { data } of command) {
      expect(data).toMatch(/^y\n/);
      break;
    }
    expect(await command.result).toMatchObject({ cancelled: true });
  });

  it("ends with the reason when the request fails", async () => {
    const command = limpet.stream("pwd", { cwd: "/missing" });
    const loop = async () => {
      for await (const event of command) expect(event).toBeUndefined();
    };
    expect(await failure(loop())).toMatchObject({ code: "ENOENT" });
    expect(await failure(command.result)).toBeInstanceOf(FileError);
  });
});

describe("an AbortSignal", () => {
  it("ends a command, whose answer says so", async () => {
    const controller = new AbortController();
    const running = limpet.shell("echo begun; sleep 1000", { signal: controller.signal });
    setTimeout(() => controller.abort(), 300);
    expect(await running).toMatchObject({ cancelled: true, exit_code: null, stdout: "begun\n" });
    expect(await limpet.shell("sleep 1000", { signal: AbortSignal.abort() })).toMatchObject({
      cancelled: true,
    });
  });

  it("takes what has no result out of the queue", async () => {
    const running = limpet.shell("sleep 0.3");
    const waiting = limpet.readFile("/etc/hostname", { signal: AbortSignal.timeout(50) });
    const error = await failure(waiting);
    expect(error).toBeInstanceOf(CancelledError);
    expect(error).toMatchObject({ code: "CANCELLED", name: "CancelledError" });
    await running;
  });
});

describe("a process", () => {
  it("is written to, read from and waited for", async () => {
    const process = await limpet.start("while read line; do echo got $line; done; exit 5", { stdin: "pipe" });
    expect(process.pid).toBeGreaterThan(1);
    await process.write("one\n");
    let last = 0;
    for await (const { data, seq } of process.output()) {
      expect(data).toBe("got one\n");
      last = seq;
      break;
    }
    await process.write(new TextEncoder().encode("two\n"));
    await process.end();
    const rest: string[] = [];
    for await (const { data } of process.output({ after_seq: last })) rest.push(data);
    expect(rest.join("")).toBe("got two\n");
    expect(await process.wait()).toMatchObject({ outcome: "exit", exit_code: 5 });
    expect((await limpet.processes()).processes.find(({ process: id }) => id === process.id)).toMatchObject({
      state: "exited",
    });
  });

  it("tells what of its output was not kept", async () => {
    const process = await limpet.start("seq 1000 1999", { max_output_bytes: 100 });
    await process.wait();
    const chunks: Client.OutputChunk[] = [];
    for await (const chunk of process.output()) chunks.push(chunk);
    expect(chunks.map(({ dropped_bytes }) => dropped_bytes)).toEqual([4900, ...chunks.slice(1).map(() => 0)]);
    expect(chunks.map(({ data }) => data).join("")).toMatch(/^1980\n.*\n1999\n$/s);
  });

  it("is killed with all that it started", async () => {
    const process = await limpet.start("setsid sleep 711 & sleep 712");
    expect(await process.wait({ wait_ms: 100 })).toMatchObject({ state: "running", outcome: null });
    expect(await process.kill("SIGKILL")).toMatchObject({ delivered: true });
    expect(await limpet.process(process.id).wait()).toMatchObject({ outcome: "signal", signal: "SIGKILL" });
  });

  it("is killed at the end of its scope, if it or its session is still there", async () => {
    const process = await limpet.start("sleep 713");
    await process[Symbol.asyncDispose]();
    expect(await process.wait()).toMatchObject({ signal: "SIGKILL" });
    await process[Symbol.asyncDispose]();
    await limpet.process("none")[Symbol.asyncDispose]();
    await limpet.session("none").process("none")[Symbol.asyncDispose]();
  });

  it("is not waited for any longer when the signal says so", async () => {
    const process = await limpet.start("sleep 714");
    expect(await failure(process.wait({ signal: AbortSignal.timeout(50) }))).toBeInstanceOf(CancelledError);
    expect(await process.wait({ wait_ms: 0 })).toMatchObject({ state: "running" });
    await process.kill();
  });

  it("streams to who must not miss anything", async () => {
    const process = await limpet.start("sleep 0.1; seq 100000", { max_output_bytes: 1000 });
    const stream = process.stream();
    let text = "";
    for await (const { data } of stream) text += data;
    expect(text).toHaveLength(588_895);
    expect(await stream.result).toMatchObject({ dropped_bytes: 0, exit_code: 0 });
  });
});

describe("an error", () => {
  it("of a file has the errno, and says what to do", async () => {
    const error = await failure(limpet.readFile("/missing"));
    expect(error).toBeInstanceOf(FileError);
    expect(error).toBeInstanceOf(LimpetError);
    expect(error).toMatchObject({
      name: "FileError",
      code: "ENOENT",
      message: expect.stringContaining("/missing"),
      hint: expect.stringContaining("list_dir"),
      stateLost: false,
    });
  });

  it("of a request names the field", async () => {
    const error = await failure(limpet.shell("ls", { time_limit_ms: -1 }));
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({
      code: "INVALID_REQUEST",
      message: expect.stringContaining("time_limit_ms"),
    });
  });

  it("reaches the request whose line is too long, though the answer has no id", async () => {
    const small = limpet.writeFile("/tmp/small", "x");
    const large = failure(limpet.writeFile("/tmp/large", "x".repeat(200_000)));
    const larger = failure(limpet.writeFile("/tmp/larger", "ä".repeat(150_000)));
    expect(await large).toMatchObject({ code: "LINE_TOO_LONG" });
    expect(await larger).toBeInstanceOf(RequestError);
    expect(await small).toMatchObject({ bytes: 1 });
  });

  it("tells when the session was lost", async () => {
    const output = new PassThrough();
    const other = Limpet.attach({ input: new PassThrough(), output });
    const error = failure(other.shell("ls"));
    const answer = { id: 1, type: "shell", success: false, error: "it broke", code: "SESSION_LOST" };
    output.write(`${JSON.stringify({ ...answer, state_lost: true })}\n`);
    expect(await error).toBeInstanceOf(SessionLostError);
    expect(await error).toMatchObject({ message: "it broke", stateLost: true });
  });
});

describe("a daemon", () => {
  it("that is closed rejects later calls", async () => {
    const other = await Limpet.start();
    await other.close();
    const error = await failure(other.shell("echo"));
    expect(error).toBeInstanceOf(DaemonGoneError);
    expect(error).toMatchObject({ code: "DAEMON_EXITED" });
  });

  it("that does not start says why", async () => {
    const lines: string[] = [];
    const starting = Limpet.start({ memoryLimit: "nothing", onLog: (line) => lines.push(line) });
    expect(await failure(starting)).toMatchObject({
      code: "DAEMON_EXITED",
      message: "the daemon is gone: it ended with status 2",
    });
    expect(lines[0]).toContain("--memory-limit must be a size");
  });

  it("ends at the end of its scope, and finishes what it was asked", async () => {
    const other = await Limpet.start();
    const running = other.shell("sleep 0.1; echo done");
    await other[Symbol.asyncDispose]();
    expect(await running).toMatchObject({ stdout: "done\n" });
    await other[Symbol.asyncDispose]();
  });

  it("that somebody else started is spoken to over its streams", async () => {
    const child = spawn(process.execPath, [CLI, "--backend", BACKEND], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const other = Limpet.attach({ input: child.stdin, output: child.stdout });
    expect(await other.shell("echo attached")).toMatchObject({ stdout: "attached\n" });
    const waiting = failure(other.shell("sleep 100"));
    child.kill("SIGKILL");
    expect(await waiting).toMatchObject({
      code: "DAEMON_EXITED",
      message: "the daemon is gone: its output has ended",
    });
  });

  it("that is none is told by what it writes", async () => {
    const output = new PassThrough();
    const other = Limpet.attach({ input: new PassThrough(), output });
    const waiting = failure(other.shell("ls"));
    output.write("bash: limpet: command not found\n");
    expect(await waiting).toMatchObject({
      code: "NOT_THE_PROTOCOL",
      message: "the daemon wrote what is no message: bash: limpet: command not found",
    });
  });
});
