import { Errno } from "../../errno.js";
import type { Process } from "../../kernel/process.js";
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

const RANDOM_BYTES = 16;
/** argv and environment, with their pointers, may take this much (execve(2), "Limits on size of arguments"). */
const MAX_BYTES = 2 << 20;

/**
 * argc, argv, envp and the auxiliary vector, laid out as Linux does at the top of a stack, in one piece to be put at `address`
 * (a multiple of 16); it begins with argc. `path`, the program's file with symbolic links resolved, goes into AT_EXECFN: a
 * program that is many commands tells by it which one it is, whatever argv[0] says. E2BIG beyond 2 MiB.
 */
export function buildArgumentBlock(
  address: number,
  argv: readonly string[],
  environ: readonly string[],
  path: string,
  process: Process,
): Uint8Array<ArrayBuffer> {
  const { credentials } = process;
  const auxiliary = [
    [AT_PAGESZ, 4096],
    [AT_RANDOM, 0],
    [AT_EXECFN, 0],
    [AT_UID, credentials.ruid],
    [AT_EUID, credentials.euid],
    [AT_GID, credentials.rgid],
    [AT_EGID, credentials.egid],
    [AT_SECURE, 0],
    [AT_CLKTCK, 100],
    [AT_NULL, 0],
  ];
  const texts = [...argv, ...environ, path].map(encodeName);
  const words = 1 + argv.length + 1 + environ.length + 1 + auxiliary.length * 2;
  const textStart = words * 4 + RANDOM_BYTES;
  const size = texts.reduce((total, text) => total + text.length + 1, textStart);
  if (size > MAX_BYTES) throw Errno.E2BIG;

  const block = new Uint8Array(size);
  const view = new DataView(block.buffer);
  let at = textStart;
  const pointers = texts.map((text) => {
    const pointer = address + at;
    block.set(text, at);
    at += text.length + 1;
    return pointer;
  });
  crypto.getRandomValues(block.subarray(words * 4, textStart));
  const found: Record<number, number> = {
    [AT_RANDOM]: address + words * 4,
    [AT_EXECFN]: pointers.at(-1) ?? 0,
  };
  const all = [
    argv.length,
    ...pointers.slice(0, argv.length),
    0,
    ...pointers.slice(argv.length, -1),
    0,
    ...auxiliary.flatMap(([type = AT_NULL, value = 0]) => [type, found[type] ?? value]),
  ];
  all.forEach((word, index) => {
    view.setUint32(index * 4, word, true);
  });
  return block;
}
