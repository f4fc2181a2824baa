/** An inode with an open descriptor of the host that nobody uses at the moment. */
export interface Idle {
  closeIdle(): void;
}

/** Descriptors that stay open after their use, for the next: the last ones used, up to a number. */
export class IdleHandles {
  /** Least recently used first. */
  private readonly order = new Set<Idle>();

  constructor(private readonly limit: number) {}

  /** `inode` has just used its descriptor. May close the one that has been idle longest. */
  used(inode: Idle): void {
    this.order.delete(inode);
    this.order.add(inode);
    if (this.order.size <= this.limit) return;
    const [oldest] = this.order;
    if (oldest === undefined) return;
    this.order.delete(oldest);
    oldest.closeIdle();
  }

  /** Its descriptor is closed, or in use for longer. */
  remove(inode: Idle): void {
    this.order.delete(inode);
  }
}
