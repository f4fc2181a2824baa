import type { MachineOptions } from "../../machine/machine.js";
import { sessionUser } from "../../machine/session-environment.js";
import type { WasiHost } from "../../machine/wasi-host.js";
import { Errno } from "../errno.js";
import { absentCommands } from "../fs/base/absent.js";
import { debianImage } from "../fs/base/debian.js";
import { COMMANDS_ELSEWHERE } from "../fs/base/elsewhere.js";
import { PROGRAM_DIRECTORIES } from "../fs/base/program-directories.js";
import { sudoCommand } from "../fs/base/sudo.js";
import { TERMCAP } from "../fs/base/termcap.js";
import { BaseTree } from "../fs/base/tree.js";
import { DevFs } from "../fs/dev/dev-fs.js";
import { openDevice } from "../fs/dev/devices.js";
import { DevPtsFs } from "../fs/devpts/devpts-fs.js";
import type { Layer } from "../fs/layer/layer.js";
import { LayerTable } from "../fs/layer/table.js";
import { type MemfsCore, MemfsStore } from "../fs/memfs/store.js";
import { ProcFs } from "../fs/proc/proc-fs.js";
import { RootFs } from "../fs/root/root-fs.js";
import { openFifo } from "../kernel/fifo.js";
import type { Kernel } from "../kernel/kernel.js";
import { Vfs } from "../vfs/vfs.js";
import { BudgetShare, programReserve } from "./budget-share.js";
import { HostMounts } from "./host-mounts.js";
import { type Manifest, programImage } from "./manifest.js";

/** The file tree of a session: makes it, and makes it anew for a reset. */
export class FileTree {
  private readonly base: BaseTree;
  readonly mounts: HostMounts;
  private share: BudgetShare | undefined;
  private store: MemfsStore | undefined;
  private root: RootFs | undefined;

  constructor(
    private readonly options: MachineOptions,
    private readonly host: WasiHost,
    manifest: Manifest,
  ) {
    this.mounts = new HostMounts(options.mounts, sessionUser(options.user), host);
    const images = [
      debianImage({ hostname: options.hostname }),
      absentCommands(),
      sudoCommand(),
      COMMANDS_ELSEWHERE,
      TERMCAP,
      PROGRAM_DIRECTORIES,
      programImage(manifest, host),
    ];
    this.base = new BaseTree(images, { sec: Math.floor(Date.now() / 1000), nsec: 0 });
    for (const { guest } of options.mounts) this.base.makeDirectory(guest);
  }

  /** Bytes that files take. */
  get usedBytes(): number {
    return this.share?.usedBytes ?? 0;
  }
  /** Files that have been made. */
  get usedNames(): number {
    return this.store?.usedNames ?? 0;
  }

  /**
   * A fresh tree with what is in `layer`, or with nothing written in it. What an earlier one held is given back to the budget.
   * ENOSPC when the layer is more than that allows.
   */
  create(kernel: Kernel, layer?: Layer): Vfs {
    this.share?.giveUp();
    this.share = new BudgetShare(kernel.memory, this.options.limits, (name) => kernel.limitReached(name));
    const now = () => kernel.clock.realtime();
    const store = new MemfsStore(() => this.host.loadMemfs() as MemfsCore, this.share, {
      most: this.options.limits.files ?? Number.POSITIVE_INFINITY,
      refused: () => kernel.limitReached("files"),
    });
    this.store = store;
    this.root = new RootFs(this.base, store, { now }, undefined, layer);
    const vfs = new Vfs(this.root, {
      now,
      openFifo: (inode, process, flags) => openFifo(process, inode, flags),
      openDevice,
    });
    vfs.mount(new DevFs(kernel), "/dev", "rw,nosuid,relatime");
    vfs.mount(new DevPtsFs(kernel), "/dev/pts", "rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=000");
    vfs.mount(new ProcFs(kernel), "/proc");
    this.mounts.mountAll(vfs, store, { now });
    return vfs;
  }

  /** What has been written to the tree in use. */
  freeze(): Layer {
    if (this.root === undefined) throw new Error("there are no files yet");
    return this.root.freeze();
  }

  /** Throws ENOSPC unless a fresh tree could have what is in `layer`. */
  demandRoom(kernel: Kernel, layer: Layer): void {
    const { names, bytes } = new LayerTable(layer).summary;
    const { file_bytes, files } = this.options.limits;
    const most = kernel.memory.limitBytes - programReserve(kernel.memory);
    if (bytes > Math.min(most, file_bytes ?? most) || names > (files ?? names)) throw Errno.ENOSPC;
  }
}
