import { O_CLOEXEC, O_NONBLOCK, O_RDONLY, O_WRONLY } from "../abi/linux/fcntl.js";
import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import type { Kernel } from "../kernel/kernel.js";
import type { OpenFile } from "../kernel/open-file.js";
import { PipeFile } from "../kernel/pipe.js";
import type { Process } from "../kernel/process.js";
import { type SyscallDefinition, syscall } from "./definition.js";

/**
 * Gives two files the lowest free descriptors and writes those to `ptr`. When that cannot be done, neither stays open.
 */
export function allocatePair(
  process: Process,
  ptr: number,
  files: readonly [OpenFile, OpenFile],
  cloexec: boolean,
): void {
  const { fds, memory } = process;
  const allocated: number[] = [];
  for (const file of files) file.retain();
  try {
    files.forEach((file, i) => {
      allocated.push(fds.allocate(file, cloexec));
      memory.setI32(ptr + 4 * i, allocated[i] as number); // just pushed
    });
  } catch (error) {
    for (const fd of allocated) fds.close(fd);
    throw error;
  } finally {
    for (const file of files) file.release();
  }
}

function pipe2(kernel: Kernel, process: Process, ptr: number, flags: number): Result {
  if ((flags & ~(O_CLOEXEC | O_NONBLOCK)) !== 0) throw Errno.EINVAL;
  const inode = kernel.ipc.pipeInode(process);
  const status = flags & O_NONBLOCK;
  const reader = new PipeFile(inode.pipe, inode, O_RDONLY | status);
  const writer = new PipeFile(inode.pipe, inode, O_WRONLY | status);
  allocatePair(process, ptr, [reader, writer], (flags & O_CLOEXEC) !== 0);
  return 0;
}

export const pipeSyscalls: readonly SyscallDefinition[] = [
  syscall(59, "pipe2", ["ptr", "flags"], pipe2, {
    support: "partial",
    note: "EINVAL for O_DIRECT (packet mode)",
  }),
];
