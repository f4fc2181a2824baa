import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** Where a suite's files stand, natively as in the sandbox: `<ROOT>/<program>`. */
export const ROOT = "/tmp/upstream";

/** A test of a program's own suite. */
export interface UpstreamTest {
  name: string;
  /** For `bash -c` in the suite's directory. Exit status 0 is a pass, 77 a skip of its own, everything else a failure. */
  script: string;
  /** Why it is not run at all. */
  skip?: string;
}

export interface UpstreamFile {
  /** Relative to the suite's directory. */
  path: string;
  content: Buffer;
  executable: boolean;
}

export interface Suite {
  program: string;
  files: UpstreamFile[];
  /** Shell text to run once before the tests. */
  setup: string;
  tests: UpstreamTest[];
}

/** All regular files below a folder; a link counts as what it points to. */
export function readTree(folder: string, prefix = ""): UpstreamFile[] {
  return readdirSync(join(folder, prefix))
    .sort()
    .flatMap((name) => {
      const path = join(prefix, name);
      const full = join(folder, path);
      const stats = lstatSync(full);
      if (stats.isDirectory()) return readTree(folder, path);
      if (stats.isSymbolicLink() && readlinkSync(full).startsWith("/")) return [];
      return [{ path, content: readFileSync(full), executable: (stats.mode & 0o111) !== 0 }];
    });
}

export function under(folder: string, files: UpstreamFile[]): UpstreamFile[] {
  return files.map((file) => ({ ...file, path: join(folder, file.path) }));
}

/** The words of a make variable, its continuation lines and `+=` included. */
export function makeVariable(makefile: string, name: string): string[] {
  const joined = makefile.replace(/\\\n/g, " ");
  return [...joined.matchAll(new RegExp(`^[ \\t]*${name}[ \\t]*\\+?=(.*)$`, "gm"))]
    .flatMap(([, value = ""]) => value.split(/\s+/))
    .filter((word) => word !== "");
}

export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
