import { O_CLOEXEC } from "../../abi/linux/fcntl.js";
import { S_IFLNK, S_IFREG } from "../../abi/linux/stat.js";
import { AnonymousInode } from "../../kernel/anonymous-inode.js";
import type { OpenFile } from "../../kernel/open-file.js";
import type { Process } from "../../kernel/process.js";
import type { DirectoryEntry, Inode } from "../../vfs/inode.js";
import { RegularFile } from "../../vfs/regular-file.js";
import { ProcDirectory, ProcFile, ProcLink } from "./nodes.js";
import type { ProcFs } from "./proc-fs.js";

/** A directory with one entry per open descriptor of a process. */
export class FdDirectory extends ProcDirectory {
  constructor(
    proc: ProcFs,
    mode: number,
    private readonly target: Process,
    private readonly makeEntry: (proc: ProcFs, target: Process, fd: number, file: OpenFile) => Inode,
  ) {
    super(proc, mode, {});
  }

  override lookup(name: string): Inode | undefined {
    if (!/^(0|[1-9]\d*)$/.test(name)) return undefined;
    const fd = Number(name);
    const file = this.target.fds.find(fd);
    if (file === undefined) return undefined;
    const inode = this.makeEntry(this.proc, this.target, fd, file);
    inode.parent = this;
    inode.name = name;
    inode.uid = this.target.credentials.euid;
    inode.gid = this.target.credentials.egid;
    return inode;
  }

  override *entries(from: number): IterableIterator<DirectoryEntry> {
    for (const fd of this.target.fds.descriptors()) {
      if (fd + 1 <= from) continue;
      const inode = this.lookup(String(fd));
      if (inode !== undefined) yield { next: fd + 1, name: String(fd), ino: inode.ino, type: inode.type };
    }
  }
}

/** /proc/PID/fd/N: leads to the open file itself, even when it has no name any more. */
export function fdLink(proc: ProcFs, _target: Process, _fd: number, file: OpenFile): Inode {
  const mode = S_IFLNK | 0o100 | (file.readable ? 0o400 : 0) | (file.writable ? 0o200 : 0);
  return new ProcLink(proc, mode, { text: (who) => describeFile(file, who), inode: () => file.inode });
}

/** /proc/PID/fdinfo/N. */
export function fdInfo(proc: ProcFs, target: Process, fd: number, file: OpenFile): Inode {
  return new ProcFile(proc, S_IFREG | 0o444, () => {
    const position = file instanceof RegularFile ? file.position : 0;
    const flags = file.flags | (target.fds.find(fd) === file && target.fds.isCloseOnExec(fd) ? O_CLOEXEC : 0);
    return `pos:\t${position}\nflags:\t0${flags.toString(8)}\nmnt_id:\t${file.inode.dev}\nino:\t${file.inode.ino}\n`;
  });
}

/** What a link of /proc/PID/fd says. */
function describeFile(file: OpenFile, who: Process): string {
  if (file.inode instanceof AnonymousInode) return file.inode.label;
  return who.kernel.vfs.pathOfOpenFile(file, who.fs.root);
}
