import { describe, expect, test } from "vitest";
import { O_NONBLOCK, O_RDWR } from "../../../src/wasi/abi/linux/fcntl.js";
import { FIONREAD } from "../../../src/wasi/abi/linux/ioctl.js";
import {
  ICANON,
  TCFLSH,
  TCGETS,
  TCIFLUSH,
  TCOFLUSH,
  TCSETSF,
  TIOCGPGRP,
  TIOCGPTN,
  TIOCGSID,
  TIOCGWINSZ,
  TIOCNOTTY,
  TIOCSPGRP,
  TIOCSWINSZ,
  VMIN,
  VTIME,
} from "../../../src/wasi/abi/linux/termios.js";
import { POLLERR, POLLHUP, POLLIN, POLLOUT } from "../../../src/wasi/kernel/open-file.js";
import { outcome } from "../../support/errno.js";
import { Guest } from "../../support/guest.js";
import { changeSettings, openPty } from "../../support/pseudo-terminal.js";

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function events(guest: Guest, fd: number): number {
  const ptr = guest.putWords(fd, POLLIN | POLLOUT);
  guest.call("ppoll_time64", ptr, 1, guest.putWords(0, 0, 0, 0), 0, 8);
  return guest.memory.getI16(ptr + 6);
}

function control(guest: Guest, fd: number, request: number, word = 0): number | string {
  return outcome(guest.call("ioctl", fd, request, guest.putWords(word, 0)));
}

function word(guest: Guest, fd: number, request: number): number {
  const ptr = guest.buffer(8);
  guest.call("ioctl", fd, request, ptr);
  return guest.memory.getI32(ptr);
}

/** A read(2) that may block, and what it has put into memory when it is done. */
function reading(guest: Guest, fd: number, size = 100): () => string | number {
  const ptr = guest.buffer(size);
  guest.start("read", fd, ptr, size);
  return () => (guest.blocked ? "blocked" : guest.textAt(ptr, guest.result ?? 0));
}

describe("a pseudo terminal", () => {
  test("takes what the master writes to the slave, and back", () => {
    const guest = new Guest();
    const { master, slave } = openPty(guest);
    expect([events(guest, master), events(guest, slave)]).toEqual([POLLOUT, POLLOUT]);
    guest.write(master, "ab");
    expect(events(guest, slave)).toBe(POLLOUT);
    guest.write(master, "\r");
    expect([events(guest, master), events(guest, slave)]).toEqual([POLLIN | POLLOUT, POLLIN | POLLOUT]);
    expect([word(guest, master, FIONREAD), word(guest, slave, FIONREAD)]).toEqual([4, 3]);
    guest.write(master, "\x04");
    expect(word(guest, slave, FIONREAD)).toBe(3);
    expect([guest.read(slave), guest.read(slave)]).toEqual(["ab\n", ""]);
    guest.write(slave, "out\n");
    expect(guest.read(master)).toBe("ab\r\nout\r\n");
  });

  test("is named in /dev/pts while its master is open", () => {
    const guest = new Guest();
    const first = openPty(guest);
    const second = openPty(guest);
    expect([first.path, second.path]).toEqual(["/dev/pts/0", "/dev/pts/1"]);
    expect(outcome(guest.call("faccessat", -100, first.path, 0, 0))).toBe(0);
    guest.call("close", first.master);
    expect(outcome(guest.call("faccessat", -100, first.path, 0, 0))).toBe("ENOENT");
    guest.call("close", first.slave);
    expect(openPty(guest).path).toBe("/dev/pts/0");
  });

  test("cannot be opened while it is locked", () => {
    const guest = new Guest();
    const master = guest.call("openat", -100, "/dev/pts/ptmx", O_RDWR, 0);
    const path = `/dev/pts/${word(guest, master, TIOCGPTN)}`;
    expect(outcome(guest.call("openat", -100, path, O_RDWR, 0))).toBe("EIO");
  });

  test("belongs to who opened the master; others cannot open it", () => {
    const guest = new Guest(undefined, { uid: 1000 });
    const { path } = openPty(guest);
    expect(guest.kernel.vfs.lookup(guest.process, -100, path)).toMatchObject({
      uid: 1000,
      gid: 5,
      mode: 0o20620,
    });
    const other = new Guest(guest.kernel, { uid: 1001 });
    expect(outcome(other.call("openat", -100, path, O_RDWR, 0))).toBe("EACCES");
  });

  test("there are at most 256, and their memory comes back", () => {
    const guest = new Guest();
    const used = guest.kernel.memory.usedBytes;
    const { kernel } = guest;
    for (let i = 0; i < 256; i++) kernel.terminals.create(0);
    expect(outcome(guest.call("openat", -100, "/dev/ptmx", O_RDWR, 0))).toBe("ENOSPC");
    for (let i = 0; i < 256; i++) {
      const terminal = kernel.terminals.get(i);
      if (terminal !== undefined) kernel.terminals.closeMaster(terminal);
    }
    expect(kernel.memory.usedBytes).toBe(used);
  });
});

describe("the other side is gone", () => {
  test("the master: the slave is at its end, and cannot be written", () => {
    const guest = new Guest();
    const { master, slave } = openPty(guest);
    guest.write(master, "left over\r");
    guest.call("close", master);
    expect(guest.read(slave)).toBe("");
    expect(outcome(guest.write(slave, "x"))).toBe("EIO");
    expect(events(guest, slave)).toBe(POLLIN | POLLOUT | POLLERR | POLLHUP);
    expect([TCGETS, FIONREAD, TIOCSPGRP].map((request) => control(guest, slave, request))).toEqual([
      "EIO",
      "EIO",
      "ENOTTY",
    ]);
  });

  test("a reader and a writer that wait are told", () => {
    const guest = new Guest();
    const { master, slave } = openPty(guest);
    const [reader, writer] = [guest.fork(), guest.fork()];
    for (const child of [reader, writer]) child.call("close", master);
    const read = reading(reader, slave);
    writer.start("write", slave, "x".repeat(20_000), 20_000);
    guest.call("close", master);
    guest.settle();
    expect([read(), writer.result]).toEqual(["", 8185]);
  });

  test("the slave: the master gets what was written, and then EIO, until somebody opens it again", () => {
    const guest = new Guest();
    const { master, slave, path } = openPty(guest);
    guest.write(slave, "bye");
    guest.call("close", slave);
    expect(events(guest, master)).toBe(POLLIN | POLLOUT | POLLHUP);
    expect(guest.read(master)).toBe("bye");
    expect(events(guest, master)).toBe(POLLOUT | POLLHUP);
    expect(outcome(guest.read(master) as number)).toBe("EIO");
    guest.call("openat", -100, path, O_RDWR, 0);
    expect(events(guest, master)).toBe(POLLOUT);
  });
});

describe("reading outside of canonical mode", () => {
  function raw(min: number, tenths: number, flags = 0) {
    const guest = new Guest();
    const pty = openPty(guest, flags);
    changeSettings(guest, pty.slave, (settings) => {
      settings.lflag &= ~ICANON;
      settings.cc[VMIN] = min;
      settings.cc[VTIME] = tenths;
    });
    const typist = guest.fork();
    const type = (text: string) => {
      typist.write(pty.master, text);
      guest.settle();
    };
    return { guest, type, ...pty };
  }

  test("VMIN bytes are waited for", () => {
    const { guest, slave, type } = raw(3, 0);
    const read = reading(guest, slave);
    type("ab");
    expect([read(), events(guest.fork(), slave)]).toEqual(["blocked", POLLOUT]);
    type("c");
    expect(read()).toBe("abc");
  });

  test("but no more than are asked for", () => {
    const { guest, slave, type } = raw(3, 0);
    type("a");
    expect(guest.read(slave, 1)).toBe("a");
  });

  test("with neither VMIN nor VTIME a read does not wait", () => {
    const { guest, slave, type } = raw(0, 0);
    expect(guest.read(slave)).toBe("");
    type("a");
    expect(guest.read(slave)).toBe("a");
  });

  test("VTIME alone is a time limit for the read", async () => {
    const { guest, slave, type } = raw(0, 1);
    const nothing = reading(guest, slave);
    guest.settle();
    await wait(150);
    expect(nothing()).toBe("");
    const something = reading(guest, slave);
    type("a");
    expect(something()).toBe("a");
  });

  test("VTIME with VMIN counts from the last byte, and not before the first", async () => {
    const { guest, slave, type } = raw(3, 1);
    const read = reading(guest, slave);
    await wait(150);
    expect(read()).toBe("blocked");
    type("a");
    await wait(60);
    type("b");
    await wait(60);
    expect(read()).toBe("blocked");
    await wait(100);
    expect(read()).toBe("ab");
  });

  test("O_NONBLOCK gives what there is, or EAGAIN", () => {
    const { guest, slave, type } = raw(3, 0, O_NONBLOCK);
    expect(outcome(guest.read(slave) as number)).toBe("EAGAIN");
    type("a");
    expect(guest.read(slave)).toBe("a");
  });
});

describe("settings", () => {
  test("are those of the slave, from either side", () => {
    const guest = new Guest();
    const { master, slave } = openPty(guest);
    changeSettings(guest, master, (settings) => {
      settings.lflag &= ~ICANON;
    });
    guest.write(master, "a");
    expect(guest.read(slave)).toBe("a");
  });

  test("TCSETSF and TCFLSH drop what was typed", () => {
    const guest = new Guest();
    const { master, slave } = openPty(guest);
    guest.write(master, "lost\r");
    changeSettings(guest, slave, () => {}, TCSETSF);
    guest.write(master, "lost too\r");
    expect(outcome(guest.call("ioctl", slave, TCFLSH, TCIFLUSH))).toBe(0);
    guest.write(master, "kept\r");
    expect(outcome(guest.call("ioctl", slave, TCFLSH, TCOFLUSH))).toBe(0);
    expect(outcome(guest.call("ioctl", slave, TCFLSH, 7))).toBe("EINVAL");
    expect(guest.read(slave)).toBe("kept\n");
  });

  test("the window has the size that either side gives it", () => {
    const guest = new Guest();
    const { master, slave } = openPty(guest);
    guest.call("ioctl", master, TIOCSWINSZ, guest.put(Uint8Array.of(24, 0, 80, 0, 1, 0, 2, 0)));
    const ptr = guest.buffer(8);
    guest.call("ioctl", slave, TIOCGWINSZ, ptr);
    expect([...guest.bytesAt(ptr, 8)]).toEqual([24, 0, 80, 0, 1, 0, 2, 0]);
  });

  test("what is about a session is ENOTTY where it is no controlling terminal", () => {
    const guest = new Guest();
    const { master, slave } = openPty(guest);
    const requests = [TIOCGPGRP, TIOCSPGRP, TIOCGSID, TIOCNOTTY, TIOCGPTN];
    expect(requests.map((request) => control(guest, slave, request))).toEqual(requests.map(() => "ENOTTY"));
    expect(word(guest, master, TIOCGPGRP)).toBe(0);
  });
});
