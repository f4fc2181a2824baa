import type { Worker } from "node:worker_threads";
import type { Call, CallName, CallOf, CallResult } from "../machine/calls/index.js";
import type { Frozen } from "../machine/calls/snapshot.js";
import type { Backend, MachineOptions } from "../machine/machine.js";
import type { CallError, FromWorker, LogEntry, LogLevel, ToWorker, V86Parts } from "../machine/messages.js";
import type { ProcessUsage } from "../machine/process.js";
import type { ProgramCache } from "./program-cache.js";
import { startWorker } from "./start-worker.js";

/** What all sandboxes of a daemon have in common. */
export interface SandboxContext {
  /** The worker's script. */
  readonly workerPath: string;
  readonly programs: ProgramCache;
  readonly logLevel: LogLevel;
  /** Of a session that does not say otherwise. */
  readonly backend: Backend;
  log(entry: LogEntry): void;
  /** What every v86 machine needs, or why it is not there. */
  v86Parts(): V86Parts | Error;
  /** A worker compiled a program; the other workers may want it. */
  compiled(name: string, module: WebAssembly.Module): void;
}

export type CallOutcome<Name extends CallName> =
  | { readonly ok: true; readonly value: CallResult<Name> }
  | { readonly ok: false; readonly error: CallError };

/** What a command or a process that runs has to say. */
export type CommandMessage = Exclude<
  FromWorker,
  { kind: "started" | "returned" | "threw" | "usages" | "compiled" | "log" }
>;

/** One worker thread with one machine in it, seen from the main thread. */
export class Sandbox {
  /** Set by the session that uses this sandbox. */
  onCommand: (message: CommandMessage) => void = () => {};
  onStarted: () => void = () => {};
  /** Called once when the thread is gone without `terminate`. */
  onLost: (reason: string) => void = () => {};

  /** Called once when the thread is gone, in whatever way. */
  onGone: () => void = () => {};

  started = false;
  /** The settings of its machine, if that has begun from the beginning. */
  startedWith: MachineOptions | undefined;
  /** Why the thread is gone. */
  lost: string | undefined;
  private readonly calls = new Map<number, (outcome: CallOutcome<CallName>) => void>();
  private readonly usages = new Map<number, (usages: ReadonlyMap<number, ProcessUsage>) => void>();
  private nextRequest = 1;

  /** `worker`: a thread that runs `context.workerPath` already; a new one by default. */
  constructor(
    private readonly context: SandboxContext,
    private readonly worker: Worker = startWorker(context.workerPath),
  ) {
    worker.on("message", (message: FromWorker) => this.receive(message));
    worker.on("error", (error) => this.fail(error instanceof Error ? error.message : String(error)));
    worker.on("exit", (code) => this.fail(`its thread ended with code ${code}`));
    worker.stdout.on("data", (data: Buffer) => {
      context.log({ level: "warn", message: "output of a worker", fields: { text: data.toString() } });
    });
    const { programs, logLevel, backend } = context;
    const { imagesPath, codeCachePath } = programs;
    this.post({ kind: "prepare", imagesPath, codeCachePath, logLevel, backend });
  }

  /** Makes the machine, which goes on where `from` was taken. To be called again only before the first request. */
  start(options: MachineOptions, from?: Frozen): void {
    this.started = false;
    this.startedWith = from === undefined ? options : undefined;
    this.post({ kind: "modules", modules: this.context.programs.all() });
    this.post({
      kind: "start",
      options,
      v86: options.backend === "v86" ? this.context.v86Parts() : undefined,
      from,
    });
  }

  share(name: string, module: WebAssembly.Module): void {
    this.post({ kind: "modules", modules: { [name]: module } });
  }

  newRequest(): number {
    return this.nextRequest++;
  }

  post(message: ToWorker, transfer: readonly ArrayBuffer[] = []): void {
    if (this.lost === undefined) this.worker.postMessage(message, transfer);
  }

  /** Calls back exactly once unless the thread is lost or terminated first. */
  call<Name extends CallName>(
    call: CallOf<Name>,
    callback: (outcome: CallOutcome<Name>) => void,
    transfer: readonly ArrayBuffer[] = [],
  ): number {
    const request = this.newRequest();
    this.calls.set(request, callback as (outcome: CallOutcome<CallName>) => void);
    this.post({ kind: "call", request, call: call as Call }, transfer);
    return request;
  }

  /** How the processes are that have been started, by the number of the request that did. Calls back as `call` does. */
  askUsages(callback: (usages: ReadonlyMap<number, ProcessUsage>) => void): number {
    const request = this.newRequest();
    this.usages.set(request, callback);
    this.post({ kind: "usage", request });
    return request;
  }

  /** The callback of that call is no longer wanted. */
  forget(request: number): void {
    this.calls.delete(request);
    this.usages.delete(request);
  }

  terminate(reason: string): void {
    if (this.lost !== undefined) return;
    this.lost = reason;
    this.calls.clear();
    this.usages.clear();
    this.onGone();
    void this.worker.terminate();
  }

  private receive(message: FromWorker): void {
    if (this.lost !== undefined) return;
    switch (message.kind) {
      case "started":
        this.started = true;
        this.onStarted();
        return;
      case "returned":
        this.settle(message.request, { ok: true, value: message.value });
        return;
      case "threw":
        this.settle(message.request, { ok: false, error: message.error });
        return;
      case "compiled":
        this.context.compiled(message.name, message.module);
        return;
      case "log":
        this.context.log(message.entry);
        return;
      case "usages": {
        const callback = this.usages.get(message.request);
        this.usages.delete(message.request);
        callback?.(message.usages);
        return;
      }
      default:
        this.onCommand(message);
    }
  }

  private settle(request: number, outcome: CallOutcome<CallName>): void {
    const callback = this.calls.get(request);
    this.calls.delete(request);
    callback?.(outcome);
  }

  private fail(reason: string): void {
    if (this.lost !== undefined) return;
    this.lost = reason;
    this.calls.clear();
    this.usages.clear();
    this.context.log({ level: "error", message: "a session's worker is lost", fields: { reason } });
    this.onGone();
    this.onLost(reason);
  }
}
