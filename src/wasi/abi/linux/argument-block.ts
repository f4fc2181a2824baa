import { Errno } from "../../errno.js";
import type { Process } from "../../kernel/process.js";
import type { UserMemory } from "../../kernel/user-memory.js";
import { encodeName } from "../../vfs/name.js";

/** Entries of the auxiliary vector (getauxval(3)). */
const AT_NULL = 0;
const AT_PAGESZ = 6;
const AT_UID = 11;
const AT_EUID = 12;
const AT_GID = 13;
const AT_EGID = 14;
const AT_CLKTCK = 17;
const AT_SECURE = 23;
const AT_RANDOM = 25;
const AT_EXECFN = 31;

/** The largest argv and environment together that are accepted, as a share of the stack. */
const STACK_SHARE = 2;

/**
 * Writes argc, argv, envp and the auxiliary vector to the top of the stack, laid out as Linux does, and returns the address of
 * argc: the new stack pointer. `path`, the program's file with symbolic links resolved, goes into AT_EXECFN: a program that is many
 * commands tells by it which one it is, whatever argv[0] says. E2BIG when they would take more than half of the stack.
 */
export function buildArgumentBlock(
  memory: UserMemory,
  stackTop: number,
  argv: readonly string[],
  environ: readonly string[],
  path: string,
  process: Process,
): number {
  const floor = stackTop - Math.floor(stackTop / STACK_SHARE);
  let top = stackTop;
  const put = (text: string): number => {
    const bytes = encodeName(text);
    top -= bytes.length + 1;
    if (top < floor) throw Errno.E2BIG;
    memory.u8.set(bytes, top);
    memory.u8[top + bytes.length] = 0;
    return top;
  };
  const argvPointers = argv.map(put);
  const envPointers = environ.map(put);
  const pathPointer = put(path);
  const random = (top & ~15) - 16;
  crypto.getRandomValues(memory.u8.subarray(random, random + 16));

  const { credentials } = process;
  const auxiliary = [
    [AT_PAGESZ, 4096],
    [AT_RANDOM, random],
    [AT_EXECFN, pathPointer],
    [AT_UID, credentials.ruid],
    [AT_EUID, credentials.euid],
    [AT_GID, credentials.rgid],
    [AT_EGID, credentials.egid],
    [AT_SECURE, 0],
    [AT_CLKTCK, 100],
    [AT_NULL, 0],
  ].flat();
  const words = [argv.length, ...argvPointers, 0, ...envPointers, 0, ...auxiliary];
  const block = (random - words.length * 4) & ~15;
  if (block < floor) throw Errno.E2BIG;
  memory.i32.set(words, block >> 2);
  return block;
}
