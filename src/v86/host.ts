import type { V86Parts } from "../machine/messages.js";

/** What a v86 machine needs from the thread it lives in. */
export interface V86Host {
  /** The folder with the disk. */
  readonly imagesPath: string;
  readonly parts: V86Parts;
}
