import { describe, expect, test } from "vitest";
import {
  AT_FDCWD,
  AT_REMOVEDIR,
  AT_SYMLINK_NOFOLLOW,
  O_CREAT,
  O_DIRECTORY,
  O_RDONLY,
  O_WRONLY,
  RENAME_EXCHANGE,
  RENAME_NOREPLACE,
  SEEK_SET,
} from "../../../src/wasi/abi/linux/fcntl.js";
import { S_IFCHR, S_IFDIR, S_IFIFO, S_IFMT, S_IFREG } from "../../../src/wasi/abi/linux/stat.js";
import { outcome } from "../../support/errno.js";
import { Guest } from "../../support/guest.js";
import { type Dirent, readDirents, readStatx } from "../../support/structures.js";

const mkdir = (guest: Guest, path: string, mode = 0o755) =>
  outcome(guest.call("mkdirat", AT_FDCWD, path, mode));
const touch = (guest: Guest, path: string, mode = 0o644) =>
  guest.call("close", guest.call("openat", AT_FDCWD, path, O_CREAT | O_WRONLY, mode));
const openDirectory = (guest: Guest, path: string) =>
  guest.call("openat", AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0);

/** One getdents64 with room for about `size` bytes. */
function dirents(guest: Guest, fd: number, size = 65536): Dirent[] {
  const ptr = guest.buffer(size);
  return readDirents(guest.bytesAt(ptr, guest.call("getdents64", fd, ptr, size)));
}

function allNames(guest: Guest, fd: number, size?: number): string[] {
  const names: string[] = [];
  for (let part = dirents(guest, fd, size); part.length > 0; part = dirents(guest, fd, size)) {
    names.push(...part.map((entry) => entry.name));
  }
  return names;
}

function getcwd(guest: Guest, size = 4096): string {
  const ptr = guest.buffer(size);
  const length = guest.call("getcwd", ptr, size);
  return length > 0 ? guest.textAt(ptr, length - 1) : String(outcome(length));
}

function stat(guest: Guest, path: string, flags = 0) {
  const ptr = guest.buffer(256);
  const result = guest.call("statx", AT_FDCWD, path, flags, 0xfff, ptr);
  if (result < 0) throw new Error(String(outcome(result)));
  return readStatx(guest.bytesAt(ptr, 256));
}

describe("getdents64", () => {
  test("gives . and .. with their numbers, then every entry with its type", () => {
    const guest = new Guest();
    mkdir(guest, "/tmp/d");
    mkdir(guest, "/tmp/d/sub");
    touch(guest, "/tmp/d/file");
    guest.call("mknodat", AT_FDCWD, "/tmp/d/fifo", S_IFIFO | 0o600, 0);
    const entries = dirents(guest, openDirectory(guest, "/tmp/d"));
    expect(entries.map(({ name, ino, type }) => ({ name, ino, type }))).toEqual([
      { name: ".", ino: stat(guest, "/tmp/d").ino, type: S_IFDIR },
      { name: "..", ino: stat(guest, "/tmp").ino, type: S_IFDIR },
      { name: "sub", ino: stat(guest, "/tmp/d/sub").ino, type: S_IFDIR },
      { name: "file", ino: stat(guest, "/tmp/d/file").ino, type: S_IFREG },
      { name: "fifo", ino: stat(guest, "/tmp/d/fifo").ino, type: S_IFIFO },
    ]);
  });

  test("goes on where it was, in however small a buffer; EINVAL when not even one entry fits", () => {
    const guest = new Guest();
    mkdir(guest, "/tmp/d");
    const names = Array.from({ length: 50 }, (_, i) => `file-${i}`);
    for (const name of names) touch(guest, `/tmp/d/${name}`);
    expect(allNames(guest, openDirectory(guest, "/tmp/d"), 64)).toEqual([".", "..", ...names]);
    expect(outcome(guest.call("getdents64", openDirectory(guest, "/tmp/d"), guest.buffer(10), 10))).toBe(
      "EINVAL",
    );
  });

  test("entries that are removed while they are read are the only ones missing", () => {
    const guest = new Guest();
    mkdir(guest, "/tmp/d");
    const names = Array.from({ length: 40 }, (_, i) => `f${i}`);
    for (const name of names) touch(guest, `/tmp/d/${name}`);
    const fd = openDirectory(guest, "/tmp/d");
    const seen: string[] = [];
    for (let part = dirents(guest, fd, 128); part.length > 0; part = dirents(guest, fd, 128)) {
      for (const { name } of part) {
        if (name.startsWith(".")) continue;
        seen.push(name);
        guest.call("unlinkat", AT_FDCWD, `/tmp/d/${name}`, 0);
      }
    }
    expect(seen).toEqual(names);
    expect(outcome(guest.call("unlinkat", AT_FDCWD, "/tmp/d", AT_REMOVEDIR))).toBe(0);
  });

  test("an entry that did not fit and is then removed is not given any more", () => {
    const guest = new Guest();
    mkdir(guest, "/tmp/d");
    for (const name of ["a", "b", "c"]) touch(guest, `/tmp/d/${name}`);
    const fd = openDirectory(guest, "/tmp/d");
    expect(dirents(guest, fd, 80).map((entry) => entry.name)).toEqual([".", "..", "a"]);
    guest.call("unlinkat", AT_FDCWD, "/tmp/d/b", 0);
    expect(allNames(guest, fd)).toEqual(["c"]);
  });

  test("a program that renames what it reads comes to an end", () => {
    const guest = new Guest();
    mkdir(guest, "/tmp/d");
    for (let i = 0; i < 10; i++) touch(guest, `/tmp/d/f${i}`);
    const fd = openDirectory(guest, "/tmp/d");
    let renamed = 0;
    for (
      let part = dirents(guest, fd, 64);
      part.length > 0 && renamed < 1000;
      part = dirents(guest, fd, 64)
    ) {
      for (const { name } of part) {
        if (name.startsWith(".")) continue;
        guest.call("renameat", AT_FDCWD, `/tmp/d/${name}`, AT_FDCWD, `/tmp/d/${name}x`);
        renamed++;
      }
    }
    expect(renamed).toBe(10);
  });

  test("seekdir to a position and rewinddir work", () => {
    const guest = new Guest();
    mkdir(guest, "/tmp/d");
    for (const name of ["a", "b", "c"]) touch(guest, `/tmp/d/${name}`);
    const fd = openDirectory(guest, "/tmp/d");
    const entries = dirents(guest, fd);
    const after = entries.find((entry) => entry.name === "a") as Dirent;
    guest.call("_llseek", fd, 0, after.next, guest.buffer(8), SEEK_SET);
    expect(allNames(guest, fd)).toEqual(["b", "c"]);
    touch(guest, "/tmp/d/d");
    guest.call("_llseek", fd, 0, 0, guest.buffer(8), SEEK_SET);
    expect(allNames(guest, fd)).toEqual([".", "..", "a", "b", "c", "d"]);
  });

  test("a removed directory is ENOENT, a file ENOTDIR", () => {
    const guest = new Guest();
    mkdir(guest, "/tmp/d");
    const fd = openDirectory(guest, "/tmp/d");
    guest.call("unlinkat", AT_FDCWD, "/tmp/d", AT_REMOVEDIR);
    expect(outcome(guest.call("getdents64", fd, guest.buffer(100), 100))).toBe("ENOENT");
    touch(guest, "/tmp/f");
    const file = guest.call("openat", AT_FDCWD, "/tmp/f", O_RDONLY, 0);
    expect(outcome(guest.call("getdents64", file, guest.buffer(100), 100))).toBe("ENOTDIR");
  });
});

describe("the working directory", () => {
  test("is where relative paths begin, and follows renames", () => {
    const guest = new Guest();
    mkdir(guest, "/tmp/a");
    mkdir(guest, "/tmp/a/b");
    expect(guest.call("chdir", "/tmp/a/b/../b/.")).toBe(0);
    expect(getcwd(guest)).toBe("/tmp/a/b");
    guest.call("renameat", AT_FDCWD, "/tmp/a", AT_FDCWD, "/tmp/z");
    expect(getcwd(guest)).toBe("/tmp/z/b");
    touch(guest, "here");
    expect(stat(guest, "/tmp/z/b/here").nlink).toBe(1);
    expect(outcome(guest.call("getcwd", guest.buffer(4), 4))).toBe("ERANGE");
  });

  test("that has been removed has no name and takes no files, but still has a parent", () => {
    const guest = new Guest();
    mkdir(guest, "/tmp/a");
    guest.call("chdir", "/tmp/a");
    guest.call("unlinkat", AT_FDCWD, "/tmp/a", AT_REMOVEDIR);
    expect(getcwd(guest)).toBe("ENOENT");
    expect(outcome(guest.call("openat", AT_FDCWD, "f", O_CREAT | O_WRONLY, 0o644))).toBe("ENOENT");
    expect(mkdir(guest, "d")).toBe("ENOENT");
    expect(guest.call("chdir", "..")).toBe(0);
    expect(getcwd(guest)).toBe("/tmp");
  });

  test("of a parent is not changed by its child", () => {
    const guest = new Guest();
    guest.call("chdir", "/tmp");
    const child = guest.fork();
    child.process.fs = guest.process.fs.clone();
    child.call("chdir", "/");
    child.call("umask", 0o077);
    expect(getcwd(guest)).toBe("/tmp");
    expect(guest.call("umask", 0o022)).toBe(0o022);
  });

  test("crosses mount points in both directions", () => {
    const guest = new Guest();
    guest.call("chdir", "/dev");
    expect(getcwd(guest)).toBe("/dev");
    guest.call("chdir", "..");
    expect(getcwd(guest)).toBe("/");
    expect(stat(guest, "/dev/..").ino).toBe(stat(guest, "/").ino);
  });

  test("chroot hides what is above", () => {
    const guest = new Guest();
    mkdir(guest, "/tmp/jail");
    mkdir(guest, "/tmp/jail/in");
    guest.call("chdir", "/tmp/jail/in");
    expect(guest.call("chroot", "/tmp/jail")).toBe(0);
    expect(getcwd(guest)).toBe("/in");
    expect(stat(guest, "/../..").ino).toBe(stat(guest, "/").ino);
    guest.process.credentials = { ...guest.process.credentials, euid: 1000 };
    expect(outcome(guest.call("chroot", "/in"))).toBe("EPERM");
  });
});

describe("mount points", () => {
  test("can be neither removed nor renamed, and nothing is renamed across them", () => {
    const guest = new Guest();
    touch(guest, "/tmp/f");
    expect(outcome(guest.call("unlinkat", AT_FDCWD, "/dev", AT_REMOVEDIR))).toBe("EBUSY");
    expect(outcome(guest.call("renameat", AT_FDCWD, "/dev", AT_FDCWD, "/other"))).toBe("EBUSY");
    expect(outcome(guest.call("renameat", AT_FDCWD, "/tmp/f", AT_FDCWD, "/dev/f"))).toBe("EXDEV");
  });
});

describe("renameat2", () => {
  test("RENAME_NOREPLACE keeps what is there", () => {
    const guest = new Guest();
    touch(guest, "/tmp/a");
    touch(guest, "/tmp/b");
    const rename = (from: string, to: string) =>
      outcome(guest.call("renameat2", AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE));
    expect(rename("/tmp/a", "/tmp/b")).toBe("EEXIST");
    expect(rename("/tmp/a", "/tmp/.")).toBe("EEXIST");
    expect(rename("/tmp/a", "/tmp/c")).toBe(0);
  });

  test("RENAME_EXCHANGE swaps a file and a directory, with link counts and parents", () => {
    const guest = new Guest();
    mkdir(guest, "/tmp/one");
    mkdir(guest, "/tmp/two");
    mkdir(guest, "/tmp/one/d");
    touch(guest, "/tmp/one/d/inside");
    touch(guest, "/tmp/two/f");
    const exchange = (from: string, to: string) =>
      outcome(guest.call("renameat2", AT_FDCWD, from, AT_FDCWD, to, RENAME_EXCHANGE));
    expect(exchange("/tmp/one/d", "/tmp/two/f")).toBe(0);
    expect(stat(guest, "/tmp/two/f/inside").nlink).toBe(1);
    expect(stat(guest, "/tmp/one/d").mode & S_IFMT).toBe(S_IFREG);
    expect([stat(guest, "/tmp/one").nlink, stat(guest, "/tmp/two").nlink]).toEqual([2, 3]);
    guest.call("chdir", "/tmp/two/f");
    expect(getcwd(guest)).toBe("/tmp/two/f");
    expect(stat(guest, "..").ino).toBe(stat(guest, "/tmp/two").ino);
    expect(exchange("/tmp/two", "/tmp/two/f")).toBe("EINVAL");
    expect(exchange("/tmp/two/f", "/tmp/two")).toBe("EINVAL");
    expect(exchange("/tmp/two", "/tmp/none")).toBe("ENOENT");
  });

  test("other flags are EINVAL", () => {
    const guest = new Guest();
    touch(guest, "/tmp/a");
    for (const flags of [3, 4, 8]) {
      expect(outcome(guest.call("renameat2", AT_FDCWD, "/tmp/a", AT_FDCWD, "/tmp/b", flags))).toBe("EINVAL");
    }
  });
});

describe("mknodat", () => {
  test("makes every kind of file, directories excepted; devices only for root", () => {
    const guest = new Guest();
    const mknod = (path: string, mode: number, rdev = 0) =>
      outcome(guest.call("mknodat", AT_FDCWD, path, mode, rdev));
    expect(mknod("/tmp/r", 0o644)).toBe(0);
    expect(stat(guest, "/tmp/r").mode).toBe(S_IFREG | 0o644);
    expect(mknod("/tmp/c", S_IFCHR | 0o666, (5 << 8) | 3)).toBe(0);
    expect(stat(guest, "/tmp/c")).toMatchObject({ mode: S_IFCHR | 0o644, rdevMajor: 5, rdevMinor: 3 });
    expect(mknod("/tmp/d", S_IFDIR | 0o755)).toBe("EPERM");
    expect(mknod("/tmp/x", 0o120000)).toBe("EINVAL");
    guest.process.credentials = { ...guest.process.credentials, euid: 1000 };
    expect(mknod("/tmp/e", S_IFCHR | 0o666, 1)).toBe("EPERM");
    expect(mknod("/tmp/fifo", S_IFIFO | 0o666)).toBe(0);
  });
});

describe("set-group-ID directories", () => {
  test("pass on their group, and to directories also the bit", () => {
    const guest = new Guest();
    mkdir(guest, "/tmp/team");
    guest.call("fchownat", AT_FDCWD, "/tmp/team", 0, 50, 0);
    guest.call("fchmodat", AT_FDCWD, "/tmp/team", 0o2775);
    touch(guest, "/tmp/team/f");
    mkdir(guest, "/tmp/team/d");
    expect(stat(guest, "/tmp/team/f")).toMatchObject({ gid: 50, mode: S_IFREG | 0o644 });
    expect(stat(guest, "/tmp/team/d")).toMatchObject({ gid: 50, mode: S_IFDIR | 0o2755 });
  });
});

test("a symbolic link itself is stat'ed with AT_SYMLINK_NOFOLLOW", () => {
  const guest = new Guest();
  guest.call("symlinkat", "target", AT_FDCWD, "/tmp/l");
  expect(stat(guest, "/tmp/l", AT_SYMLINK_NOFOLLOW)).toMatchObject({ mode: 0o120777, size: 6 });
});
