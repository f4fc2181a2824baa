import { Errno } from "../errno.js";
import { type SyscallDefinition, syscall } from "./definition.js";

/** The call in which a session's shell waits. */
export const SESSION_NEXT = 5000;

/**
 * The system calls by which the session's own shell gets its commands (guest/programs/bash). They lie outside Linux's numbers
 * and answer ENOSYS to every other process, so that an ordinary bash behaves like any bash.
 *
 * `session_next` sleeps until there is a command and returns its size in bytes; `session_fetch` copies it; `session_done`
 * reports the exit status and makes the shell ready for the next.
 */
export const sessionSyscalls: readonly SyscallDefinition[] = [
  syscall(SESSION_NEXT, "session_next", [], (_kernel, process) => {
    if (process.commands === undefined) throw Errno.ENOSYS;
    return process.commands.next(process);
  }),
  syscall(5001, "session_fetch", ["ptr", "uint"], (_kernel, process, buffer, size) => {
    if (process.commands === undefined) throw Errno.ENOSYS;
    return process.commands.fetch(process.memory.bytes(buffer, size));
  }),
  syscall(5002, "session_done", ["int"], (_kernel, process, status) => {
    if (process.commands === undefined) throw Errno.ENOSYS;
    process.commands.done(status);
    return 0;
  }),
];
