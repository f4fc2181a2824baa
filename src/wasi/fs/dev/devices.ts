import { O_NOCTTY } from "../../abi/linux/fcntl.js";
import { S_IFCHR } from "../../abi/linux/stat.js";
import { Errno } from "../../errno.js";
import { OpenFile } from "../../kernel/open-file.js";
import type { Process } from "../../kernel/process.js";
import { fillRandom } from "../../kernel/random.js";
import type { SpecialInode } from "../../vfs/inode.js";

/** Device numbers, major << 8 | minor (Documentation/admin-guide/devices.txt of Linux). */
export const DEVICE = {
  null: (1 << 8) | 3,
  zero: (1 << 8) | 5,
  full: (1 << 8) | 7,
  random: (1 << 8) | 8,
  urandom: (1 << 8) | 9,
  tty: (5 << 8) | 0,
  ptmx: (5 << 8) | 2,
} as const;

/** The major number of the slaves of pseudo terminals. */
export const SLAVE_MAJOR = 136;

/** open(2) of a device file, wherever it lies; ENXIO where there is no such device. */
export function openDevice(inode: SpecialInode, process: Process, given: number): OpenFile {
  if (inode.type !== S_IFCHR) throw Errno.ENXIO;
  const { terminals } = process.kernel;
  if (inode.rdev >> 8 === SLAVE_MAJOR) return terminals.openSlave(process, inode.rdev & 0xff, inode, given);
  const flags = given & ~O_NOCTTY;
  switch (inode.rdev) {
    case DEVICE.null:
      return new NullDevice(inode, flags);
    case DEVICE.zero:
      return new ZeroDevice(inode, flags);
    case DEVICE.full:
      return new FullDevice(inode, flags);
    case DEVICE.random:
    case DEVICE.urandom:
      return new RandomDevice(inode, flags);
    case DEVICE.tty:
      return terminals.openControlling(process, inode, flags);
    case DEVICE.ptmx:
      return terminals.openMaster(process, inode, flags);
    default:
      throw Errno.ENXIO;
  }
}

/** A device that has no position: every offset is the same to it. */
abstract class MemoryDevice extends OpenFile {
  constructor(
    readonly inode: SpecialInode,
    flags: number,
  ) {
    super(flags);
    inode.retain();
  }

  /** Fills `into`; returns the count. */
  protected abstract give(into: Uint8Array): number;
  /** Takes bytes; returns how many. */
  protected take(bytes: Uint8Array): number {
    return bytes.length;
  }

  override read(into: Uint8Array): number {
    return this.give(into);
  }
  override readAt(into: Uint8Array): number {
    return this.give(into);
  }
  override write(from: Uint8Array): number {
    return this.take(from);
  }
  override writeAt(from: Uint8Array): number {
    return this.take(from);
  }
  override seek(): number {
    return 0;
  }

  protected override onClose(): void {
    this.inode.release();
  }
}

/** null(4). */
class NullDevice extends MemoryDevice {
  protected override give(): number {
    return 0;
  }
}

class ZeroDevice extends MemoryDevice {
  protected override give(into: Uint8Array): number {
    into.fill(0);
    return into.length;
  }
}

/** full(4). */
class FullDevice extends ZeroDevice {
  protected override take(): number {
    throw Errno.ENOSPC;
  }
}

/** random(4). */
class RandomDevice extends MemoryDevice {
  protected override give(into: Uint8Array): number {
    fillRandom(into);
    return into.length;
  }
}
