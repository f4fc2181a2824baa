import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { CLI, collect, exchange } from "./exchange.js";

const COUNT = 100_000;
const MIB = 1 << 20;

describe("100,000 requests written at once", () => {
  it("are all answered, in bounded memory (status)", async () => {
    const lines = Array.from({ length: COUNT }, (_, id) => `{"id":${id},"type":"status"}\n`);
    const result = await exchange(lines.join(""));
    expect(new Set(result.messages.map(({ id }) => id)).size).toBe(COUNT);
    expect(result.messages).toHaveLength(COUNT);
    expect(result.peakBytes).toBeLessThan(300 * MIB);
    expect(result.code).toBe(0);
  }, 120_000);

  it("are all answered in order, in bounded memory (shell)", async () => {
    const lines = Array.from({ length: COUNT }, (_, id) => `{"id":${id},"type":"shell","command":":"}\n`);
    const result = await exchange(lines.join(""));
    expect(result.messages.map(({ id }) => id)).toEqual(Array.from({ length: COUNT }, (_, id) => id));
    expect(result.peakBytes).toBeLessThan(300 * MIB);
  }, 240_000);
});

describe("a client that does not read", () => {
  it("holds the daemon back instead of filling its memory", async () => {
    const child = spawn(process.execPath, [CLI], { stdio: ["pipe", "pipe", "pipe"] });
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
    expect(result.peakBytes).toBeLessThan(300 * MIB);
  }, 120_000);
});
