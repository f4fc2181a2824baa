import { describe, expect, it } from "vitest";
import { onBackend } from "../support/backend.js";
import { ask } from "./exchange.js";

/** What git prints where there is no network. */
const CLONE_ERROR = onBackend({
  wasi: "fatal: unable to access 'https://example.com/a.git': this sandbox has no network\n",
  v86: "Could not resolve host: example.com",
});

describe("git without a network", () => {
  it("says so when a repository is behind https", async () => {
    const result = await ask([
      { type: "shell", command: "cd /tmp && git clone -q https://example.com/a.git" },
      { type: "shell", command: "ls -A /tmp" },
    ]);
    const clone = result.answer(1);
    expect(clone).toMatchObject({ exit_code: 128, stdout: "" });
    expect(clone.stderr).toContain(CLONE_ERROR);
    expect(result.answer(2)).toMatchObject({ stdout: "" });
  });
});
