import { OutputKeeper } from "./kept-output.js";
import type { Command, Machine, MachineOptions, Outcome, OutputStream, RunningCommand } from "./machine.js";
import type {
  Call,
  CallError,
  CallResults,
  FromWorker,
  KeptStreams,
  LogLevel,
  OutputPlan,
  ToWorker,
} from "./messages.js";
import { OutputSender } from "./streamed-output.js";

export interface ServerHost {
  post(message: FromWorker, transfer?: readonly ArrayBuffer[]): void;
  createMachine(options: MachineOptions): Machine;
  /** Runs `callback` on the next turn of the event loop. */
  defer(callback: () => void): void;
  log(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void;
}

type MachineMessage = Exclude<ToWorker, { kind: "prepare" | "modules" }>;

/** From this size on, bytes are handed to the other thread instead of copied. */
const TRANSFER_BYTES = 32 * 1024;

/** Carries out what the main thread asks of the machine. Plain calls only: it also works while a guest is on the stack. */
export class MachineServer {
  private machine: Machine | undefined;
  private refusal: unknown;
  /** Making the machine runs its shell, and what comes in meanwhile is done afterwards. */
  private starting = false;
  private readonly early: MachineMessage[] = [];
  private task: CommandTask | undefined;

  constructor(private readonly host: ServerHost) {}

  handle(message: MachineMessage): void {
    if (this.starting) {
      this.early.push(message);
      return;
    }
    switch (message.kind) {
      case "start":
        this.start(message.options);
        return;
      case "run":
        this.run(message.request, message.command, message.output);
        return;
      case "kill":
        if (this.task?.request === message.request) this.task.kill();
        return;
      case "credit":
        if (this.task?.request === message.request) this.task.credit(message.bytes);
        return;
      case "call":
        this.call(message.request, message.call);
        return;
    }
  }

  /** Sends on output that has been collected. */
  flush(): void {
    this.task?.flush();
  }

  /** A setting that the machine refuses, such as a directory that does not exist, fails the first request instead. */
  private start(options: MachineOptions): void {
    this.machine = undefined;
    this.refusal = undefined;
    this.starting = true;
    try {
      this.machine = this.host.createMachine(options);
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      this.refusal = error;
    }
    this.starting = false;
    this.host.post({ kind: "started" });
    for (const message of this.early.splice(0)) this.handle(message);
  }

  private run(request: number, command: Command, plan: OutputPlan): void {
    const task = new CommandTask(request, plan, this.host, () => {
      if (this.task === task) this.task = undefined;
    });
    this.task = task;
    try {
      task.start(this.startedMachine, command);
    } catch (error) {
      this.task = undefined;
      this.host.post({ kind: "refused", request, error: this.describe(error) });
    }
  }

  private call(request: number, call: Call): void {
    try {
      const value = this.perform(call);
      const bytes = value !== undefined && typeof value === "object" && "bytes" in value ? [value.bytes] : [];
      this.host.post({ kind: "returned", request, value }, transferable(bytes));
    } catch (error) {
      this.host.post({ kind: "threw", request, error: this.describe(error) });
    }
  }

  private perform(call: Call): CallResults[keyof CallResults] {
    const machine = this.startedMachine;
    switch (call.name) {
      case "read_file": {
        const content = machine.readFile(call.file);
        return { ...content, bytes: ownBytes(content.bytes) };
      }
      case "write_files": {
        let written = 0;
        for (const file of call.files) {
          try {
            written += machine.writeFile(file);
          } catch (error) {
            throw new FileFailed(file.path, error);
          }
        }
        return written;
      }
      case "reset":
        machine.reset(call.keepFiles);
        return undefined;
      case "status":
        return machine.status();
    }
  }

  private get startedMachine(): Machine {
    if (!this.machine) throw this.refusal ?? new Error("the machine has not been started");
    return this.machine;
  }

  private describe(error: unknown): CallError {
    if (error instanceof FileFailed) return { ...this.describe(error.cause), path: error.path };
    const code = errnoOf(error);
    if (code !== undefined) return { code, message: (error as Error).message };
    this.host.log("error", "internal error", {
      detail: error instanceof Error ? error.stack : String(error),
    });
    return { code: "INTERNAL", message: error instanceof Error ? error.message : String(error) };
  }
}

/** The name of the errno, if the error is one. */
function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return undefined;
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined;
}

class FileFailed extends Error {
  constructor(
    readonly path: string,
    override readonly cause: unknown,
  ) {
    super();
  }
}

/** One command that runs, with what has become of its output. */
class CommandTask {
  private readonly startedAt = performance.now();
  private readonly kept: Record<OutputStream, OutputKeeper> | undefined;
  private readonly sender: OutputSender | undefined;
  private running: RunningCommand | undefined;
  private flushPlanned = false;
  private killWanted = false;
  private ended = false;

  constructor(
    readonly request: number,
    plan: OutputPlan,
    private readonly host: ServerHost,
    private readonly finished: () => void,
  ) {
    if (plan.mode === "keep") {
      this.kept = { stdout: new OutputKeeper(plan.maxBytes), stderr: new OutputKeeper(plan.maxBytes) };
    } else {
      this.sender = new OutputSender(
        plan.maxBytes,
        (stream, bytes) => this.sendOutput(stream, bytes),
        () => this.running?.resume(),
      );
    }
  }

  start(machine: Machine, command: Command): void {
    this.running = machine.run(command, {
      output: (stream, bytes) => this.output(stream, bytes),
      done: (outcome) => this.done(outcome),
    });
    if (this.killWanted) this.running.kill();
  }

  kill(): void {
    if (this.ended) return;
    this.killWanted = true;
    this.flush();
    if (this.kept) this.host.post({ kind: "so_far", request: this.request, output: this.streams() });
    this.running?.kill();
  }

  credit(bytes: number): void {
    this.sender?.credit(bytes);
  }

  flush(): void {
    if (this.sender && !this.sender.empty) this.sender.flush();
  }

  private output(stream: OutputStream, bytes: Uint8Array): boolean {
    if (this.kept) {
      this.kept[stream].write(bytes);
      return true;
    }
    const more = this.sender?.write(stream, bytes) ?? true;
    if (!this.flushPlanned) {
      this.flushPlanned = true;
      this.host.defer(() => {
        this.flushPlanned = false;
        this.flush();
      });
    }
    return more;
  }

  private done(outcome: Outcome): void {
    if (this.ended) return;
    this.ended = true;
    this.flush();
    const output = this.streams();
    const durationMs = performance.now() - this.startedAt;
    this.finished();
    const bytes = [output.stdout.head, output.stdout.tail, output.stderr.head, output.stderr.tail];
    this.host.post({ kind: "done", request: this.request, outcome, output, durationMs }, transferable(bytes));
  }

  private sendOutput(stream: OutputStream, bytes: Uint8Array): void {
    const own = ownBytes(bytes);
    this.host.post({ kind: "output", request: this.request, stream, bytes: own }, transferable([own]));
  }

  private streams(): KeptStreams {
    if (this.kept) return { stdout: this.kept.stdout.take(), stderr: this.kept.stderr.take() };
    const nothing = new Uint8Array(0);
    const totals = this.sender?.totals ?? { stdout: 0, stderr: 0 };
    return {
      stdout: { head: nothing, tail: nothing, total: totals.stdout },
      stderr: { head: nothing, tail: nothing, total: totals.stderr },
    };
  }
}

/** The bytes in a buffer that holds nothing else: posting a view would copy the whole buffer behind it. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice();
}

function transferable(arrays: readonly Uint8Array[]): ArrayBuffer[] {
  return arrays
    .map((bytes) => bytes.buffer)
    .filter(
      (buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer && buffer.byteLength >= TRANSFER_BYTES,
    );
}
