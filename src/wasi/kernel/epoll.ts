import { EPOLLET, EPOLLONESHOT } from "../abi/linux/epoll.js";
import { O_RDWR } from "../abi/linux/fcntl.js";
import { Errno } from "../errno.js";
import { type Inode, isDirectory, isRegular } from "../vfs/inode.js";
import { OpenFile, POLLERR, POLLHUP, POLLIN } from "./open-file.js";
import { WaitQueue } from "./wait-queue.js";

/** How deep epoll instances may watch each other. */
const MAX_NESTING = 5;

export interface EpollEvent {
  readonly events: number;
  readonly data: bigint;
}

/** One watched descriptor. It goes with its open file, not with the number. */
class Interest {
  events = 0;
  data = 0n;
  /** EPOLLONESHOT: false after an event, until it is set anew. */
  armed = true;
  /** EPOLLET: the file's count of changes at the last event. */
  reportedAt = -1;

  constructor(readonly file: OpenFile) {}

  set(event: EpollEvent): void {
    this.events = event.events;
    this.data = event.data;
    this.armed = true;
    this.reportedAt = -1;
  }

  /** The events to report now, or 0. */
  ready(): number {
    if (!this.armed) return 0;
    const events = this.file.poll() & (this.events | POLLERR | POLLHUP);
    if (events === 0) return 0;
    return (this.events & EPOLLET) !== 0 && this.reportedAt === this.changes() ? 0 : events;
  }

  report(events: number): EpollEvent {
    if ((this.events & EPOLLONESHOT) !== 0) this.armed = false;
    this.reportedAt = this.changes();
    return { events, data: this.data };
  }

  private changes(): number {
    return this.file.waitQueues().reduce((sum, queue) => sum + queue.changes, 0);
  }
}

/** An epoll instance (epoll(7)). What is watched is looked at when somebody waits. */
export class EpollFile extends OpenFile {
  /** By open file, then by the descriptor under which it was added. */
  private readonly interests = new Map<OpenFile, Map<number, Interest>>();
  /** Woken when the set of watched files changes. */
  private readonly changed = new WaitQueue();
  /** Where the next look begins, so that a busy file does not hide the others. */
  private next = 0;

  constructor(readonly inode: Inode) {
    super(O_RDWR);
  }

  /** EPOLL_CTL_ADD: EEXIST, EPERM for files that are always ready, ELOOP and EINVAL for epoll instances in circles. */
  add(fd: number, file: OpenFile, event: EpollEvent): void {
    if (file === this) throw Errno.EINVAL;
    if (isRegular(file.inode) || isDirectory(file.inode)) throw Errno.EPERM;
    if (file instanceof EpollFile && (file.watches(this) || file.depth() >= MAX_NESTING)) throw Errno.ELOOP;
    const known = this.interests.get(file) ?? new Map<number, Interest>();
    if (known.has(fd)) throw Errno.EEXIST;
    const interest = new Interest(file);
    interest.set(event);
    known.set(fd, interest);
    this.interests.set(file, known);
    this.changed.wake();
  }

  /** EPOLL_CTL_MOD; ENOENT for what is not watched. */
  modify(fd: number, file: OpenFile, event: EpollEvent): void {
    const interest = this.interests.get(file)?.get(fd);
    if (interest === undefined) throw Errno.ENOENT;
    interest.set(event);
    this.changed.wake();
  }

  /** EPOLL_CTL_DEL; ENOENT for what is not watched. */
  remove(fd: number, file: OpenFile): void {
    const known = this.interests.get(file);
    if (known?.delete(fd) !== true) throw Errno.ENOENT;
    if (known.size === 0) this.interests.delete(file);
  }

  /** Up to `max` events. */
  collect(max: number): EpollEvent[] {
    const all = this.all();
    const result: EpollEvent[] = [];
    for (let i = 0; i < all.length && result.length < max; i++) {
      const position = (this.next + i) % all.length;
      const interest = all[position] as Interest; // below the length
      const events = interest.ready();
      if (events === 0) continue;
      result.push(interest.report(events));
      if (result.length === max) this.next = position + 1;
    }
    return result;
  }

  override poll(): number {
    return this.all().some((interest) => interest.ready() !== 0) ? POLLIN : 0;
  }

  override waitQueues(): readonly WaitQueue[] {
    return [this.changed, ...this.all().flatMap(({ file }) => file.waitQueues())];
  }

  protected override onClose(): void {
    this.interests.clear();
  }

  /** What is watched, without files that are closed by now. */
  private all(): Interest[] {
    for (const file of this.interests.keys()) if (!file.inUse) this.interests.delete(file);
    return [...this.interests.values()].flatMap((byFd) => [...byFd.values()]);
  }

  private watches(other: EpollFile): boolean {
    return this.nested().some((file) => file === other || file.watches(other));
  }

  private depth(): number {
    return 1 + Math.max(0, ...this.nested().map((file) => file.depth()));
  }

  private nested(): EpollFile[] {
    return [...this.interests.keys()].filter((file) => file instanceof EpollFile);
  }
}
