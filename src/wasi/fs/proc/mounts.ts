import type { Process } from "../../kernel/process.js";
import type { Mount } from "../../vfs/mounts.js";

/** Where a mount is, as the process sees it; undefined when it lies outside the process's root. */
function mountPath(process: Process, mount: Mount): string | undefined {
  return process.kernel.vfs.pathOf(mount.fs.root, process.fs.root);
}

/** /proc/PID/mounts, in the form of fstab(5). */
export function mountsText(process: Process): string {
  return process.kernel.vfs.mounts
    .list()
    .map((mount) => {
      const path = mountPath(process, mount);
      return path === undefined
        ? ""
        : `${mount.source} ${escapeBlanks(path)} ${mount.fs.type} ${mount.options} 0 0\n`;
    })
    .join("");
}

/** /proc/PID/mountinfo (proc(5)). */
export function mountInfoText(process: Process): string {
  return process.kernel.vfs.mounts
    .list()
    .map((mount, i) => {
      const path = mountPath(process, mount);
      if (path === undefined) return "";
      const { dev, type } = mount.fs;
      const parent = i === 0 ? 1 : FIRST_ID;
      const superOptions = mount.fs.readOnly ? "ro" : "rw";
      return `${FIRST_ID + i} ${parent} ${dev >> 8}:${dev & 0xff} / ${escapeBlanks(path)} ${mount.options} - ${type} ${mount.source} ${superOptions}\n`;
    })
    .join("");
}

const FIRST_ID = 20;

/** Blanks and backslashes in a path are written in octal. */
function escapeBlanks(path: string): string {
  return path.replace(/[ \t\n\\]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`);
}
