import type { Call, CallName } from "../machine/calls/index.js";
import type { MachineStatus } from "../machine/calls/session.js";
import type { Frozen } from "../machine/calls/snapshot.js";
import type { MachineOptions } from "../machine/machine.js";
import type { KeptStreams } from "../machine/messages.js";
import type { ProcessUsage } from "../machine/process.js";
import type { CallOutcome, CommandMessage, Sandbox } from "./sandbox.js";
import { SessionProcesses } from "./session-processes.js";
import { StatusInquiry } from "./status-inquiry.js";
import type { DropReason, ShellTask, StartTask, Task } from "./task.js";

/**
 * How long a machine may take to end a command that is to be stopped, before its thread is ended instead, which costs the
 * session its files: on a busy host a thread may get no processor time for seconds.
 */
const STOP_GRACE_MS = 10_000;
/** How long a file operation or a reset may take before the machine counts as broken. */
const CALL_LIMIT_MS = 60_000;

/** How much is kept of the output of what a command has left running. */
const KEPT_OUTPUT_BYTES = 1024 * 1024;

export interface SessionHost {
  /** A sandbox whose machine has been started with these options. */
  createSandbox(options: MachineOptions): Sandbox;
  /** A sandbox whose machine is yet to be started. */
  createIdleSandbox(): Sandbox;
  /** False while answers pile up: no task is begun until `Session.proceed`. */
  mayBegin(): boolean;
}

interface Running {
  readonly task: Task;
  readonly request: number;
  timer: NodeJS.Timeout | undefined;
  timedOut: boolean;
  cancelled: boolean;
  soFar: KeptStreams | undefined;
  startedAt: number;
}

/** One sandbox with its queue: tasks in order, deadlines, and a new sandbox when the old one breaks. */
export class Session {
  readonly createdAt = performance.now();
  readonly processes = new SessionProcesses((message) => this.sandbox.post(message));
  private readonly queue: Task[] = [];
  private running: Running | undefined;
  private sandbox: Sandbox;
  /** The machine was replaced and no answer has said so yet. */
  private stateLost = false;
  private whenClosed: (() => void) | undefined;
  private readonly inquiry = new StatusInquiry();
  /** The snapshot that its machine was last equal to. */
  snapshot: string | undefined;

  /** `isWaiting`: it has no machine until `beginFrom`, and what it is asked for waits. */
  constructor(
    readonly name: string,
    readonly options: MachineOptions,
    private readonly host: SessionHost,
    private isWaiting = false,
  ) {
    this.sandbox = this.adopt(isWaiting ? host.createIdleSandbox() : host.createSandbox(options));
  }

  /** Its machine goes on where that was taken. */
  beginFrom(frozen: Frozen): void {
    this.isWaiting = false;
    this.sandbox.start(this.options, frozen);
    this.proceed();
  }

  get busy(): boolean {
    return this.running !== undefined;
  }

  get queued(): number {
    return this.queue.length;
  }

  add(task: Task): void {
    this.queue.push(task);
    this.proceed();
  }

  /** Does the task before all others that wait: what it is a part of has begun already. */
  goOn(task: Task): void {
    this.queue.unshift(task);
    this.proceed();
  }

  /** Begins the next task if nothing stands in its way. */
  proceed(): void {
    if (this.running || this.isWaiting) return;
    if (this.queue.length > 0) {
      if (this.host.mayBegin()) this.begin(this.queue.shift() as Task); // the queue is not empty
    } else if (this.whenClosed) {
      this.sandbox.terminate("the session was closed");
      this.processes.abandonAll("cancelled");
      this.whenClosed();
      this.whenClosed = undefined;
    }
  }

  /** Takes a task out of the queue, or ends its command. False if it can be neither. */
  cancel(task: Task): boolean {
    const index = this.queue.indexOf(task);
    if (index >= 0) {
      this.queue.splice(index, 1);
      this.drop(task, "cancelled");
      return true;
    }
    if (this.running?.task !== task || task.kind !== "shell") return false;
    if (!this.running.timedOut && !this.running.cancelled) {
      this.running.cancelled = true;
      this.stop(this.running);
    }
    return true;
  }

  dropQueued(why: DropReason): void {
    for (const task of this.queue.splice(0)) this.drop(task, why);
  }

  private drop(task: Task, why: DropReason): void {
    if (task.kind === "start") {
      task.process.abandon("cancelled");
      this.processes.remove(task.process);
    }
    task.settle({ kind: "dropped", why });
  }

  /** Drops what is queued, and ends the running command and all processes. */
  shutDown(): void {
    this.dropQueued("shutting_down");
    if (this.running) this.cancel(this.running.task);
    this.processes.abandonAll("cancelled");
  }

  /** How the processes are that have been started, by their machine's numbers; calls back unless the machine is lost. */
  askUsages(callback: (usages: ReadonlyMap<number, ProcessUsage>) => void): () => void {
    const { sandbox } = this;
    const request = sandbox.askUsages(callback);
    return () => sandbox.forget(request);
  }

  /** Undefined when the machine does not respond; then `lastKnownStatus` is the best there is. */
  async status(): Promise<MachineStatus | undefined> {
    if (this.isWaiting) return undefined;
    this.replaceIfLost();
    return this.inquiry.ask(this.sandbox);
  }

  get lastKnownStatus(): MachineStatus | undefined {
    return this.inquiry.last;
  }

  /** Whether the machine was replaced since the last answer; asking clears it. */
  takeStateLost(): boolean {
    const lost = this.stateLost;
    this.stateLost = false;
    return lost;
  }

  share(name: string, module: WebAssembly.Module): void {
    this.sandbox.share(name, module);
  }

  /** Calls back when all tasks are done and the thread is told to end. Nothing may be added any more. */
  close(whenClosed: () => void): void {
    this.isWaiting = false;
    this.whenClosed = whenClosed;
    this.proceed();
  }

  private adopt(sandbox: Sandbox): Sandbox {
    sandbox.onStarted = () => this.startClock();
    sandbox.onCommand = (message) => this.receive(message);
    sandbox.onLost = (reason) => this.lose(reason);
    return sandbox;
  }

  /** A new sandbox is made when there is something to do, so that one that cannot start is not made over and over. */
  private replaceIfLost(): void {
    if (this.sandbox.lost !== undefined) this.sandbox = this.adopt(this.host.createSandbox(this.options));
  }

  private begin(task: Task): void {
    this.replaceIfLost();
    const common = {
      task,
      timer: undefined,
      timedOut: false,
      cancelled: false,
      soFar: undefined,
      startedAt: 0,
    };
    if (task.kind === "shell") {
      const request = this.sandbox.newRequest();
      this.running = { ...common, request };
      this.sandbox.post({ kind: "run", request, command: task.command, output: task.plan });
    } else if (task.kind === "start") {
      const request = this.sandbox.newRequest();
      this.running = { ...common, request };
      task.process.begin(request);
    } else {
      const request = this.sandbox.call(task.call, (result) => this.returned(result), task.transfer);
      this.running = { ...common, request };
    }
    if (this.sandbox.started) this.startClock();
  }

  /** A task's time begins when there is a machine to work on it. */
  private startClock(): void {
    const { running } = this;
    if (!running || running.timer !== undefined) return;
    running.startedAt = performance.now();
    if (running.task.kind !== "shell") {
      running.timer = setTimeout(() => this.breakDown("it did not respond"), CALL_LIMIT_MS);
    } else {
      running.timer = setTimeout(() => {
        running.timedOut = true;
        this.stop(running);
      }, running.task.timeLimitMs);
    }
  }

  private stop(running: Running): void {
    clearTimeout(running.timer);
    this.sandbox.post({ kind: "kill", request: running.request });
    running.timer = setTimeout(
      () => this.breakDown("it did not end a command that was to be stopped"),
      STOP_GRACE_MS,
    );
  }

  private receive(message: CommandMessage): void {
    const { running } = this;
    if (running === undefined || running.request !== message.request || running.task.kind === "call")
      return this.processes.receive(message);
    if (running.task.kind === "start") return this.receiveOfStart(running, running.task, message);
    switch (message.kind) {
      case "output": {
        const { request, stream, bytes } = message;
        const { length } = bytes;
        running.task.onOutput(stream, bytes, () =>
          this.sandbox.post({ kind: "credit", request, bytes: length }),
        );
        return;
      }
      case "so_far":
        running.soFar = message.output;
        return;
      case "refused": {
        const { task } = this.finish(running);
        task.settle({ kind: "failed", error: message.error, stateLost: this.takeStateLost() });
        break;
      }
      case "done": {
        const { outcome, limit, output, durationMs } = message;
        if (outcome.kind === "lost") {
          running.soFar = output;
          this.breakDown(outcome.reason);
          return;
        }
        const { task, timedOut, cancelled } = this.finish(running) as Running & { task: ShellTask };
        const process = message.leftBehind
          ? this.processes.adopt(message.request, task.command.text, KEPT_OUTPUT_BYTES)
          : undefined;
        const value = { outcome, limit, process, output, durationMs, timedOut, cancelled };
        task.settle({ kind: "finished", value, stateLost: this.takeStateLost() });
        break;
      }
    }
    this.proceed();
  }

  private receiveOfStart(running: Running, { process, settle }: StartTask, message: CommandMessage): void {
    this.processes.receive(message);
    if (message.kind === "process_started") {
      this.finish(running);
      settle({ kind: "finished", value: message.pid, stateLost: this.takeStateLost() });
    } else if (message.kind === "refused") {
      this.finish(running);
      this.processes.remove(process);
      settle({ kind: "failed", error: message.error, stateLost: this.takeStateLost() });
    } else return;
    this.proceed();
  }

  private returned(result: CallOutcome<CallName>): void {
    const { running } = this;
    if (running?.task.kind !== "call") return;
    this.finish(running);
    const stateLost = this.takeStateLost();
    if (result.ok) this.noteReplaced(running.task.call);
    if (result.ok) running.task.settle({ kind: "finished", value: result.value, stateLost });
    else running.task.settle({ kind: "failed", error: result.error, stateLost });
    this.proceed();
  }

  /** What a call that has been done means for all that the machine had before. */
  private noteReplaced(call: Call): void {
    if (call.name !== "reset" && call.name !== "thaw") return;
    this.processes.abandonAll("cancelled");
    if (call.name === "reset" && !call.argument.keepFiles) this.snapshot = undefined;
  }

  private finish(running: Running): Running {
    clearTimeout(running.timer);
    this.running = undefined;
    return running;
  }

  /** Gives the machine up. */
  private breakDown(reason: string): void {
    this.sandbox.terminate(reason);
    this.lose(reason);
  }

  private lose(reason: string): void {
    this.stateLost = true;
    this.snapshot = undefined;
    this.processes.abandonAll("lost");
    const { running } = this;
    if (!running) return;
    this.finish(running);
    const { task, timedOut, cancelled } = running;
    if (task.kind === "shell" && (timedOut || cancelled)) {
      const value = {
        outcome: { kind: "signal", signal: "SIGKILL" } as const,
        limit: undefined,
        process: undefined,
        output: running.soFar ?? NO_OUTPUT,
        durationMs: performance.now() - running.startedAt,
        timedOut,
        cancelled,
      };
      task.settle({ kind: "finished", value, stateLost: true });
    } else {
      task.settle({ kind: "lost", reason });
    }
    this.proceed();
  }
}

const NOTHING = { head: new Uint8Array(0), tail: new Uint8Array(0), total: 0 };
const NO_OUTPUT: KeptStreams = { stdout: NOTHING, stderr: NOTHING };
