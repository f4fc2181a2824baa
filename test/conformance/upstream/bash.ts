import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readTree, type Suite, under } from "./suite.js";

const DRIVERS = new Set(["run-all", "run-minimal", "run-gprof"]);

/** tests/run-X runs a script and compares all its output with X.right. */
export function bashSuite(source: string, helpers: string): Suite {
  const files = readTree(join(source, "tests"));
  const own = readTree(helpers).filter(({ path }) => ["recho", "zecho", "xcase"].includes(path));
  return {
    program: "bash",
    // heredoc5.sub wants some large files of these names.
    files: [
      ...under("tests", [...files, ...own]),
      { path: "version.h", content: readFileSync(join(source, "patchlevel.h")), executable: false },
      { path: "config.h", content: readFileSync(join(source, "config.h.in")), executable: false },
      { path: "y.tab.c", content: readFileSync(join(source, "parse.y")), executable: false },
    ],
    setup: "ln -sf /usr/bin/printenv tests/printenv",
    tests: files
      .map(({ path }) => path)
      .filter((path) => path.startsWith("run-") && !DRIVERS.has(path))
      .map((path) => ({
        name: path.slice("run-".length),
        script: [
          "cd tests",
          "unset BASH_ENV SHELLOPTS",
          'export PATH="$PWD:$PATH" THIS_SH=/bin/bash BUILD_DIR=.. TMPDIR=/tmp BASH_TSTOUT=/tmp/bashtst-$$',
          `sh ./${path}`,
        ].join("\n"),
      })),
  };
}
