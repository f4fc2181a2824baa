import { SIGKILL } from "../abi/linux/signal.js";
import { Instance, LEAVE, type RunResult } from "../kernel/instance.js";
import { waitStatus } from "../kernel/lifecycle.js";
import type { Process } from "../kernel/process.js";
import type { SignalAction } from "../kernel/signal-state.js";
import { UserMemory } from "../kernel/user-memory.js";
import { HostCalls } from "./host-calls.js";
import type { HostProgram, HostProgramStart } from "./host-program.js";

const NO_MEMORY = new UserMemory(new WebAssembly.Memory({ initial: 0 }));

/** A process's host program. It cannot fork: it spawns (kernel/spawn.ts). */
export class HostInstance extends Instance {
  private readonly calls: HostCalls;
  /** Undefined until the process first runs: the program may do what it likes while it is made. */
  private program: HostProgram | undefined;
  private main: Generator<void, number, number> | undefined;
  private charged = 0;
  private mayPin = false;

  constructor(
    process: Process,
    private readonly create: (start: HostProgramStart) => HostProgram,
    private readonly path: string,
    private readonly argv: readonly string[],
    private readonly environ: readonly string[],
  ) {
    super(process);
    this.calls = new HostCalls(process, () => this.charge());
  }

  override get memory(): UserMemory {
    return this.program?.memory ?? NO_MEMORY;
  }

  override run(): RunResult {
    this.main ??= this.begin();
    const { done, value } = this.main.next(this.result);
    if (!done) return "suspended";
    this.process.exiting = waitStatus.exited(value);
    throw LEAVE;
  }

  override get chargedBytes(): number {
    return this.charged;
  }

  override writeSignal(signal: number, _action: SignalAction): void {
    this.program?.signal(signal);
  }

  override release(): void {
    this.process.kernel.memory.free(this.charged);
    this.charged = 0;
  }

  private begin(): Generator<void, number, number> {
    const { process, calls, path, argv, environ } = this;
    this.mayPin = ![...process.kernel.processes.all()].some(
      ({ instance }) => instance instanceof HostInstance && instance.mayPin,
    );
    this.program = this.create({ process, calls, mayPin: this.mayPin, path, argv, environ });
    if (!this.charge()) throw LEAVE;
    return this.program.main();
  }

  /** The program's memory grows by itself. When that does not fit, the process dies as by Linux's OOM killer. */
  private charge(): boolean {
    const more = this.memory.memory.buffer.byteLength - this.charged;
    if (more === 0) return true;
    if (!this.process.kernel.memory.reserve(more)) {
      this.process.killedBy = SIGKILL;
      return false;
    }
    this.charged += more;
    return true;
  }
}
