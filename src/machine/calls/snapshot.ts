/** What a machine does so that another one, in any thread of the daemon, can go on where it stands. */
export interface SnapshotCalls {
  /** The machine itself goes on as if nothing had been. Not while a command runs. */
  freeze(request: Record<never, never>): Frozen | Promise<Frozen>;
  /**
   * Ends every process and goes on where `frozen` was taken, from a machine of the same backend and the same images. ENOSPC,
   * with nothing changed, when its files are more than this machine may have.
   */
  thaw(frozen: Frozen): void | Promise<void>;
}

/** A machine that stands still. All large parts are shared memory that is never changed again. */
export type Frozen = FrozenWasi | FrozenV86;

/** Files and the waiting shell; no other process. */
export interface FrozenWasi {
  readonly backend: "wasi";
  /** A layer of the root filesystem (wasi/fs/layer). */
  readonly files: { readonly table: SharedArrayBuffer; readonly contents: readonly SharedArrayBuffer[] };
  /** An image of the shell (wasi/machine/session-image.ts). */
  readonly shell: SharedArrayBuffer;
  readonly processesDropped: number;
}

/** All of the machine. */
export interface FrozenV86 {
  readonly backend: "v86";
  /** What differs from the state that every machine begins with (v86/machine-state.ts). */
  readonly state: SharedArrayBuffer;
  /** The highest number of a request that its agent has heard of. */
  readonly lastId: number;
  readonly processesDropped: 0;
}
