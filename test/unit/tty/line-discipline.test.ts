import { describe, expect, test } from "vitest";
import {
  ECHO,
  ECHOCTL,
  ECHOE,
  ECHOK,
  ECHOKE,
  ECHONL,
  ICANON,
  ICRNL,
  IGNCR,
  INLCR,
  ISIG,
  ISTRIP,
  IUTF8,
  IXANY,
  OCRNL,
  OLCUC,
  ONLCR,
  ONLRET,
  OPOST,
  TABDLY,
  VEOL,
  XTABS,
} from "../../../src/wasi/abi/linux/termios.js";
import { Terminal } from "../../../src/wasi/kernel/tty/terminal.js";
import { decodeName, encodeName } from "../../../src/wasi/vfs/name.js";
import { testKernel } from "../../support/guest.js";

/** A terminal, with what is typed, shown and read as text. */
class Bench {
  readonly terminal = new Terminal(testKernel(), 0, 0, () => {});

  type(text: string): number {
    return this.terminal.type(encodeName(text));
  }

  print(text: string): number {
    return this.terminal.output.write(encodeName(text));
  }

  get shown(): string {
    const bytes = new Uint8Array(65536);
    return decodeName(bytes.subarray(0, this.terminal.output.read(bytes)));
  }

  read(size = 100): string {
    const bytes = new Uint8Array(size);
    return decodeName(bytes.subarray(0, this.terminal.take(bytes)));
  }

  set(word: "iflag" | "oflag" | "lflag", on: number, off = 0): void {
    const bytes = new Uint8Array(36);
    const { termios } = this.terminal;
    termios.writeTo(bytes);
    new DataView(bytes.buffer).setUint32(
      { iflag: 0, oflag: 4, lflag: 12 }[word],
      (termios[word] | on) & ~off,
      true,
    );
    this.terminal.configure(bytes);
  }
}

/** What is seen of `typed`, and the first line that a program gets. */
function typed(text: string, prepare: (bench: Bench) => void = () => {}): { shown: string; read: string } {
  const bench = new Bench();
  prepare(bench);
  bench.type(text);
  return { shown: bench.shown, read: bench.read() };
}

const utf8 = (bench: Bench) => bench.set("iflag", IUTF8);

describe("a line is edited before a program gets it", () => {
  test("and is there as a whole when it is finished", () => {
    const bench = new Bench();
    bench.type("on");
    expect(bench.terminal.readableBytes).toBe(0);
    bench.type("e\rtwo\r");
    expect([bench.read(), bench.read()]).toEqual(["one\n", "two\n"]);
    expect(bench.shown).toBe("one\r\ntwo\r\n");
  });

  test("a part of it can be read, and the rest later", () => {
    const bench = new Bench();
    bench.type("abcdef\r");
    expect([bench.read(4), bench.read(4)]).toEqual(["abcd", "ef\n"]);
  });

  test.each([
    ["DEL takes back a character", "ab\x7fc\r", "ab\b \bc\r\n", "ac\n"],
    ["and a control character with its caret", "\x01\x7fb\r", "^A\b \b\b \bb\r\n", "b\n"],
    ["and nothing of the line before", "a\r\x7f\x7fb\r", "a\r\nb\r\n", "a\n"],
    [
      "^W a word with the blanks after it",
      "one two  \x17x\r",
      "one two  \b \b\b \b\b \b\b \b\b \bx\r\n",
      "one x\n",
    ],
    ["^U the line", "abc\x15d\r", "abc\b \b\b \b\b \bd\r\n", "d\n"],
    ["^V takes the next character as it is", "a\x16\x03b\r", "a^\b^Cb\r\n", "a\x03b\n"],
    ["^R shows the line again", "ab\x12c\r", "ab^R\r\nabc\r\n", "abc\n"],
    ["^D hands over what there is", "ab\x04", "ab", "ab"],
  ])("%s", (_what, text, shown, read) => {
    expect(typed(text)).toEqual({ shown, read });
  });

  test("a character of UTF-8 goes as a whole, and takes one column", () => {
    expect(typed("aé\x7f\r", utf8)).toEqual({ shown: "aé\b \b\r\n", read: "a\n" });
    expect(typed("a€\x17\r", utf8)).toEqual({ shown: "a€\b \b\b \b\r\n", read: "\n" });
  });

  test("without IUTF8 it is bytes", () => {
    const bench = new Bench();
    bench.type("é\x7f\r");
    expect([...encodeName(bench.read())]).toEqual([0xc3, 0x0a]);
  });

  test("a tab goes back to where it began", () => {
    const bench = new Bench();
    bench.print("$ ");
    bench.type("ab\t\x7f");
    expect(bench.shown).toBe("$ ab\t\b\b\b\b");
    bench.type("\x7f\t\t\x7f");
    expect(bench.shown).toBe(`\b \b\t\t${"\b".repeat(8)}`);
  });

  test("^D alone is the end of the file, once", () => {
    const bench = new Bench();
    bench.type("\x04a\r");
    expect([bench.read(), bench.read()]).toEqual(["", "a\n"]);
  });

  test("^D after as much as is asked for is no end of the file", () => {
    const bench = new Bench();
    bench.type("abc\x04d\r");
    expect([bench.read(3), bench.read(3)]).toEqual(["abc", "d\n"]);
  });

  test("VEOL ends a line too", () => {
    const bench = new Bench();
    bench.terminal.termios.cc[VEOL] = 0x3b;
    bench.type("a;b;");
    expect([bench.read(), bench.read()]).toEqual(["a;", "b;"]);
    expect(bench.shown).toBe("a;b;");
  });

  test("what does not fit into a line of 4095 is lost, and its end is not", () => {
    const bench = new Bench();
    expect(bench.type(`${"x".repeat(5000)}y\r`)).toBe(5002);
    expect(bench.read(5000)).toBe(`${"x".repeat(4095)}\n`);
  });

  test("behind finished lines there is no more room than that", () => {
    const bench = new Bench();
    expect(bench.type("x\r".repeat(3000))).toBe(4095);
    bench.read();
    expect(bench.type("abcd")).toBe(2);
  });
});

describe("what is typed is shown", () => {
  test.each([
    ["not at all without ECHO", ECHO, "ab\x7f\r", ""],
    ["but for the newline with ECHONL", ECHO, "ab\r", "\r\n", ECHONL],
    ["control characters as they are without ECHOCTL", ECHOCTL, "\x01\x7f", "\x01"],
    ["ERASE as itself without ECHOE", ECHOE, "a\x7f", "a^?"],
    ["KILL as itself, and a new line, without ECHOKE", ECHOKE, "ab\x15c", "ab^U\r\nc"],
    ["and without ECHOK on the same one", ECHOKE | ECHOK, "ab\x15c", "ab^Uc"],
  ])("%s", (_what, off, text, shown, on = 0) => {
    expect(typed(text, (bench) => bench.set("lflag", on, off)).shown).toBe(shown);
  });
});

describe("what is typed is mapped", () => {
  test.each([
    ["IGNCR drops CR", IGNCR, 0, "a\rb\n", "ab\n"],
    ["INLCR makes NL CR", INLCR, ICRNL, "a\nb\x04", "a\rb"],
    ["without ICRNL CR is a character", 0, ICRNL, "a\rb\n", "a\rb\n"],
    ["ISTRIP takes the eighth bit", ISTRIP, 0, "\udce1\n", "a\n"],
  ])("%s", (_what, on, off, text, read) => {
    expect(typed(text, (bench) => bench.set("iflag", on, off)).read).toBe(read);
  });
});

describe("what is printed is mapped", () => {
  test.each([
    ["NL to CR NL with ONLCR", 0, 0, "a\nb", "a\r\nb"],
    ["not at all without OPOST", 0, OPOST, "a\n\tb", "a\n\tb"],
    ["to capitals with OLCUC", OLCUC, 0, "aÉz", "AÉZ"],
    ["CR to NL with OCRNL", OCRNL, ONLCR, "a\rb", "a\nb"],
    ["tabs to spaces with XTABS", XTABS, 0, "ab\tc\td", "ab      c       d"],
    [
      "counting from the column that ONLRET gives",
      XTABS | ONLRET,
      ONLCR | (TABDLY & ~XTABS),
      "ab\n\tc",
      "ab\n        c",
    ],
  ])("%s", (_what, on, off, text, shown) => {
    const bench = new Bench();
    bench.set("oflag", on, off);
    bench.print(text);
    expect(bench.shown).toBe(shown);
  });

  test("no more is taken than the master has room for", () => {
    const bench = new Bench();
    const taken = bench.print("x\n".repeat(10_000));
    expect(taken).toBeGreaterThan(5000);
    expect(taken).toBeLessThan(8192);
    expect(bench.print("y")).toBe(0);
    expect(bench.shown).toBe("x\r\n".repeat(Math.ceil(taken / 2)).slice(0, (taken / 2) * 3));
    expect(bench.print("y")).toBe(1);
  });
});

describe("the output is stopped", () => {
  test("by ^S, and goes on with ^Q, with what was typed meanwhile", () => {
    const bench = new Bench();
    bench.type("\x13ab");
    expect(bench.print("more")).toBe(0);
    expect(bench.shown).toBe("");
    bench.type("\x11");
    expect(bench.print("more")).toBe(4);
    expect(bench.shown).toBe("abmore");
  });

  test("and with any character where IXANY is set", () => {
    const bench = new Bench();
    bench.set("iflag", IXANY);
    bench.type("\x13a");
    expect(bench.shown).toBe("a");
  });
});

describe("without canonical mode", () => {
  const raw = (bench: Bench) => bench.set("lflag", 0, ICANON | ISIG);

  test("every byte is there at once", () => {
    expect(typed("a\x7f\x04", raw)).toEqual({ shown: "a^?^D", read: "a\x7f\x04" });
  });

  test("a full queue takes no more until something is read", () => {
    const bench = new Bench();
    raw(bench);
    expect(bench.type("x".repeat(5000))).toBe(4095);
    expect(bench.terminal.takesInput).toBe(false);
    bench.read(10);
    expect(bench.type("x".repeat(5000))).toBe(10);
  });

  test("what was typed before the change can be read, either way", () => {
    const bench = new Bench();
    bench.type("ab");
    raw(bench);
    expect(bench.read(1)).toBe("a");
    bench.set("lflag", ICANON);
    expect(bench.read()).toBe("b");
  });
});
