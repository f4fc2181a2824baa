import type { Worker } from "node:worker_threads";
import { CodeCache } from "../machine/code-cache.js";
import type { MachineOptions } from "../machine/machine.js";
import type { V86Parts } from "../machine/messages.js";
import { ProgramCache } from "../session/program-cache.js";
import type { SandboxContext } from "../session/sandbox.js";
import { SandboxPool } from "../session/sandbox-pool.js";
import { Session, type SessionHost } from "../session/session.js";
import { SnapshotStore } from "../session/snapshot-store.js";
import { loadV86Parts } from "../session/v86-parts.js";
import type { Log } from "./log.js";
import type { Settings } from "./settings.js";

/** The program that every session begins with. */
const SHELL = "bash";
/** Quiet time after an answer, and between the steps of preparing for later requests. */
const QUIET_MS = 20;

/** The sessions of the daemon by name, and the sandboxes that they work in. */
export class SessionRegistry implements SessionHost {
  private readonly sessions = new Map<string, Session>();
  private readonly closing = new Set<Session>();
  readonly snapshots = new SnapshotStore();
  private readonly programs: ProgramCache;
  private readonly context: SandboxContext;
  private v86Parts: V86Parts | undefined;
  private readonly pool: SandboxPool;
  private quietTimer: NodeJS.Timeout | undefined;
  /** All programs that need not be compiled have been taken in. */
  private prepared = false;

  /** `firstWorker` is a thread that was started before anything else was loaded. */
  constructor(
    private readonly settings: Settings,
    readonly mayBegin: () => boolean,
    log: Log,
    firstWorker: Worker,
  ) {
    const codeCache = new CodeCache(settings.codeCachePath, settings.imagesPath);
    this.programs = new ProgramCache(settings.imagesPath, codeCache);
    this.context = {
      workerPath: settings.workerPath,
      programs: this.programs,
      logLevel: settings.logLevel,
      backend: settings.machine.backend,
      v86Parts: () => this.loadV86Parts(),
      log: (entry) => log.write(entry),
      compiled: (name, module) => this.share(name, module),
    };
    this.pool = new SandboxPool(this.context, settings.machine, settings.maxWorkers, () => this.all());
    // The thread boots meanwhile.
    if (settings.machine.backend === "wasi") this.programs.compile(SHELL);
    this.pool.adopt(firstWorker);
  }

  /** Programs that need not be compiled are there, and a session has use for them. */
  private get wantsPrograms(): boolean {
    if (this.prepared) return false;
    return (
      this.settings.machine.backend === "wasi" || this.all().some(({ options }) => options.backend === "wasi")
    );
  }

  get full(): boolean {
    return this.sessions.size + this.closing.size >= this.settings.maxSessions;
  }

  get(name: string): Session | undefined {
    return this.sessions.get(name);
  }

  all(): readonly Session[] {
    return [...this.sessions.values(), ...this.closing];
  }

  create(name: string, options: MachineOptions = this.settings.machine): Session {
    const session = new Session(name, options, this);
    this.sessions.set(name, session);
    return session;
  }

  /** One whose machine goes on where another was frozen, as soon as that is there. */
  createWaiting(name: string, options: MachineOptions): Session {
    const session = new Session(name, options, this, true);
    this.sessions.set(name, session);
    return session;
  }

  provide(session: Session): void {
    this.pool.provide(session);
  }

  withdraw(session: Session): void {
    this.pool.withdraw(session);
  }

  /** The session's name is free at once; its thread ends after its last task. */
  close(session: Session, whenClosed: () => void): void {
    this.sessions.delete(session.name);
    this.closing.add(session);
    session.close(() => {
      this.closing.delete(session);
      whenClosed();
    });
  }

  /** Answers have been read: sessions that waited for that go on. */
  proceed(): void {
    for (const session of this.all()) session.proceed();
  }

  shutDown(): void {
    this.stopPlanning();
    for (const session of this.all()) session.shutDown();
  }

  /** Once the daemon has been quiet for a moment: gets ready what later requests will want. */
  planAhead(): void {
    if (!this.wantsPrograms && !this.pool.wantsSpare) return;
    if (this.quietTimer) this.quietTimer.refresh();
    else this.quietTimer = setTimeout(() => this.prepare(), QUIET_MS).unref();
  }

  stopPlanning(): void {
    clearTimeout(this.quietTimer);
  }

  /** One step at a time, so that a request that comes in meanwhile does not wait for all of them. */
  private prepare(): void {
    const program = this.wantsPrograms ? this.programs.loadNext() : undefined;
    if (program) {
      for (const session of this.all()) session.share(program.name, program.module);
      this.pool.share(program.name, program.module);
      this.quietTimer?.refresh();
      return;
    }
    if (this.wantsPrograms) this.prepared = true;
    if (!this.pool.wantsSpare) return;
    this.pool.prepare();
    this.quietTimer?.refresh();
  }

  /** Loaded for the first session that needs them. */
  private loadV86Parts(): V86Parts | Error {
    try {
      this.v86Parts ??= loadV86Parts(this.settings.v86, this.context.log);
      return this.v86Parts;
    } catch (error) {
      return new Error(`the v86 machine cannot be loaded: ${error instanceof Error ? error.message : error}`);
    }
  }

  private share(name: string, module: WebAssembly.Module): void {
    if (this.programs.has(name)) return;
    this.programs.add(name, module);
    for (const session of this.all()) session.share(name, module);
    this.pool.share(name, module);
  }
}
