import { AT_EMPTY_PATH, AT_FDCWD, AT_SYMLINK_NOFOLLOW } from "../abi/linux/fcntl.js";
import { SIGCHLD } from "../abi/linux/signal.js";
import { Errno } from "../errno.js";
import { BLOCKED, type Result } from "../kernel/blocked.js";
import { executeProgram } from "../kernel/exec.js";
import { checkForkAllowed, forkProcess } from "../kernel/fork.js";
import type { Kernel } from "../kernel/kernel.js";
import { waitStatus } from "../kernel/lifecycle.js";
import type { Process } from "../kernel/process.js";
import { CLD_CONTINUED, CLD_EXITED, CLD_KILLED, CLD_STOPPED } from "../kernel/signals.js";
import { StringVector } from "../kernel/string-vector.js";
import { createThread, tellEnd } from "../kernel/threads.js";
import {
  type ChildChange,
  takeChildChange,
  type WaitTarget,
  WCONTINUED,
  WEXITED,
  WNOHANG,
  WNOWAIT,
  WSTOPPED,
  WUNTRACED,
} from "../kernel/wait.js";
import { type SyscallDefinition, syscall } from "./definition.js";

/** argv and environment together may be this long (execve(2), "Limits on size of arguments"). */
const MAX_ARGUMENT_BYTES = 2 << 20;

const ONE_EMPTY_STRING = StringVector.of([""]);

const P_ALL = 0;
const P_PID = 1;
const P_PGID = 2;

/** exit(2): ends the thread, and the process with its last one. The leader stays until then, and takes no signals. */
function exit(kernel: Kernel, process: Process, code: number): Result {
  if (process.threads.size === 1) return exitGroup(kernel, process, code);
  if (process !== process.leader) {
    process.ending = true;
    return 0;
  }
  tellEnd(process);
  process.signals.setMask(-1, -1);
  return process.sleepOn();
}

function exitGroup(_kernel: Kernel, process: Process, code: number): number {
  process.exiting = waitStatus.exited(code);
  return 0;
}

function clone(_kernel: Kernel, process: Process): number {
  checkForkAllowed(process);
  process.forking = () => {
    const result = forkProcess(process);
    if (process.instance !== undefined) process.instance.result = result;
  };
  return BLOCKED;
}

const CLONE_VM = 0x100;
const CLONE_SIGHAND = 0x800;
const CLONE_THREAD = 0x10000;
const CLONE_PARENT_SETTID = 0x100000;
const CLONE_CHILD_CLEARTID = 0x200000;
const CLONE_ARGS_SIZE = 64;

/** For threads only, which have to say how large their stack is: they are unwound into its far end. */
function clone3(_kernel: Kernel, process: Process, ptr: number, size: number): number {
  if (size < CLONE_ARGS_SIZE) throw Errno.EINVAL;
  const { memory } = process;
  // struct clone_args: each member has 64 bits, of which addresses need the lower half.
  const [flags, , childTid, parentTid, , low, stackSize, threadPointer] = Array.from({ length: 8 }, (_, i) =>
    memory.getU32(ptr + 8 * i),
  ) as [number, number, number, number, number, number, number, number]; // of that length
  const thread = CLONE_THREAD | CLONE_SIGHAND | CLONE_VM;
  if ((flags & thread) !== thread) throw Errno.ENOSYS;
  const created = createThread(process, { low, high: low + stackSize, threadPointer });
  if ((flags & CLONE_PARENT_SETTID) !== 0) memory.setI32(parentTid, created.tid);
  if ((flags & CLONE_CHILD_CLEARTID) !== 0) created.clearOnEnd = childTid;
  return created.tid;
}

function execveat(
  process: Process,
  dirfd: number,
  path: string,
  argv: number,
  envp: number,
  flags: number,
): number {
  const memory = process.memory;
  const args = argv === 0 ? StringVector.EMPTY : memory.strings(argv, MAX_ARGUMENT_BYTES);
  const environ = envp === 0 ? StringVector.EMPTY : memory.strings(envp, MAX_ARGUMENT_BYTES);
  executeProgram(process, { dirfd, path, flags }, args.length === 0 ? ONE_EMPTY_STRING : args, environ);
  // Another bash is an ordinary one.
  process.leader.commands = undefined;
  return 0;
}

/** Common part of wait4 and waitid: undefined means "go to sleep". */
function findChange(process: Process, target: WaitTarget, options: number): ChildChange | "none" | undefined {
  const change = takeChildChange(process, target, options);
  if (change !== undefined) return change;
  return (options & WNOHANG) !== 0 ? "none" : undefined;
}

function wait4(
  _kernel: Kernel,
  process: Process,
  pid: number,
  status: number,
  options: number,
  usage: number,
): number {
  if ((options & ~(WNOHANG | WUNTRACED | WCONTINUED | WAIT_CLONE_FLAGS)) !== 0) throw Errno.EINVAL;
  // What a shell asks after each of its commands is not worth an exception.
  if (process.leader.children.size === 0) return -Errno.ECHILD.number;
  const change = findChange(process, wait4Target(process, pid), options | WEXITED);
  if (change === undefined) return process.sleepOn(process.leader.childChanged);
  if (change === "none") return 0;
  if (status !== 0) process.memory.setI32(status, change.status);
  if (usage !== 0) writeUsage(process, usage, change.child.cpuMs + change.child.childrenCpuMs);
  return change.child.pid;
}

/** __WNOTHREAD, __WALL and __WCLONE: children are those of the whole process, and all of one kind. */
const WAIT_CLONE_FLAGS = 0xe000_0000 | 0;

function wait4Target(process: Process, pid: number): WaitTarget {
  if (pid === -1) return { kind: "any" };
  if (pid > 0) return { kind: "pid", pid };
  return { kind: "group", pgid: pid === 0 ? process.leader.pgid : -pid };
}

function writeUsage(process: Process, address: number, cpuMs: number): void {
  process.memory.bytes(address, RUSAGE_SIZE).fill(0);
  process.memory.setI32(address, Math.floor(cpuMs / 1000));
  process.memory.setI32(address + 4, Math.floor((cpuMs % 1000) * 1000));
}

/** struct rusage of the 32-bit ABI: two timevals of two words and 14 longs. */
const RUSAGE_SIZE = 72;

function waitid(
  _kernel: Kernel,
  process: Process,
  idType: number,
  id: number,
  info: number,
  options: number,
  usage: number,
): number {
  const known = WNOHANG | WEXITED | WSTOPPED | WCONTINUED | WNOWAIT | WAIT_CLONE_FLAGS;
  if ((options & ~known) !== 0 || (options & (WEXITED | WSTOPPED | WCONTINUED)) === 0) throw Errno.EINVAL;
  const change = findChange(process, waitidTarget(process, idType, id), options);
  if (change === undefined) return process.sleepOn(process.leader.childChanged);
  if (info !== 0) {
    process.memory.bytes(info, SIGINFO_SIZE).fill(0);
    if (change !== "none") writeSigchldInfo(process, info, change);
  }
  if (usage !== 0 && change !== "none")
    writeUsage(process, usage, change.child.cpuMs + change.child.childrenCpuMs);
  return 0;
}

const SIGINFO_SIZE = 128;

function waitidTarget(process: Process, idType: number, id: number): WaitTarget {
  switch (idType) {
    case P_ALL:
      return { kind: "any" };
    case P_PID:
      if (id <= 0) throw Errno.EINVAL;
      return { kind: "pid", pid: id };
    case P_PGID:
      if (id < 0) throw Errno.EINVAL;
      return { kind: "group", pgid: id === 0 ? process.leader.pgid : id };
    default:
      throw Errno.EINVAL;
  }
}

/** siginfo_t for SIGCHLD: si_signo, si_errno, si_code, si_pid, si_uid, si_status. */
function writeSigchldInfo(process: Process, info: number, change: ChildChange): void {
  const { memory } = process;
  const signal = change.status & 0x7f;
  const { code, status } =
    change.kind === "continued"
      ? { code: CLD_CONTINUED, status: 18 }
      : change.kind === "stopped"
        ? { code: CLD_STOPPED, status: change.status >> 8 }
        : signal === 0
          ? { code: CLD_EXITED, status: (change.status >> 8) & 0xff }
          : { code: CLD_KILLED, status: signal };
  memory.setI32(info, SIGCHLD);
  memory.setI32(info + 8, code);
  memory.setI32(info + 12, change.child.pid);
  memory.setU32(info + 16, change.child.credentials.ruid);
  memory.setI32(info + 20, status);
}

export const processSyscalls: readonly SyscallDefinition[] = [
  syscall(93, "exit", ["int"], exit),
  syscall(94, "exit_group", ["int"], exitGroup),
  syscall(220, "clone", ["flags", "ptr"], clone, {
    support: "partial",
    note: "fork and vfork; threads come from clone3",
  }),
  syscall(435, "clone3", ["ptr", "uint"], clone3, { support: "partial", note: "threads only" }),
  syscall(221, "execve", ["path", "ptr", "ptr"], (_kernel, process, path, argv, envp) =>
    execveat(process, AT_FDCWD, path, argv, envp, 0),
  ),
  syscall(
    281,
    "execveat",
    ["fd", "path", "ptr", "ptr", "flags"],
    (_kernel, process, dirfd, path, argv, envp, flags) => {
      if ((flags & ~(AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW)) !== 0) throw Errno.EINVAL;
      return execveat(process, dirfd, path, argv, envp, flags);
    },
  ),
  syscall(260, "wait4", ["pid", "ptr", "flags", "ptr"], wait4),
  syscall(95, "waitid", ["int", "pid", "ptr", "flags", "ptr"], waitid),
];
