import type { Frozen } from "../machine/calls/snapshot.js";
import type { MachineOptions } from "../machine/machine.js";

/** A machine that was frozen under a name. */
export interface Snapshot {
  readonly name: string;
  /** Those of the machine. */
  readonly options: MachineOptions;
  readonly frozen: Frozen;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
  /** The snapshot that the machine had last been equal to. */
  readonly parent: string | undefined;
}

/** The snapshots of a daemon by name. */
export class SnapshotStore {
  private readonly snapshots = new Map<string, Snapshot>();

  get(name: string): Snapshot | undefined {
    return this.snapshots.get(name);
  }

  /** The oldest first. */
  all(): readonly Snapshot[] {
    return [...this.snapshots.values()];
  }

  add(snapshot: Snapshot): void {
    this.snapshots.set(snapshot.name, snapshot);
  }

  /** Machines that stand on it go on: memory is given back when nobody uses it any more. */
  delete(name: string): boolean {
    return this.snapshots.delete(name);
  }
}

/** The memory that a frozen machine refers to, which it may share with others. */
export function buffersOf(frozen: Frozen): readonly SharedArrayBuffer[] {
  switch (frozen.backend) {
    case "wasi":
      return [frozen.shell, frozen.files.table, ...frozen.files.contents];
    case "v86":
      return [frozen.state];
  }
}

/** In bytes. */
export function sizeOf(frozen: Frozen): number {
  return buffersOf(frozen).reduce((total, { byteLength }) => total + byteLength, 0);
}
