import { readSync } from "node:fs";

/** Fills `into` from `position` on; throws when `file`, as people know it, ends before. The descriptor's own position stays. */
export function readExactly(file: string, fd: number, into: Uint8Array, position: number): void {
  for (let done = 0; done < into.length; ) {
    const count = readSync(fd, into, done, into.length - done, position + done);
    if (count === 0) throw new Error(`${file} ends too early`);
    done += count;
  }
}
