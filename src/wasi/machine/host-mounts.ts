import type { MountOptions } from "../../machine/machine.js";
import type { HostDirectory } from "../fs/host/host-directory.js";
import { HostFs } from "../fs/host/host-fs.js";
import type { Owner } from "../fs/host/owners.js";
import type { Vfs } from "../vfs/vfs.js";

/** Device number of the first. */
const FIRST_DEVICE = 0x40;

/** The directories of the host in a session. They outlast a reset. */
export class HostMounts {
  private readonly mounts: readonly { readonly options: MountOptions; readonly fs: HostFs }[];

  /** `owner`: whose the files are to the guest. Throws an Errno when a directory cannot be opened. */
  constructor(
    mounts: readonly MountOptions[],
    owner: Owner,
    host: { openDirectory(path: string): HostDirectory },
  ) {
    this.mounts = mounts.map((options, index) => ({
      options,
      fs: new HostFs(host.openDirectory(options.host), FIRST_DEVICE + index, {
        readOnly: options.mode === "ro",
        owner,
      }),
    }));
  }

  /** As they are at the beginning of a session. */
  mountAll(vfs: Vfs): void {
    for (const { options, fs } of this.mounts) {
      fs.owners.reset();
      vfs.mount(fs, options.guest, `${fs.readOnly ? "ro" : "rw"},nosuid,nodev,relatime`);
    }
  }
}
