import type { Worker } from "node:worker_threads";
import type { MachineOptions } from "../machine/machine.js";
import { Sandbox, type SandboxContext } from "./sandbox.js";
import type { Session } from "./session.js";

/** The most sandboxes that wait for sessions to come. */
const MOST_SPARES = 8;
/** After this time without a new session, one that waits is enough. */
const CALM_MS = 30_000;

/**
 * The sandboxes of a daemon. There are at most `maxWorkers`, unless more sessions than that are at work at the same time: one that
 * wants a sandbox gets that of the session which has been idle for longest, and that session hibernates. Some are kept ready, with
 * a machine of the default settings, so that a new session need not wait: as many as were missing lately.
 */
export class SandboxPool {
  private readonly live = new Set<Sandbox>();
  private readonly spares: Sandbox[] = [];
  private readonly waiting: Session[] = [];
  private wanted = 1;
  private lastTaken = 0;

  constructor(
    private readonly context: SandboxContext,
    private readonly defaults: MachineOptions,
    private readonly maxWorkers: number,
    private readonly sessions: () => readonly Session[],
  ) {}

  /** The first sandbox, around a thread that runs already. */
  adopt(worker: Worker): void {
    this.spare(this.create(worker));
  }

  /** Gives the session a sandbox, now or when another session has given up its own. */
  provide(session: Session): void {
    this.lastTaken = performance.now();
    const spare = this.spares.pop();
    if (spare !== undefined) return session.take(spare);
    this.wanted = Math.min(2 * this.wanted, MOST_SPARES);
    if (this.live.size < this.maxWorkers) return session.take(this.create());
    this.waiting.push(session);
    this.makeRoom();
  }

  withdraw(session: Session): void {
    const index = this.waiting.indexOf(session);
    if (index >= 0) this.waiting.splice(index, 1);
  }

  /** Whether `prepare` has anything to do. A machine that only waits costs little on `wasi`, and on `v86` some 60 MB. */
  get wantsSpare(): boolean {
    if (this.defaults.backend !== "wasi") return false;
    const isShort = this.spares.length < this.wantedNow;
    return this.live.size < this.maxWorkers
      ? isShort
      : (isShort || this.live.size > this.maxWorkers) && this.longestIdle() !== undefined;
  }

  /** One step: makes one sandbox ready, or ends one that is too many. */
  prepare(): void {
    if (this.live.size < this.maxWorkers) return this.spare(this.create());
    const session = this.longestIdle();
    session?.hibernate((sandbox) => {
      if (sandbox !== undefined) this.give(sandbox);
    });
  }

  share(name: string, module: WebAssembly.Module): void {
    for (const spare of this.spares) spare.share(name, module);
  }

  private get wantedNow(): number {
    if (performance.now() - this.lastTaken > CALM_MS) this.wanted = 1;
    return this.wanted;
  }

  private create(worker?: Worker): Sandbox {
    const sandbox = new Sandbox(this.context, worker);
    this.live.add(sandbox);
    sandbox.onGone = () => {
      this.live.delete(sandbox);
      const index = this.spares.indexOf(sandbox);
      if (index >= 0) this.spares.splice(index, 1);
    };
    return sandbox;
  }

  /** A session that waits gets the sandbox of one that is idle; if none is, a further one. */
  private makeRoom(): void {
    const idle = this.longestIdle();
    if (idle === undefined) return this.give(this.create());
    idle.hibernate((sandbox) => {
      if (sandbox !== undefined) this.give(sandbox);
      else if (this.waiting.length > 0) this.makeRoom();
    });
  }

  private give(sandbox: Sandbox): void {
    const session = this.waiting.shift();
    if (session !== undefined) return session.take(sandbox);
    if (this.live.size > this.maxWorkers || this.spares.length >= this.wantedNow)
      sandbox.terminate("it is not needed");
    else this.spare(sandbox);
  }

  private spare(sandbox: Sandbox): void {
    sandbox.onStarted = () => {};
    sandbox.onCommand = () => {};
    sandbox.onLost = () => {};
    sandbox.start(this.defaults);
    this.spares.push(sandbox);
  }

  private longestIdle(): Session | undefined {
    let longest: Session | undefined;
    for (const session of this.sessions())
      if (session.mayHibernate && (longest === undefined || session.lastUsed < longest.lastUsed))
        longest = session;
    return longest;
  }
}
