import { beforeAll, describe, expect, test } from "vitest";
import type { WasiMachine } from "../../../src/wasi/machine/machine.js";
import { createMachine, runCommand } from "../../support/machine.js";

let machine: WasiMachine;
let user: WasiMachine;
beforeAll(() => {
  machine = createMachine();
  user = createMachine({ user: "user" });
});
const run = async (text: string, where = machine) => {
  const { stdout, stderr, outcome } = await runCommand(where, text);
  return [stdout, stderr, outcome.kind === "exit" ? outcome.code : outcome.kind];
};

describe("what cannot be here says so", () => {
  test.each([
    "apt install jq",
    "apt-get update",
    "pip install x",
    "pip3",
    "npm i",
    "ssh h",
    "docker ps",
    "systemctl",
  ])("%s", async (text) => {
    const [stdout, stderr, status] = await run(text);
    const name = text.split(" ")[0];
    expect([stdout, status]).toEqual(["", 127]);
    expect(stderr).toMatch(new RegExp(`^${name}: not in this sandbox: [^\n]{20,}\n$`));
  });

  test("an ordinary unknown command is what it is in any bash", async () => {
    expect(await run("frobnicate")).toEqual(["", "bash: line 1: frobnicate: command not found\n", 127]);
    expect(await run("declare -F")).toEqual(["", "", 0]);
  });

  test("a command of the other backend is said to be there", async () => {
    const [stdout, stderr, status] = await run("dpkg -l");
    expect([stdout, status]).toEqual(["", 127]);
    expect(stderr).toBe(
      'bash: line 1: dpkg: command not found\ndpkg is there with the other backend: open a session with "backend":"v86", or start limpet --backend v86\n',
    );
    expect(await run("command -v dpkg")).toEqual(["", "", 1]);
    expect(await run("command_not_found_handle() { echo mine $1; }; dpkg")).toEqual(["mine dpkg\n", "", 0]);
  });
});

describe("sudo", () => {
  test.each([
    ["runs a command", "sudo echo 'a  b' c", "a  b c\n"],
    ["passes input and the exit status on", "echo x | sudo sh -c 'cat; exit 3'; echo $?", "x\n3\n"],
    ["takes options", "sudo -n -H -- echo -n; sudo -nE echo b", "b\n"],
    [
      "sets variables",
      "sudo A=1 B='2 3' sh -c 'echo $A $B $USER $HOME $SUDO_USER'",
      "1 2 3 root /root root\n",
    ],
    ["drops variables", "export C=1; sudo sh -c 'echo [$C]'; sudo -E sh -c 'echo [$C]'", "[]\n[1]\n"],
    [
      "becomes another user",
      "cd /tmp; sudo -u user sh -c 'id; pwd; echo $HOME'",
      "uid=1000(user) gid=1000(user) groups=1000(user)\n/tmp\n/home/user\n",
    ],
    ["knows users by number", "sudo --user='#1000' whoami; sudo -uuser whoami", "user\nuser\n"],
    ["says how it is used", "sudo --help | head -c 12", "sudo [-EHnS]"],
    ["starts a shell", "echo 'echo $0 $PWD' | sudo -s; sudo -v; echo $?", "/bin/bash /root\n0\n"],
    ["keeps what it writes to the user", "cd /tmp; sudo -u user touch f; stat -c %U f", "user\n"],
  ])("%s", async (_, text, expected) => {
    expect(await run(`(${text})`)).toEqual([expected, "", expect.any(Number)]);
  });

  test("says what is wrong", async () => {
    expect(await run("sudo")).toEqual(["", "sudo: what is to be run? (sudo COMMAND [ARGUMENT ...])\n", 1]);
    expect(await run("sudo -u nobody1 id")).toEqual(["", "sudo: unknown user nobody1\n", 1]);
    expect(await run("sudo nosuch")).toEqual(["", "sudo: nosuch: command not found\n", 1]);
    expect(await run("sudo -Z id")).toEqual(["", expect.stringContaining("the option -Z is not here"), 1]);
    expect(await run("sudo id", user)).toEqual(["", expect.stringContaining("only root may use it"), 1]);
  });
});
