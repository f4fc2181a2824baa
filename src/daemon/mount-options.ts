import { statSync } from "node:fs";
import { isAbsolute } from "node:path";
import type { MountOptions } from "../machine/machine.js";

/** What is wrong with a mount, so that it is not even tried. */
export class MountRefused extends Error {}

/** Directories that are the sandbox's own. */
const TAKEN = ["/proc", "/dev", "/sys"];

/** Throws MountRefused for the first of them that cannot be. */
export function demandMountable(mounts: readonly MountOptions[]): void {
  for (const [index, { host, guest }] of mounts.entries()) {
    const refuse = (why: string): never => {
      throw new MountRefused(`cannot mount ${JSON.stringify(host)}: ${why}`);
    };
    const place = JSON.stringify(guest);
    if (!isAbsolute(host)) refuse("the path on the host must be absolute");
    if (!/^(\/(?!\.{1,2}(?:\/|$))[^/]+)+$/.test(guest))
      refuse(
        `the path in the guest must be like "/work", without ".", ".." and a slash at its end, got ${place}`,
      );
    if (TAKEN.some((path) => isWithin(guest, path))) refuse(`${place} is the sandbox's own`);
    const other = mounts
      .slice(0, index)
      .find((one) => isWithin(one.guest, guest) || isWithin(guest, one.guest));
    if (other !== undefined) refuse(`${place} and ${JSON.stringify(other.guest)} lie in each other`);
    demandDirectory(host);
  }
}

function demandDirectory(host: string): void {
  const stats = statSync(host, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return;
  const why =
    stats === undefined ? "there is no such directory on the host" : "it is no directory on the host";
  throw new MountRefused(`cannot mount ${JSON.stringify(host)}: ${why}`);
}

function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}
