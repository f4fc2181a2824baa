import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BACKEND } from "../support/backend.js";
import { Daemon } from "../support/daemon.js";

let daemon: Daemon;

beforeEach(() => {
  daemon = new Daemon(["--backend", BACKEND]);
});

afterEach(async () => {
  daemon.child.kill("SIGTERM");
  await daemon.ended;
});

/** A process on a terminal: what is on the screen, and the keyboard. */
class Screen {
  private seen = "";
  private seq = 0;

  private constructor(readonly process: string) {}

  static async start(command: string, more: { rows?: number; columns?: number } = {}): Promise<Screen> {
    const env = { PS1: "$ " };
    const { process } = await daemon.request({ type: "start", command, tty: true, env, ...more });
    return new Screen(process);
  }

  type(data: string): Promise<unknown> {
    return daemon.request({ type: "write_stdin", process: this.process, data });
  }

  /** What comes up to `end`, which must come. */
  async until(end: string): Promise<string> {
    for (let closed = false; ; ) {
      const at = this.seen.indexOf(end);
      if (at >= 0) {
        const shown = this.seen.slice(0, at + end.length);
        this.seen = this.seen.slice(at + end.length);
        return shown;
      }
      if (closed) throw new Error(`no ${JSON.stringify(end)} in ${JSON.stringify(this.seen)}`);
      const { process, seq: after_seq } = this;
      const part = await daemon.request({ type: "read_output", process, after_seq, wait_ms: 20_000 });
      this.seen += part.chunks.map(({ data }) => data).join("");
      this.seq = part.last_seq;
      closed = part.closed && !part.more;
    }
  }

  wait() {
    return daemon.request({ type: "wait", process: this.process });
  }
}

/** A shell that has shown its first prompt. */
async function shell(): Promise<Screen> {
  const screen = await Screen.start("exec bash --norc --noediting");
  await screen.until("$ ");
  return screen;
}

describe("a process with a terminal", () => {
  it("sees one on all three, of the size and kind that was asked for", async () => {
    const screen = await Screen.start("tty; stty size; echo $TERM; test -t 0 -a -t 1 -a -t 2 && echo all", {
      rows: 30,
      columns: 100,
    });
    expect(await screen.until("all")).toBe("/dev/pts/0\r\n30 100\r\nxterm-256color\r\nall");
    expect(await screen.wait()).toMatchObject({ outcome: "exit", exit_code: 0 });
  });

  it("has a line edited and echoed before it gets it", async () => {
    const screen = await Screen.start('read -r line; echo "[$line]"');
    await screen.type("wrong\u0015rih\u007fght\r");
    expect(await screen.until("]\r\n")).toBe(`wrong${"\b \b".repeat(5)}rih\b \bght\r\n[right]\r\n`);
  });

  it("reads the end of the file with eof, and can be typed at afterwards", async () => {
    const screen = await Screen.start("cat; echo first; cat; echo second");
    await daemon.request({ type: "write_stdin", process: screen.process, data: "a\r", eof: true });
    expect(await screen.until("first\r\n")).toBe("a\r\na\r\nfirst\r\n");
    await daemon.request({ type: "write_stdin", process: screen.process, data: "b\r", eof: true });
    await screen.until("second\r\n");
  });

  it("takes more than fits into the terminal as it reads", async () => {
    const screen = await Screen.start("stty -echo; echo ready; wc -c");
    await screen.until("ready\r\n");
    await screen.type(`${"x".repeat(99)}\r`.repeat(1000));
    await daemon.request({ type: "write_stdin", process: screen.process, eof: true });
    expect(await screen.until("\r\n")).toBe("100000\r\n");
  });

  it("writes as much as it likes, in order", async () => {
    const screen = await Screen.start("seq 20000; echo end");
    const lines = (await screen.until("end\r\n")).split("\r\n");
    expect(lines.slice(0, -1)).toEqual([...Array.from({ length: 20000 }, (_, i) => String(i + 1)), "end"]);
  });

  it("is ended by a kill request, terminal and all", async () => {
    const screen = await shell();
    await daemon.request({ type: "kill", process: screen.process, signal: "SIGHUP" });
    expect(await screen.wait()).toMatchObject({ outcome: "signal", signal: "SIGHUP" });
  });
});

describe("job control", () => {
  it("^C ends what runs in the foreground, and the shell goes on", async () => {
    const screen = await shell();
    // What answers is cat: a bash that is about to execute it forgets the signal.
    await screen.type("cat\rhere\r");
    await screen.until("here\r\nhere\r\n");
    await screen.type("\u0003");
    expect(await screen.until("$ ")).toBe("^C\r\n$ ");
    await screen.type("echo $?\r");
    expect(await screen.until("$ ")).toBe("echo $?\r\n130\r\n$ ");
  });

  it("^C reaches a command that computes", async () => {
    const screen = await shell();
    await screen.type("while :; do :; done\r");
    await screen.until("done\r\n");
    await screen.type("\u0003");
    expect(await screen.until("$ ")).toBe("^C\r\n$ ");
  });

  it("^Z stops it, and fg goes on with it", async () => {
    const screen = await shell();
    await screen.type("(echo begun; cat)\r");
    await screen.until("\r\nbegun\r\n");
    await screen.type("\u001a");
    expect(await screen.until("$ ")).toMatch(/^\^Z\r\n\[1\]\+ {2}Stopped +\( echo begun; cat \)\r\n\$ $/);
    await screen.type("fg\r");
    await screen.until("fg\r\n( echo begun; cat )\r\n");
    await screen.type("again\r");
    await screen.until("again\r\nagain\r\n");
    await screen.type("\u0004");
    await screen.until("$ ");
  });

  it("a job in the background is stopped when it wants to read", async () => {
    const screen = await shell();
    await screen.type("cat & sleep 0.3; jobs\r");
    expect(await screen.until("Stopped")).toMatch(/\[1\]/);
    await screen.type("fg\r");
    await screen.until("fg\r\ncat\r\n");
    await screen.type("\u0004exit 7\r");
    expect(await screen.wait()).toMatchObject({ outcome: "exit", exit_code: 7 });
  });

  it("SIGWINCH tells of another size", async () => {
    const screen = await Screen.start("trap 'stty size' WINCH; echo ready; while :; do sleep 0.05; done");
    await screen.until("ready\r\n");
    await daemon.request({ type: "resize", process: screen.process, rows: 12, columns: 34 });
    expect(await screen.until("\r\n")).toBe("12 34\r\n");
  });
});
