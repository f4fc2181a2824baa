import { attributeSyscalls } from "./attributes.js";
import { copyingSyscalls } from "./copying.js";
import type { SyscallDefinition } from "./definition.js";
import { descriptorSyscalls } from "./descriptors.js";
import { directorySyscalls } from "./directories.js";
import { extendedAttributeSyscalls } from "./extended-attributes.js";
import { lockSyscalls } from "./locks.js";
import { nameSyscalls } from "./names.js";
import { openSyscalls } from "./open.js";
import { readWriteSyscalls } from "./read-write.js";
import { statSyscalls } from "./stat.js";
import { syncSyscalls } from "./sync.js";

/** Everything about files, directories and descriptors. */
export const fileSyscalls: readonly SyscallDefinition[] = [
  ...attributeSyscalls,
  ...copyingSyscalls,
  ...descriptorSyscalls,
  ...directorySyscalls,
  ...extendedAttributeSyscalls,
  ...lockSyscalls,
  ...nameSyscalls,
  ...openSyscalls,
  ...readWriteSyscalls,
  ...statSyscalls,
  ...syncSyscalls,
];
