import { Errno } from "../../wasi/errno.js";

const BY_NUMBER = new Map(
  Object.values(Errno)
    .filter((value) => value instanceof Errno)
    .map((errno) => [errno.number, errno]),
);

/** The error that the guest reported by number; those that nobody has a name for are EIO. */
export function errnoOf(number: number): Errno {
  return BY_NUMBER.get(number) ?? Errno.EIO;
}
