import type { CallName } from "../machine/calls/index.js";
import type { KeptStreams } from "../machine/messages.js";
import type { CallOutcome, CommandMessage, Sandbox } from "./sandbox.js";
import type { SessionProcesses } from "./session-processes.js";
import type { CallTask, ShellTask, StartTask, Task } from "./task.js";

/**
 * How long a machine may take to end a command that is to be stopped, before its thread is ended instead, which costs the
 * session its files: on a busy host a thread may get no processor time for seconds.
 */
const STOP_GRACE_MS = 10_000;
/** How long a file operation or a reset may take before the machine counts as broken. */
const CALL_LIMIT_MS = 60_000;
/** How much is kept of the output of what a command has left running. */
const KEPT_OUTPUT_BYTES = 1024 * 1024;

export interface RunnerHost {
  readonly processes: SessionProcesses;
  /** Whether the machine was replaced since the last answer; asking clears it. */
  takeStateLost(): boolean;
  /** A call has been done. */
  called(task: CallTask): void;
  /** The task has been settled, and the next may begin. */
  settled(): void;
  /** The machine must be given up. */
  broken(reason: string): void;
}

interface Running {
  readonly task: Task;
  readonly sandbox: Sandbox;
  readonly request: number;
  timer: NodeJS.Timeout | undefined;
  timedOut: boolean;
  cancelled: boolean;
  soFar: KeptStreams | undefined;
  startedAt: number;
}

/** Has a session's machine do one task at a time, each with its deadline. */
export class TaskRunner {
  private running: Running | undefined;

  constructor(private readonly host: RunnerHost) {}

  get busy(): boolean {
    return this.running !== undefined;
  }

  begin(sandbox: Sandbox, task: Task): void {
    const request = this.post(sandbox, task);
    this.running = {
      task,
      sandbox,
      request,
      timer: undefined,
      timedOut: false,
      cancelled: false,
      soFar: undefined,
      startedAt: 0,
    };
    if (sandbox.started) this.startClock();
  }

  private post(sandbox: Sandbox, task: Task): number {
    switch (task.kind) {
      case "shell": {
        const request = sandbox.newRequest();
        sandbox.post({ kind: "run", request, command: task.command, output: task.plan });
        return request;
      }
      case "start": {
        const request = sandbox.newRequest();
        task.process.begin(request);
        return request;
      }
      case "call":
        return sandbox.call(task.call, (result) => this.returned(result), task.transfer);
    }
  }

  /** A task's time begins when there is a machine to work on it. */
  startClock(): void {
    const { running } = this;
    if (!running || running.timer !== undefined) return;
    running.startedAt = performance.now();
    if (running.task.kind !== "shell") {
      running.timer = setTimeout(() => this.host.broken("it did not respond"), CALL_LIMIT_MS);
    } else {
      running.timer = setTimeout(() => {
        running.timedOut = true;
        this.stop(running);
      }, running.task.timeLimitMs);
    }
  }

  /** Ends the command that runs. False if what runs is another task, or no command. */
  cancel(task: Task): boolean {
    const { running } = this;
    if (running?.task !== task || task.kind !== "shell") return false;
    if (!running.timedOut && !running.cancelled) {
      running.cancelled = true;
      this.stop(running);
    }
    return true;
  }

  cancelAny(): void {
    if (this.running) this.cancel(this.running.task);
  }

  /** Takes what the machine says of commands and processes. */
  receive(message: CommandMessage): void {
    const { running } = this;
    if (running === undefined || running.request !== message.request || running.task.kind === "call")
      return this.host.processes.receive(message);
    if (running.task.kind === "start") this.receiveOfStart(running, running.task, message);
    else this.receiveOfShell(running, running.task, message);
  }

  /** The machine is gone. */
  lose(reason: string): void {
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
    this.host.settled();
  }

  private stop(running: Running): void {
    clearTimeout(running.timer);
    running.sandbox.post({ kind: "kill", request: running.request });
    running.timer = setTimeout(
      () => this.host.broken("it did not end a command that was to be stopped"),
      STOP_GRACE_MS,
    );
  }

  private receiveOfShell(running: Running, task: ShellTask, message: CommandMessage): void {
    switch (message.kind) {
      case "output": {
        const { request, stream, bytes } = message;
        const { length } = bytes;
        task.onOutput(stream, bytes, () => running.sandbox.post({ kind: "credit", request, bytes: length }));
        return;
      }
      case "so_far":
        running.soFar = message.output;
        return;
      case "refused":
        this.finish(running);
        task.settle({ kind: "failed", error: message.error, stateLost: this.host.takeStateLost() });
        return this.host.settled();
      case "done": {
        const { outcome, limit, output, durationMs } = message;
        if (outcome.kind === "lost") {
          running.soFar = output;
          return this.host.broken(outcome.reason);
        }
        const { timedOut, cancelled } = this.finish(running);
        const process = message.leftBehind
          ? this.host.processes.adopt(message.request, task.command.text, KEPT_OUTPUT_BYTES)
          : undefined;
        const value = { outcome, limit, process, output, durationMs, timedOut, cancelled };
        task.settle({ kind: "finished", value, stateLost: this.host.takeStateLost() });
        return this.host.settled();
      }
      default:
        return;
    }
  }

  private receiveOfStart(running: Running, { process, settle }: StartTask, message: CommandMessage): void {
    const { processes } = this.host;
    processes.receive(message);
    if (message.kind === "process_started") {
      this.finish(running);
      settle({ kind: "finished", value: message.pid, stateLost: this.host.takeStateLost() });
    } else if (message.kind === "refused") {
      this.finish(running);
      processes.remove(process);
      settle({ kind: "failed", error: message.error, stateLost: this.host.takeStateLost() });
    } else return;
    this.host.settled();
  }

  private returned(result: CallOutcome<CallName>): void {
    const { running } = this;
    if (running?.task.kind !== "call") return;
    this.finish(running);
    const stateLost = this.host.takeStateLost();
    if (result.ok) this.host.called(running.task);
    if (result.ok) running.task.settle({ kind: "finished", value: result.value, stateLost });
    else running.task.settle({ kind: "failed", error: result.error, stateLost });
    this.host.settled();
  }

  private finish(running: Running): Running {
    clearTimeout(running.timer);
    this.running = undefined;
    return running;
  }
}

const NOTHING = { head: new Uint8Array(0), tail: new Uint8Array(0), total: 0 };
const NO_OUTPUT: KeptStreams = { stdout: NOTHING, stderr: NOTHING };
