import { describe, expect, it } from "vitest";
import { BACKEND, onBackend } from "../support/backend.js";
import { collect, exchange, startDaemon } from "./exchange.js";

const MIB = 1 << 20;
/** A machine of `v86` has its memory in the daemon. */
const PEAK = onBackend({ wasi: 300 * MIB, v86: 600 * MIB });
/** Requests that cost the machine something. */
const COMMANDS = onBackend({ wasi: 100_000, v86: 2_000 });

describe("many requests written at once", () => {
  it("are all answered, in bounded memory (status)", async () => {
    const count = 100_000;
    const lines = Array.from({ length: count }, (_, id) => `{"id":${id},"type":"status"}\n`);
    const result = await exchange(lines.join(""));
    expect(new Set(result.messages.map(({ id }) => id)).size).toBe(count);
    expect(result.messages).toHaveLength(count);
    expect(result.peakBytes).toBeLessThan(PEAK);
    expect(result.code).toBe(0);
  }, 120_000);

  it("are all answered in order, in bounded memory (shell)", async () => {
    const lines = Array.from({ length: COMMANDS }, (_, id) => `{"id":${id},"type":"shell","command":":"}\n`);
    const result = await exchange(lines.join(""));
    expect(result.messages.map(({ id }) => id)).toEqual(Array.from({ length: COMMANDS }, (_, id) => id));
    expect(result.peakBytes).toBeLessThan(PEAK);
  }, 240_000);
});

describe("a client that does not read", () => {
  // A machine of `v86` does not make so much in the time.
  it.skipIf(BACKEND === "v86")(
    "holds the daemon back instead of filling its memory",
    async () => {
      const child = startDaemon();
      const ended = collect(child);
      child.stdout.pause();
      const request = { type: "shell", command: "head -c 1M /dev/zero | tr '\\0' x" };
      child.stdin.end(
        Array.from({ length: 200 }, (_, id) => `${JSON.stringify({ id, ...request })}\n`).join(""),
      );
      await new Promise((resolve) => setTimeout(resolve, 3000));
      child.stdout.resume();
      const result = await ended;
      expect(result.messages).toHaveLength(200);
      expect(result.peakBytes).toBeLessThan(PEAK);
    },
    120_000,
  );
});
