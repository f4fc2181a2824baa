import { S_IFCHR, S_IFDIR } from "../../abi/linux/stat.js";
import type { Kernel } from "../../kernel/kernel.js";
import { MAX_TERMINALS } from "../../kernel/tty/terminals.js";
import type { FileSystem, FileSystemUsage } from "../../vfs/file-system.js";
import { type DirectoryEntry, DirectoryInode, SpecialInode, type Timespec } from "../../vfs/inode.js";
import { DEVICE, SLAVE_MAJOR } from "../dev/devices.js";

const DEVPTS_SUPER_MAGIC = 0x1cd1;
/** Of the group `tty`, which may write: Debian mounts it so. */
const TTY_GID = 5;
const SLAVE_MODE = S_IFCHR | 0o620;
/** Inode numbers, as on Linux: the directory is 1, ptmx is 2, and N is N + 3. */
const PTMX_INO = 2;
const FIRST_SLAVE_INO = 3;

/** The filesystem at /dev/pts: one file for each pseudo terminal whose master is open. */
export class DevPtsFs implements FileSystem {
  readonly type = "devpts";
  readonly magic = DEVPTS_SUPER_MAGIC;
  readonly readOnly = true;
  readonly root: DirectoryInode;

  constructor(
    kernel: Kernel,
    readonly dev = 0x17,
  ) {
    this.root = new SlaveDirectory(this, kernel, kernel.clock.realtime());
  }

  usage(): FileSystemUsage {
    return { blockSize: 4096, blocks: 0, freeBlocks: 0, files: MAX_TERMINALS, freeFiles: 0 };
  }
}

class SlaveDirectory extends DirectoryInode {
  private readonly ptmx: SpecialInode;
  /** Kept while their terminal exists, so that a change of owner or mode lasts. */
  private readonly slaves = new Map<number, SpecialInode>();

  constructor(
    fs: FileSystem,
    private readonly kernel: Kernel,
    time: Timespec,
  ) {
    super(fs, 1, { mode: S_IFDIR | 0o755, time });
    this.ptmx = this.device(PTMX_INO, "ptmx", { mode: S_IFCHR, time, rdev: DEVICE.ptmx });
  }

  override lookup(name: string): SpecialInode | undefined {
    if (name === "ptmx") return this.ptmx;
    return /^(0|[1-9]\d{0,2})$/.test(name) ? this.slave(Number(name)) : undefined;
  }

  override *entries(from: number): IterableIterator<DirectoryEntry> {
    const numbers = [...this.kernel.terminals.numbers()].sort((a, b) => a - b);
    for (const number of numbers) {
      if (number + 1 <= from) continue;
      yield { next: number + 1, name: String(number), ino: FIRST_SLAVE_INO + number, type: S_IFCHR };
    }
    if (from <= MAX_TERMINALS) yield { next: MAX_TERMINALS + 1, name: "ptmx", ino: PTMX_INO, type: S_IFCHR };
  }

  override get empty(): boolean {
    return false;
  }

  private slave(number: number): SpecialInode | undefined {
    const terminal = this.kernel.terminals.get(number);
    const known = this.slaves.get(number);
    if (terminal === undefined) {
      this.slaves.delete(number);
      return undefined;
    }
    if (known?.driverState === terminal) return known;
    const inode = this.device(FIRST_SLAVE_INO + number, String(number), {
      mode: SLAVE_MODE,
      uid: terminal.owner,
      gid: TTY_GID,
      time: this.kernel.clock.realtime(),
      rdev: (SLAVE_MAJOR << 8) | number,
    });
    inode.driverState = terminal;
    this.slaves.set(number, inode);
    return inode;
  }

  private device(
    ino: number,
    name: string,
    init: ConstructorParameters<typeof SpecialInode>[2],
  ): SpecialInode {
    const inode = new SlaveInode(this.fs, ino, init);
    inode.parent = this;
    inode.name = name;
    return inode;
  }
}

/** What it does is up to the driver with its number. */
class SlaveInode extends SpecialInode {}
