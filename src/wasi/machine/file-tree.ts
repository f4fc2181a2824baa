import type { MachineOptions } from "../../machine/machine.js";
import type { WasiHost } from "../../machine/wasi-host.js";
import { absentCommands } from "../fs/base/absent.js";
import { debianImage } from "../fs/base/debian.js";
import { COMMANDS_ELSEWHERE } from "../fs/base/elsewhere.js";
import { PROGRAM_DIRECTORIES } from "../fs/base/program-directories.js";
import { sudoCommand } from "../fs/base/sudo.js";
import { BaseTree } from "../fs/base/tree.js";
import { DevFs } from "../fs/dev/dev-fs.js";
import { openDevice } from "../fs/dev/devices.js";
import { type MemfsCore, MemfsStore, type StorageBudget } from "../fs/memfs/store.js";
import { ProcFs } from "../fs/proc/proc-fs.js";
import { RootFs } from "../fs/root/root-fs.js";
import { openFifo } from "../kernel/fifo.js";
import type { Kernel } from "../kernel/kernel.js";
import type { MemoryBudget } from "../kernel/memory-budget.js";
import { Vfs } from "../vfs/vfs.js";
import { type Manifest, programImage } from "./manifest.js";

/** The file tree of a session: makes it, and makes it anew for a reset. */
export class FileTree {
  private readonly base: BaseTree;
  private share: BudgetShare | undefined;

  constructor(
    options: MachineOptions,
    private readonly host: WasiHost,
    manifest: Manifest,
  ) {
    const images = [
      debianImage({ hostname: options.hostname }),
      absentCommands(),
      sudoCommand(),
      COMMANDS_ELSEWHERE,
      PROGRAM_DIRECTORIES,
      programImage(manifest, host),
    ];
    this.base = new BaseTree(images, { sec: Math.floor(Date.now() / 1000), nsec: 0 });
  }

  /** A fresh tree with nothing written in it. What an earlier one held is given back to the budget. */
  create(kernel: Kernel): Vfs {
    this.share?.giveUp();
    this.share = new BudgetShare(kernel.memory);
    const now = () => kernel.clock.realtime();
    const store = new MemfsStore(() => this.host.loadMemfs() as MemfsCore, this.share);
    const vfs = new Vfs(new RootFs(this.base, store, { now }), {
      now,
      openFifo: (inode, process, flags) => openFifo(process, inode, flags),
      openDevice,
    });
    vfs.mount(new DevFs(kernel), "/dev", "rw,nosuid,relatime");
    vfs.mount(new ProcFs(kernel), "/proc");
    return vfs;
  }
}

/** Memory that files leave to programs, so that a session whose disk is full can still run rm; at most half of all. */
const PROGRAM_RESERVE_BYTES = 48 << 20;

/** What the files of one tree take of a session's memory. */
class BudgetShare implements StorageBudget {
  private used = 0;
  private givenUp = false;

  constructor(private readonly budget: MemoryBudget) {}

  get limitBytes(): number {
    return this.budget.limitBytes;
  }
  get freeBytes(): number {
    const reserve = Math.min(PROGRAM_RESERVE_BYTES, this.limitBytes / 2);
    return Math.max(0, this.budget.freeBytes - reserve);
  }

  reserve(bytes: number): boolean {
    if (this.givenUp || bytes > this.freeBytes || !this.budget.reserve(bytes)) return false;
    this.used += bytes;
    return true;
  }

  free(bytes: number): void {
    if (this.givenUp) return;
    this.used -= bytes;
    this.budget.free(bytes);
  }

  giveUp(): void {
    this.budget.free(this.used);
    this.givenUp = true;
  }
}
