import { Errno } from "../../errno.js";
import type * as core from "./core.js";

export type MemfsCore = typeof core;
/** An inode of memfs: the bytes of a file, or the target of a symbolic link. */
export type MemfsNode = core.Node;
/** A directory entry of memfs; for a directory also the map of its own entries. */
export type MemfsLink = core.Link;

/** Where the space for files comes from; programs may draw on the same. Counts in bytes. */
export interface StorageBudget {
  readonly limitBytes: number;
  readonly freeBytes: number;
  /** False, and nothing changed, when that much is not left. */
  reserve(bytes: number): boolean;
  free(bytes: number): void;
}

/** How many directory entries may be written. `refused` is called when there is to be one more. */
export interface NameLimit {
  readonly most: number;
  refused(): void;
}

/** What memory an inode and a directory entry take, as measured, and so what they are charged. */
export const INODE_BYTES = 1280;
export const ENTRY_BYTES = 768;

/**
 * A memfs volume as the store of everything written: its inodes hold the bytes, its links the directory entries. It is loaded
 * with the first thing that is stored, and all it holds is charged to the budget first: ENOSPC.
 */
export class MemfsStore {
  private loaded: { core: MemfsCore; volume: core.Superblock } | undefined;
  private inodes = 0;
  private names = 0;

  constructor(
    private readonly load: () => MemfsCore,
    private readonly budget: StorageBudget,
    private readonly nameLimit: NameLimit = { most: Number.POSITIVE_INFINITY, refused() {} },
  ) {}

  get limitBytes(): number {
    return this.budget.limitBytes;
  }
  get freeBytes(): number {
    return this.budget.freeBytes;
  }
  get usedInodes(): number {
    return this.inodes;
  }
  get usedNames(): number {
    return this.names;
  }
  /** How many more inodes there is room for. */
  get freeInodes(): number {
    const room = Math.floor(Math.max(0, this.budget.freeBytes) / INODE_BYTES);
    return Math.max(0, Math.min(room, this.nameLimit.most - this.names));
  }

  /** Throws ENOSPC unless `bytes` more may be used. */
  charge(bytes: number): void {
    if (!this.tryCharge(bytes)) throw Errno.ENOSPC;
  }
  tryCharge(bytes: number): boolean {
    return bytes <= 0 || this.budget.reserve(bytes);
  }
  refund(bytes: number): void {
    this.budget.free(bytes);
  }

  /** Throws ENOSPC unless `count` new inodes with a link each and `bytes` fit, so that making them cannot fail half-way. */
  demandRoom(count: number, bytes = 0): void {
    if (this.names >= this.nameLimit.most) {
      this.nameLimit.refused();
      throw Errno.ENOSPC;
    }
    if (this.budget.freeBytes < count * (INODE_BYTES + ENTRY_BYTES) + bytes) throw Errno.ENOSPC;
  }

  newNode(mode: number): MemfsNode {
    this.charge(INODE_BYTES);
    this.inodes++;
    return this.memfs().volume.createNode(mode);
  }
  /** Gives up an inode; what its content was charged is the owner's to refund. */
  dropNode(node: MemfsNode): void {
    this.memfs().volume.deleteNode(node);
    this.inodes--;
    this.refund(INODE_BYTES);
  }

  /** A link that is in no directory yet. Links carry no paths here: a path is found by way of the parent inodes. */
  newLink(node: MemfsNode): MemfsLink {
    this.charge(ENTRY_BYTES);
    this.names++;
    const link = this.memfs().volume.createLink();
    link.setNode(node);
    return link;
  }
  dropLink(): void {
    this.refund(ENTRY_BYTES);
    this.names--;
  }

  /** Takes over files that are not in memfs, with what they and their names are charged. ENOSPC. */
  adopt({
    inodes,
    names,
    bytes,
  }: {
    readonly inodes: number;
    readonly names: number;
    readonly bytes: number;
  }): void {
    if (names > this.nameLimit.most) {
      this.nameLimit.refused();
      throw Errno.ENOSPC;
    }
    this.charge(bytes);
    this.inodes += inodes;
    this.names += names;
  }
  /** One of them is gone. */
  disown(bytes: number): void {
    this.inodes--;
    this.refund(bytes);
  }

  /** The same bytes in the form that memfs takes. */
  buffer(bytes: Uint8Array): core.MemfsBuffer {
    return this.memfs().core.toBuffer(bytes);
  }

  private memfs(): { core: MemfsCore; volume: core.Superblock } {
    if (this.loaded === undefined) {
      const core = this.load();
      this.loaded = { core, volume: core.createVolume() };
    }
    return this.loaded;
  }
}
