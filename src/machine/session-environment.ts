import type { MachineOptions } from "./machine.js";

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Who a session's shell runs as. */
export interface SessionUser {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

export function sessionUser(user: MachineOptions["user"]): SessionUser {
  return user === "root" ? { uid: 0, gid: 0, home: "/root" } : { uid: 1000, gid: 1000, home: "/home/user" };
}

/** TERM of a process with a terminal, unless its client says what the terminal is. */
export const TERMINAL_TYPE = "xterm-256color";

/** What a session's shell begins with. */
export function sessionEnvironment(options: MachineOptions): Readonly<Record<string, string>> {
  return {
    PATH,
    HOME: sessionUser(options.user).home,
    USER: options.user,
    LOGNAME: options.user,
    SHELL: "/bin/bash",
    LANG: "C.UTF-8",
    TERM: "dumb",
    ...options.env,
  };
}
