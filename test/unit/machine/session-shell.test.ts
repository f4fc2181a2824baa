import { describe, expect, test, vi } from "vitest";
import type { Outcome } from "../../../src/machine/machine.js";
import { createMachine, runCommand, testHost } from "../../support/machine.js";

const exited = (code: number): Outcome => ({ kind: "exit", code });

describe("the session's shell", () => {
  test("keeps directory, variables, functions, options and status from one command to the next", async () => {
    const machine = createMachine();
    await runCommand(machine, 'cd /usr; x=5; f() { echo "f $x"; }; shopt -s extglob; (exit 7)');
    const { stdout } = await runCommand(machine, "echo $?; pwd; f; [[ aaa == +(a) ]] && echo extglob");
    expect(stdout).toBe("7\n/usr\nf 5\nextglob\n");
  });

  test.each([
    ["exit 7", exited(7)],
    ["exec true", exited(0)],
    ["set -e; false; echo not reached", exited(1)],
    ["kill -9 $$", { kind: "signal", signal: "SIGKILL" }],
    ["set -u; echo $nosuch", exited(1)],
  ] as const)("is back as it was before a command that ends it: %s", async (text, outcome) => {
    const machine = createMachine();
    await runCommand(machine, "cd /usr; x=before");
    expect((await runCommand(machine, `x=after; cd /; ${text}`)).outcome).toEqual(outcome);
    expect((await runCommand(machine, "echo $x; pwd")).stdout).toBe("before\n/usr\n");
  });

  test("answers a syntax error and lives on", async () => {
    const machine = createMachine();
    const { stderr, outcome } = await runCommand(machine, "if then 'unbalanced");
    expect(outcome).toEqual(exited(2));
    expect(stderr).toContain("syntax error");
    expect((await runCommand(machine, "echo alive")).stdout).toBe("alive\n");
  });

  test("reads the command's own input, and finds it at its end", async () => {
    const machine = createMachine();
    const stdin = new TextEncoder().encode("one\ntwo\n");
    expect((await runCommand(machine, "read a; echo [$a]; cat", { stdin })).stdout).toBe("[one]\ntwo\n");
    expect((await runCommand(machine, "read a; echo $?")).stdout).toBe("1\n");
  });

  test("is copied as it is after a command, for a process that is started with the answer", async () => {
    const machine = createMachine();
    const nothing = { inputTaken() {}, ended() {} };
    const output = await new Promise<string>((resolve, reject) => {
      let text = "";
      const observer = {
        ...nothing,
        started() {},
        output: (_stream: string, bytes: Uint8Array) => {
          text += new TextDecoder().decode(bytes);
          return true;
        },
        closed: () => resolve(text),
        failed: reject,
      };
      machine.run(
        { text: "cd /usr; x=new", isolated: false, stdin: new Uint8Array() },
        {
          output: () => true,
          done: () => void machine.startProcess({ text: "pwd; echo $x", stdin: "null" }, observer),
          failed: reject,
        },
      );
    });
    expect(output).toBe("/usr\nnew\n");
  });

  test("another bash that takes its place is an ordinary one", async () => {
    const machine = createMachine();
    const stdin = new TextEncoder().encode("x=inner\necho $x\nexit 4\n");
    const { stdout, outcome } = await runCommand(machine, "x=outer; exec bash", { stdin });
    expect([stdout, outcome]).toEqual(["inner\n", exited(4)]);
    expect((await runCommand(machine, "echo [$x]")).stdout).toBe("[]\n");
  });

  test("has directory and environment of a command for that command only", async () => {
    const machine = createMachine();
    await runCommand(machine, "export A=old B=b; cd /etc");
    const once = await runCommand(machine, "pwd; echo $A-$B; printenv C; kept=yes", {
      cwd: "/usr",
      env: { A: "new", B: null, C: "with 'quotes'" },
    });
    expect(once.stdout).toBe("/usr\nnew-\nwith 'quotes'\n");
    expect((await runCommand(machine, "pwd; echo $A-$B-$C-$kept")).stdout).toBe("/etc\nold-b--yes\n");
  });

  test("does not take a directory that is not there", () => {
    const machine = createMachine();
    const observer = { output: () => true, done() {}, failed() {} };
    const command = { text: "pwd", isolated: false, stdin: new Uint8Array(), cwd: "/nosuch" };
    expect(() => machine.run(command, observer)).toThrow("No such file or directory");
  });

  test("keeps no pipe open that a command has closed", async () => {
    const machine = createMachine();
    await runCommand(machine, "exec 3> >(cat > /tmp/out)");
    const { stdout } = await runCommand(machine, "echo hello >&3; exec 3>&-; wait $!; cat /tmp/out");
    expect(stdout).toBe("hello\n");
  });

  test("keeps background processes of an earlier command when a later one is stopped", async () => {
    const machine = createMachine();
    await runCommand(machine, "sleep 100 & echo $! > /tmp/pid");
    await new Promise<void>((resolve) => {
      const running = machine.run(
        { text: "sleep 50 & sleep 60", isolated: false, stdin: new Uint8Array() },
        { output: () => true, done: () => resolve(), failed() {} },
      );
      setTimeout(() => running.kill(), 100);
    });
    const { stdout } = await runCommand(machine, "kill -0 $(cat /tmp/pid) && echo alive");
    expect(stdout).toBe("alive\n");
    expect(machine.status().processes).toBe(1);
  });

  test("waits for what a command's pipes still have to say, not for what sleeps", async () => {
    const machine = createMachine();
    const { stdout } = await runCommand(machine, "echo hello > >(tr a-z A-Z); sleep 100 &");
    expect(stdout).toBe("HELLO\n");
  });

  test("begins anew at a reset, with or without the files", async () => {
    const machine = createMachine();
    await runCommand(machine, "x=1; cd /tmp; echo text > /root/file; sleep 100 &");
    machine.reset({ keepFiles: true });
    expect((await runCommand(machine, "echo [$x]; pwd; cat file")).stdout).toBe("[]\n/root\ntext\n");
    expect(machine.status().processes).toBe(0);
    machine.reset({ keepFiles: false });
    expect((await runCommand(machine, "ls file 2>&1; pwd")).stdout).toContain("No such file");
  });

  test("begins anew at a reset that comes before it has begun", async () => {
    let now = performance.now();
    const slow = vi.spyOn(performance, "now").mockImplementation(() => (now += 20));
    const machine = createMachine();
    slow.mockRestore();
    expect(machine.sessionImage()).toBeUndefined();
    machine.reset({ keepFiles: false });
    const isolated = await runCommand(machine, "mkdir /tmp/new; pwd", { isolated: true });
    expect(isolated.stdout).toBe("/root\n");
    expect((await runCommand(machine, "pwd", { cwd: "/tmp/new" })).stdout).toBe("/tmp/new\n");
  });

  test("can begin with the image of a started one, and draws random numbers of its own", async () => {
    const first = createMachine();
    await runCommand(first, ":");
    const sessionImage = first.sessionImage();
    expect(sessionImage).toBeDefined();
    const numbers = new Set<string>();
    for (let i = 0; i < 3; i++) {
      const machine = createMachine({}, { ...testHost(), sessionImage });
      const { stdout } = await runCommand(machine, "echo $RANDOM$RANDOM; pwd; echo $HOME $PATH");
      const [random = "", ...rest] = stdout.split("\n");
      numbers.add(random);
      expect(rest).toEqual([
        "/root",
        "/root /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "",
      ]);
    }
    expect(numbers.size).toBe(3);
  });
});
