import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

const folder = join(import.meta.dirname, "../../clients/python");

/** What the Python client needs. */
const usable = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 9))"]).status === 0;

it.skipIf(!usable)("the Python client passes its own tests", { timeout: 300_000 }, () => {
  const { status, stderr } = spawnSync("python3", ["-m", "unittest", "discover", folder], {
    encoding: "utf8",
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  expect(stderr).toMatch(/\nRan \d\d tests in [^\n]*\n\nOK\n$/);
  expect(status).toBe(0);
});
