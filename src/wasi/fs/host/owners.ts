import { Errno } from "../../errno.js";

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Beyond this chown(2) fails with ENOSPC. */
const MOST_OWNERS = 65536;

/**
 * Who owns the files of a mount, as the guest sees it. The host knows other users than the guest, and its files keep theirs: in
 * the guest all belong to one owner, and what chown(2) changes is remembered here for as long as the mount lasts.
 */
export class Owners {
  private readonly changed = new Map<string, Owner>();

  constructor(private readonly owner: Owner) {}

  of(identity: string): Owner {
    return this.changed.get(identity) ?? this.owner;
  }

  set(identity: string, owner: Owner): void {
    if (owner.uid === this.owner.uid && owner.gid === this.owner.gid) this.changed.delete(identity);
    else if (this.changed.size < MOST_OWNERS || this.changed.has(identity)) this.changed.set(identity, owner);
    else throw Errno.ENOSPC;
  }

  /** As in the beginning. */
  reset(): void {
    this.changed.clear();
  }

  /** The file is gone. */
  forget(identity: string): void {
    this.changed.delete(identity);
  }
}
