import { O_ACCMODE, O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } from "../abi/linux/fcntl.js";
import { Errno } from "../errno.js";
import type { SpecialInode } from "../vfs/inode.js";
import type { BLOCKED } from "./blocked.js";
import { Pipe, PipeFile } from "./pipe.js";
import { type Process, pendingCall } from "./process.js";

/** What an open(2) that waits for the other end has got so far. */
class PartialOpen {
  constructor(
    readonly end: PipeFile,
    /** How often the other end had been opened when this began. */
    readonly othersBefore: number,
  ) {}
}

/**
 * open(2) of a FIFO (fifo(7)): waits for the other end unless O_RDWR or O_NONBLOCK; ENXIO for a non-blocking writer without a
 * reader. The pipe is kept in the inode while it has an end; what is left inside vanishes with the last one.
 */
export function openFifo(process: Process, inode: SpecialInode, flags: number): PipeFile | typeof BLOCKED {
  const begun = process.call?.scratch;
  if (begun instanceof PartialOpen) return continueOpen(process, begun);

  const access = flags & O_ACCMODE;
  if (access === O_ACCMODE) throw Errno.EINVAL;
  const nonblocking = (flags & O_NONBLOCK) !== 0;
  const existing = inode.driverState as Pipe | undefined;
  if (access === O_WRONLY && nonblocking && (existing?.readers ?? 0) === 0) throw Errno.ENXIO;
  const pipe = existing ?? createPipe(process, inode);
  const end = new PipeFile(pipe, inode, flags);
  if (access === O_RDWR || nonblocking) return end;
  if (access === O_RDONLY ? pipe.writers > 0 : pipe.readers > 0) return end;

  const call = pendingCall(process);
  call.scratch = new PartialOpen(end, access === O_RDONLY ? pipe.writerOpens : pipe.readerOpens);
  call.cleanup = () => end.discard();
  return process.sleepOn(...end.waitQueues());
}

function continueOpen(process: Process, { end, othersBefore }: PartialOpen): PipeFile | typeof BLOCKED {
  const call = pendingCall(process);
  const others = end.readable ? end.pipe.writerOpens : end.pipe.readerOpens;
  if (others === othersBefore && !call.interrupted) return process.sleepOn(...end.waitQueues());
  call.scratch = undefined;
  call.cleanup = undefined;
  if (others !== othersBefore) return end;
  end.discard();
  return process.sleepOn();
}

function createPipe(process: Process, inode: SpecialInode): Pipe {
  const { ipc, memory } = process.kernel;
  const pipe = new Pipe(ipc.pipeBudget, memory, () => {
    inode.driverState = undefined;
  });
  inode.driverState = pipe;
  return pipe;
}
