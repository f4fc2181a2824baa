import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Tests that start the daemon use dist/: it is built from the sources as they are now. */
export default function build(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, "../scripts/build.mjs"), "--no-types"], { stdio: "inherit" });
}
