import { S_IFIFO, S_IFREG, S_IFSOCK } from "../abi/linux/stat.js";
import type { InodeInit } from "../vfs/inode.js";
import { AnonymousFileSystem, AnonymousInode, ContentInode, PipeInode } from "./anonymous-inode.js";
import type { Clock } from "./clock.js";
import type { OpenFile } from "./open-file.js";
import { Pipe } from "./pipe.js";
import { PipeBudget } from "./pipe-budget.js";
import type { Process } from "./process.js";
import { SocketNames } from "./socket-address.js";

/** What the processes of one kernel talk through: pipes, sockets, and the other files without a name. */
export class Ipc {
  readonly pipeBudget = new PipeBudget();
  readonly socketNames = new SocketNames();
  private readonly pipefs = new AnonymousFileSystem("pipefs", 0x50495045, 0x0d);
  private readonly sockfs = new AnonymousFileSystem("sockfs", 0x534f434b, 0x08);
  private readonly anonInodeFs = new AnonymousFileSystem("anon_inodefs", 0x09041934, 0x0e);
  private lastIno = 1024;

  constructor(private readonly clock: Clock) {}

  /** A new pipe with its inode. */
  pipeInode(process: Process): PipeInode {
    return new PipeInode(
      new Pipe(this.pipeBudget, process.kernel.memory),
      this.pipefs,
      ++this.lastIno,
      this.init(process, S_IFIFO | 0o600),
    );
  }

  socketInode(process: Process): AnonymousInode {
    const ino = ++this.lastIno;
    return new AnonymousInode(this.sockfs, ino, this.init(process, S_IFSOCK | 0o777), `socket:[${ino}]`);
  }

  /** The inode of an eventfd, a timerfd and the like; `kind` as in /proc/PID/fd, for example `[eventfd]`. */
  anonymousInode(process: Process, kind: string): AnonymousInode {
    return new AnonymousInode(
      this.anonInodeFs,
      ++this.lastIno,
      this.init(process, 0o600),
      `anon_inode:${kind}`,
    );
  }

  /** The inode of a pipe whose other end is outside the sandbox; `file` is what opening it again gives. */
  outsidePipeInode(process: Process, file: OpenFile): AnonymousInode {
    const ino = ++this.lastIno;
    return new AnonymousInode(
      this.pipefs,
      ino,
      this.init(process, S_IFIFO | 0o600),
      `pipe:[${ino}]`,
      () => file,
    );
  }

  /** The inode of a file with fixed content that has no name. */
  contentInode(process: Process, content: Uint8Array): ContentInode {
    const inode = new ContentInode(
      this.anonInodeFs,
      ++this.lastIno,
      this.init(process, S_IFREG | 0o400),
      content,
    );
    inode.name = "memfd:stdin";
    return inode;
  }

  private init(process: Process, mode: number): InodeInit {
    const { euid, egid } = process.credentials;
    return { mode, uid: euid, gid: egid, time: this.clock.realtime() };
  }
}
