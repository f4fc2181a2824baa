import { commandOf } from "../abi/linux/command-section.js";
import { LinuxInstance } from "../abi/linux/instance.js";
import { S_ISGID, S_ISUID } from "../abi/linux/stat.js";
import { WasiInstance } from "../abi/preview1/instance.js";
import { Errno } from "../errno.js";
import { HostInstance } from "../host-programs/host-instance.js";
import { HOST_PROGRAMS } from "../host-programs/programs.js";
import type { RegularInode } from "../vfs/inode.js";
import { decodeName } from "../vfs/name.js";
import type { Instance } from "./instance.js";
import type { Process } from "./process.js";
import { StringVector } from "./string-vector.js";
import { releaseProgram } from "./threads.js";

/** The file that execve(2) or execveat(2) names. */
export interface ExecTarget {
  readonly dirfd: number;
  readonly path: string;
  /** AT_EMPTY_PATH, AT_SYMLINK_NOFOLLOW. */
  readonly flags: number;
}

/** How many interpreters may interpret each other (BINPRM recursion). */
const MAX_INTERPRETERS = 4;
/** How much of a file is looked at to tell what it is, and the longest #! line (execve(2)). */
const HEADER_BYTES = 256;
/** Length of /proc/PID/comm without its end. */
const COMM_LENGTH = 15;

/**
 * Prepares `process` to become another program: finds the file, follows #! lines, and makes the new memory with `argv` and
 * `environ` in it. Nothing has changed for the process until `Process.nextProgram` is called with its leader, so an Errno thrown here leaves it
 * as it was: ENOENT, EACCES, ENOEXEC, ELOOP, E2BIG, ENOMEM.
 */
export function executeProgram(
  process: Process,
  target: ExecTarget,
  argv: StringVector,
  environ: StringVector,
): void {
  const { kernel } = process;
  let file = kernel.vfs.openForExec(process, target.dirfd, target.path, target.flags);
  const name = target.path.slice(target.path.lastIndexOf("/") + 1);
  let args = argv;
  for (let depth = 0; ; depth++) {
    const line = interpreterLine(file.inode);
    if (line === undefined) break;
    if (depth >= MAX_INTERPRETERS) throw Errno.ELOOP;
    const [first = "", ...others] = args.strings();
    const script = depth === 0 ? target.path : first;
    args = StringVector.of([line.interpreter, ...line.argument, script, ...others]);
    file = kernel.vfs.openForExec(process, target.dirfd, line.interpreter, 0);
  }
  const { inode, path } = file;
  const instance = load(process, file, args, environ);
  process.nextProgram = (leader) => {
    releaseProgram(leader);
    leader.instance = instance;
    instance.process = leader;
    leader.fds.closeForExec();
    leader.signals.resetForExec();
    leader.call = undefined;
    leader.intervalTimers?.deletePosixTimers();
    leader.hasExecuted = true;
    leader.comm = name.slice(0, COMM_LENGTH);
    leader.exe = path;
    leader.argv = args;
    leader.environ = environ;
    leader.trapped = false;
    takeFileIdentity(leader, inode);
  };
}

function load(
  process: Process,
  { inode, path }: { readonly inode: RegularInode; readonly path: string },
  argv: StringVector,
  environ: StringVector,
): Instance {
  const { programs } = process.kernel;
  const image = inode.program;
  if (image !== undefined) {
    const hostProgram = HOST_PROGRAMS[image.name];
    if (hostProgram !== undefined) {
      return new HostInstance(process, hostProgram, path, argv.strings(), environ.strings());
    }
    return LinuxInstance.exec(process, programs.fromImage(image.name, image.minPages), path, argv, environ);
  }
  const header = readHeader(inode);
  if (decodeName(header.subarray(0, 4)) !== "\0asm") throw Errno.ENOEXEC;
  const found = programs.fromFile(inode);
  if (found.abi === "linux") {
    const program = programs.linuxProgram(found);
    return LinuxInstance.exec(process, program, commandOf(found.module) ?? path, argv, environ);
  }
  return WasiInstance.exec(process, found, argv.strings(), environ.strings());
}

function readHeader(inode: RegularInode): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  return header.subarray(0, inode.read(header, 0));
}

/** What a `#!` line asks for; undefined when the file has none. */
function interpreterLine(inode: RegularInode): { interpreter: string; argument: string[] } | undefined {
  if (inode.program !== undefined) return undefined;
  const header = readHeader(inode);
  if (header[0] !== 0x23 || header[1] !== 0x21) return undefined;
  const end = header.indexOf(0x0a);
  const line = decodeName(header.subarray(2, end < 0 ? header.length : end)).replace(/^[ \t]+|[ \t]+$/g, "");
  const space = line.search(/[ \t]/);
  if (line === "") throw Errno.ENOEXEC;
  if (space < 0) return { interpreter: line, argument: [] };
  return { interpreter: line.slice(0, space), argument: [line.slice(space).replace(/^[ \t]+/, "")] };
}

/** Set-user-ID and set-group-ID programs run as the owner of their file. */
function takeFileIdentity(process: Process, inode: RegularInode): void {
  const { credentials } = process;
  const bits = process.attributes.noNewPrivileges ? 0 : inode.mode;
  const euid = (bits & S_ISUID) !== 0 ? inode.uid : credentials.euid;
  const egid = (bits & S_ISGID) !== 0 ? inode.gid : credentials.egid;
  process.credentials = { ...credentials, euid, suid: euid, egid, sgid: egid };
}
