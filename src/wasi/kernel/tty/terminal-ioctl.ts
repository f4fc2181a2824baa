import { SIGTTOU } from "../../abi/linux/signal.js";
import {
  TCFLSH,
  TCGETS,
  TCIFLUSH,
  TCIOFF,
  TCIOFLUSH,
  TCION,
  TCOFLUSH,
  TCOOFF,
  TCOON,
  TCSBRK,
  TCSBRKP,
  TCSETS,
  TCSETSF,
  TCSETSW,
  TCXONC,
  TIOCGETD,
  TIOCGPGRP,
  TIOCGSID,
  TIOCGWINSZ,
  TIOCNOTTY,
  TIOCOUTQ,
  TIOCSCTTY,
  TIOCSPGRP,
  TIOCSWINSZ,
  VSTART,
  VSTOP,
} from "../../abi/linux/termios.js";
import { Errno } from "../../errno.js";
import type { Result } from "../blocked.js";
import type { Process } from "../process.js";
import { demandAcquire, giveUpTerminal, heldBack, setForeground } from "./job-control.js";
import type { Terminal } from "./terminal.js";
import { TERMIOS_SIZE } from "./termios.js";

/** N_TTY: the only line discipline. */
const N_TTY = 0;

/** The requests of ioctl_tty(2) that both sides of a pseudo terminal know; they are about the slave. ENOTTY for any other. */
export function terminalIoctl(
  terminal: Terminal,
  request: number,
  argument: number,
  process: Process,
  side: "slave" | "master",
): Result {
  const { memory, leader } = process;
  const demandControlling = () => {
    if (side === "slave" && leader.terminal !== terminal) throw Errno.ENOTTY;
  };
  switch (request) {
    case TCGETS:
      terminal.termios.writeTo(memory.bytes(argument, TERMIOS_SIZE));
      return 0;
    case TCSETS:
    case TCSETSW:
    case TCSETSF: {
      const settings = memory.bytes(argument, TERMIOS_SIZE).slice();
      return fromForeground(process, terminal, () => {
        if (request === TCSETSF) terminal.flushInput();
        terminal.configure(settings);
      });
    }
    case TCSBRK:
    case TCSBRKP:
      return fromForeground(process, terminal, () => {});
    case TCXONC:
      return fromForeground(process, terminal, flowControl(terminal, argument));
    case TCFLSH:
      if (argument !== TCIFLUSH && argument !== TCOFLUSH && argument !== TCIOFLUSH) throw Errno.EINVAL;
      // What has been written is on its way to the master already.
      return fromForeground(process, terminal, () => {
        if (argument !== TCOFLUSH) terminal.flushInput();
      });
    case TIOCOUTQ:
      memory.setI32(argument, 0);
      return 0;
    case TIOCGETD:
      memory.setI32(argument, N_TTY);
      return 0;
    case TIOCGWINSZ:
      writeWindowSize(terminal, process, argument);
      return 0;
    case TIOCSWINSZ:
      terminal.resize(readWindowSize(process, argument));
      return 0;
    case TIOCSCTTY:
      demandAcquire(process, terminal, argument === 1);
      return 0;
    case TIOCNOTTY:
      if (leader.terminal !== terminal) throw Errno.ENOTTY;
      giveUpTerminal(process, false);
      return 0;
    case TIOCGPGRP:
      demandControlling();
      memory.setI32(argument, terminal.foreground);
      return 0;
    case TIOCGSID:
      demandControlling();
      if (terminal.session === 0) throw Errno.ENOTTY;
      memory.setI32(argument, terminal.session);
      return 0;
    case TIOCSPGRP: {
      const pgid = memory.getI32(argument);
      return fromForeground(process, terminal, () => setForeground(process, terminal, pgid), Errno.ENOTTY);
    }
    default:
      return -Errno.ENOTTY.number;
  }
}

/**
 * Changes a terminal unless the process is in its background. There it is stopped, and the change is made when it goes on:
 * ioctl(2) is no call in which programs can be suspended, so that it has returned by then. EINTR when SIGTTOU is caught.
 */
function fromForeground(
  process: Process,
  terminal: Terminal,
  change: () => void,
  orphaned = Errno.EIO,
): Result {
  let held: boolean;
  try {
    held = heldBack(process, terminal, SIGTTOU);
  } catch (error) {
    throw error === Errno.EIO ? orphaned : error;
  }
  if (!held) {
    change();
    return 0;
  }
  if (process.stoppedBy === undefined) throw Errno.EINTR;
  process.whenContinued = () => {
    if (terminal.masterOpen) fromForeground(process, terminal, change, orphaned);
  };
  return 0;
}

function flowControl(terminal: Terminal, action: number): () => void {
  const { output, termios } = terminal;
  switch (action) {
    case TCOOFF:
      return () => output.stop();
    case TCOON:
      return () => output.start();
    case TCIOFF:
    case TCION: {
      const character = termios.cc[action === TCIOFF ? VSTOP : VSTART] ?? 0;
      return () => {
        if (character !== 0) output.write(Uint8Array.of(character));
      };
    }
    default:
      throw Errno.EINVAL;
  }
}

/** struct winsize: four unsigned shorts. */
function writeWindowSize(terminal: Terminal, { memory }: Process, ptr: number): void {
  const { rows, columns, widthPixels, heightPixels } = terminal.windowSize;
  [rows, columns, widthPixels, heightPixels].forEach((value, i) => {
    memory.setU16(ptr + 2 * i, value);
  });
}

function readWindowSize({ memory }: Process, ptr: number) {
  return {
    rows: memory.getU16(ptr),
    columns: memory.getU16(ptr + 2),
    widthPixels: memory.getU16(ptr + 4),
    heightPixels: memory.getU16(ptr + 6),
  };
}
