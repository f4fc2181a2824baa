import type { FileFailure } from "./calls/files.js";
import type { Call, CallName, CallResult } from "./calls/index.js";
import type { RefusedCall } from "./calls/refused-call.js";
import type { Frozen } from "./calls/snapshot.js";
import { CommandTask } from "./command-task.js";
import type { Command, Machine, MachineOptions } from "./machine.js";
import type { CallError, OutputPlan, ToWorker } from "./messages.js";
import type { ProcessObserver, ProcessSettings, ProcessUsage, RunningProcess } from "./process.js";
import { ProcessTask } from "./process-task.js";
import type { ServerHost } from "./server-host.js";
import { ownBytes, transferable } from "./transfer.js";

type MachineMessage = Exclude<ToWorker, { kind: "prepare" | "modules" }>;

/** Carries out what the main thread asks of the machine. Plain calls only: it also works while a guest is on the stack. */
export class MachineServer {
  private machine: Machine | undefined;
  private refusal: unknown;
  /** Making the machine runs its shell, and what comes in meanwhile is done afterwards. */
  private starting = false;
  private readonly early: MachineMessage[] = [];
  private task: CommandTask | undefined;
  private readonly processes = new Map<number, ProcessTask>();

  constructor(private readonly host: ServerHost) {}

  handle(message: MachineMessage): void {
    if (this.starting) {
      this.early.push(message);
      return;
    }
    switch (message.kind) {
      case "start":
        this.start(message.options, message.from);
        return;
      case "run":
        this.run(message.request, message.command, message.output);
        return;
      case "start_process":
        this.startProcess(message.request, message.process);
        return;
      case "kill":
        if (this.task?.request === message.request) this.task.kill();
        else this.processes.get(message.request)?.handle(message);
        return;
      case "credit":
        if (this.task?.request === message.request) this.task.credit(message.bytes);
        else this.processes.get(message.request)?.handle(message);
        return;
      case "input":
      case "signal":
      case "resize":
        this.processes.get(message.request)?.handle(message);
        return;
      case "usage":
        this.tellUsages(message.request);
        return;
      case "call":
        this.call(message.request, message.call);
        return;
    }
  }

  /** Sends on output that has been collected. */
  flush(): void {
    this.task?.flush();
    for (const process of this.processes.values()) process.flush();
  }

  /** A setting that the machine refuses, such as a directory that does not exist, fails the first request instead. */
  private start(options: MachineOptions, from: Frozen | undefined): void {
    this.abandonProcesses();
    this.machine = undefined;
    this.refusal = undefined;
    this.starting = true;
    const begin = (): void => {
      this.starting = false;
      this.host.post({ kind: "started" });
      for (const message of this.early.splice(0)) this.handle(message);
    };
    whenDone(
      () => this.host.createMachine(options, from),
      (machine) => {
        this.machine = machine;
        begin();
      },
      (error) => {
        if (errnoOf(error) === undefined) throw error;
        this.refusal = error;
        begin();
      },
    );
  }

  private run(request: number, command: Command, plan: OutputPlan): void {
    const refuse = (error: unknown): void =>
      this.host.post({ kind: "refused", request, error: this.describe(error) });
    const finished = (): void => {
      if (this.task === task) this.task = undefined;
    };
    const adopt = (begin: (observer: ProcessObserver) => RunningProcess): void =>
      this.newProcess(request, refuse).start(begin);
    const task = new CommandTask(request, plan, this.host, finished, adopt, refuse);
    this.task = task;
    try {
      task.start(this.startedMachine, command);
    } catch (error) {
      this.task = undefined;
      refuse(error);
    }
  }

  private startProcess(request: number, settings: ProcessSettings): void {
    const refuse = (error: unknown): void =>
      this.host.post({ kind: "refused", request, error: this.describe(error) });
    const task = this.newProcess(request, refuse);
    try {
      const machine = this.startedMachine;
      task.start((observer) => machine.startProcess(settings, observer));
    } catch (error) {
      this.processes.delete(request);
      refuse(error);
    }
  }

  private newProcess(request: number, refuse: (error: unknown) => void): ProcessTask {
    const task = new ProcessTask(request, this.host, () => this.processes.delete(request), refuse);
    this.processes.set(request, task);
    return task;
  }

  private tellUsages(request: number): void {
    const usages = new Map<number, ProcessUsage>();
    let left = this.processes.size;
    const tell = (): void => this.host.post({ kind: "usages", request, usages });
    const one = (id: number, usage: ProcessUsage | undefined): void => {
      if (usage !== undefined) usages.set(id, usage);
      if (--left === 0) tell();
    };
    if (left === 0) return tell();
    for (const [id, task] of this.processes)
      whenDone(
        () => task.usage(),
        (usage) => one(id, usage),
        () => one(id, undefined),
      );
  }

  /** Processes of before a reset have ended with it. */
  private abandonProcesses(): void {
    for (const process of this.processes.values()) process.abandon();
    this.processes.clear();
  }

  private call(request: number, { name, argument }: Call): void {
    whenDone(
      () => {
        const machine = this.startedMachine;
        if (name === "reset" || name === "thaw") this.abandonProcesses();
        const method = machine[name] as (argument: Call["argument"]) => CallResult<CallName>;
        return method.call(machine, argument);
      },
      (value) => {
        if (!hasBytes(value)) return this.host.post({ kind: "returned", request, value });
        const own = ownBytes(value.bytes);
        this.host.post({ kind: "returned", request, value: { ...value, bytes: own } }, transferable([own]));
      },
      (error) => this.host.post({ kind: "threw", request, error: this.describe(error) }),
    );
  }

  private get startedMachine(): Machine {
    if (!this.machine) throw this.refusal ?? new Error("the machine has not been started");
    return this.machine;
  }

  private describe(error: unknown): CallError {
    // The v86 machine is a bundle with copies of its own of these classes.
    if (isNamed<FileFailure>(error, "FileFailure"))
      return { ...this.describe(error.cause), path: error.path };
    const code = isNamed<RefusedCall>(error, "RefusedCall") ? error.code : errnoOf(error);
    if (code !== undefined) return { code, message: (error as Error).message };
    this.host.log("error", "internal error", {
      detail: error instanceof Error ? error.stack : String(error),
    });
    return { code: "INTERNAL", message: error instanceof Error ? error.message : String(error) };
  }
}

/** Runs `action` and calls back with its result: at once, so that the event loop is not needed, or when its promise is settled. */
function whenDone<Value>(
  action: () => Value | Promise<Value>,
  done: (value: Value) => void,
  failed: (error: unknown) => void,
): void {
  let result: Value | Promise<Value>;
  try {
    result = action();
  } catch (error) {
    failed(error);
    return;
  }
  if (result instanceof Promise) void result.then(done, failed);
  else done(result);
}

function isNamed<Kind extends Error>(error: unknown, name: Kind["name"]): error is Kind {
  return error instanceof Error && error.name === name;
}

/** The name of the errno, if the error is one. */
function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return undefined;
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined;
}

/** Results in which `bytes` are the large part are handed over instead of copied. */
function hasBytes<Value>(value: Value): value is Value & object & { readonly bytes: Uint8Array } {
  return typeof value === "object" && value !== null && "bytes" in value && value.bytes instanceof Uint8Array;
}
