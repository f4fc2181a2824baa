import { describe, expect, it } from "vitest";
import { BACKEND } from "../support/backend.js";
import { ask } from "./exchange.js";

async function run(command: string) {
  const answer = (await ask([{ type: "shell", command }])).answer(1);
  return answer as typeof answer & { stdout: string; stderr: string };
}

/** The v86 backend has Debian's own python3, with threads and without the name `python`. */
describe.skipIf(BACKEND !== "wasi")("python", () => {
  it("has three names", async () => {
    const { stdout } = await run("python -V; python3 -V; python3.11 -V; readlink -f $(which python)");
    expect(stdout).toBe(`${"Python 3.11.2\n".repeat(3)}/usr/bin/python3.11\n`);
  });

  it.each([
    ["ssl", "ssl is not available in this sandbox, which has no network"],
    ["ctypes", "ctypes is not available in this sandbox, which has no shared libraries"],
    ["curses", "curses is not available in this sandbox, which has no terminal"],
    ["readline", "readline is not available in this sandbox, which has no terminal"],
    ["pip", "pip is not available in this sandbox, which has no network to install from"],
  ])("says why there is no %s", async (module, message) => {
    const { exit_code, stderr } = await run(`python3 -c 'import ${module}'`);
    expect(exit_code).toBe(1);
    expect(stderr.trimEnd().split("\n").at(-1)).toBe(`ImportError: ${message}`);
  });

  it("says why pip installs nothing", async () => {
    expect(await run("python3 -m pip install requests")).toMatchObject({
      exit_code: 1,
      stderr: "pip is not available in this sandbox, which has no network to install from\n",
    });
  });

  it("makes virtual environments, without pip", async () => {
    const answer = await run(
      "cd /tmp && python3 -m venv env && . env/bin/activate && python -c 'import sys; print(sys.prefix, sys.base_prefix)'",
    );
    expect(answer).toMatchObject({
      exit_code: 0,
      stdout: "/tmp/env /usr\n",
      stderr: "venv: made without pip: this sandbox has no network to install from\n",
    });
  });

  it("has its library as sources and as bytecode", async () => {
    const { stdout } = await run(`cd /usr/lib/python3.11
      grep -c '^class JSONDecoder' json/decoder.py
      python3 -v -c 'import json.decoder' 2>&1 | grep -o '/usr/.*/decoder.cpython-311.pyc matches'`);
    expect(stdout).toBe("1\n/usr/lib/python3.11/json/__pycache__/decoder.cpython-311.pyc matches\n");
  });
});
