import { toContent } from "./content.js";
import { unlessGone } from "./errors.js";
import type { EventStream } from "./event-stream.js";
import type { CallOptions, EventOf, Options, Result } from "./messages.js";
import type { Session } from "./session.js";

/** `data` is text, or base64 if `encoding` says so. */
export type OutputChunk = Result<"read_output">["chunks"][number] & {
  /** Bytes right before this chunk that were no longer kept when they were to be read. */
  readonly dropped_bytes: number;
};

export interface OutputOptions extends CallOptions {
  /** Begin after the byte of this number, the `seq` of a chunk. Default: 0, from the beginning. */
  readonly after_seq?: number;
  readonly encoding?: "text" | "base64";
}

/** How long a request for output waits; then the next one does. */
const WAIT_MS = 600_000;

/** A process that runs beside the session's shell. */
export class Process {
  constructor(
    private readonly session: Session,
    /** What requests call it. */
    readonly id: string,
    /** Its number in the sandbox; undefined if another client started it. */
    readonly pid?: number,
  ) {}

  /** Writes text, or bytes as they are, to its standard input or terminal; resolves when that has been taken over. */
  async write(data: string | Uint8Array, options: CallOptions = {}): Promise<void> {
    const { content, ...encoding } = toContent(data);
    await this.session.request("write_stdin", { process: this.id, data: content, ...encoding }, options);
  }

  /** Ends its standard input. */
  async end(options: CallOptions = {}): Promise<void> {
    await this.session.request("write_stdin", { process: this.id, eof: true }, options);
  }

  /**
   * What it and its children write, until nothing can come any more. Each call is a reader of its own: who has left the loop goes
   * on with `output({ after_seq })`. The process does not wait for readers, and no more than its latest `max_output_bytes` (see
   * `start`) are kept for them; `dropped_bytes` tells of what they missed. With `stream` nothing is missed.
   */
  async *output({
    signal,
    after_seq = 0,
    ...format
  }: OutputOptions = {}): AsyncGenerator<OutputChunk, void, undefined> {
    for (let seq = after_seq; ; ) {
      const page = await this.readOutput({ after_seq: seq, wait_ms: WAIT_MS, signal, ...format });
      let { dropped_bytes } = page;
      for (const chunk of page.chunks) {
        yield { ...chunk, dropped_bytes };
        dropped_bytes = 0;
      }
      if (page.closed && !page.more) return;
      seq = page.last_seq;
    }
  }

  /**
   * What it writes until it ends, pushed as it comes, and then how it ended. What is not taken waits in this program's memory.
   * Leaving the loop ends no more than the stream.
   */
  stream({
    signal,
    ...options
  }: Options<"wait", "process" | "stream"> = {}): EventStream<EventOf<"wait">, Result<"wait">> {
    return this.session.events("wait", { process: this.id, stream: true, ...options }, { signal });
  }

  /** One `read_output` request. */
  readOutput({ signal, ...options }: Options<"read_output", "process"> = {}): Promise<Result<"read_output">> {
    return this.session.request("read_output", { process: this.id, ...options }, { signal });
  }

  /** Waits for its end, or `wait_ms` at most. */
  wait({
    signal,
    ...options
  }: Options<"wait", "process" | "stream" | "after_seq" | "encoding"> = {}): Promise<Result<"wait">> {
    return this.session.request("wait", { process: this.id, ...options }, { signal });
  }

  /** Sends a signal to it and to all that it started. */
  kill(signal = "SIGTERM"): Promise<Result<"kill">> {
    return this.session.request("kill", { process: this.id, signal });
  }

  /** Gives its terminal another size. */
  async resize(size: { readonly rows: number; readonly columns: number }): Promise<void> {
    await this.session.request("resize", { process: this.id, ...size });
  }

  /** Kills it, if it has not ended, with all that it started. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill("SIGKILL")
      .then(() => this.wait())
      .catch(unlessGone);
  }
}
