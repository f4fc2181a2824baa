import type { Command } from "../../machine/machine.js";
import { encodeName } from "../vfs/name.js";

/** The block of strings that guest/programs/bash/session.c takes apart. `cwd`: an absolute path, or "" for the shell's own. */
export function encodeCommand({ text, env }: Pick<Command, "text" | "env">, cwd: string): Uint8Array {
  const assignments = Object.entries(env ?? {}).map(([name, value]) =>
    value === null ? name : `${name}=${value}`,
  );
  return encodeName([cwd, ...assignments, "", text, ""].join("\0"));
}
