import type { DiffRequest, MountDiff } from "../../machine/calls/mounts.js";
import type { MachineOptions } from "../../machine/machine.js";
import { sessionUser } from "../../machine/session-environment.js";
import type { HostDirectory } from "../../wasi/fs/host/host-directory.js";
import { type MemfsCore, MemfsStore } from "../../wasi/fs/memfs/store.js";
import { MemoryBudget } from "../../wasi/kernel/memory-budget.js";
import { HostMounts } from "../../wasi/machine/host-mounts.js";
import type { Timespec } from "../../wasi/vfs/inode.js";
import { NinePServer } from "./server.js";

/** What of the thread's is needed for directories of the host. */
export interface HostFoldersHost {
  openDirectory(path: string): HostDirectory;
  /** The `memfs` package. */
  loadMemfs(): unknown;
  /** Told of what no errno explains. */
  reportBug(error: unknown): void;
}

/** Where the guest has a directory of the host. */
export interface HostPlace {
  readonly path: string;
  readonly readOnly: boolean;
}

const clock = {
  now(): Timespec {
    const ms = Date.now();
    return { sec: Math.floor(ms / 1000), nsec: (ms % 1000) * 1_000_000 };
  },
};

/** The directories of the host in a machine. Overlays keep what is written in the host's memory, as much as the session may use. */
export class HostFolders {
  private readonly mounts: HostMounts;
  private server: NinePServer | undefined;

  /** Throws an Errno when a directory cannot be opened. */
  constructor(
    private readonly options: MachineOptions,
    private readonly host: HostFoldersHost,
  ) {
    this.mounts = new HostMounts(options.mounts, sessionUser(options.user), host);
  }

  /** As at the beginning of a session: nothing is open, and overlays are empty. Returns what the guest is to mount, in this order. */
  begin(): readonly HostPlace[] {
    this.server?.close();
    const budget = new MemoryBudget(this.options.memoryLimitBytes);
    const store = new MemfsStore(() => this.host.loadMemfs() as MemfsCore, budget);
    const mounted = this.mounts.begin(store, clock);
    const exports = mounted.map(({ fs }) => fs);
    this.server = new NinePServer(exports, clock, (error) => this.host.reportBug(error));
    return mounted.map(({ path, fs }) => ({ path, readOnly: fs.readOnly }));
  }

  /** Answers a request of the guest's kernel; with nothing when there is nothing to serve. */
  answer(request: Uint8Array): Uint8Array {
    return this.server?.handle(request) ?? new Uint8Array();
  }

  diff(request: DiffRequest): MountDiff {
    return this.mounts.diff(request);
  }
}
