import { Errno } from "../../src/wasi/errno.js";

const codes = new Map(
  Object.values(Errno)
    .filter((value): value is Errno => value instanceof Errno)
    .map(({ code, number }) => [-number, code]),
);

/** The name of the error that a system call has returned (`EPIPE`), or the result itself. */
export function outcome(result: number | undefined): number | string {
  if (result === undefined) return "blocked";
  return codes.get(result) ?? result;
}
