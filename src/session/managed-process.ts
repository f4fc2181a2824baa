import type { Outcome } from "../machine/machine.js";
import type { FromWorker, ToWorker } from "../machine/messages.js";
import type { ProcessEnd, ProcessSettings, TerminalSize } from "../machine/process.js";
import type { LimitName } from "../machine/session-limits.js";
import { OutputRing } from "./output-ring.js";

/** How a process came to its end, told once. Never a made-up exit. */
export interface ProcessFate {
  readonly outcome: "exit" | "signal" | "time_limit" | "limit" | "cancelled" | "lost";
  /** Null if it did not exit. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Processor time in ms; null where nobody knows. */
  readonly cpuMs: number | null;
  /** One of the session's limits that was reached. */
  readonly limit?: LimitName | undefined;
}

export type ProcessMessage = Extract<
  FromWorker,
  { kind: "output" | "process_started" | "input_taken" | "process_ended" | "process_closed" | "refused" }
>;

/** Input that the machine has been given and has not taken; more waits here. */
const INPUT_WINDOW_BYTES = 1024 * 1024;

interface Input {
  readonly bytes: Uint8Array;
  readonly eof: boolean;
  /** Called when the machine has it all. */
  readonly accepted: () => void;
}

/** A reader that must not be outrun: while it is behind, the process is held back. */
export interface Follower {
  /** Number of the last byte that it has passed on. */
  readonly seq: number;
}

/** A process that a client has started, seen from the main thread: its input, its output, and its end. */
export class ManagedProcess {
  readonly startedAt = Date.now();
  readonly output: OutputRing;
  pid: number | undefined;
  fate: ProcessFate | undefined;
  /** No more output will come. */
  closed = false;
  /** The request by which the machine knows it, once it has been told of it. */
  private request: number | undefined;
  private readonly early: (() => void)[] = [];
  private readonly inputs: Input[] = [];
  private inputOpen: boolean;
  private untaken = 0;
  private uncredited = 0;
  private timer: NodeJS.Timeout | undefined;
  private timedOut = false;
  private readonly watchers = new Set<() => void>();
  private readonly followers = new Set<Follower>();

  /** `maxOutputBytes`: how much of the latest output is kept. */
  constructor(
    readonly id: string,
    readonly settings: ProcessSettings,
    private readonly timeLimitMs: number | undefined,
    maxOutputBytes: number,
    private readonly post: (message: ToWorker) => void,
  ) {
    this.output = new OutputRing(maxOutputBytes, () => this.passedOn);
    this.inputOpen = settings.stdin === "pipe" || settings.terminal !== undefined;
  }

  get machineRequest(): number | undefined {
    return this.request;
  }

  /** Has the machine start it. */
  begin(request: number): void {
    this.request = request;
    this.post({ kind: "start_process", request, process: this.settings });
    for (const action of this.early.splice(0)) action();
  }

  /** It is what the command of that request has left behind. */
  continueAs(request: number): void {
    this.request = request;
  }

  /** Takes what the machine says of it. */
  receive(message: ProcessMessage): void {
    switch (message.kind) {
      case "process_started":
        this.pid = message.pid;
        if (this.timeLimitMs !== undefined && this.fate === undefined)
          this.timer = setTimeout(() => {
            this.timedOut = true;
            this.whenBegun((request) => this.post({ kind: "kill", request }));
          }, this.timeLimitMs);
        return;
      case "output":
        this.output.push(message.stream, message.bytes);
        this.uncredited += message.bytes.length;
        this.changed();
        return this.giveCredit();
      case "input_taken":
        this.untaken -= message.bytes;
        return this.sendInput();
      case "process_ended":
        return this.end(toFate(message.end, this.timedOut));
      case "process_closed":
        return this.close();
      case "refused":
        return this.fail();
    }
  }

  /** Whether `write` may be called. */
  get takesInput(): boolean {
    return this.inputOpen && this.fate === undefined;
  }

  /** `accepted` is called when the machine has all of it: at once, unless the process leaves much of its input unread. */
  write(bytes: Uint8Array, eof: boolean, accepted: () => void): void {
    // A terminal stays open after ^D.
    if (eof && this.settings.terminal === undefined) this.inputOpen = false;
    this.inputs.push({ bytes, eof, accepted });
    this.whenBegun(() => this.sendInput());
  }

  signal(signal: string): void {
    this.whenBegun((request) => this.post({ kind: "signal", request, signal }));
  }

  resize(size: TerminalSize): void {
    this.whenBegun((request) => this.post({ kind: "resize", request, size }));
  }

  /** Calls back at every change: output, end, close. Returns a function that ends this. */
  watch(changed: () => void): () => void {
    this.watchers.add(changed);
    return () => this.watchers.delete(changed);
  }

  follow(follower: Follower): () => void {
    this.followers.add(follower);
    return () => {
      this.followers.delete(follower);
      this.giveCredit();
    };
  }

  /** To be called when followers have passed on more: lets the process write on if none is behind. */
  giveCredit(): void {
    if (this.passedOn < this.output.lastSeq) return;
    const { request, uncredited: bytes } = this;
    if (request === undefined || bytes === 0) return;
    this.uncredited = 0;
    this.post({ kind: "credit", request, bytes });
  }

  /** Number of the last byte that all followers have passed on. */
  private get passedOn(): number {
    return Math.min(...[...this.followers].map(({ seq }) => seq));
  }

  /** Its machine is gone, or has been told to end everything. */
  abandon(outcome: "cancelled" | "lost"): void {
    this.end({ outcome, exitCode: null, signal: null, cpuMs: null });
    this.close();
  }

  private end(fate: ProcessFate): void {
    if (this.fate !== undefined) return;
    clearTimeout(this.timer);
    this.fate = fate;
    for (const { accepted } of this.inputs.splice(0)) accepted();
    this.changed();
  }

  private close(): void {
    if (this.closed) return;
    this.closed = true;
    this.output.end();
    this.changed();
  }

  /** It could not be started: what waits for it is told that it was lost. */
  private fail(): void {
    this.abandon("lost");
  }

  private whenBegun(action: (request: number) => void): void {
    const { request } = this;
    if (request !== undefined) action(request);
    else this.early.push(() => this.whenBegun(action));
  }

  private sendInput(): void {
    const { request } = this;
    if (request === undefined) return;
    for (let [input] = this.inputs; input !== undefined; [input] = this.inputs) {
      const bytes = input.bytes.slice(0, INPUT_WINDOW_BYTES - this.untaken);
      const all = bytes.length === input.bytes.length;
      if (bytes.length === 0 && !all) return;
      this.untaken += bytes.length;
      this.post({ kind: "input", request, bytes, eof: all && input.eof });
      if (all) {
        this.inputs.shift();
        input.accepted();
      } else this.inputs[0] = { ...input, bytes: input.bytes.subarray(bytes.length) };
    }
  }

  private changed(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}

function toFate({ outcome, cpuMs, limit }: ProcessEnd, timedOut: boolean): ProcessFate {
  const { exitCode, signal } = statusOf(outcome);
  const byLimit = limit !== undefined && signal !== null && LIMIT_SIGNALS.has(signal);
  return {
    outcome: timedOut ? "time_limit" : byLimit ? "limit" : outcome.kind,
    exitCode,
    signal,
    cpuMs,
    limit,
  };
}

/** What ends a process that goes beyond a limit. */
const LIMIT_SIGNALS = new Set(["SIGXCPU", "SIGXFSZ", "SIGKILL"]);

function statusOf(outcome: Outcome): Pick<ProcessFate, "exitCode" | "signal"> {
  switch (outcome.kind) {
    case "exit":
      return { exitCode: outcome.code, signal: null };
    case "signal":
      return { exitCode: null, signal: outcome.signal };
    case "lost":
      return { exitCode: null, signal: null };
  }
}
