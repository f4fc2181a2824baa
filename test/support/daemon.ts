import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { z } from "zod";
import type {
  answers,
  Event,
  FailureAnswer,
  Request,
  RequestType,
  ServerMessage,
} from "../../src/protocol/messages/index.js";

const CLI = join(import.meta.dirname, "../../dist/cli.js");

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type RequestOf<T extends RequestType> = Without<Extract<Request, { type: T }>, "id">;
type AnswerOf<T extends RequestType> = z.infer<(typeof answers)[T]>;

interface Pending {
  resolve(answer: ServerMessage): void;
  reject(error: Error): void;
  onEvent: ((event: Event) => void) | undefined;
}

/** What is left of a daemon that has ended. */
export interface DaemonEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  stderr: string;
}

/** A daemon as a child process, with the wire's JSON on both sides. */
export class Daemon {
  /** Resolves when the process is gone. */
  readonly ended: Promise<DaemonEnd>;
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  private readonly pending = new Map<unknown, Pending>();
  private nextId = 1;
  private stderr = "";

  /** @param args options of the command line, such as `["--max-sessions", "4"]` */
  constructor(args: readonly string[] = [], env: NodeJS.ProcessEnv = process.env) {
    this.child = spawn(process.execPath, [CLI, ...args], { stdio: ["pipe", "pipe", "pipe"], env });
    this.child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.child.stdin.on("error", () => undefined); // a daemon that is gone; `ended` tells
    createInterface({ input: this.child.stdout }).on("line", (line) => this.receive(line));
    this.ended = once(this.child, "close").then(([code, signal]) => {
      const end = { code, signal, stderr: this.stderr };
      for (const { reject } of this.pending.values()) {
        reject(new Error(`the daemon ended before its answer: ${JSON.stringify(end)}`));
      }
      this.pending.clear();
      return end;
    });
  }

  /** Sends a request under an id of its own; resolves with its final answer, whether it succeeded or not. */
  ask<T extends RequestType>(
    request: RequestOf<T> & { type: T },
    onEvent?: (event: Event) => void,
  ): Promise<AnswerOf<T> | FailureAnswer> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve: resolve as Pending["resolve"], reject, onEvent });
      this.child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    });
  }

  /** The final answer to a request that was written by hand, with that id. */
  expect(id: string): Promise<ServerMessage> {
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject, onEvent: undefined });
    });
  }

  /** As `ask`, but a failure answer is thrown. */
  async request<T extends RequestType>(
    request: RequestOf<T> & { type: T },
    onEvent?: (event: Event) => void,
  ): Promise<AnswerOf<T>> {
    const answer = await this.ask<T>(request, onEvent);
    if (!answer.success) throw new Error(`${request.type}: ${answer.code}: ${answer.error}`);
    return answer;
  }

  /** Ends the daemon's input and waits until it has gone. */
  close(): Promise<DaemonEnd> {
    this.child.stdin.end();
    return this.ended;
  }

  private receive(line: string): void {
    const message = JSON.parse(line) as ServerMessage;
    const waiting = this.pending.get(message.id);
    if (waiting === undefined) throw new Error(`nobody asked for this line: ${line}`);
    if (!("success" in message)) {
      waiting.onEvent?.(message);
      return;
    }
    this.pending.delete(message.id);
    waiting.resolve(message);
  }
}
