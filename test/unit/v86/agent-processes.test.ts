import { tmpdir } from "node:os";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  COMPILE_LIMIT_MS,
  canCompile,
  compilePrograms,
  hasShell,
  NativeAgent,
  removePrograms,
  sessionShell,
} from "./native-agent.js";

const exited = (code: number) => ({ kind: "exit", code });
const killed = (signal: string) => ({ kind: "signal", signal });
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const canRun = canCompile && hasShell;
const noShell = `processes beside the shell in the guest (not run: no ${sessionShell})`;
describe.skipIf(!canRun)(canRun ? "processes beside the shell in the guest" : noShell, () => {
  let agent: NativeAgent;
  beforeAll(() => {
    compilePrograms();
  }, COMPILE_LIMIT_MS);
  beforeEach(async () => {
    agent = new NativeAgent();
    await agent.open();
  });
  afterEach(() => agent.stop());
  afterAll(removePrograms);

  const isAlive = async (pid: string | number) =>
    (await agent.run(`kill -0 ${pid}`, { isolated: true })).outcome.kind === "exit" &&
    (await agent.run(`kill -0 ${pid} 2>/dev/null; echo $?`)).stdout === "0\n";

  describe("a process", () => {
    test("tells its start, its output, its end and that no more comes, in this order", async () => {
      const process = agent.start("echo $BASHPID; echo err >&2; exit 3");
      expect(await process.end).toMatchObject({ outcome: exited(3) });
      await process.closed;
      expect(process.stdout).toBe(`${await process.pid}\n`);
      expect(process.stderr).toBe("err\n");
      expect(process.events).toEqual(["started", "ended", "closed"]);
    });

    test("sees the shell as it is then, and changes nothing of it", async () => {
      await agent.run("cd /usr; x='a b'; f() { echo f $x; }; shopt -s extglob; set -- 1 2; (exit 7)");
      const process = agent.start("echo $? $#; f; pwd; [[ aaa == +(a) ]] && echo extglob; x=changed; cd /");
      await process.closed;
      expect(process.stdout).toBe("7 2\nf a b\n/usr\nextglob\n");
      expect((await agent.run("echo $x; pwd")).stdout).toBe("a b\n/usr\n");
    });

    test("has directory and environment of its own", async () => {
      await agent.run("export A=old B=b; cd /etc");
      const process = agent.start("pwd; echo $A-$B-$C", {
        cwd: "../usr",
        env: { A: "new", B: null, C: "c" },
      });
      await process.closed;
      expect(process.stdout).toBe("/usr\nnew--c\n");
      await expect(agent.start("pwd", { cwd: "/nosuch" }).pid).rejects.toMatchObject({ code: "ENOENT" });
    });

    test("runs beside the commands of the shell, in their order", async () => {
      await agent.run("x=1");
      const process = agent.start("echo $x; sleep 0.3; echo late");
      const next = await agent.run("x=2; echo next");
      expect(next.stdout).toBe("next\n");
      expect(process.events).toEqual(["started"]);
      await process.end;
      expect(process.stdout).toBe("1\nlate\n");
    });

    test("has traps of its own and none of the shell's", async () => {
      await agent.run("trap 'echo shell' EXIT TERM; trap 'echo child' CHLD");
      const plain = agent.start("/bin/true; echo plain");
      const trapping = agent.start("trap 'echo mine $?' EXIT; exit 4");
      const mortal = agent.start("echo here; sleep 60");
      await mortal.shows("here");
      mortal.running.signal("SIGTERM");
      expect((await mortal.end).outcome).toEqual(killed("SIGTERM"));
      await Promise.all([plain.closed, trapping.closed]);
      expect([plain.stdout, trapping.stdout, mortal.stdout]).toEqual(["plain\n", "mine 4\n", "here\n"]);
      expect((await trapping.end).outcome).toEqual(exited(4));
      expect((await agent.run("trap -p EXIT; jobs; wait; echo $?")).stdout).toBe(
        "trap -- 'echo shell' EXIT\n0\n",
      );
    });

    test.each([
      ["exit 7", exited(7)],
      ["exec false", exited(1)],
      ["set -e; false; echo not reached", exited(1)],
      ["set -u; echo $nosuch", exited(1)],
      ["if then", exited(2)],
      ["nosuch", exited(127)],
      ["kill -9 $BASHPID", killed("SIGKILL")],
      ["kill -SEGV $BASHPID", killed("SIGSEGV")],
    ])("ends as its text says: %s", async (text, outcome) => {
      await agent.run("x=kept");
      const process = agent.start(text);
      expect((await process.end).outcome).toEqual(outcome);
      await process.closed;
      expect(process.stdout).toBe("");
      expect((await agent.run("echo $x")).stdout).toBe("kept\n");
    });

    test("takes a text of a megabyte", async () => {
      const process = agent.start(`x='${"0123456789".repeat(100_000)}'; echo \${#x}`);
      await process.closed;
      expect(process.stdout).toBe("1000000\n");
    });

    test("outlives the command that the shell is killed with", async () => {
      const process = agent.start("sleep 0.3; echo still");
      await process.pid;
      expect((await agent.run("kill -9 $$")).outcome).toEqual(killed("SIGKILL"));
      await process.closed;
      expect(process.stdout).toBe("still\n");
    });

    test("is ended with its session", async () => {
      const process = agent.start("sleep 60");
      const pid = await process.pid;
      await agent.open();
      expect((await process.end).outcome).toEqual(killed("SIGKILL"));
      await process.closed;
      expect(await isAlive(pid)).toBe(false);
    });

    test("is lost with the connection", async () => {
      const process = agent.start("sleep 60");
      await process.pid;
      const late = agent.start("sleep 60");
      agent.channel.close("gone");
      expect((await process.end).outcome).toEqual({ kind: "lost", reason: "gone" });
      await process.closed;
      await expect(late.pid).rejects.toThrow("gone");
      await expect(agent.start("true").pid).rejects.toThrow("gone");
    });
  });

  describe("output", () => {
    test("of 10 MB comes whole and in order", async () => {
      const process = agent.start("yes 0123456 | head -c 10485760");
      await process.closed;
      expect(process.stdout).toBe("0123456\n".repeat(1_310_720));
    });

    test("of what it has left behind still comes after its end", async () => {
      const process = agent.start("(sleep 0.4; echo late) & echo now");
      await process.end;
      expect(process.stdout).toBe("now\n");
      await process.closed;
      expect(process.stdout).toBe("now\nlate\n");
    });

    test("of what is about to run comes before its end", async () => {
      const process = agent.start("echo x > >(cat; echo y)");
      await process.end;
      expect(process.stdout).toBe("x\ny\n");
    });

    test("waits for who does not want more, the end does not", async () => {
      const process = agent.start("head -c 3000000 /dev/zero & sleep 0.2");
      process.wants = false;
      await process.end;
      expect(process.stdout.length).toBeLessThanOrEqual(65536);
      expect(process.events).toEqual(["started", "ended"]);
      process.wants = true;
      process.running.resume();
      await process.closed;
      expect(process.stdout.length).toBe(3_000_000);
    });
  });

  describe("input", () => {
    test("is at its end if there is none", async () => {
      const process = agent.start("cat; readlink /proc/self/fd/0");
      process.write("nobody reads this");
      await process.closed;
      expect(process.stdout).toBe("/dev/null\n");
      expect(process.taken).toBe("nobody reads this".length);
    });

    test("comes as it is written, until it is closed", async () => {
      const process = agent.start('while read -r line; do echo "[$line]"; done; echo end', { stdin: "pipe" });
      process.write("one\n");
      await process.shows("[one]\n");
      process.write("two\n");
      await process.shows("[two]\n");
      process.running.closeInput();
      await process.closed;
      expect(process.stdout).toBe("[one]\n[two]\nend\n");
    });

    test("may be written and closed before the process has started", async () => {
      void agent.run("sleep 0.2");
      const process = agent.start("cat", { stdin: "pipe" });
      process.write("early");
      process.running.closeInput();
      await process.closed;
      expect(process.stdout).toBe("early");
    });

    test("of 10 MB goes through and comes back whole", async () => {
      const process = agent.start("cat", { stdin: "pipe" });
      const text = Array.from({ length: 1_310_720 }, (_, i) => String(i).padStart(7, "0")).join("\n");
      for (let at = 0; at < text.length; at += 100_000) process.write(text.slice(at, at + 100_000));
      process.running.closeInput();
      await process.closed;
      expect(process.stdout === text).toBe(true);
      expect(process.taken).toBe(text.length);
    });

    test("that nobody reads is held back, and dropped when nobody can", async () => {
      const process = agent.start("read -r; echo $REPLY; exec 0<&-; sleep 0.3", { stdin: "pipe" });
      process.write(`go\n${"x".repeat(1_000_000)}`);
      await process.shows("go\n");
      expect(process.taken).toBeLessThanOrEqual(200_000);
      await process.until(({ taken }) => taken === 1_000_003);
      expect((await process.end).outcome).toEqual(exited(0));
    });
  });

  describe("signals", () => {
    test("reach all of it, whatever session a process is in", async () => {
      const process = agent.start(
        `( setsid bash -c 'trap "echo caught \\$BASHPID" USR1; while :; do sleep 0.05; done' & ) & sleep 60`,
      );
      await process.pid;
      await sleep(200);
      process.running.signal("SIGUSR1");
      await process.shows("caught");
      expect((await process.end).outcome).toEqual(killed("SIGUSR1"));
      const pid = process.stdout.split(" ")[1]?.trim() ?? "";
      process.running.signal("SIGKILL");
      await process.closed;
      expect(await isAlive(pid)).toBe(false);
    });

    test("kill ends what ignores SIGTERM, has forked twice and closed its output", async () => {
      const process = agent.start(
        "trap '' TERM; setsid bash -c '(exec >/dev/null 2>&1; sleep 60) & sleep 60' & setsid sleep 60 & echo up; sleep 60",
      );
      await process.shows("up");
      await sleep(100);
      process.running.kill();
      expect((await process.end).outcome).toEqual(killed("SIGKILL"));
      await process.closed;
      expect((await agent.channel.status()).processes).toBe(0);
    });

    test("that come before the start are not lost", async () => {
      void agent.run("sleep 0.2");
      const process = agent.start("sleep 60");
      process.running.signal("SIGTERM");
      expect((await process.end).outcome).toEqual(killed("SIGTERM"));
      const others = Array.from({ length: 20 }, () => agent.start("sleep 60"));
      for (const { running } of others) running.signal("SIGKILL");
      for (const { end } of others) expect((await end).outcome).toEqual(killed("SIGKILL"));
      expect((await agent.channel.status()).processes).toBe(0);
    });

    test("stop and continue it, as its usage shows", async () => {
      const process = agent.start("while :; do :; done");
      await process.pid;
      await sleep(300);
      process.running.signal("SIGSTOP");
      await sleep(50);
      const stopped = await process.running.usage();
      expect(stopped.state).toBe("stopped");
      expect(stopped.cpuMs).toBeGreaterThan(20);
      process.running.signal("SIGCONT");
      await sleep(50);
      expect((await process.running.usage()).state).toBe("running");
      process.running.kill();
      expect((await process.end).cpuMs).toBeGreaterThanOrEqual(stopped.cpuMs);
      expect((await process.running.usage()).cpuMs).toBe((await process.end).cpuMs);
    });
  });

  test("a hundred run at once, each with its own input and output", async () => {
    const all = Array.from({ length: 100 }, (_, i) =>
      agent.start(`read -r x; echo ${i} $x`, { stdin: "pipe" }),
    );
    const pids = await Promise.all(all.map(({ pid }) => pid));
    expect(new Set(pids).size).toBe(100);
    expect((await agent.channel.status()).processes).toBe(100);
    all.forEach((process, i) => {
      process.write(`for ${i}\n`);
    });
    await Promise.all(all.map(({ closed }) => closed));
    expect(all.map(({ stdout }) => stdout)).toEqual(all.map((_, i) => `${i} for ${i}\n`));
  });

  describe("with a terminal", () => {
    const terminal = { rows: 24, columns: 80 };
    const open = (text: string, size = terminal) => agent.start(text, { terminal: size, env: { PS1: "$ " } });

    test("has it for input, output and errors, in the size that was asked for", async () => {
      const process = open(
        "tty; stty size; test -t 0 -a -t 1 -a -t 2 && echo all >&2; ps -o tty= -p $BASHPID",
        {
          rows: 33,
          columns: 111,
        },
      );
      await process.closed;
      expect(process.stdout).toMatch(/^(\/dev\/pts\/\d+)\r\n33 111\r\nall\r\npts\/\d+ *\r\n$/);
      expect(process.stderr).toBe("");
    });

    test("echoes what is typed; ^D ends the input, ^C interrupts", async () => {
      const process = open("cat; echo over; trap 'echo int; exit 5' INT; sleep 60");
      process.write("abc\n");
      await process.shows("abc\r\nabc\r\n");
      process.running.closeInput();
      await process.shows("over");
      await sleep(50);
      process.write("\x03");
      expect((await process.end).outcome).toEqual(exited(5));
      expect(process.stdout).toBe("abc\r\nabc\r\nover\r\n^Cint\r\n");
      expect(process.taken).toBe(5);
    });

    test("tells of a new size", async () => {
      const process = open("trap 'stty size; exit' WINCH; echo up; while :; do sleep 0.05; done");
      await process.shows("up");
      process.running.resize({ rows: 50, columns: 132 });
      await process.end;
      expect(process.stdout).toBe("up\r\n50 132\r\n");
    });

    test("an interactive bash has a prompt and controls jobs", async () => {
      const process = open("bash --norc -i");
      await process.shows("$ ");
      process.write("sleep 60\n");
      await sleep(100);
      process.write("\x1a");
      await process.shows("Stopped");
      process.write("jobs; fg\n");
      await process.shows("Stopped                 sleep 60\r\nsleep 60\r\n");
      await sleep(100);
      process.write("\x03");
      process.write("echo $?; exit 9\n");
      await process.shows("130");
      expect((await process.end).outcome).toEqual(exited(9));
      await process.closed;
    });

    test("what reads from it in the background is hung up when the process ends", async () => {
      const process = open("bash --norc -i");
      await process.shows("$ ");
      process.write("sleep 61 & sleep 62 | cat &\n");
      process.write("exit\n");
      await process.end;
      process.running.kill();
      await process.closed;
      expect((await agent.channel.status()).processes).toBe(0);
    });

    test.skipIf(process.getuid?.() !== 0)("belongs to the session's user", async () => {
      await agent.open({ uid: 1234, gid: 1234, home: tmpdir() });
      const process = open("stat -c %u $(tty); echo x > $(tty)");
      await process.closed;
      expect(process.stdout).toBe("1234\r\nx\r\n");
    });
  });

  test("leaves no descriptor open when it is over", async () => {
    const count = async () => (await agent.run("ls /proc/$PPID/fd | wc -l")).stdout;
    const before = await count();
    const terminal = { rows: 24, columns: 80 };
    const all = [{}, { stdin: "pipe" as const }, { terminal }].map((settings) =>
      agent.start("true", settings),
    );
    await Promise.all(all.map(({ closed }) => closed));
    await expect.poll(count).toBe(before);
  });
});
