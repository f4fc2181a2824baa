import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LimpetError as LimpetErrorType, Limpet as LimpetType } from "../../src/client/index.js";
import { BACKEND } from "../support/backend.js";

// The library as it is published: it finds the daemon beside itself.
const { Limpet, LimpetError } = (await import("../../dist/index.mjs" as string)) as {
  Limpet: typeof LimpetType;
  LimpetError: typeof LimpetErrorType;
};

let limpet: LimpetType;

beforeAll(async () => {
  limpet = await Limpet.start({
    backend: BACKEND,
    env: { GREETING: "hello" },
    maxSessions: 3,
    timeLimitMs: 20_000,
  });
});

afterAll(() => limpet.close());

describe("the client", () => {
  it("runs commands", async () => {
    const result = await limpet.shell("echo $GREETING; exit 3");
    expect(result).toMatchObject({ stdout: "hello\n", stderr: "", exit_code: 3, timed_out: false });
  });

  it("writes and reads text and bytes", async () => {
    expect(await limpet.writeFile("/tmp/a/b", "käse")).toMatchObject({ bytes: 5 });
    expect(await limpet.readFile("/tmp/a/b")).toMatchObject({ content: "käse", encoding: "utf8", size: 5 });
    await limpet.writeFile("/tmp/c", Uint8Array.of(0, 255), { mode: "0600" });
    expect(await limpet.readFile("/tmp/c")).toMatchObject({
      content: "AP8=",
      encoding: "base64",
      mode: "0600",
    });
  });

  it("hands out output while the command runs", async () => {
    const events: string[] = [];
    const result = await limpet.shell("echo a; echo b >&2", {
      onOutput: ({ stream, data }) => events.push(stream + data),
    });
    expect(events).toEqual(["stdouta\n", "stderrb\n"]);
    expect(result).toMatchObject({ stdout: "", stdout_bytes: 2, exit_code: 0 });
  });

  it("cancels a command with an AbortSignal", async () => {
    const controller = new AbortController();
    const running = limpet.shell("sleep 1000", { signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    expect(await running).toMatchObject({ cancelled: true, exit_code: null });
    expect(await limpet.shell("sleep 1000", { signal: AbortSignal.abort() })).toMatchObject({
      cancelled: true,
    });
  });

  it("opens and closes sessions", async () => {
    const session = await limpet.open("own", { user: "user", files: { "/tmp/x": "file" } });
    expect(await session.shell("whoami; cat /tmp/x")).toMatchObject({ stdout: "user\nfile" });
    expect((await limpet.status()).sessions.map(({ session: name }) => name)).toContain("own");
    await session.close();
    expect(await limpet.session("other").shell("echo new")).toMatchObject({ stdout: "new\n" });
  });

  it("resets", async () => {
    await limpet.shell("x=1; touch /tmp/y");
    await limpet.reset({ keep_files: true });
    expect(await limpet.shell("echo [$x]; ls /tmp/y")).toMatchObject({ stdout: "[]\n/tmp/y\n" });
    await limpet.reset();
    expect(await limpet.shell("ls /tmp/y")).toMatchObject({ exit_code: 2 });
  });

  it("rejects with a LimpetError", async () => {
    const error = await limpet.readFile("/missing").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LimpetError);
    expect(error).toMatchObject({
      code: "ENOENT",
      message: expect.stringContaining("/missing"),
      stateLost: false,
    });
  });

  it("rejects what is under way when the daemon is closed, and later calls", async () => {
    const other = await Limpet.start();
    await other.close();
    await expect(other.shell("echo")).rejects.toMatchObject({ code: "DAEMON_EXITED" });
  });

  it("says why a daemon does not start", async () => {
    const lines: string[] = [];
    await expect(
      Limpet.start({ memoryLimit: "nothing", onLog: (line) => lines.push(line) }),
    ).rejects.toMatchObject({
      code: "DAEMON_EXITED",
      message: "the daemon is gone: it ended with status 2",
    });
    expect(lines[0]).toContain("--memory-limit must be a size");
  });

  it("is disposable", async () => {
    const other = await Limpet.start();
    await other[Symbol.asyncDispose]();
    await expect(other.status()).rejects.toBeInstanceOf(LimpetError);
  });
});
