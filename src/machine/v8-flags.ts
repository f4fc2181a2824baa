import { setFlagsFromString } from "node:v8";

/**
 * Sets what V8 is to do otherwise in this process, before it loads any code: the flags are part of what V8's cached code is for.
 *
 * V8 11, in Node.js 20, allocates the registers of very large functions in a hurried way. Those are the loops of the interpreters
 * (Python, Lua, SQLite, awk), which run half as fast then.
 */
export function setV8Flags(): void {
  if (process.versions.v8.startsWith("11."))
    setFlagsFromString("--no-turbo-use-mid-tier-regalloc-for-huge-functions");
}
