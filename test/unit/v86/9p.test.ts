import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openHostDirectory } from "../../../src/mounts/open-directory.js";
import { Body, Request, Type } from "../../../src/v86/9p/messages.js";
import { NinePServer } from "../../../src/v86/9p/server.js";
import { Errno } from "../../../src/wasi/errno.js";
import { HostFs } from "../../../src/wasi/fs/host/host-fs.js";
import { temporaryDirectory } from "../../support/mounts.js";

const clock = { now: () => ({ sec: 1_800_000_000, nsec: 0 }) };
const NO_UID = 0xffffffff;

/** Speaks to a server as a guest's kernel would, or one that means ill. */
class Client {
  readonly server: NinePServer;
  readonly bugs: unknown[] = [];

  constructor(host: string, readOnly = false) {
    const fs = new HostFs(openHostDirectory(host), 0x40, { readOnly, owner: { uid: 0, gid: 0 } });
    this.server = new NinePServer([fs], clock, (error) => this.bugs.push(error));
    this.ask(Type.version, (body) => body.u32(8192).text("9P2000.L"));
    this.ask(Type.attach, (body) => body.u32(0).u32(NO_UID).text("root").text("").u32(0));
    this.walk(0, 1, "0");
  }

  /** The answer, taken apart up to its body; or the name of the errno. */
  ask(type: number, fill: (body: Body) => Body): Request | string {
    const { content } = fill(new Body());
    const message = new Body()
      .u32(7 + content.length)
      .u8(type)
      .u16(9)
      .raw(content).content;
    const answer = new Request(this.server.handle(message));
    if (answer.type === type + 1) return answer;
    const number = answer.u32();
    return (
      Object.values(Errno).find((value) => value instanceof Errno && value.number === number)?.code ??
      String(number)
    );
  }

  walk(from: number, to: number, ...names: string[]): Request | string {
    return this.ask(Type.walk, (body) => {
      body.u32(from).u32(to).u16(names.length);
      for (const name of names) body.text(name);
      return body;
    });
  }

  open(fid: number, flags = 0): Request | string {
    return this.ask(Type.lopen, (body) => body.u32(fid).u32(flags));
  }

  read(fid: number): string {
    const answer = this.ask(Type.read, (body) => body.u32(fid).u64(0).u32(4096));
    return typeof answer === "string" ? answer : Buffer.from(answer.bytes(answer.u32())).toString();
  }
}

function folders() {
  const top = temporaryDirectory();
  const inside = join(top, "inside");
  mkdirSync(join(inside, "dir"), { recursive: true });
  writeFileSync(join(inside, "file"), "content\n");
  writeFileSync(join(top, "secret"), "SECRET\n");
  symlinkSync("../secret", join(inside, "link"));
  return { top, inside };
}

describe("The 9P server", () => {
  test("serves a file", () => {
    const client = new Client(folders().inside);
    client.walk(1, 2, "file");
    client.open(2);
    expect(client.read(2)).toBe("content\n");
  });

  test("has nothing above its root, and nothing but names in a directory", () => {
    const client = new Client(folders().inside);
    for (const name of ["../secret", "dir/../../secret", "/etc/passwd", "", "a\0b"])
      expect(client.walk(1, 2, name)).toBe("EINVAL");
    client.walk(1, 2, "..", "..", "..", "0", "..", "..");
    expect(client.walk(2, 3, "secret")).toBe("ENOENT");
    expect(client.walk(2, 3, "0", "file")).toBeInstanceOf(Request);
  });

  test("follows no symbolic link, and opens none", () => {
    const client = new Client(folders().inside);
    client.walk(1, 2, "link");
    expect(client.open(2)).toBe("EACCES");
    expect(client.walk(2, 3, "x")).toBe("ENOTDIR");
    expect(client.read(2)).toBe("EBADF");
  });

  test("opens no device and no FIFO", () => {
    const { inside } = folders();
    execFileSync("mkfifo", [join(inside, "fifo")]);
    execFileSync("mknod", [join(inside, "zero"), "c", "1", "5"]);
    const client = new Client(inside);
    for (const [fid, name] of ["fifo", "zero"].entries()) {
      client.walk(1, 10 + fid, name);
      expect(client.open(10 + fid)).toBe("EACCES");
    }
    const make = (mode: number) =>
      client.ask(Type.mknod, (body) => body.u32(1).text("new").u32(mode).u32(1).u32(5).u32(0));
    expect([make(0o010644), make(0o020644), make(0o140644), make(0o104755)]).toEqual([
      "EPERM",
      "EPERM",
      "EPERM",
      "EPERM",
    ]);
  });

  test("makes, renames and removes what has a proper name only, and only where that can be", () => {
    const { top, inside } = folders();
    const client = new Client(inside);
    const before = readdirSync(top);
    client.walk(1, 2, "dir");
    for (const name of ["..", ".", "", "../new", "a/b", "x".repeat(256)]) {
      const wanted = name.length > 255 ? "ENAMETOOLONG" : "EINVAL";
      expect(client.ask(Type.mkdir, (body) => body.u32(1).text(name).u32(0o755).u32(0))).toBe(wanted);
      expect(client.ask(Type.symlink, (body) => body.u32(1).text(name).text("x").u32(0))).toBe(wanted);
      expect(client.ask(Type.unlinkat, (body) => body.u32(1).text(name).u32(0x200))).toBe(wanted);
      expect(client.ask(Type.renameat, (body) => body.u32(1).text("file").u32(1).text(name))).toBe(wanted);
      expect(client.ask(Type.renameat, (body) => body.u32(1).text(name).u32(1).text("y"))).toBe(wanted);
      client.walk(1, 3, "file");
      expect(client.ask(Type.link, (body) => body.u32(1).u32(3).text(name))).toBe(wanted);
      client.walk(1, 3);
      expect(client.ask(Type.lcreate, (body) => body.u32(3).text(name).u32(1).u32(0o644).u32(0))).toBe(
        wanted,
      );
    }
    expect(client.ask(Type.renameat, (body) => body.u32(1).text("dir").u32(2).text("dir"))).toBe("EINVAL");
    expect(client.ask(Type.renameat, (body) => body.u32(1).text("file").u32(0).text("file"))).toBe("EROFS");
    expect(client.ask(Type.unlinkat, (body) => body.u32(1).text("dir").u32(0))).toBe("EISDIR");
    expect(client.ask(Type.unlinkat, (body) => body.u32(1).text("file").u32(0x200))).toBe("ENOTDIR");
    expect(client.ask(Type.unlinkat, (body) => body.u32(0).text("0").u32(0x200))).toBe("EROFS");
    expect(readdirSync(top)).toEqual(before);
    expect(readdirSync(inside).sort()).toEqual(["dir", "file", "link"]);
  });

  test("changes nothing of what is exported to be read", () => {
    const { inside } = folders();
    const client = new Client(inside, true);
    client.walk(1, 2, "file");
    const outcomes = [
      client.open(2, 1),
      client.open(2, 0o1000),
      client.ask(Type.setattr, (body) => body.u32(2).u32(0x3f).u32(0).u32(0).u32(0).u64(0, 0, 0, 0, 0)),
      client.ask(Type.mkdir, (body) => body.u32(1).text("new").u32(0o755).u32(0)),
      client.ask(Type.unlinkat, (body) => body.u32(1).text("file").u32(0)),
      client.ask(Type.renameat, (body) => body.u32(1).text("file").u32(1).text("other")),
      client.ask(Type.link, (body) => body.u32(1).u32(2).text("other")),
    ];
    expect(outcomes).toEqual(outcomes.map(() => "EROFS"));
    expect(client.open(2)).toBeInstanceOf(Request);
    expect(client.ask(Type.write, (body) => body.u32(2).u64(0).u32(1).u8(0))).toBe("EROFS");
    expect(readFileSync(join(inside, "file"), "utf8")).toBe("content\n");
  });

  test("answers whatever it is sent, and stays inside", { timeout: 60_000 }, () => {
    const { top, inside } = folders();
    const client = new Client(inside);
    const name = fc.constantFrom("file", "dir", "link", "..", ".", "", "../secret", "new", "a/b", "\0", "0");
    const types = Object.values(Type).filter((type) => type !== Type.version);
    const part = fc.oneof(
      fc.integer({ min: 0, max: 4 }).map((value) => (body: Body) => body.u32(value)),
      fc.bigInt({ min: 0n, max: 1n << 40n }).map((value) => (body: Body) => body.u64(value)),
      fc.integer({ min: 0, max: 3 }).map((value) => (body: Body) => body.u16(value)),
      name.map((value) => (body: Body) => body.text(value)),
      fc.uint8Array({ maxLength: 40 }).map((value) => (body: Body) => body.raw(value)),
    );
    const message = fc.record({
      type: fc.oneof(fc.constantFrom(...types), fc.integer({ min: 0, max: 255 })),
      parts: fc.array(part, { maxLength: 8 }),
    });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 30 }), (messages) => {
        for (const { type, parts } of messages)
          client.ask(type, (body) => parts.reduce((filled, fill) => fill(filled), body));
      }),
      { numRuns: 1000 },
    );
    expect(client.bugs).toEqual([]);
    expect(readdirSync(top).sort()).toEqual(["inside", "secret"]);
    expect(readFileSync(join(top, "secret"), "utf8")).toBe("SECRET\n");
  });

  test("answers a message that is too short for a header", () => {
    const client = new Client(folders().inside);
    for (let length = 0; length < 8; length++)
      expect(client.server.handle(new Uint8Array(length)).length).toBeGreaterThan(7);
  });
});
