import { LinuxInstance } from "../abi/linux/instance.js";
import type { Program } from "../abi/linux/program.js";
import { MemorySnapshot } from "../abi/linux/snapshot.js";
import type { Credentials } from "../kernel/credentials.js";
import { FdTable } from "../kernel/fd-table.js";
import type { ResourceLimits } from "../kernel/limits.js";
import type { OpenFile } from "../kernel/open-file.js";
import type { PendingCall, Process } from "../kernel/process.js";
import type { SignalState } from "../kernel/signal-state.js";
import type { FsContext } from "../vfs/vfs.js";

/** All that makes up a shell that waits for its next command. */
export interface Checkpoint {
  readonly program: Program;
  readonly memory: MemorySnapshot;
  readonly call: Pick<PendingCall, "number" | "args">;
  readonly files: readonly KeptFile[];
  readonly fs: FsContext;
  readonly credentials: Credentials;
  readonly signals: SignalState;
  readonly limits: ResourceLimits;
  readonly children: readonly Process[];
  readonly identity: Pick<Process, "comm" | "exe" | "argv" | "environ">;
}

/** A descriptor of the shell. The file is not kept open by this: a pipe must see its end when the shell closes it. */
interface KeptFile {
  readonly fd: number;
  readonly file: OpenFile;
  readonly closeOnExec: boolean;
}

/** The state of a process that is suspended in a system call. `memory` takes its memory. */
export function takeCheckpoint(process: Process, memory = new MemorySnapshot()): Checkpoint {
  const instance = process.instance as LinuxInstance; // bash is a program of the Linux ABI
  const call = process.call as PendingCall; // it is suspended in one
  instance.snapshotTo(memory);
  const { fds } = process;
  return {
    program: instance.program,
    memory,
    call: { number: call.number, args: call.args },
    files: fds.descriptors().map((fd) => ({ fd, file: fds.get(fd), closeOnExec: fds.isCloseOnExec(fd) })),
    fs: process.fs.clone(),
    credentials: process.credentials,
    signals: process.signals.clone(),
    limits: process.limits.clone(),
    children: [...process.children],
    identity: { comm: process.comm, exe: process.exe, argv: process.argv, environ: process.environ },
  };
}

/** The descriptors of a checkpoint whose files somebody still has open. */
export function openFilesOf(checkpoint: Checkpoint): FdTable {
  const table = new FdTable(checkpoint.limits.openFiles);
  for (const { fd, file, closeOnExec } of checkpoint.files) if (file.inUse) table.set(fd, file, closeOnExec);
  return table;
}

/** Makes a new process what the other one was, with the descriptors `fds`. It is left blocked in the call. */
export function restoreCheckpoint(process: Process, checkpoint: Checkpoint, fds: FdTable): void {
  process.fds = fds;
  process.fs = checkpoint.fs.clone();
  process.credentials = checkpoint.credentials;
  process.signals = checkpoint.signals.clone();
  process.limits = checkpoint.limits.clone();
  Object.assign(process, checkpoint.identity);
  process.instance = LinuxInstance.restore(process, checkpoint.program, checkpoint.memory);
  process.call = {
    ...checkpoint.call,
    done: 0,
    deadline: undefined,
    scratch: undefined,
    cleanup: undefined,
    interrupted: false,
  };
  for (const child of checkpoint.children) {
    if (!child.alive) continue;
    child.parent?.children.delete(child);
    child.parent = process;
    process.children.add(child);
  }
  process.kernel.scheduler.enqueue(process);
}
