import { SIGKILL, SIGSEGV, SIGXCPU } from "../abi/linux/signal.js";
import { BLOCKED, type Result } from "./blocked.js";
import { LEAVE, LeaveProgram } from "./instance.js";
import type { Kernel } from "./kernel.js";
import { exitProcess, reportStop } from "./lifecycle.js";
import type { Process } from "./process.js";
import { endOtherThreads, endThread, giveWayToLeader } from "./threads.js";

/** How long a process computes, or the scheduler runs, before others and the host get their turn. */
const SLICE_MS = 10;
/** How deep spinning programs may lie on top of each other on the JavaScript stack. */
const MAX_NESTING = 16;
/** How long the thread sleeps when everybody waits and one of them cannot be suspended. */
const NAP_MS = 1;

/**
 * Runs the processes of one kernel as coroutines in one thread. A process runs until its system call blocks or its slice is
 * used up at a system call. A program that computes without system calls burns fuel: see `fuel`.
 */
export class Scheduler {
  private readonly queue: Process[] = [];
  private running = false;
  private deferred = false;
  private nesting = 0;
  private sliceStart = 0;
  private yielding = false;
  private readonly nap = new Int32Array(new SharedArrayBuffer(4));
  /** The process whose slice is being spent. */
  current: Process | undefined;

  constructor(private readonly kernel: Kernel) {}

  /** Makes a new process, or one that was stopped, runnable. */
  enqueue(process: Process): void {
    process.state = "ready";
    this.queue.push(process);
    this.runSoon();
  }

  /** Lets a blocked process run its call again. A process that is not blocked is left alone. */
  wake(process: Process): void {
    if (process.state === "blocked") this.enqueue(process);
  }

  /** Like `wake`, for signals: the process leaves what it sleeps on. */
  interrupt(process: Process): void {
    if (process.state !== "blocked") return;
    process.stopSleeping();
    this.enqueue(process);
  }

  /** A blocked process is stopped at once; any other when it is next about to run. */
  stopNow(process: Process): void {
    process.stopSleeping();
    process.state = "stopped";
    reportStop(process);
  }

  /** A stopped process goes on where it was. */
  continueStopped(process: Process): void {
    const { leader } = process;
    leader.changeToReport = { kind: "continued" };
    leader.parent?.childChanged.wake();
    this.enqueue(process);
  }

  /** Runs until no process is runnable, or hands over to the host's event loop after a while. */
  run(): void {
    if (this.running) return;
    this.running = true;
    const end = performance.now() + SLICE_MS;
    try {
      this.runUntil(end);
    } finally {
      this.running = false;
    }
    if (this.queue.length > 0) this.runSoon();
    this.kernel.timers.arm();
  }

  /** The process that runs gives way when its system call is done: sched_yield(2). */
  yieldNext(): void {
    this.yielding = true;
  }

  /** True when `process` has used up its slice, or gives up the rest of it, and somebody else could run. */
  mustGiveWay(process: Process): boolean {
    if (process.stoppedBy !== undefined) return true;
    const { yielding } = this;
    this.yielding = false;
    if (this.queue.length === 0) return false;
    return yielding || performance.now() - this.sliceStart > SLICE_MS;
  }

  /**
   * Called from the loop heads of a computing program. When its slice is used up, the host's messages and timers are served
   * and the program is asked to give way at its next chance. If it has none for another slice, the other processes run on top
   * of its stack. A process that is to die leaves its program here.
   */
  fuel(process: Process): void {
    const now = performance.now();
    if (now - this.sliceStart < SLICE_MS) return;
    this.charge(process);
    this.kernel.host.poll();
    this.kernel.timers.fire();
    const cpuSeconds = this.cpuMs(process.leader) / 1000;
    if (cpuSeconds > process.limits.cpuSeconds) this.kernel.signals.send(process, SIGXCPU);
    if (cpuSeconds > process.limits.cpuSecondsHard) this.kernel.signals.send(process, SIGKILL);
    if (process.leaving) throw LEAVE;
    if (this.queue.length > 0) {
      if (process.askedToGiveWay && this.nesting < MAX_NESTING) this.runOnTop();
      else {
        process.askedToGiveWay = true;
        process.instance?.setPendingFlag(true);
      }
    }
    this.current = process;
    this.sliceStart = performance.now();
    if (process.leaving) throw LEAVE;
  }

  /**
   * For a program that cannot be suspended: runs the others on top of its stack until its blocked call has a result. While
   * nobody can run, the thread sleeps a little at a time and takes in messages.
   */
  waitOnTop(process: Process): Result {
    this.charge(process);
    for (;;) {
      if (this.queue.length > 0 && this.nesting < MAX_NESTING) this.runOnTop();
      else Atomics.wait(this.nap, 0, 0, NAP_MS);
      this.kernel.host.poll();
      this.kernel.timers.fire();
      const { call } = process;
      if (process.killedBy !== undefined || call === undefined) throw LEAVE;
      process.stopSleeping();
      const result = this.kernel.syscalls.retry(process, call);
      if (result === BLOCKED) continue;
      this.current = process;
      this.sliceStart = performance.now();
      return result;
    }
  }

  /** CPU time that all threads of `process` have used so far, in ms. */
  cpuMs({ leader }: Process): number {
    if (!leader.alive) return leader.cpuMs;
    let total = 0;
    for (const thread of leader.threads) total += this.threadCpuMs(thread);
    return total;
  }

  /** CPU time that one thread has used so far, in ms; that of the first one includes those that have ended. */
  threadCpuMs(thread: Process): number {
    return thread.cpuMs + (thread === this.current ? performance.now() - this.sliceStart : 0);
  }

  private runOnTop(): void {
    this.nesting++;
    try {
      this.runUntil(performance.now() + SLICE_MS);
    } finally {
      this.nesting--;
    }
  }

  private runUntil(end: number): void {
    for (let steps = 1; ; steps++) {
      if (this.queue.length === 0) this.kernel.timers.fire();
      const process = this.queue.shift();
      if (process === undefined) return;
      if (process.state === "ready") this.step(process);
      if ((steps & 7) === 0) this.kernel.timers.fire();
      // After each step: a fork or exec of a program with much memory may take as long as a slice by itself.
      if (performance.now() > end) {
        this.kernel.host.poll();
        return;
      }
    }
  }

  private runSoon(): void {
    if (this.running || this.deferred) return;
    this.deferred = true;
    this.kernel.host.defer(() => {
      this.deferred = false;
      this.run();
    });
  }

  private step(process: Process): void {
    if (process.killedBy !== undefined) {
      exitProcess(process, process.killedBy);
      return;
    }
    if (process.stoppedBy !== undefined) {
      process.state = "stopped";
      reportStop(process);
      return;
    }
    if (process.call !== undefined) {
      process.stopSleeping();
      const result = this.kernel.syscalls.retry(process, process.call);
      if (process.killedBy !== undefined) {
        exitProcess(process, process.killedBy);
        return;
      }
      if (result === BLOCKED) {
        process.state = "blocked";
        return;
      }
      if (process.instance !== undefined) process.instance.result = result;
    }
    this.resume(process);
  }

  private resume(process: Process): void {
    const { instance } = process;
    if (instance === undefined) return;
    process.state = "running";
    process.askedToGiveWay = false;
    this.current = process;
    this.sliceStart = performance.now();
    try {
      const result = instance.run();
      this.charge(process);
      if (process.leaving) this.left(process);
      else if (result === "returned") exitProcess(process, 0);
      else this.suspended(process);
    } catch (error) {
      this.charge(process);
      if (error instanceof LeaveProgram) this.left(process);
      else this.trapped(process, error);
    }
    this.current = undefined;
  }

  private charge(process: Process): void {
    const now = performance.now();
    const used = now - this.sliceStart;
    this.sliceStart = now;
    process.cpuMs += used;
    process.leader.job?.charge(used);
  }

  /** The program waits in a system call, or gave way with its result in hand. */
  private suspended(process: Process): void {
    if (process.forking !== undefined) {
      const fork = process.forking;
      process.forking = undefined;
      process.call = undefined;
      fork();
      // As on Linux the parent goes on before the child starts: shells have their books in order before a child can end.
      process.state = "ready";
      this.queue.unshift(process);
      return;
    }
    if (process.call === undefined) this.enqueue(process);
    else process.state = "blocked";
  }

  private left(process: Process): void {
    if (process.nextProgram !== undefined) this.beginNextProgram(process, process.nextProgram);
    else if (process.ending) endThread(process);
    else if (process.exiting !== undefined) exitProcess(process, process.exiting);
    else exitProcess(process, process.killedBy ?? SIGKILL);
  }

  private beginNextProgram(thread: Process, begin: (process: Process) => void): void {
    const { leader } = thread;
    thread.nextProgram = undefined;
    endOtherThreads(thread);
    if (thread !== leader) giveWayToLeader(thread);
    if (thread !== leader && leader.state === "running") {
      // It spins below, and begins when it has left the old program.
      leader.killedBy = undefined;
      leader.nextProgram = begin;
      return;
    }
    begin(leader);
    this.enqueue(leader);
  }

  /** The program did what WebAssembly forbids: the same as a fault on a real processor. */
  private trapped(process: Process, error: unknown): void {
    process.trapped = true;
    this.kernel.host.log("debug", `process ${process.pid} (${process.comm}) trapped`, {
      error: String(error),
    });
    exitProcess(process, SIGSEGV);
  }
}
