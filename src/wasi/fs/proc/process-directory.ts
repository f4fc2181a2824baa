import { S_IFDIR, S_IFLNK, S_IFREG } from "../../abi/linux/stat.js";
import { Errno } from "../../errno.js";
import { isPrivileged } from "../../kernel/credentials.js";
import type { Process } from "../../kernel/process.js";
import type { DirectoryEntry, DirectoryInode, Inode } from "../../vfs/inode.js";
import { decodeName } from "../../vfs/name.js";
import { FdDirectory, fdInfo, fdLink } from "./fd-directory.js";
import { mountInfoText, mountsText } from "./mounts.js";
import { type EntryMaker, ProcDirectory, ProcFile, ProcLink } from "./nodes.js";
import type { ProcFs } from "./proc-fs.js";
import { limitsText, mapsText, statmText, statText, statusText } from "./process-texts.js";

const FILE = S_IFREG | 0o444;
const PRIVATE_FILE = S_IFREG | 0o400;
const LINK = S_IFLNK | 0o777;

/** /proc/PID, or /proc/PID/task/TID, which is the same without `task`. */
export function processDirectory(proc: ProcFs, target: Process, kind: "process" | "task"): DirectoryInode {
  const text = (make: (target: Process) => string, mode = FILE): EntryMaker => {
    return (fs) => new ProcFile(fs, mode, () => make(target));
  };
  const link = (inode: () => DirectoryInode): EntryMaker => {
    return (fs) =>
      new ProcLink(fs, LINK, {
        text: (who) => describePlace(who, demandAccess(who, target, inode)),
        inode: (who) => demandAccess(who, target, inode),
      });
  };
  const entries: Record<string, EntryMaker> = {
    cgroup: text(() => "0::/\n"),
    cmdline: text(({ leader }) => decodeName(leader.argv.bytes)),
    comm: text(({ comm }) => `${comm}\n`),
    cwd: link(() => target.fs.cwd),
    environ: text(({ leader }) => decodeName(leader.environ.bytes), PRIVATE_FILE),
    exe: (fs) =>
      new ProcLink(fs, LINK, { text: (who) => demandAccess(who, target, () => programPath(target.leader)) }),
    fd: (fs) => new FdDirectory(fs, S_IFDIR | 0o500, target, fdLink),
    fdinfo: (fs) => new FdDirectory(fs, S_IFDIR | 0o555, target, fdInfo),
    limits: text(limitsText),
    loginuid: text(() => "4294967295"),
    maps: text(mapsText),
    mountinfo: (fs) => new ProcFile(fs, FILE, () => mountInfoText(target)),
    mounts: (fs) => new ProcFile(fs, FILE, () => mountsText(target)),
    oom_score: text(() => "0\n"),
    oom_score_adj: text(() => "0\n"),
    root: link(() => target.fs.root),
    stat: text(statText),
    statm: text(statmText),
    status: text(statusText),
    wchan: text(() => "0"),
  };
  if (kind === "process") {
    entries.task = (fs) => new TaskDirectory(fs, target);
  }
  return new OwnedDirectory(proc, target, entries);
}

/** A directory whose entries belong to the user that the process runs as. */
class OwnedDirectory extends ProcDirectory {
  constructor(
    proc: ProcFs,
    private readonly target: Process,
    makers: Readonly<Record<string, EntryMaker>>,
  ) {
    super(proc, S_IFDIR | 0o555, makers);
    this.refreshed(this);
  }

  override lookup(name: string): Inode | undefined {
    return this.target.state === "dead" ? undefined : super.lookup(name);
  }

  protected override refreshed(inode: Inode): Inode {
    inode.uid = this.target.credentials.euid;
    inode.gid = this.target.credentials.egid;
    return inode;
  }
}

/** /proc/PID/task: a directory for each thread that the process has now. */
class TaskDirectory extends OwnedDirectory {
  private readonly directories = new WeakMap<Process, DirectoryInode>();

  constructor(
    proc: ProcFs,
    private readonly process: Process,
  ) {
    super(proc, process, {});
  }

  override lookup(name: string): Inode | undefined {
    for (const thread of this.process.threads)
      if (String(thread.tid) === name) return this.directoryOf(thread);
    return undefined;
  }

  override *entries(from: number): IterableIterator<DirectoryEntry> {
    const threads = [...this.process.threads].sort((a, b) => a.tid - b.tid);
    for (const thread of threads) {
      if (thread.tid <= from) continue;
      const { ino } = this.directoryOf(thread);
      yield { next: thread.tid, name: String(thread.tid), ino, type: S_IFDIR };
    }
  }

  private directoryOf(thread: Process): DirectoryInode {
    let directory = this.directories.get(thread);
    if (directory === undefined) {
      directory = processDirectory(this.proc, thread, "task");
      directory.parent = this;
      directory.name = String(thread.tid);
      this.directories.set(thread, directory);
    }
    return directory;
  }
}

/** Where a process stands may be seen by root and by its own user; a zombie stands nowhere. */
function demandAccess<T>(who: Process, target: Process, get: () => T): T {
  const { euid } = who.credentials;
  const owner = target.credentials;
  const own = [owner.ruid, owner.euid, owner.suid].every((uid) => uid === euid);
  if (!own && !isPrivileged(who.credentials)) throw Errno.EACCES;
  if (!target.alive) throw Errno.ENOENT;
  return get();
}

function programPath({ exe }: Process): string {
  if (exe === "") throw Errno.ENOENT;
  return exe;
}

function describePlace(who: Process, directory: DirectoryInode): string {
  return who.kernel.vfs.pathOf(directory, who.fs.root) ?? `/${directory.name} (deleted)`;
}
