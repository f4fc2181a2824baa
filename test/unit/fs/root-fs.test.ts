import { describe, expect, test } from "vitest";
import { O_APPEND, O_CREAT, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY } from "../../../src/wasi/abi/linux/fcntl.js";
import type { BaseImage } from "../../../src/wasi/fs/base/image.js";
import { BaseTree } from "../../../src/wasi/fs/base/tree.js";
import * as memfsCore from "../../../src/wasi/fs/memfs/core.js";
import { MemfsStore } from "../../../src/wasi/fs/memfs/store.js";
import { RootFs } from "../../../src/wasi/fs/root/root-fs.js";
import { MemoryBudget } from "../../../src/wasi/kernel/memory-budget.js";
import type { OpenFile } from "../../../src/wasi/kernel/open-file.js";
import { type DirectoryInode, isRegular, type RegularInode } from "../../../src/wasi/vfs/inode.js";
import { BUILT, errnoOf, TestClock, type TestTree, testTree } from "../vfs/tree.js";

const wasm = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
let loads = 0;

const image: BaseImage = {
  directories: {
    "/etc": {},
    "/home/user": { uid: 1000, gid: 1000, mode: 0o750 },
    "/usr/bin": {},
    "/tmp": { mode: 0o1777 },
  },
  files: {
    "/etc/motd": { content: "welcome\n" },
    "/etc/shadow": { content: "", mode: 0o640, gid: 42 },
    "/usr/bin/ls": {
      content: {
        size: wasm.length,
        load: () => {
          loads++;
          return wasm;
        },
      },
      program: { name: "coreutils", minPages: 17 },
    },
  },
  symlinks: { "/bin": "usr/bin" },
};

function open(tree: TestTree, path: string, flags: number): OpenFile {
  const file = tree.vfs.open(tree.process(), -100, path, flags, 0o644);
  if (typeof file === "number") throw new Error("blocked");
  file.retain();
  return file;
}

function contentOf(tree: TestTree, path: string): string {
  const inode = tree.vfs.lookup(tree.process(), -100, path) as RegularInode;
  const bytes = new Uint8Array(inode.size);
  return new TextDecoder().decode(bytes.subarray(0, inode.read(bytes, 0)));
}

function write(tree: TestTree, file: OpenFile, text: string): void {
  file.write(new TextEncoder().encode(text), tree.process());
}

const namesOf = (directory: DirectoryInode) => [...directory.entries(0)].map((entry) => entry.name);

describe("the base tree", () => {
  test("is there with owners, modes and link counts", () => {
    const { vfs, process } = testTree([image]);
    const who = process();
    const home = vfs.lookup(who, -100, "/home/user");
    expect([home.mode, home.uid, home.gid, home.nlink]).toEqual([0o040750, 1000, 1000, 2]);
    expect(vfs.lookup(who, -100, "/").nlink).toBe(6);
    expect(vfs.lookup(who, -100, "/etc/shadow").gid).toBe(42);
    expect(vfs.lookup(who, -100, "/etc/motd").mtime).toEqual(BUILT);
    expect(vfs.lookup(who, -100, "/bin/ls").mode).toBe(0o100755);
  });

  test("a program is known by name and read only when somebody wants its bytes", () => {
    const tree = testTree([image]);
    loads = 0;
    const ls = tree.vfs.lookup(tree.process(), -100, "/bin/ls") as RegularInode;
    expect(ls.program).toEqual({ name: "coreutils", minPages: 17 });
    expect(ls.size).toBe(8);
    expect(loads).toBe(0);
    const bytes = new Uint8Array(100);
    expect(ls.read(bytes, 0)).toBe(8);
    expect(bytes.subarray(0, 8)).toEqual(wasm);
    expect(loads).toBe(1);
  });

  test("is made for 300 programs in a few milliseconds", () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`/usr/bin/p${i}`, { content: { size: 1, load: () => wasm } }]),
    );
    const start = performance.now();
    const tree = new BaseTree([{ files }], BUILT);
    expect(performance.now() - start).toBeLessThan(50);
    expect(tree.root.entries.size).toBe(1);
  });
});

describe("what is written over the base tree", () => {
  test("replaces the content of a base file for everybody who has it open", () => {
    const tree = testTree([image]);
    const reader = open(tree, "/etc/motd", O_RDONLY);
    const before = tree.vfs.lookup(tree.process(), -100, "/etc/motd");
    const writer = open(tree, "/etc/motd", O_WRONLY | O_APPEND);
    write(tree, writer, "more\n");
    const bytes = new Uint8Array(100);
    expect(new TextDecoder().decode(bytes.subarray(0, reader.read(bytes, tree.process())))).toBe(
      "welcome\nmore\n",
    );
    const after = tree.vfs.lookup(tree.process(), -100, "/etc/motd");
    expect(after).toBe(before);
    expect(after.nlink).toBe(1);
  });

  test("hard links of a base file are one file", () => {
    const tree = testTree([image]);
    const who = tree.process();
    tree.vfs.link(who, tree.vfs.lookup(who, -100, "/etc/motd"), -100, "/tmp/motd");
    write(tree, open(tree, "/tmp/motd", O_WRONLY | O_TRUNC), "new");
    expect(contentOf(tree, "/etc/motd")).toBe("new");
    expect(tree.vfs.lookup(who, -100, "/etc/motd").nlink).toBe(2);
  });

  test("a program that is overwritten is no longer that program; one that is renamed still is", () => {
    const tree = testTree([image]);
    const who = tree.process();
    tree.vfs.rename(who, -100, "/bin/ls", -100, "/tmp/dir");
    const inode = tree.vfs.lookup(who, -100, "/tmp/dir");
    expect(isRegular(inode) && inode.program?.name).toBe("coreutils");
    write(tree, open(tree, "/tmp/dir", O_WRONLY | O_TRUNC), "#!/bin/sh\n");
    expect(isRegular(inode) && inode.program).toBeUndefined();
    expect(contentOf(tree, "/tmp/dir")).toBe("#!/bin/sh\n");
  });

  test("a removed base name is gone, can be made again, and is then listed once", () => {
    const tree = testTree([image]);
    const who = tree.process();
    tree.vfs.unlink(who, -100, "/etc/motd");
    expect(errnoOf(() => tree.vfs.lookup(who, -100, "/etc/motd"))).toBe("ENOENT");
    tree.vfs.create(who, -100, "/etc/motd", 0o100600);
    expect(contentOf(tree, "/etc/motd")).toBe("");
    const etc = tree.vfs.lookup(who, -100, "/etc") as DirectoryInode;
    expect(namesOf(etc)).toEqual(["shadow", "motd"]);
    tree.vfs.unlink(who, -100, "/etc/motd");
    expect(namesOf(etc)).toEqual(["shadow"]);
  });

  test("a base directory is empty when every entry has been removed", () => {
    const tree = testTree([image]);
    const who = tree.process();
    expect(errnoOf(() => tree.vfs.rmdir(who, -100, "/etc"))).toBe("ENOTEMPTY");
    tree.vfs.unlink(who, -100, "/etc/motd");
    tree.vfs.unlink(who, -100, "/etc/shadow");
    tree.vfs.rmdir(who, -100, "/etc");
    expect(errnoOf(() => tree.vfs.lookup(who, -100, "/etc"))).toBe("ENOENT");
    expect(tree.vfs.root.nlink).toBe(5);
  });

  test("a base directory that is moved takes its base entries along", () => {
    const tree = testTree([image]);
    const who = tree.process();
    tree.vfs.rename(who, -100, "/etc", -100, "/tmp/etc");
    expect(contentOf(tree, "/tmp/etc/motd")).toBe("welcome\n");
    expect(tree.vfs.pathOf(tree.vfs.lookup(who, -100, "/tmp/etc/motd"), tree.vfs.root)).toBe("/tmp/etc/motd");
    expect(tree.vfs.lookup(who, -100, "/tmp").nlink).toBe(3);
    expect(tree.vfs.root.nlink).toBe(5);
  });

  test("changing only metadata leaves the content in the base", () => {
    const tree = testTree([image]);
    tree.vfs.lookup(tree.process(), -100, "/etc/motd").mode = 0o100600;
    expect(tree.budget.usedBytes).toBe(0);
    expect(tree.vfs.lookup(tree.process(), -100, "/etc/motd").mode).toBe(0o100600);
  });

  test("another filesystem over the same base tree knows nothing of it", () => {
    const tree = new BaseTree([image], BUILT);
    const create = () =>
      new RootFs(tree, new MemfsStore(() => memfsCore, new MemoryBudget(1 << 20)), new TestClock());
    const first = create();
    const etc = first.root.lookup("etc") as DirectoryInode;
    etc.unlink("motd");
    (etc.lookup("shadow") as RegularInode).write(wasm, 0);
    etc.mode = 0;
    const second = create().root.lookup("etc") as DirectoryInode;
    expect(namesOf(second)).toEqual(["motd", "shadow"]);
    expect(second.lookup("shadow")?.size).toBe(0);
    expect(second.mode).toBe(0o040755);
  });
});

describe("an unlinked file", () => {
  test("keeps its space until its last descriptor is closed", () => {
    const tree = testTree([image]);
    const who = tree.process();
    const file = open(tree, "/tmp/f", O_CREAT | O_RDWR);
    const empty = tree.budget.usedBytes;
    file.write(new Uint8Array(100_000), who);
    file.retain();
    tree.vfs.unlink(who, -100, "/tmp/f");
    file.release();
    expect(tree.budget.usedBytes).toBeGreaterThan(empty + 90_000);
    file.release();
    expect(tree.budget.usedBytes).toBeLessThan(empty);
  });
});
