import { type SyscallDefinition, syscall } from "./definition.js";

/** All memory is there, readable and writable, and never leaves: there is nothing to do. */
const accepted = {
  support: "partial",
  note: "accepted; memory is always present, readable and writable",
} as const;

export const memorySyscalls: readonly SyscallDefinition[] = [
  syscall(214, "brk", ["uint"], (_kernel, process, address) => process.instance?.setBreak(address) ?? 0),
  syscall(226, "mprotect", ["ptr", "uint", "flags"], () => 0, accepted),
  syscall(227, "msync", ["ptr", "uint", "flags"], () => 0, accepted),
  syscall(228, "mlock", ["ptr", "uint"], () => 0, accepted),
  syscall(229, "munlock", ["ptr", "uint"], () => 0, accepted),
  syscall(230, "mlockall", ["flags"], () => 0, accepted),
  syscall(231, "munlockall", [], () => 0, accepted),
  syscall(233, "madvise", ["ptr", "uint", "int"], () => 0, accepted),
  syscall(284, "mlock2", ["ptr", "uint", "flags"], () => 0, accepted),
];
