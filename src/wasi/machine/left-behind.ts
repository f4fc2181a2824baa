import type { ProcessObserver, ProcessUsage, RunningProcess } from "../../machine/process.js";
import { signalNumber } from "../abi/linux/signal.js";
import type { Job } from "../kernel/job.js";
import type { Kernel } from "../kernel/kernel.js";
import type { WaitStatus } from "../kernel/process.js";
import type { CommandFiles } from "./command-files.js";
import { toOutcome } from "./outcome.js";

/**
 * What a command of the shell has left running when it was answered, as a process of its own: `server &` goes on, and what it
 * writes is still read. It has ended when the last of its processes has, and as that did.
 */
export class LeftBehind implements RunningProcess {
  private cpuMs = 0;

  constructor(
    private readonly kernel: Kernel,
    private readonly job: Job,
    private readonly files: CommandFiles,
    private readonly observer: ProcessObserver,
  ) {
    files.redirect((stream, bytes) => observer.output(stream, bytes));
    job.onEmpty = (status) => this.ended(status);
    observer.started(job.first?.pid ?? 0);
  }

  /** Its input was all given with the command. */
  write(bytes: Uint8Array): void {
    this.observer.inputTaken(bytes.length);
  }
  closeInput(): void {}
  resize(): void {}

  signal(name: string): void {
    const signal = signalNumber(name);
    if (signal !== undefined) this.job.signal(signal);
  }

  kill(): void {
    this.job.end();
  }

  resume(): void {
    this.files.resume();
  }

  usage(): ProcessUsage {
    const { first } = this.job;
    if (first !== undefined) this.cpuMs = this.kernel.scheduler.cpuMs(first) + first.childrenCpuMs;
    return { state: first?.state === "stopped" ? "stopped" : "running", cpuMs: this.cpuMs };
  }

  private ended(status: WaitStatus): void {
    this.files.detach();
    this.observer.ended({ outcome: toOutcome(status), cpuMs: this.cpuMs, limit: this.job.limit });
    this.observer.closed();
  }
}
