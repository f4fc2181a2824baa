import { describe, expect, it, vi } from "vitest";
import { MAX_REQUESTS_IN_FLIGHT } from "../../../src/protocol/limits.js";
import { FakeDaemon } from "../session/fake-daemon.js";

vi.setConfig({ testTimeout: 30_000 });

describe("the end of input", () => {
  it("lets the daemon finish what is queued", async () => {
    const daemon = new FakeDaemon();
    daemon.send(
      { id: 1, type: "shell", command: "sleep 100" },
      { id: 2, type: "shell", command: "echo last" },
    );
    expect(await daemon.close()).toBe(0);
    expect(daemon.messages).toMatchObject([
      { id: 1, exit_code: 0 },
      { id: 2, stdout: "last\n" },
    ]);
  });

  it("ends the last line", async () => {
    const daemon = new FakeDaemon();
    daemon.input.write('{"id":1,"type":"shell","command":"echo x"}');
    expect(await daemon.close()).toBe(0);
    expect(daemon.messages).toMatchObject([{ id: 1, stdout: "x\n" }]);
  });

  it("in the middle of a request is INVALID_JSON", async () => {
    const daemon = new FakeDaemon();
    daemon.input.write('{"id":1,"type":"she');
    expect(await daemon.close()).toBe(0);
    expect(daemon.messages).toMatchObject([{ id: null, success: false, code: "INVALID_JSON" }]);
  });

  it("without a request is a clean exit", async () => {
    expect(await new FakeDaemon().close()).toBe(0);
  });
});

describe("a signal to stop", () => {
  it("ends commands, answers everything that came in, and exits with the signal's status", async () => {
    const daemon = new FakeDaemon();
    daemon.send(
      { id: 1, type: "shell", command: "sleep 5000" },
      { id: 2, type: "shell", command: "echo never" },
      { id: 3, type: "shell", command: "spin", session: "other" },
    );
    await daemon.ask({ id: 4, type: "status" });
    daemon.daemon.stop(143);
    expect(await daemon.exited).toBe(143);
    expect(await daemon.answer(1)).toMatchObject({ cancelled: true, signal: "SIGTERM" });
    expect(await daemon.answer(2)).toMatchObject({ success: false, code: "SHUTTING_DOWN" });
    expect(await daemon.answer(3)).toMatchObject({ cancelled: true });
  });

  it("does not wait long for a machine that is stuck", async () => {
    const daemon = new FakeDaemon();
    daemon.send({ id: 1, type: "shell", command: "hang" });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const start = performance.now();
    daemon.daemon.stop(143);
    expect(await daemon.exited).toBe(143);
    expect(performance.now() - start).toBeLessThan(3500);
  });
});

describe("a reader that goes away", () => {
  it("ends the daemon quietly", async () => {
    const daemon = new FakeDaemon();
    daemon.blocked = true;
    daemon.send({ id: 1, type: "shell", command: "echo x" });
    await new Promise((resolve) => setTimeout(resolve, 200));
    daemon.breakOutput();
    expect(await daemon.exited).toBe(0);
  });
});

describe("more requests than can be done", () => {
  it("are not read before others are answered, and are all answered in order", async () => {
    const daemon = new FakeDaemon();
    const count = 3 * MAX_REQUESTS_IN_FLIGHT;
    daemon.blocked = true;
    let unread = 0;
    for (let id = 0; id < count; id++) {
      if (!daemon.input.write(`{"id":${id},"type":"shell","command":"echo ${id}"}\n`)) unread++;
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(unread).toBeGreaterThan(0);
    expect(daemon.daemon.unanswered).toBeLessThan(2 * MAX_REQUESTS_IN_FLIGHT);
    daemon.unblock();
    expect(await daemon.close()).toBe(0);
    expect(daemon.messages.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, id) => id));
  });

  it("are not read before others are answered when they are large", async () => {
    const daemon = new FakeDaemon({ maxLineBytes: 16 << 20 });
    const content = "x".repeat(10 << 20);
    daemon.send({ id: "first", type: "shell", command: "sleep 700" });
    for (let id = 0; id < 20; id++) daemon.send({ id, type: "write_file", path: "/a", content });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(daemon.daemon.unanswered).toBeLessThan(9);
    expect(await daemon.close()).toBe(0);
    expect(daemon.messages).toHaveLength(21);
  });

  it("hold back commands while answers are not read", async () => {
    const daemon = new FakeDaemon();
    daemon.blocked = true;
    for (let id = 0; id < 50; id++) {
      daemon.send({ id, type: "shell", command: `flood ${1 << 20}`, max_output_bytes: 1 << 20 });
    }
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(daemon.daemon.unanswered).toBeGreaterThan(40);
    daemon.unblock();
    expect(await daemon.close()).toBe(0);
    expect(daemon.messages).toHaveLength(50);
  });
});
