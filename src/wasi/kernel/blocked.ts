/**
 * What a system call handler returns when it cannot finish yet. Before it returns this it has joined the wait queues whose
 * waking lets it try again (`Process.sleepOn`), or set a deadline (`Process.sleepUntil`), or both. The kernel then suspends
 * the process and runs the handler again, from its beginning, after a wake-up. Progress made so far is kept in `Process.call`.
 */
export const BLOCKED = -0x7fff_ffff;

/** The result of a system call: zero or more, `BLOCKED`, or -errno. Handlers usually throw an `Errno` instead of the last. */
export type Result = number;
