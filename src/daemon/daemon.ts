import type { Readable, Writable } from "node:stream";
import type { Worker } from "node:worker_threads";
import { validate } from "../protocol/validate.js";
import { DEFAULT_SESSION } from "./context.js";
import { Dispatcher } from "./dispatcher.js";
import { LineReader, type Received } from "./line-reader.js";
import { Log } from "./log.js";
import { SessionRegistry } from "./registry.js";
import type { Settings } from "./settings.js";
import { Writer } from "./writer.js";

export interface DaemonStreams {
  readonly input: Readable;
  readonly output: Writable;
}

/** How long commands may take to end when the daemon is told to stop. */
const SHUTDOWN_LIMIT_MS = 3_000;

/**
 * Reads requests from `input` and writes answers to `output` until the input ends and everything is answered, or until
 * `stop`. `exit` is called once, with the exit status, when nothing is left to do.
 */
export class Daemon {
  private readonly log: Log;
  private readonly writer: Writer;
  private readonly sessions: SessionRegistry;
  private readonly dispatcher: Dispatcher;
  private readonly reader: LineReader;
  private inputEnded = false;
  private exitCode = 0;
  private exiting = false;

  constructor(
    settings: Settings,
    firstWorker: Worker,
    private readonly streams: DaemonStreams,
    private readonly exit: (code: number) => void,
  ) {
    this.log = new Log(settings.logLevel);
    this.writer = new Writer(streams.output, () => this.outputClear());
    this.sessions = new SessionRegistry(settings, () => !this.writer.congested, this.log, firstWorker);
    this.sessions.create(DEFAULT_SESSION);
    this.dispatcher = new Dispatcher(settings, this.sessions, this.writer, this.log, () => this.answered());
    this.reader = new LineReader(settings.maxLineBytes, (received) => this.receive(received));
  }

  run(): void {
    const { input, output } = this.streams;
    // The reader has gone away, or the disk that stdout goes to is full: nobody can be answered any more.
    output.on("error", (error: NodeJS.ErrnoException) => this.leave(error.code === "EPIPE" ? 0 : 1));
    input.on("error", () => this.endInput());
    input.on("end", () => this.endInput());
    input.on("data", (chunk: Buffer) => {
      this.reader.push(chunk);
      if (this.mustPause()) input.pause();
    });
  }

  get unanswered(): number {
    return this.dispatcher.unanswered;
  }

  /** Ends all commands, answers every request that has come in, and exits with `code`. */
  stop(code: number): void {
    if (this.exitCode !== 0) return this.leave(code);
    this.exitCode = code;
    this.streams.input.pause();
    this.inputEnded = true;
    this.sessions.shutDown();
    setTimeout(() => this.leave(code), SHUTDOWN_LIMIT_MS).unref();
    this.exitIfDone();
  }

  private receive(received: Received): void {
    if (!received.ok) return this.dispatcher.refuse(null, null, received.code, received.error);
    const validated = validate(received.value);
    if (validated.ok) this.dispatcher.dispatch(validated.request, received.bytes);
    else this.dispatcher.refuse(validated.id, validated.type, "INVALID_REQUEST", validated.error);
  }

  private mustPause(): boolean {
    return this.writer.congested || this.dispatcher.full;
  }

  private answered(): void {
    if (this.inputEnded) return this.exitIfDone();
    this.sessions.planAhead();
    this.resumeInput();
  }

  private outputClear(): void {
    this.sessions.proceed();
    this.resumeInput();
  }

  private resumeInput(): void {
    if (!this.inputEnded && this.streams.input.isPaused() && !this.mustPause()) this.streams.input.resume();
  }

  private endInput(): void {
    if (this.inputEnded) return;
    this.reader.end();
    this.inputEnded = true;
    this.sessions.stopPlanning();
    this.exitIfDone();
  }

  private exitIfDone(): void {
    if (this.dispatcher.unanswered > 0 || this.exiting) return;
    this.exiting = true;
    void this.writer.flush().then(() => this.leave(this.exitCode));
  }

  private leave(code: number): void {
    this.exiting = true;
    this.exit(code);
  }
}
