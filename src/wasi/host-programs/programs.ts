import type { HostProgram, HostProgramStart } from "./host-program.js";
import { QuickJs } from "./quickjs/program.js";

/** The images that are not programs by themselves, and what drives each. */
export const HOST_PROGRAMS: Readonly<Record<string, (start: HostProgramStart) => HostProgram>> = {
  quickjs: (start) => new QuickJs(start),
};
