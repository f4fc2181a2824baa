import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Tests that start the daemon use dist/: it is built again when a source is newer. */
export default function build(): void {
  const script = join(import.meta.dirname, "../scripts/prepare.mjs");
  execFileSync(process.execPath, [script, "--no-types"], { stdio: "inherit" });
}
