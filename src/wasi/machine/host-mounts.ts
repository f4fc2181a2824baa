import type { DiffRequest, MountChange, MountDiff } from "../../machine/calls/mounts.js";
import type { MountOptions } from "../../machine/machine.js";
import type { HostDirectory } from "../fs/host/host-directory.js";
import { HostFs } from "../fs/host/host-fs.js";
import type { Owner } from "../fs/host/owners.js";
import type { MemfsStore } from "../fs/memfs/store.js";
import { changesIn } from "../fs/overlay/changes.js";
import { OverlayFs } from "../fs/overlay/overlay-fs.js";
import type { FileSystem } from "../vfs/file-system.js";
import type { Timespec } from "../vfs/inode.js";
import type { Vfs } from "../vfs/vfs.js";

/** Device number of the first. */
const FIRST_DEVICE = 0x40;

interface MountedFileSystem {
  /** Where it is in the guest. */
  readonly path: string;
  readonly fs: FileSystem;
}

/** The directories of the host in a session. They outlast a reset; what is written to an overlay does not. */
export class HostMounts {
  private readonly mounts: readonly { readonly options: MountOptions; readonly host: HostFs }[];

  private current: readonly MountedFileSystem[] = [];

  /** `owner`: whose the files are to the guest. Throws an Errno when a directory cannot be opened. */
  constructor(
    mounts: readonly MountOptions[],
    owner: Owner,
    host: { openDirectory(path: string): HostDirectory },
  ) {
    this.mounts = mounts.map((options, index) => ({
      options,
      host: new HostFs(host.openDirectory(options.host), FIRST_DEVICE + index, {
        readOnly: options.mode !== "rw",
        owner,
      }),
    }));
  }

  /** The filesystems as they are at the beginning of a session. `store` takes what is written to overlays. */
  begin(store: MemfsStore, clock: { now(): Timespec }): readonly MountedFileSystem[] {
    this.current = this.mounts.map(({ options: { guest, mode }, host }) => {
      host.owners.reset();
      return { path: guest, fs: mode === "overlay" ? new OverlayFs(host, store, clock, host.dev) : host };
    });
    return this.current;
  }

  /** See MountCalls. */
  diff({ mount, limit }: DiffRequest): MountDiff {
    const changes: MountChange[] = [];
    for (const { path, fs } of this.current) {
      if (!(fs instanceof OverlayFs) || (mount !== undefined && mount !== path)) continue;
      for (const change of changesIn(fs.root)) {
        if (changes.length === limit) return { changes, truncated: true };
        changes.push({ ...change, path: `${path}/${change.path}` });
      }
    }
    return { changes, truncated: false };
  }

  /** Whether an overlay has changes, which live and die with the machine. */
  get hasChanges(): boolean {
    return this.diff({ mount: undefined, limit: 1 }).changes.length > 0;
  }

  mountAll(vfs: Vfs, store: MemfsStore, clock: { now(): Timespec }): void {
    for (const { path, fs } of this.begin(store, clock))
      vfs.mount(fs, path, `${fs.readOnly ? "ro" : "rw"},nosuid,nodev,relatime`);
  }
}
