import type { CallName, CallOf, CallResult } from "../machine/calls/index.js";
import type { MachineStatus } from "../machine/calls/session.js";
import type { Frozen } from "../machine/calls/snapshot.js";
import type { MachineOptions } from "../machine/machine.js";
import type { ProcessUsage } from "../machine/process.js";
import { mayHibernate, takeOut } from "./hibernation.js";
import type { Sandbox } from "./sandbox.js";
import { SessionProcesses } from "./session-processes.js";
import { StatusInquiry } from "./status-inquiry.js";
import type { CallTask, DropReason, Task, TaskEnd } from "./task.js";
import { TaskRunner } from "./task-runner.js";

export interface SessionHost {
  /** Calls `Session.take` with a sandbox, now or as soon as there is one. */
  provide(session: Session): void;
  /** That session no longer wants the sandbox that it has asked for. */
  withdraw(session: Session): void;
  /** False while answers pile up: no task is begun until `Session.proceed`. */
  mayBegin(): boolean;
}

/**
 * One machine with its queue: tasks in order, and a new machine when the old one breaks. A session without work may be without
 * a sandbox; what it is then is `from`.
 */
export class Session {
  readonly createdAt = performance.now();
  /** When it last had something to do. */
  lastUsed = this.createdAt;
  readonly processes = new SessionProcesses((message) => this.sandbox?.post(message));
  /** The snapshot that its machine was last equal to. */
  snapshot: string | undefined;
  private readonly queue: Task[] = [];
  private readonly runner: TaskRunner;
  private sandbox: Sandbox | undefined;
  private asked = false;
  /** Where the next machine goes on; undefined: from the beginning. */
  private from: Frozen | undefined;
  /** It is known that its machine has something to do by itself, until the next task. */
  private restless = false;
  /** The machine was replaced and no answer has said so yet. */
  private stateLost = false;
  private whenClosed: (() => void) | undefined;
  private readonly attendants = new Set<() => void>();
  private readonly inquiry = new StatusInquiry();

  /** `isWaiting`: it has no machine until `beginFrom`, and what it is asked for waits. */
  constructor(
    readonly name: string,
    readonly options: MachineOptions,
    private readonly host: SessionHost,
    private isWaiting = false,
  ) {
    this.runner = new TaskRunner({
      processes: this.processes,
      takeStateLost: () => this.takeStateLost(),
      called: (task) => this.called(task),
      settled: () => this.proceed(),
      broken: (reason) => {
        this.sandbox?.terminate(reason);
        this.lose(reason);
      },
    });
    if (!isWaiting) this.ask();
  }

  /** Its machine goes on where that was taken, as soon as there is something to do. */
  beginFrom(frozen: Frozen): void {
    this.isWaiting = false;
    this.from = frozen;
    this.proceed();
  }

  get busy(): boolean {
    return this.runner.busy;
  }

  get queued(): number {
    return this.queue.length;
  }

  get hibernates(): boolean {
    return this.sandbox === undefined && this.from !== undefined && !this.asked;
  }

  add(task: Task): void {
    this.restless = false;
    this.lastUsed = performance.now();
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
    if (this.runner.busy || this.isWaiting) return;
    const [task] = this.queue;
    if (task !== undefined) {
      if (!this.host.mayBegin()) return;
      const sandbox = this.usableSandbox();
      if (sandbox === undefined) return this.ask();
      this.queue.shift();
      this.runner.begin(sandbox, task);
    } else if (this.whenClosed) this.finishClose(this.whenClosed);
  }

  /** The sandbox that was asked for. */
  take(sandbox: Sandbox): void {
    this.asked = false;
    this.sandbox = sandbox;
    sandbox.onStarted = () => this.runner.startClock();
    sandbox.onCommand = (message) => this.runner.receive(message);
    sandbox.onLost = (reason) => this.lose(reason);
    if (this.from !== undefined || sandbox.startedWith !== this.options)
      sandbox.start(this.options, this.from);
    this.from = undefined;
    this.proceed();
  }

  /** Whether `hibernate` may be called. */
  get mayHibernate(): boolean {
    const { sandbox, options, processes } = this;
    if (sandbox?.lost !== undefined || sandbox?.started !== true) return false;
    if (this.restless || this.attendants.size > 0 || this.busy || this.queue.length > 0 || this.whenClosed)
      return false;
    return mayHibernate(options, processes);
  }

  /**
   * Gives up the sandbox and keeps what the machine was. Calls back with the sandbox, or with undefined when the session has
   * something to do after all.
   */
  hibernate(settled: (sandbox: Sandbox | undefined) => void): void {
    takeOut(
      (task) => this.goOn(task),
      (frozen, status, stateLost) => {
        this.stateLost ||= stateLost;
        const { sandbox } = this;
        this.restless = frozen === undefined;
        if (frozen === undefined || sandbox === undefined || this.queue.length > 0 || this.whenClosed)
          return settled(undefined);
        this.inquiry.last = status;
        this.from = frozen;
        this.sandbox = undefined;
        settled(sandbox);
      },
    );
  }

  /**
   * Has the machine do something at once, beside what is in the queue, and calls back unless the session ends. For those that
   * `attend` the session, which keeps it from hibernating.
   */
  callNow<Name extends CallName>(call: CallOf<Name>, done: (end: TaskEnd<CallResult<Name>>) => void): void {
    const sandbox = this.usableSandbox();
    if (sandbox === undefined) return done({ kind: "lost", reason: "it has not been replaced yet" });
    sandbox.call(call, (result) =>
      done(
        result.ok
          ? { kind: "finished", value: result.value, stateLost: false }
          : { kind: "failed", error: result.error, stateLost: false },
      ),
    );
  }

  /** Calls back when the session ends or its machine is lost. Returns a function that ends this. */
  attend(ended: () => void): () => void {
    this.attendants.add(ended);
    return () => this.attendants.delete(ended);
  }

  /** Takes a task out of the queue, or ends its command. False if it can be neither. */
  cancel(task: Task): boolean {
    const index = this.queue.indexOf(task);
    if (index < 0) return this.runner.cancel(task);
    this.queue.splice(index, 1);
    this.drop(task, "cancelled");
    return true;
  }

  dropQueued(why: DropReason): void {
    for (const task of this.queue.splice(0)) this.drop(task, why);
  }

  /** Drops what is queued, and ends the running command and all processes. */
  shutDown(): void {
    this.dropQueued("shutting_down");
    this.runner.cancelAny();
    this.processes.abandonAll("cancelled");
    this.dismiss();
  }

  /** How the processes are that have been started, by their machine's numbers; calls back unless the machine is lost. */
  askUsages(callback: (usages: ReadonlyMap<number, ProcessUsage>) => void): () => void {
    const { sandbox } = this;
    if (sandbox === undefined) {
      callback(new Map());
      return () => {};
    }
    const request = sandbox.askUsages(callback);
    return () => sandbox.forget(request);
  }

  /** Undefined when the machine does not respond; then `lastKnownStatus` is the best there is. */
  async status(): Promise<MachineStatus | undefined> {
    if (this.hibernates) return this.inquiry.last;
    if (this.isWaiting) return undefined;
    if (this.usableSandbox() === undefined) this.ask();
    const sandbox = this.usableSandbox();
    return sandbox && this.inquiry.ask(sandbox);
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
    this.sandbox?.share(name, module);
  }

  /** Calls back when all tasks are done and the thread is told to end. Nothing may be added any more. */
  close(whenClosed: () => void): void {
    this.isWaiting = false;
    this.whenClosed = whenClosed;
    this.proceed();
  }

  private finishClose(whenClosed: () => void): void {
    this.whenClosed = undefined;
    if (this.asked) this.host.withdraw(this);
    this.sandbox?.terminate("the session was closed");
    this.from = undefined;
    this.processes.abandonAll("cancelled");
    this.dismiss();
    whenClosed();
  }

  private drop(task: Task, why: DropReason): void {
    if (task.kind === "start") {
      task.process.abandon("cancelled");
      this.processes.remove(task.process);
    }
    task.settle({ kind: "dropped", why });
  }

  private usableSandbox(): Sandbox | undefined {
    return this.sandbox?.lost === undefined ? this.sandbox : undefined;
  }

  /** A new sandbox is asked for when there is something to do, so that one that cannot start is not made over and over. */
  private ask(): void {
    if (this.asked) return;
    this.asked = true;
    this.sandbox = undefined;
    this.host.provide(this);
  }

  /** What a call that has been done means for all that the machine had before. */
  private called({ call }: CallTask): void {
    if (call.name !== "reset" && call.name !== "thaw") return;
    this.processes.abandonAll("cancelled");
    if (call.name === "reset" && !call.argument.keepFiles) this.snapshot = undefined;
  }

  private lose(reason: string): void {
    this.stateLost = true;
    this.snapshot = undefined;
    this.processes.abandonAll("lost");
    this.dismiss();
    this.runner.lose(reason);
  }

  private dismiss(): void {
    for (const ended of [...this.attendants]) ended();
  }
}
