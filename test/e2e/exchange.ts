import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { expect } from "vitest";
import { answers, events, failureAnswer } from "../../src/protocol/messages/index.js";
import { BACKEND } from "../support/backend.js";

export const CLI = join(import.meta.dirname, "../../dist/cli.js");

export type Message = Record<string, unknown> & { id: unknown; type: unknown };

export interface Exchange {
  readonly messages: readonly Message[];
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  /** The most memory that the daemon ever held, in bytes. */
  readonly peakBytes: number;
  /** The final answer with that id. */
  answer(id: unknown): Message;
}

/** A daemon whose sessions are on the backend that the tests are about. */
export function startDaemon(args: readonly string[] = []): ChildProcessByStdio<Writable, Readable, Readable> {
  return spawn(process.execPath, [CLI, "--backend", BACKEND, ...args], { stdio: ["pipe", "pipe", "pipe"] });
}

/** Starts a daemon, writes `input` to it as it is, ends its input and collects everything until it has gone. */
export async function exchange(input: string | Uint8Array, args: readonly string[] = []): Promise<Exchange> {
  const child = startDaemon(args);
  const ended = collect(child);
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  return await ended;
}

/** Requests as lines, numbered from 1 where they have no id. */
export function ask(requests: readonly object[], args: readonly string[] = []): Promise<Exchange> {
  return exchange(
    requests.map((request, index) => `${JSON.stringify({ id: index + 1, ...request })}\n`).join(""),
    args,
  );
}

/** What a daemon writes until it has gone. Every line of stdout must be a message of the protocol. */
export async function collect(child: ChildProcess): Promise<Exchange> {
  const stdout: Buffer[] = [];
  let stderr = "";
  let peakBytes = 0;
  child.stdout?.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentPeak(child.pid));
  }, 50);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.on("close", (...end) => resolve(end));
  });
  clearInterval(watch);
  const messages = Buffer.concat(stdout).toString().split("\n").slice(0, -1).map(parseMessage);
  return {
    messages,
    code,
    signal,
    stderr,
    peakBytes,
    answer(id) {
      const found = messages.filter((message) => message.id === id && "success" in message);
      expect(found, `answers to ${JSON.stringify(id)}; stderr: ${stderr}`).toHaveLength(1);
      return found[0] as Message;
    },
  };
}

export function parseMessage(line: string): Message {
  const message = JSON.parse(line) as Message;
  const schema =
    message.success === false
      ? failureAnswer
      : message.success === true
        ? answers[message.type as keyof typeof answers]
        : events[message.type as keyof typeof events];
  const checked = schema.safeParse(message);
  expect(checked.error, line.slice(0, 500)).toBeUndefined();
  return message;
}

/** Linux only; 0 elsewhere. */
function residentPeak(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
