import { Errno } from "../wasi/errno.js";

const BY_CODE = new Map(
  Object.values(Errno)
    .filter((value) => value instanceof Errno)
    .map((errno) => [errno.code, errno]),
);

/** Does what the host is asked for; what it refuses is thrown as the same errno. */
export function ask<Answer>(call: () => Answer): Answer {
  try {
    return call();
  } catch (error) {
    throw errnoOf(error);
  }
}

function errnoOf(error: unknown): unknown {
  if (error instanceof Errno || !(error instanceof Error && "code" in error)) return error;
  switch (error.code) {
    // The host's own limit of descriptors is none of the guest's.
    case "EMFILE":
      return Errno.ENFILE;
    case "ENOTSUP":
      return Errno.EOPNOTSUPP;
    default:
      return BY_CODE.get(String(error.code)) ?? Errno.EIO;
  }
}
