import { type SyscallDefinition, syscall } from "./definition.js";

export const memorySyscalls: readonly SyscallDefinition[] = [
  syscall(214, "brk", ["uint"], (_kernel, process, address) => process.instance?.setBreak(address) ?? 0),
];
