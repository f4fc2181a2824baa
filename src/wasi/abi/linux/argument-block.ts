import { Errno } from "../../errno.js";
import type { Process } from "../../kernel/process.js";
import { fillRandom } from "../../kernel/random.js";
import type { StringVector } from "../../kernel/string-vector.js";
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
 * (a multiple of 16); it begins with argc. `path`, the program's file with symbolic links resolved or the command that the file
 * is a copy of, goes into AT_EXECFN: a program that is many commands tells by it which one it is, whatever argv[0] says. E2BIG
 * beyond 2 MiB.
 */
export function buildArgumentBlock(
  address: number,
  argv: StringVector,
  environ: StringVector,
  path: string,
  process: Process,
): Uint8Array<ArrayBuffer> {
  const { credentials } = process;
  const auxiliary: readonly (readonly [type: number, value: number])[] = [
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
  const file = encodeName(path);
  const words = 1 + argv.length + 1 + environ.length + 1 + auxiliary.length * 2;
  const random = words * 4;
  const argvStart = random + RANDOM_BYTES;
  const environStart = argvStart + argv.bytes.length;
  const fileStart = environStart + environ.bytes.length;
  const size = fileStart + file.length + 1;
  if (size > MAX_BYTES) throw Errno.E2BIG;

  const block = new Uint8Array(size);
  block.set(argv.bytes, argvStart);
  block.set(environ.bytes, environStart);
  block.set(file, fileStart);
  fillRandom(block.subarray(random, argvStart));

  const view = new DataView(block.buffer);
  let at = 0;
  const put = (word: number) => {
    view.setUint32(at, word, true);
    at += 4;
  };
  put(argv.length);
  for (const start of argv.starts) put(address + argvStart + start);
  put(0);
  for (const start of environ.starts) put(address + environStart + start);
  put(0);
  for (const [type, value] of auxiliary) {
    put(type);
    put(type === AT_RANDOM ? address + random : type === AT_EXECFN ? address + fileStart : value);
  }
  return block;
}
