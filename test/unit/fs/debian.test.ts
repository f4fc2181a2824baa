import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { debianImage } from "../../../src/wasi/fs/base/debian.js";
import { isSymlink, type RegularInode } from "../../../src/wasi/vfs/inode.js";
import { testTree } from "../vfs/tree.js";

const tree = testTree([debianImage({ hostname: "box" })]);
const who = tree.process();
const inode = (path: string, follow = true) => tree.vfs.lookup(who, -100, path, follow);

function read(path: string): Uint8Array {
  const file = inode(path) as RegularInode;
  const bytes = new Uint8Array(file.size);
  file.read(bytes, 0);
  return bytes;
}
const text = (path: string) => new TextDecoder().decode(read(path));

test("/usr is merged, as in Debian 12", () => {
  for (const name of ["bin", "sbin", "lib", "lib64"]) {
    const link = inode(`/${name}`, false);
    expect(isSymlink(link) && link.readlink(who)).toBe(`usr/${name}`);
  }
  expect(inode("/var/run")).toBe(inode("/run"));
});

test.each(["/tmp", "/var/tmp", "/run/lock"])("%s is for everybody, and sticky", (path) => {
  expect(inode(path).mode).toBe(0o041777);
});

test("homes belong to their users", () => {
  expect([inode("/root").uid, inode("/root").mode]).toEqual([0, 0o040700]);
  for (const path of ["/home/user", "/home/user/.bashrc", "/home/user/.profile"]) {
    expect([path, inode(path).uid, inode(path).gid]).toEqual([path, 1000, 1000]);
  }
});

test("passwd, group and shadow name the same accounts", () => {
  const names = (path: string) =>
    text(path)
      .trim()
      .split("\n")
      .map((line) => line.split(":")[0]);
  expect(names("/etc/shadow")).toEqual(names("/etc/passwd"));
  expect(names("/etc/gshadow")).toEqual(names("/etc/group"));
  expect(names("/etc/passwd")).toEqual(
    expect.arrayContaining(["root", "daemon", "bin", "sys", "nobody", "user"]),
  );
  for (const line of text("/etc/passwd").trim().split("\n")) expect(line.split(":")).toHaveLength(7);
  for (const line of text("/etc/shadow").trim().split("\n")) expect(line.split(":")).toHaveLength(9);
  expect(inode("/etc/shadow").mode).toBe(0o100640);
});

test("the host name is the one asked for", () => {
  expect(text("/etc/hostname")).toBe("box\n");
  expect(text("/etc/hosts")).toContain("127.0.1.1\tbox\n");
});

test("/etc/os-release says Debian 12", () => {
  expect(text("/etc/os-release")).toContain("ID=debian\n");
  expect(text("/etc/os-release")).toContain('VERSION_ID="12"\n');
});

test.runIf(existsSync("/usr/share/zoneinfo/Etc/UTC"))(
  "the time zone file is the one every system has",
  () => {
    expect(Buffer.from(read("/etc/localtime"))).toEqual(readFileSync("/usr/share/zoneinfo/Etc/UTC"));
  },
);
