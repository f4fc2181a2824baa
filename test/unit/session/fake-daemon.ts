import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { buildSync } from "esbuild";
import { Daemon } from "../../../src/daemon/daemon.js";
import type { Settings } from "../../../src/daemon/settings.js";
import { MIB } from "../../../src/protocol/limits.js";
import type { ServerMessage } from "../../../src/protocol/messages/index.js";
import { startWorker } from "../../../src/session/start-worker.js";

/** An empty WebAssembly module stands for the shell's program. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

const folder = mkdtempSync(join(tmpdir(), "limpet-test-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const workerPath = join(folder, "worker.cjs");
buildSync({
  entryPoints: [join(import.meta.dirname, "fake-worker.ts")],
  bundle: true,
  platform: "node",
  format: "cjs",
  outfile: workerPath,
});
writeFileSync(join(folder, "bash.wasm"), EMPTY_MODULE);

export const settings: Settings = {
  version: "0.0.0-test",
  imagesPath: folder,
  codeCachePath: join(folder, "none"),
  v86: { imagesPath: folder, distPath: folder, codeCachePath: folder },
  workerPath,
  machine: {
    backend: "wasi",
    user: "root",
    env: {},
    memoryLimitBytes: 512 * MIB,
    limits: {},
    hostname: "test",
    mounts: [],
  },
  timeLimitMs: 10_000,
  maxOutputBytes: MIB,
  maxLineBytes: MIB,
  maxWorkers: 8,
  maxSessions: 8,
  logLevel: "error",
};

/** A daemon in this process, on streams of its own, whose machines are fakes. */
export class FakeDaemon {
  readonly input = new PassThrough();
  readonly messages: ServerMessage[] = [];
  /** Resolves with the exit status. */
  readonly exited: Promise<number>;
  readonly daemon: Daemon;
  /** While true, nothing that the daemon writes is taken. */
  blocked = false;
  private pendingWrite: (() => void) | undefined;
  private readonly output: Writable;
  private text = "";
  private readonly waiting: (() => void)[] = [];

  constructor(changes: Partial<Settings> = {}) {
    const own = { ...settings, ...changes };
    this.output = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        const take = (): void => {
          this.take(chunk.toString());
          done();
        };
        if (this.blocked) this.pendingWrite = take;
        else take();
      },
    });
    let exit: (code: number) => void = () => {};
    this.exited = new Promise((resolve) => {
      exit = resolve;
    });
    this.daemon = new Daemon(
      own,
      startWorker(own.workerPath),
      { input: this.input, output: this.output },
      exit,
    );
    this.daemon.run();
  }

  unblock(): void {
    this.blocked = false;
    this.pendingWrite?.();
    this.pendingWrite = undefined;
  }

  /** What a pipe does whose reader has closed it. */
  breakOutput(): void {
    this.output.destroy(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
  }

  send(...requests: readonly object[]): void {
    this.input.write(requests.map((request) => `${JSON.stringify(request)}\n`).join(""));
  }

  /** The final answer with that id, as soon as it is there. */
  async answer(id: string | number | null): Promise<Record<string, unknown>> {
    for (;;) {
      const found = this.messages.find((message) => message.id === id && "success" in message);
      if (found) return found as unknown as Record<string, unknown>;
      await this.change();
    }
  }

  /** Sends one request and waits for its answer. */
  ask(request: { id: string | number } & Record<string, unknown>): Promise<Record<string, unknown>> {
    this.send(request);
    return this.answer(request.id);
  }

  shell(id: number, command: string, more: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    return this.ask({ id, type: "shell", command, ...more });
  }

  /** Ends the input and waits for the daemon's end. */
  async close(): Promise<number> {
    this.input.end();
    return await this.exited;
  }

  /** Resolves when another message has come. */
  change(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private take(text: string): void {
    this.text += text;
    const lines = this.text.split("\n");
    this.text = lines.pop() ?? "";
    for (const line of lines) this.messages.push(JSON.parse(line) as ServerMessage);
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
