import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeDaemon } from "./fake-daemon.js";

let daemon: FakeDaemon;

beforeEach(() => {
  daemon = new FakeDaemon();
});

afterEach(async () => {
  daemon.daemon.stop(143);
  await daemon.exited;
});

describe("a session's queue", () => {
  it("does requests of one session in order", async () => {
    daemon.send(
      { id: 1, type: "shell", command: "sleep 50" },
      { id: 2, type: "shell", command: "echo second" },
      { id: 3, type: "read_file", path: "/none" },
    );
    await daemon.answer(3);
    expect(daemon.messages.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it("does sessions side by side", async () => {
    daemon.send(
      { id: 1, type: "shell", command: "sleep 2000" },
      { id: 2, type: "shell", session: "other", command: "echo quick" },
    );
    expect(await daemon.answer(2)).toMatchObject({ stdout: "quick\n" });
    expect(daemon.messages.map(({ id }) => id)).toEqual([2]);
  });

  it("answers status at once while a command runs", async () => {
    daemon.send({ id: 1, type: "shell", command: "spin" });
    const status = await daemon.ask({ id: 2, type: "status" });
    expect(status).toMatchObject({ success: true, ready: true });
    expect(status.sessions).toMatchObject([{ session: "default", busy: true, queued: 0 }]);
  });

  it("answers status even when the machine does not respond", async () => {
    daemon.send({ id: 1, type: "shell", command: "hang", time_limit_ms: 3000 });
    expect(await daemon.ask({ id: 2, type: "status" })).toMatchObject({ success: true, ready: false });
  });
});

describe("a time limit", () => {
  it("ends a command that waits", async () => {
    const answer = await daemon.shell(1, "sleep 5000", { time_limit_ms: 50 });
    expect(answer).toMatchObject({ success: true, timed_out: true, exit_code: null, signal: "SIGTERM" });
    expect(answer).not.toHaveProperty("state_lost");
  });

  it("ends a command that computes", async () => {
    const answer = await daemon.shell(1, "spin", { time_limit_ms: 50 });
    expect(answer).toMatchObject({ timed_out: true, exit_code: null, signal: "SIGTERM" });
  });

  it("does not count the time in the queue", async () => {
    daemon.send({ id: 1, type: "shell", command: "sleep 300" });
    expect(await daemon.shell(2, "sleep 10", { time_limit_ms: 200 })).toMatchObject({
      timed_out: false,
      exit_code: 0,
    });
  });

  it("replaces a machine that does not end the command, and says so in this answer and the next", async () => {
    await daemon.shell(1, "count");
    const answer = await daemon.shell(2, "stubborn", { time_limit_ms: 50 });
    expect(answer).toMatchObject({ timed_out: true, exit_code: null, signal: "SIGKILL", state_lost: true });
    expect(answer.stdout).toBe("so far");
    expect(await daemon.shell(3, "count")).toMatchObject({ stdout: "1", state_lost: true });
    expect(await daemon.shell(4, "count")).not.toHaveProperty("state_lost");
  });

  it("replaces a machine whose thread is stuck", async () => {
    const answer = await daemon.shell(1, "hang", { time_limit_ms: 50 });
    expect(answer).toMatchObject({ timed_out: true, signal: "SIGKILL", state_lost: true });
    expect(await daemon.shell(2, "echo alive")).toMatchObject({ stdout: "alive\n", state_lost: true });
  });
});

describe("cancel", () => {
  it("ends a running command; the target is answered first", async () => {
    daemon.send({ id: 1, type: "shell", command: "sleep 5000" });
    expect(await daemon.ask({ id: 2, type: "cancel", target: 1 })).toMatchObject({
      target: 1,
      cancelled: true,
    });
    expect(daemon.messages.map(({ id }) => id)).toEqual([1, 2]);
    expect(await daemon.answer(1)).toMatchObject({ success: true, cancelled: true, signal: "SIGTERM" });
  });

  it("takes a command out of the queue without running it", async () => {
    daemon.send(
      { id: 1, type: "shell", command: "sleep 200" },
      { id: 2, type: "shell", command: "echo never" },
      { id: 3, type: "cancel", target: 2 },
    );
    expect(await daemon.answer(2)).toMatchObject({
      success: true,
      cancelled: true,
      stdout: "",
      exit_code: null,
    });
    expect(await daemon.answer(1)).toMatchObject({ cancelled: false });
  });

  it("takes a file request out of the queue", async () => {
    daemon.send(
      { id: 1, type: "shell", command: "sleep 200" },
      { id: 2, type: "write_file", path: "/a", content: "" },
      { id: 3, type: "cancel", target: 2 },
    );
    expect(await daemon.answer(2)).toMatchObject({ success: false, code: "CANCELLED", cancelled: true });
  });

  it("of something that is not under way is NOT_FOUND", async () => {
    await daemon.shell(1, "echo");
    expect(await daemon.ask({ id: 2, type: "cancel", target: 1 })).toMatchObject({ code: "NOT_FOUND" });
    expect(await daemon.ask({ id: 3, type: "cancel", target: 3 })).toMatchObject({ code: "NOT_FOUND" });
  });

  it("only reaches the named session", async () => {
    daemon.send({ id: 1, type: "shell", command: "sleep 300" });
    expect(await daemon.ask({ id: 2, type: "cancel", target: 1, session: "other" })).toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it('tells the ids 1 and "1" apart', async () => {
    daemon.send({ id: 1, type: "shell", command: "sleep 300" });
    expect(await daemon.ask({ id: 2, type: "cancel", target: "1" })).toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("a machine that breaks", () => {
  it.each(["crash", "lose"])("fails the request with SESSION_LOST and is replaced (%s)", async (command) => {
    await daemon.shell(1, "count");
    expect(await daemon.shell(2, command)).toMatchObject({
      success: false,
      code: "SESSION_LOST",
      state_lost: true,
    });
    expect(await daemon.shell(3, "count")).toMatchObject({ stdout: "1", state_lost: true });
    expect(await daemon.shell(4, "count")).not.toHaveProperty("state_lost");
  });

  it("is replaced when it breaks between requests, and the next answer says so", async () => {
    expect(await daemon.shell(1, "doom")).toMatchObject({ exit_code: 0 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await daemon.ask({ id: 2, type: "status" })).toMatchObject({ ready: true, state_lost: true });
    const answer = await daemon.shell(3, "count");
    expect(answer).toMatchObject({ stdout: "1" });
    expect(answer).not.toHaveProperty("state_lost");
  });

  it("does not touch other sessions", async () => {
    await daemon.shell(1, "count", { session: "other" });
    await daemon.shell(2, "crash");
    const other = await daemon.shell(3, "count", { session: "other" });
    expect(other.stdout).toBe("2");
    expect(other).not.toHaveProperty("state_lost");
  });
});

describe("a command that cannot be started", () => {
  it("fails with the errno", async () => {
    expect(await daemon.shell(1, "refuse")).toMatchObject({
      success: false,
      code: "ENOENT",
      error: "cannot run the command: No such file or directory",
    });
    expect(await daemon.shell(2, "echo on")).toMatchObject({ stdout: "on\n" });
  });
});
