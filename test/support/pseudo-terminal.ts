import { O_NOCTTY, O_RDWR } from "../../src/wasi/abi/linux/fcntl.js";
import { TCGETS, TCSETS, TIOCGPTN, TIOCSPTLCK } from "../../src/wasi/abi/linux/termios.js";
import { Termios } from "../../src/wasi/kernel/tty/termios.js";
import type { Guest } from "./guest.js";

const TERMIOS_SIZE = 36;

/** The two descriptors of a new pseudo terminal (openpty(3)), which is nobody's controlling terminal, and its path. */
export function openPty(guest: Guest, flags = 0): { master: number; slave: number; path: string } {
  const master = guest.call("openat", -100, "/dev/ptmx", O_RDWR | O_NOCTTY | flags, 0);
  guest.call("ioctl", master, TIOCSPTLCK, guest.putWords(0));
  const number = guest.buffer(4);
  guest.call("ioctl", master, TIOCGPTN, number);
  const path = `/dev/pts/${guest.memory.getI32(number)}`;
  return { master, slave: guest.call("openat", -100, path, O_RDWR | O_NOCTTY | flags, 0), path };
}

/** tcgetattr(3) and tcsetattr(3) around `change`; returns the result of the latter. */
export function changeSettings(
  guest: Guest,
  fd: number,
  change: (settings: Termios) => void,
  request = TCSETS,
): number {
  const ptr = guest.buffer(TERMIOS_SIZE);
  guest.call("ioctl", fd, TCGETS, ptr);
  const settings = new Termios();
  settings.readFrom(guest.bytesAt(ptr, TERMIOS_SIZE));
  change(settings);
  settings.writeTo(guest.memory.bytes(ptr, TERMIOS_SIZE));
  return guest.call("ioctl", fd, request, ptr);
}

/** A process that leads a session with a terminal of its own (login_tty(3)), and the guest that holds the master. */
export function login(host: Guest): { shell: Guest; master: number; tty: number } {
  const { master, path } = openPty(host);
  const shell = host.fork();
  shell.call("setsid");
  return { shell, master, tty: shell.call("openat", -100, path, O_RDWR, 0) };
}
