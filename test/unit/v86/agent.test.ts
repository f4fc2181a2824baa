import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Outcome } from "../../../src/machine/machine.js";
import {
  COMPILE_LIMIT_MS,
  canCompile,
  compilePrograms,
  hasShell,
  NativeAgent,
  removePrograms,
  sessionShell,
} from "./native-agent.js";

const exited = (code: number): Outcome => ({ kind: "exit", code });
const killed = (signal: string): Outcome => ({ kind: "signal", signal });
const bytesOf = (text: string) => new TextEncoder().encode(text);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let agent: NativeAgent;
beforeAll(() => {
  if (canCompile) compilePrograms();
}, COMPILE_LIMIT_MS);
afterEach(() => agent?.stop());
afterAll(removePrograms);

const noCompiler = "the guest's agent (not run: no gcc on this machine)";
describe.skipIf(!canCompile)(canCompile ? "the guest's agent" : noCompiler, () => {
  let folder: string;
  beforeEach(async () => {
    agent = new NativeAgent("idle");
    folder = mkdtempSync(join(tmpdir(), "limpet-files-"));
    await agent.open({ cwd: folder });
    return () => rmSync(folder, { recursive: true });
  });
  const isolated = { isolated: true };

  describe("isolated commands", () => {
    test("begin in the session's directory and environment", async () => {
      const ran = await agent.run("pwd; echo $A-$B-$HOME; exit 3", {
        ...isolated,
        env: { A: "a b", HOME: null },
      });
      expect(ran).toEqual({ stdout: `${folder}\na b--\n`, stderr: "", outcome: exited(3) });
    });

    test("keep output and errors apart", async () => {
      const ran = await agent.run("echo out; echo err >&2; kill -SEGV $$", isolated);
      expect(ran).toEqual({ stdout: "out\n", stderr: "err\n", outcome: killed("SIGSEGV") });
    });

    test("have their input as a file", async () => {
      const options = { ...isolated, stdin: bytesOf("one\ntwo\n") };
      expect(
        (await agent.run("read a; echo [$a]; cat; test -f /dev/stdin && cat /dev/stdin", options)).stdout,
      ).toBe("[one]\ntwo\none\ntwo\n");
      const long = { ...isolated, stdin: new Uint8Array(1 << 20).fill(120) };
      expect((await agent.run("wc -c", long)).stdout.trim()).toBe("1048576");
    });

    test("run side by side", async () => {
      const slow = agent.run("sleep 0.3; echo slow", isolated);
      expect((await agent.run("echo quick", isolated)).stdout).toBe("quick\n");
      expect((await slow).stdout).toBe("slow\n");
    });

    test.each([
      ["nosuch", "ENOENT"],
      ["/etc/passwd", "ENOTDIR"],
    ])("do not start in %s", async (cwd, code) => {
      await expect(agent.run("true", { ...isolated, cwd })).rejects.toMatchObject({ code });
    });
  });

  describe("output", () => {
    test("comes whole, however much it is", async () => {
      const { stdout, outcome } = await agent.run("yes 0123456 | head -c 10485760", isolated);
      expect(stdout.length).toBe(10_485_760);
      expect(stdout).toBe("0123456\n".repeat(1_310_720));
      expect(outcome).toEqual(exited(0));
    });

    test("waits for who does not want more", async () => {
      let received = 0;
      let open = false;
      const ended = new Promise<Outcome>((resolve, reject) => {
        const running = agent.channel.run(
          { text: "head -c 3000000 /dev/zero; echo end >&2", isolated: true, stdin: new Uint8Array() },
          {
            output(_stream, bytes) {
              received += bytes.length;
              return open;
            },
            done: resolve,
            failed: reject,
          },
        );
        setTimeout(() => {
          expect(received).toBeGreaterThan(0);
          expect(received).toBeLessThanOrEqual(65536);
          open = true;
          running.resume();
        }, 200);
      });
      expect(await ended).toEqual(exited(0));
      expect(received).toBe(3_000_004);
    });

    // The agent waits for 100 ms, which a machine that is busy with other tests may need for less than this.
    test("of what is about to run belongs to the command, of what sleeps does not", {
      retry: 3,
    }, async () => {
      expect((await agent.run("echo x > >(cat; echo y)", isolated)).stdout).toBe("x\ny\n");
      const started = Date.now();
      const left = `${folder}/left`;
      const ran = await agent.run(`(sleep 0.5; echo late && echo alive >${left}) & echo now`, isolated);
      expect(ran.stdout).toBe("now\n");
      expect(Date.now() - started).toBeLessThan(400);
      await sleep(700);
      expect((await agent.run(`cat ${left}`, isolated)).stdout).toBe("alive\n");
    });

    test("without end in the background does not hold up the answer", async () => {
      const { outcome } = await agent.run("yes & sleep 0.1", isolated);
      expect(outcome).toEqual(exited(0));
    });
  });

  describe("kill", () => {
    test("reaches processes in sessions of their own", async () => {
      const script = `setsid bash -c 'trap "" TERM; echo $$ >${folder}/pid; sleep 60; :' & wait`;
      const result = await new Promise<Outcome>((resolve, reject) => {
        const observer = { output: () => true, done: resolve, failed: reject };
        const running = agent.channel.run(
          { text: script, isolated: true, stdin: new Uint8Array() },
          observer,
        );
        setTimeout(() => running.kill(), 200);
      });
      expect(result).toEqual(killed("SIGTERM"));
      await sleep(400);
      expect((await agent.run(`kill -0 $(cat ${folder}/pid)`, isolated)).outcome).toEqual(exited(1));
      expect((await agent.channel.status()).processes).toBe(0);
    });

    test("ends a command whose input has not arrived", async () => {
      const outcome = await new Promise<Outcome>((resolve, reject) => {
        const observer = { output: () => true, done: resolve, failed: reject };
        agent.channel.run({ text: "cat", isolated: true, stdin: new Uint8Array(5_000_000) }, observer).kill();
      });
      expect(outcome).toEqual(killed("SIGTERM"));
      expect((await agent.run("echo next", isolated)).stdout).toBe("next\n");
    });
  });

  test("refuses a session in a directory that is not there", async () => {
    await expect(agent.open({ cwd: "/nosuch" })).rejects.toMatchObject({ code: "ENOENT" });
    await expect(agent.run("true")).rejects.toMatchObject({ code: "ENOTCONN" });
  });

  test("counts memory and processes", async () => {
    const before = await agent.channel.status();
    expect(before.totalBytes).toBeGreaterThan(before.availableBytes);
    await agent.run("sleep 5 & sleep 5 &", isolated);
    expect((await agent.channel.status()).processes).toBe(before.processes + 2);
  });

  test("lets everything fail when it is gone", async () => {
    const running = agent.run("sleep 60", isolated);
    agent.channel.close("gone");
    expect((await running).outcome).toEqual({ kind: "lost", reason: "gone" });
    await expect(agent.channel.status()).rejects.toThrow("gone");
  });
});

const noShell = `the session's shell in the guest (not run: no ${sessionShell})`;
const canRun = canCompile && hasShell;
describe.skipIf(!canRun)(canRun ? "the session's shell in the guest" : noShell, () => {
  beforeEach(async () => {
    agent = new NativeAgent();
    await agent.open();
  });

  test("keeps directory, variables, functions, options and status", async () => {
    await agent.run('cd /usr; x=5; f() { echo "f $x"; }; shopt -s extglob; (exit 7)');
    const { stdout } = await agent.run("echo $?; pwd; f; [[ aaa == +(a) ]] && echo extglob");
    expect(stdout).toBe("7\n/usr\nf 5\nextglob\n");
    expect((await agent.run("echo ${x-unset}; pwd", { isolated: true })).stdout).toBe(`unset\n${tmpdir()}\n`);
  });

  test.each([
    ["exit 7", exited(7)],
    ["exec true", exited(0)],
    ["exec false", exited(1)],
    ["set -e; false; echo not reached", exited(1)],
    ["set -u; echo $nosuch", exited(1)],
    ["kill -9 $$", killed("SIGKILL")],
    ["trap 'kill -9 $$' EXIT; exit", killed("SIGKILL")],
  ])("is back as it was before: %s", async (text, outcome) => {
    await agent.run("cd /usr; x=before; exec 5</etc/passwd");
    for (let i = 0; i < 3; i++) {
      expect((await agent.run(`x=after; cd /; ${text}`)).outcome).toEqual(outcome);
      expect((await agent.run("echo $x; pwd; test -r /dev/fd/5; echo $?")).stdout).toBe("before\n/usr\n0\n");
    }
  });

  test("starts anew when nothing of it is left", async () => {
    await agent.run("x=1");
    const pids = "$(pgrep -f '^bash$' -P $PPID | sort -rn)";
    expect((await agent.run(`kill -9 ${pids}`)).outcome).toEqual(killed("SIGKILL"));
    expect((await agent.run("echo [$x]")).stdout).toBe("[]\n");
  });

  test("answers a syntax error and lives on", async () => {
    const { stderr, outcome } = await agent.run("if then 'unbalanced");
    expect(outcome).toEqual(exited(2));
    expect(stderr).toContain("syntax error");
    expect((await agent.run("echo alive")).stdout).toBe("alive\n");
  });

  test("reads the command's own input", async () => {
    const stdin = bytesOf("one\ntwo\n");
    expect((await agent.run('read a; echo "[$a]"; cat', { stdin })).stdout).toBe("[one]\ntwo\n");
    expect((await agent.run("read a; echo $?")).stdout).toBe("1\n");
  });

  test("has directory and environment of a command for that command only", async () => {
    await agent.run("export A=old B=b; cd /etc");
    const options = { cwd: "../usr", env: { A: "new", B: null, C: "with 'quotes'" } };
    const once = await agent.run("pwd; echo $A-$B; printenv C; kept=yes", options);
    expect(once.stdout).toBe("/usr\nnew-\nwith 'quotes'\n");
    expect((await agent.run("pwd; echo $A-$B-$C-$kept")).stdout).toBe("/etc\nold-b--yes\n");
    await expect(agent.run("pwd", { cwd: "/nosuch" })).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("takes a text of a megabyte", async () => {
    const text = `x='${"0123456789".repeat(100_000)}'; echo \${#x}`;
    expect((await agent.run(text)).stdout).toBe("1000000\n");
  });

  test("runs isolated commands that are too long for arguments", async () => {
    const text = `echo "$0 $- \${#BASH_EXECUTION_STRING} \${#A} $B"; echo "$1"; unset A; env | grep LIMPET #${"x".repeat(200_000)}`;
    const env = { A: "a".repeat(200_000), B: "b" };
    expect(await agent.run(text, { isolated: true, env })).toEqual({
      stdout: `bash hBc ${text.length} 200000 b\n\n`,
      stderr: "",
      outcome: exited(1),
    });
  });

  test("shows nothing of how it is connected", async () => {
    const look = "env | grep LIMPET; ls /proc/self/fd";
    expect((await agent.run(look)).stdout).toBe((await agent.run(look, { isolated: true })).stdout);
  });

  test("leaves background processes running, and waits for them later", async () => {
    const first = await agent.run("sleep 0.4 & echo started");
    expect(first.stdout).toBe("started\n");
    expect((await agent.channel.status()).processes).toBe(1);
    expect((await agent.run("wait; echo $? $(jobs | wc -l)")).stdout).toBe("0 0\n");
  });

  test("a pipe that the shell closes is at its end", async () => {
    await agent.run("exec 3> >(cat; echo closed)");
    expect((await agent.run("p=$!; exec 3>&-; wait $p; echo $?")).stdout).toBe("0\n");
  });

  test("a killed command leaves the session as it was", async () => {
    await agent.run("x=before; sleep 30 &");
    const result = await new Promise<Outcome>((resolve, reject) => {
      const observer = { output: () => true, done: resolve, failed: reject };
      const command = {
        text: "x=after; setsid sleep 30 & while :; do :; done",
        isolated: false,
        stdin: new Uint8Array(),
      };
      const running = agent.channel.run(command, observer);
      setTimeout(() => running.kill(), 200);
    });
    expect(result).toEqual(killed("SIGTERM"));
    expect((await agent.run("echo $x")).stdout).toBe("before\n");
    await sleep(300);
    expect((await agent.channel.status()).processes).toBe(1);
  });

  test("does not see its copy among its children or in its traps", async () => {
    await agent.run("trap 'echo child' CHLD");
    expect((await agent.run("echo quiet")).stdout).toBe("quiet\n");
    expect((await agent.run("ps -o pid= --ppid $$ | wc -l")).stdout).toContain("child");
  });

  test("commands are answered in order", async () => {
    const all = await Promise.all(["echo 1", "echo 2; exit", "echo 3"].map((text) => agent.run(text)));
    expect(all.map(({ stdout }) => stdout)).toEqual(["1\n", "2\n", "3\n"]);
  });

  describe("with limits", () => {
    test("of open files and of the size of a file: each process has them", async () => {
      await agent.open({ limits: { processes: 400, open_files: 40, file_size_bytes: 3000 } });
      const { stdout } = await agent.run("ulimit -u -n -f; bash -c 'ulimit -n'");
      expect(stdout.match(/\d+$/gm)?.map(Number)).toEqual([400, 40, 2, 40]);
      const full = await agent.run("head -c 5000 /dev/zero >f; stat -c %s f; rm f");
      expect(full.stdout).toBe("3000\n");
      const many = await agent.run(`: ${"<(:) ".repeat(40)}`);
      expect(many.stderr).toContain("Too many open files");
      expect((await agent.run("echo still here")).stdout).toBe("still here\n");
      await agent.open();
      expect((await agent.run("ulimit -f")).stdout).toBe("unlimited\n");
    });

    test("of processor time: a command has it with all that it starts", async () => {
      await agent.open({ limits: { cpu_ms: 300 } });
      const over = { outcome: killed("SIGXCPU"), limit: "cpu_ms" };
      for (let i = 0; i < 3; i++) await agent.run("for ((i = 0; i < 30000; i++)); do :; done");
      expect(await agent.run("while :; do :; done")).toMatchObject(over);
      expect(await agent.run("while :; do :; done", { isolated: true })).toMatchObject(over);
      const shared = await agent.run("for i in 1 2 3; do (while :; do :; done) & done; wait; echo $?");
      expect(shared).toMatchObject({ stdout: "", ...over });
      expect(await agent.start("while :; do :; done").end).toMatchObject(over);
      const stubborn = agent.start("trap 'echo caught' XCPU; while :; do :; done");
      expect(await stubborn.end).toMatchObject({ outcome: killed("SIGKILL"), limit: "cpu_ms" });
      expect(stubborn.stdout).toBe("caught\n");
      expect(await agent.run("sleep 0.4; echo fine")).toEqual({
        stdout: "fine\n",
        stderr: "",
        outcome: exited(0),
      });
    });

    test("of output: what writes more is ended", async () => {
      await agent.stop();
      agent = new NativeAgent("session", 5000);
      await agent.open();
      const over = { outcome: killed("SIGXFSZ"), limit: "output_bytes" };
      const ran = await agent.run("yes", { isolated: true });
      expect(ran).toMatchObject(over);
      expect(ran.stdout).toBe("y\n".repeat(2500));
      const process = agent.start("yes >&2");
      expect(await process.end).toMatchObject(over);
      expect(process.stderr).toBe("y\n".repeat(2500));
      expect(await agent.run("yes | head -c 100000 | wc -c")).toMatchObject({ stdout: "100000\n" });
    });
  });

  test("another session ends the first", async () => {
    await agent.run("x=1; sleep 60 &");
    const running = agent.run("sleep 60");
    await agent.open({ cwd: "/" });
    expect((await running).outcome).toEqual(killed("SIGKILL"));
    expect((await agent.run("pwd; echo [$x]")).stdout).toBe("/\n[]\n");
    expect((await agent.channel.status()).processes).toBe(0);
  });
});
