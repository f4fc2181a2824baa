import type { V86Parts } from "../machine/messages.js";
import type { HostFoldersHost } from "./9p/host-folders.js";

/** What a v86 machine needs from the thread it lives in. */
export interface V86Host extends HostFoldersHost {
  /** The folder with the disk. */
  readonly imagesPath: string;
  readonly parts: V86Parts;
}
