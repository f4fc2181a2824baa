import { describe, expect, test } from "vitest";
import { O_NOCTTY, O_RDWR } from "../../../src/wasi/abi/linux/fcntl.js";
import {
  SIG_IGN,
  SIGCONT,
  SIGHUP,
  SIGKILL,
  SIGTSTP,
  SIGTTIN,
  SIGTTOU,
  SIGWINCH,
} from "../../../src/wasi/abi/linux/signal.js";
import {
  ECHO,
  TIOCGPGRP,
  TIOCNOTTY,
  TIOCSCTTY,
  TIOCSPGRP,
  TIOCSWINSZ,
  TOSTOP,
} from "../../../src/wasi/abi/linux/termios.js";
import { exitProcess } from "../../../src/wasi/kernel/lifecycle.js";
import { outcome } from "../../support/errno.js";
import { Guest } from "../../support/guest.js";
import { changeSettings, login, openPty } from "../../support/pseudo-terminal.js";

const HANDLER = 7;

/** A child in a process group of its own. */
function job(shell: Guest): Guest {
  const child = shell.fork();
  child.process.terminal = shell.process.terminal;
  child.call("setpgid", 0, 0);
  return child;
}

function handle(guest: Guest, signal: number, handler: number): void {
  guest.process.signals.setAction(signal, { handler, flags: 0, mask: 0n });
}

function pending(guest: Guest, signal: number): boolean {
  return ((guest.process.signals.pending >> BigInt(signal - 1)) & 1n) === 1n;
}

function foreground(guest: Guest, tty: number, pgid: number): number | string {
  return outcome(guest.call("ioctl", tty, TIOCSPGRP, guest.putWords(pgid)));
}

describe("a controlling terminal", () => {
  test("is the first that a session leader opens, and is /dev/tty", () => {
    const host = new Guest();
    const { shell, master, tty } = login(host);
    const ptr = shell.buffer(4);
    expect(shell.call("ioctl", tty, TIOCGPGRP, ptr)).toBe(0);
    expect(shell.memory.getI32(ptr)).toBe(shell.pid);
    const again = shell.call("openat", -100, "/dev/tty", O_RDWR, 0);
    shell.write(again, "hello");
    expect(host.read(master)).toBe("hello");
  });

  test("is none that is opened with O_NOCTTY, or by who leads no session", () => {
    const host = new Guest();
    const { path } = openPty(host);
    const leader = host.fork();
    leader.call("setsid");
    leader.call("openat", -100, path, O_RDWR | O_NOCTTY, 0);
    leader.fork().call("openat", -100, path, O_RDWR, 0);
    expect(outcome(leader.call("openat", -100, "/dev/tty", O_RDWR, 0))).toBe("ENXIO");
  });

  test("is taken with TIOCSCTTY, by a leader that has none", () => {
    const host = new Guest();
    const { slave } = openPty(host);
    const leader = host.fork();
    expect(outcome(leader.call("ioctl", slave, TIOCSCTTY, 0))).toBe("EPERM");
    leader.call("setsid");
    expect(outcome(leader.call("ioctl", slave, TIOCSCTTY, 0))).toBe(0);
    expect(outcome(leader.call("ioctl", slave, TIOCSCTTY, 0))).toBe(0);
    const second = host.fork();
    second.call("setsid");
    expect(outcome(second.call("ioctl", slave, TIOCSCTTY, 0))).toBe("EPERM");
    expect(outcome(second.call("ioctl", slave, TIOCSCTTY, 1))).toBe(0);
    expect(outcome(leader.call("openat", -100, "/dev/tty", O_RDWR, 0))).toBe("ENXIO");
  });

  test("is shown by /proc/PID/stat", () => {
    const { shell } = login(new Guest());
    const fields = String(shell.readFile("/proc/self/stat")).split(" ");
    expect(fields.slice(6, 8)).toEqual([String(0x8800), String(shell.pid)]);
  });

  test("is left with setsid", () => {
    const { shell } = login(new Guest());
    const child = job(shell);
    const grandchild = child.fork();
    grandchild.process.terminal = shell.process.terminal;
    expect(grandchild.call("setsid")).toBe(grandchild.pid);
    expect(outcome(grandchild.call("openat", -100, "/dev/tty", O_RDWR, 0))).toBe("ENXIO");
  });
});

describe("the foreground process group", () => {
  test("gets the signals of the keyboard", () => {
    const host = new Guest();
    const { shell, master, tty } = login(host);
    const child = job(shell);
    for (const guest of [shell, child]) handle(guest, SIGTSTP, HANDLER);
    host.write(master, "\x1a");
    expect([pending(shell, SIGTSTP), pending(child, SIGTSTP)]).toEqual([true, false]);
    expect(foreground(shell, tty, child.process.pgid)).toBe(0);
    host.write(master, "\x1a");
    expect(pending(child, SIGTSTP)).toBe(true);
    expect(host.read(master)).toBe("^Z^Z");
  });

  test("gets SIGWINCH when the size changes", () => {
    const host = new Guest();
    const { shell, master } = login(host);
    handle(shell, SIGWINCH, HANDLER);
    const size = Uint8Array.of(30, 0, 90, 0, 0, 0, 0, 0);
    host.call("ioctl", master, TIOCSWINSZ, host.put(size));
    expect(pending(shell, SIGWINCH)).toBe(true);
    shell.process.signals.discard(SIGWINCH);
    host.call("ioctl", master, TIOCSWINSZ, host.put(size));
    expect(pending(shell, SIGWINCH)).toBe(false);
  });

  test("is one of the session", () => {
    const host = new Guest();
    const { shell, tty } = login(host);
    expect(foreground(shell, tty, host.pid)).toBe("EPERM");
    expect(foreground(shell, tty, 12_345)).toBe("ESRCH");
    expect(foreground(shell, tty, -1)).toBe("EINVAL");
  });
});

describe("a process in the background", () => {
  function background() {
    const host = new Guest();
    const { shell, master, tty } = login(host);
    return { host, shell, master, tty, child: job(shell) };
  }

  test("is stopped when it reads, and reads when it is in the foreground", () => {
    const { host, shell, master, tty, child } = background();
    host.write(master, "line\r");
    const ptr = child.buffer(10);
    child.start("read", tty, ptr, 10);
    child.settle();
    expect(child.process.state).toBe("stopped");
    foreground(shell, tty, child.pid);
    shell.call("kill", child.pid, SIGCONT);
    child.settle();
    expect(child.textAt(ptr, child.result ?? 0)).toBe("line\n");
  });

  test("writes, unless TOSTOP is set", () => {
    const { host, shell, master, tty, child } = background();
    expect(child.write(tty, "a")).toBe(1);
    changeSettings(shell, tty, (settings) => {
      settings.lflag |= TOSTOP;
    });
    child.start("write", tty, "b", 1);
    child.settle();
    expect([child.process.state, host.read(master)]).toEqual(["stopped", "a"]);
    foreground(shell, tty, child.pid);
    shell.call("kill", child.pid, SIGCONT);
    child.settle();
    expect([child.result, host.read(master)]).toEqual([1, "b"]);
  });

  test("does not read when it ignores SIGTTIN: EIO; writes when it ignores SIGTTOU", () => {
    const { shell, tty, child } = background();
    changeSettings(shell, tty, (settings) => {
      settings.lflag |= TOSTOP;
    });
    handle(child, SIGTTIN, SIG_IGN);
    handle(child, SIGTTOU, SIG_IGN);
    expect(outcome(child.read(tty) as number)).toBe("EIO");
    expect(child.write(tty, "x")).toBe(1);
  });

  test("gets EIO where nobody could continue it", () => {
    const { tty, child } = background();
    const orphan = job(child);
    exitProcess(child.process, SIGKILL);
    expect(outcome(orphan.read(tty) as number)).toBe("EIO");
    expect(outcome(changeSettings(orphan, tty, () => {}))).toBe("EIO");
    expect(foreground(orphan, tty, orphan.pid)).toBe("ENOTTY");
  });

  test("changes settings when it goes on in the foreground", () => {
    const { host, shell, master, tty, child } = background();
    const quiet = (settings: { lflag: number }) => {
      settings.lflag &= ~ECHO;
    };
    expect(outcome(changeSettings(child, tty, quiet))).toBe(0);
    expect(child.process.stoppedBy).toBe(SIGTTOU);
    host.write(master, "seen\r");
    shell.call("kill", child.pid, SIGCONT);
    expect(child.process.stoppedBy).toBe(SIGTTOU);
    foreground(shell, tty, child.pid);
    shell.call("kill", child.pid, SIGCONT);
    host.write(master, "unseen\r");
    expect(host.read(master)).toBe("seen\r\n");
  });

  test("changes nothing when it catches SIGTTOU: EINTR", () => {
    const { tty, child } = background();
    handle(child, SIGTTOU, HANDLER);
    expect(outcome(changeSettings(child, tty, () => {}))).toBe("EINTR");
  });
});

describe("a session loses its terminal", () => {
  test("when the master is closed: its leader gets SIGHUP and SIGCONT", () => {
    const host = new Guest();
    const { shell, master } = login(host);
    shell.call("close", master);
    for (const signal of [SIGHUP, SIGCONT]) handle(shell, signal, HANDLER);
    const child = job(shell);
    handle(child, SIGHUP, HANDLER);
    child.call("close", master);
    host.call("close", master);
    expect([SIGHUP, SIGCONT].map((signal) => pending(shell, signal))).toEqual([true, true]);
    expect(pending(child, SIGHUP)).toBe(false);
    expect(outcome(child.call("openat", -100, "/dev/tty", O_RDWR, 0))).toBe("ENXIO");
  });

  test("when its leader ends: the foreground gets SIGHUP, and may go on writing", () => {
    const host = new Guest();
    const { shell, master, tty } = login(host);
    const child = job(shell);
    handle(child, SIGHUP, HANDLER);
    foreground(shell, tty, child.pid);
    exitProcess(shell.process, 0);
    expect(pending(child, SIGHUP)).toBe(true);
    child.process.signals.discard(SIGHUP);
    child.write(tty, "still here");
    expect(host.read(master)).toBe("still here");
  });

  test("when its leader gives it up with TIOCNOTTY: the foreground gets SIGHUP and SIGCONT", () => {
    const { shell, tty } = login(new Guest());
    const child = job(shell);
    for (const signal of [SIGHUP, SIGCONT]) handle(child, signal, HANDLER);
    foreground(shell, tty, child.pid);
    expect(shell.call("ioctl", tty, TIOCNOTTY, 0)).toBe(0);
    expect([SIGHUP, SIGCONT].map((signal) => pending(child, signal))).toEqual([true, true]);
  });
});

describe("an orphaned process group", () => {
  test("is not stopped by the terminal's signals, but by SIGSTOP", () => {
    const { shell } = login(new Guest());
    shell.call("kill", shell.pid, SIGTSTP);
    shell.settle();
    expect(shell.process.stoppedBy).toBeUndefined();
  });

  test("with a stopped member gets SIGHUP and SIGCONT when it becomes one", () => {
    const { shell } = login(new Guest());
    const parent = job(shell);
    const child = job(parent);
    handle(child, SIGHUP, HANDLER);
    shell.call("kill", child.pid, SIGTSTP);
    expect(child.process.state).toBe("stopped");
    exitProcess(parent.process, 0);
    expect([child.process.state, pending(child, SIGHUP)]).toEqual(["ready", true]);
  });
});
