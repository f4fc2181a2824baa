import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AT_FDCWD, O_CREAT, O_RDWR, O_TRUNC, O_WRONLY } from "../../../src/wasi/abi/linux/fcntl.js";
import { S_IFDIR, S_IFIFO, S_IFMT, S_IFREG } from "../../../src/wasi/abi/linux/stat.js";
import { Errno } from "../../../src/wasi/errno.js";
import type { BaseImage } from "../../../src/wasi/fs/base/image.js";
import { LAYER_VERSION, type Layer } from "../../../src/wasi/fs/layer/layer.js";
import type { RootFs } from "../../../src/wasi/fs/root/root-fs.js";
import type { OpenFile } from "../../../src/wasi/kernel/open-file.js";
import { setSize } from "../../../src/wasi/vfs/attributes.js";
import { type Inode, isDirectory, isRegular, isSymlink } from "../../../src/wasi/vfs/inode.js";
import { decodeName } from "../../../src/wasi/vfs/name.js";
import { errnoOf, type TestTree, testTree } from "../vfs/tree.js";

const image: BaseImage = {
  directories: { "/home/user": { uid: 1000, gid: 1000, mode: 0o750 }, "/tmp": { mode: 0o1777 } },
  files: {
    "/etc/motd": { content: "welcome\n" },
    "/usr/bin/ls": { content: "program", program: { name: "coreutils", minPages: 17 } },
  },
  symlinks: { "/bin": "usr/bin" },
  lazyDirectories: {
    "/usr/lib/many": {
      inodes: 4,
      load: () => ({
        files: { "/one": { content: "1" }, "/two": { content: "22" }, "/sub/x": { content: "" } },
      }),
    },
  },
};

const over = (layer: Layer, maxBytes?: number): TestTree =>
  testTree([image], { layer, ...(maxBytes !== undefined && { maxBytes }) });

function open(tree: TestTree, path: string, flags: number): OpenFile {
  const file = tree.vfs.open(tree.process(), AT_FDCWD, path, flags, 0o644);
  if (typeof file === "number") throw new Error("blocked");
  file.retain();
  return file;
}

function write(tree: TestTree, path: string, content: string | Uint8Array, offset = 0): void {
  const file = open(tree, path, offset === 0 ? O_WRONLY | O_CREAT | O_TRUNC : O_WRONLY);
  file.writeAt(
    typeof content === "string" ? new TextEncoder().encode(content) : content,
    offset,
    tree.process(),
  );
  file.release();
}

const find = (tree: TestTree, path: string): Inode => tree.vfs.lookup(tree.process(), AT_FDCWD, path, false);

function bytesOf(inode: Inode): Uint8Array {
  if (!isRegular(inode)) throw new Error("no regular file");
  const bytes = new Uint8Array(inode.size);
  expect(inode.read(bytes, 0)).toBe(inode.size);
  return bytes;
}

const textOf = (tree: TestTree, path: string): string => new TextDecoder().decode(bytesOf(find(tree, path)));

/** All that a program can see of a file but its number of blocks. */
function describeInode(tree: TestTree, inode: Inode): unknown {
  const { ino, mode, uid, gid, nlink, atime, mtime, ctime, btime, rdev, size } = inode;
  const common = { ino, mode, uid, gid, nlink, atime, mtime, ctime, btime, rdev, size };
  if (isSymlink(inode)) return { ...common, target: inode.readlink(tree.process()) };
  if (!isRegular(inode)) return common;
  const data = size === 0 ? [] : [inode.seekData(0), inode.seekHole(0)];
  return { ...common, data, program: inode.program, content: Buffer.from(bytesOf(inode)).toString("base64") };
}

/** Every file by path. */
function everything(tree: TestTree): Map<string, unknown> {
  const seen = new Map<string, unknown>();
  const visit = (path: string, inode: Inode): void => {
    seen.set(path, describeInode(tree, inode));
    if (!isDirectory(inode)) return;
    for (const { name, ino, type } of inode.entries(0)) {
      const child = inode.lookup(name);
      expect([child?.ino, child?.type]).toEqual([ino, type]);
      if (child !== undefined) visit(`${path}/${name}`, child);
    }
  };
  visit("", tree.fs.root);
  return seen;
}

describe("a layer", () => {
  test("is all that differs from the base: what was made, changed, moved and removed", () => {
    const source = testTree([image]);
    const { vfs, clock } = source;
    const who = source.process();
    write(source, "/etc/motd", "changed\n");
    write(source, "/tmp/new", "new");
    vfs.rename(who, AT_FDCWD, "/usr/bin/ls", AT_FDCWD, "/tmp/dir");
    vfs.rename(who, AT_FDCWD, "/usr/lib/many/sub", AT_FDCWD, "/tmp/sub");
    vfs.unlink(who, AT_FDCWD, "/usr/lib/many/two");
    clock.tick();
    vfs.symlink(who, "/nowhere", AT_FDCWD, "/tmp/link");
    vfs.link(who, find(source, "/tmp/new"), AT_FDCWD, "/home/user/hard");
    vfs.create(who, AT_FDCWD, "/tmp/fifo", S_IFIFO | 0o600);

    const copy = over(source.fs.freeze());
    expect(everything(copy)).toEqual(everything(source));
    expect(find(copy, "/tmp/new")).toBe(find(copy, "/home/user/hard"));
    expect(find(copy, "/tmp/fifo").type).toBe(S_IFIFO);
    const moved = find(copy, "/tmp/dir");
    expect(isRegular(moved) && moved.program?.name).toBe("coreutils");
    expect(errnoOf(() => find(copy, "/usr/lib/many/two"))).toBe("ENOENT");
  });

  test("keeps names that are no text, and times to the nanosecond", () => {
    const source = testTree([image]);
    const name = decodeName(Uint8Array.from([0xff, 0x20, 0xc3, 0xa9, 0x0a, 0xf0]));
    write(source, `/tmp/${name}`, "x");
    const file = find(source, `/tmp/${name}`);
    file.mtime = { sec: -5, nsec: 123_456_789 };
    file.atime = { sec: 4_000_000_000, nsec: 1 };
    const copy = over(source.fs.freeze());
    expect(describeInode(copy, find(copy, `/tmp/${name}`))).toEqual(describeInode(source, file));
  });

  test("is not changed by what is written on it, nor by what goes on in the filesystem it was taken from", () => {
    const source = testTree([image]);
    write(source, "/tmp/f", "original");
    const layer = source.fs.freeze();
    const before = everything(over(layer));

    const copy = over(layer);
    write(copy, "/tmp/f", "COPY", 2);
    copy.vfs.unlink(copy.process(), AT_FDCWD, "/etc/motd");
    write(source, "/tmp/f", "source");
    write(source, "/tmp/more", "more");

    expect(textOf(copy, "/tmp/f")).toBe("orCOPYal");
    expect(textOf(source, "/tmp/f")).toBe("source");
    expect(everything(over(layer))).toEqual(before);
  });

  test("shares its content: a filesystem that stands on it takes no memory for that until it writes", () => {
    const source = testTree([image]);
    write(source, "/tmp/big", new Uint8Array(300_000).fill(7));
    const layer = source.fs.freeze();
    const again = over(layer).fs.freeze();
    expect(again.contents).toEqual(layer.contents);
    expect(again.contents[0]).toBe(layer.contents[0]);
    // The filesystem that it was taken from has given up its own.
    expect(source.fs.freeze().contents[0]).toBe(layer.contents[0]);
  });

  test("a change of a large file copies one piece of it", () => {
    const source = testTree([image]);
    write(source, "/tmp/big", new Uint8Array(1_000_000).fill(7));
    const copy = over(source.fs.freeze());
    const before = copy.budget.usedBytes;
    write(copy, "/tmp/big", new Uint8Array([8]), 500_000);
    expect(copy.budget.usedBytes - before).toBeLessThan(8192);
    const content = bytesOf(find(copy, "/tmp/big"));
    expect([content[499_999], content[500_000], content[500_001]]).toEqual([7, 8, 7]);
  });

  test("holes stay holes", () => {
    const source = testTree([image]);
    write(source, "/tmp/sparse", "");
    write(source, "/tmp/sparse", "end", 2 ** 33);
    const layer = source.fs.freeze();
    expect(layer.contents.map(({ byteLength }) => byteLength)).toEqual([3]);
    const file = find(over(layer), "/tmp/sparse");
    expect(file.size).toBe(2 ** 33 + 3);
    expect(file.blocks).toBe(find(source, "/tmp/sparse").blocks);
    expect(isRegular(file) && file.seekData(0)).toBe(2 ** 33);
  });

  test("does not have files without a name, which go on in the filesystem it was taken from", () => {
    const source = testTree([image]);
    const file = open(source, "/tmp/f", O_CREAT | O_RDWR);
    file.write(new TextEncoder().encode("secret"), source.process());
    source.vfs.unlink(source.process(), AT_FDCWD, "/tmp/f");
    expect(source.fs.freeze().contents).toEqual([]);
    const bytes = new Uint8Array(10);
    expect(file.readAt(bytes, 0)).toBe(6);
  });

  test("is charged to a filesystem that stands on it, and given back when its files go", () => {
    const source = testTree([image]);
    write(source, "/tmp/a", new Uint8Array(200_000));
    source.vfs.link(source.process(), find(source, "/tmp/a"), AT_FDCWD, "/tmp/b");
    write(source, "/tmp/c", "small");
    source.vfs.create(source.process(), AT_FDCWD, "/tmp/d", S_IFDIR | 0o755);
    source.vfs.symlink(source.process(), "target", AT_FDCWD, "/tmp/l");
    const used = source.budget.usedBytes;
    const copy = over(source.fs.freeze());
    expect(copy.budget.usedBytes).toBeGreaterThan(200_000);
    expect(copy.budget.usedBytes).toBeLessThanOrEqual(used);
    expect([copy.store.usedInodes, copy.store.usedNames]).toEqual([4, 5]);

    const who = copy.process();
    for (const name of ["a", "b", "c", "l"]) copy.vfs.unlink(who, AT_FDCWD, `/tmp/${name}`);
    copy.vfs.rmdir(who, AT_FDCWD, "/tmp/d");
    expect(copy.budget.usedBytes).toBe(0);
    expect([copy.store.usedInodes, copy.store.usedNames]).toEqual([0, 0]);
  });

  test("a filesystem with too little room for it cannot stand on it", () => {
    const source = testTree([image]);
    write(source, "/tmp/a", new Uint8Array(200_000));
    const layer = source.fs.freeze();
    expect(() => over(layer, 100_000)).toThrow(Errno.ENOSPC);
  });

  test("can be taken when there is no room left, and makes some", () => {
    const source = testTree([image], { maxBytes: 400_000 });
    write(source, "/tmp/a", new Uint8Array(140_000).fill(1));
    source.budget.reserve(source.budget.freeBytes);
    const copy = over(source.fs.freeze());
    expect(bytesOf(find(copy, "/tmp/a"))).toEqual(new Uint8Array(140_000).fill(1));
    expect(source.budget.freeBytes).toBeGreaterThan(0);
  });

  test("is refused when it is none, or of another format", () => {
    const layer = testTree([image]).fs.freeze();
    const changed = (at: number, value: number): Layer => {
      const table = layer.table.slice(0);
      new Float64Array(table, 0, 2)[at] = value;
      return { ...layer, table };
    };
    expect(() => over(changed(0, 1))).toThrow("this is no layer");
    expect(() => over(changed(1, LAYER_VERSION + 1))).toThrow("unknown version");
  });

  test("of a layer of a layer keeps few buffers, and none that is mostly dead", () => {
    let tree = testTree([image]);
    write(tree, "/tmp/dead", new Uint8Array(500_000));
    write(tree, "/tmp/kept", new Uint8Array(1000).fill(1));
    tree = over(tree.fs.freeze());
    tree.vfs.unlink(tree.process(), AT_FDCWD, "/tmp/dead");
    for (let round = 0; round < 64; round++) {
      write(tree, `/tmp/${round}`, new Uint8Array(100).fill(round));
      tree = over(tree.fs.freeze());
    }
    const { contents } = tree.fs.freeze();
    expect(contents.length).toBeLessThan(8);
    expect(contents.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(3 * (1000 + 64 * 100));
    expect(bytesOf(find(tree, "/tmp/63"))).toEqual(new Uint8Array(100).fill(63));
    expect(bytesOf(find(tree, "/tmp/kept"))).toEqual(new Uint8Array(1000).fill(1));
  });
});

const PLACES = ["/tmp", "/etc", "/usr/lib/many", "/tmp/a", "/home/user", "/tmp/a/b"];
const NAMES = ["a", "b", "motd", "one", "sub", decodeName(Uint8Array.from([0xfe, 0x41]))];
const path = fc.tuple(fc.constantFrom(...PLACES), fc.constantFrom(...NAMES)).map((parts) => parts.join("/"));
const size = fc.constantFrom(0, 1, 4096, 65_535, 65_537, 200_000);

type Step = (tree: TestTree) => void;
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(path, size, size).map(
    ([file, length, offset]): Step =>
      (tree) =>
        write(tree, file, new Uint8Array(length).fill(length % 251), offset),
  ),
  path.map(
    (name): Step =>
      (tree) =>
        tree.vfs.create(tree.process(), AT_FDCWD, name, S_IFDIR | 0o751),
  ),
  path.map(
    (name): Step =>
      (tree) =>
        tree.vfs.unlink(tree.process(), AT_FDCWD, name),
  ),
  path.map(
    (name): Step =>
      (tree) =>
        tree.vfs.rmdir(tree.process(), AT_FDCWD, name),
  ),
  fc.tuple(path, path).map(
    ([from, to]): Step =>
      (tree) =>
        tree.vfs.rename(tree.process(), AT_FDCWD, from, AT_FDCWD, to),
  ),
  fc.tuple(path, path).map(
    ([from, to]): Step =>
      (tree) =>
        tree.vfs.link(tree.process(), find(tree, from), AT_FDCWD, to),
  ),
  fc.tuple(path, path).map(
    ([target, name]): Step =>
      (tree) =>
        tree.vfs.symlink(tree.process(), target, AT_FDCWD, name),
  ),
  fc.tuple(path, size).map(
    ([file, length]): Step =>
      (tree) => {
        const inode = find(tree, file);
        if ((inode.mode & S_IFMT) === S_IFREG && isRegular(inode))
          setSize(inode, length, tree.process(), tree.clock.now());
      },
  ),
  path.map(
    (name): Step =>
      (tree) =>
        tree.vfs.create(tree.process(), AT_FDCWD, name, S_IFIFO | 0o640),
  ),
);

/** What Linux would refuse is left undone. */
function perform(tree: TestTree, steps: readonly Step[]): void {
  for (const change of steps) {
    tree.clock.tick();
    errnoOf(() => change(tree));
  }
}

describe("whatever is done to a tree", () => {
  const steps = fc.array(step, { maxLength: 25 });

  test("a layer of it is equal to it, and so are layers of what is done on that", () => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 1, maxLength: 4 }), (generations) => {
        let tree = testTree([image]);
        for (const generation of generations) {
          perform(tree, generation);
          const layer = tree.fs.freeze();
          const next = over(layer);
          next.clock.tick();
          expect(everything(next)).toEqual(everything(tree));
          tree = over(layer);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("what is done on a layer does the same as in the filesystem it was taken from, with the same space", () => {
    fc.assert(
      fc.property(steps, steps, (before, after) => {
        const source = testTree([image]);
        perform(source, before);
        const copy = over(source.fs.freeze());
        for (let ticks = 0; ticks < before.length; ticks++) copy.clock.tick();
        perform(source, after);
        perform(copy, after);
        expect(namesAndContents(copy)).toEqual(namesAndContents(source));
        removeAll(copy.fs);
        expect(copy.budget.usedBytes).toBeLessThanOrEqual(LEFT_OVER);
      }),
      { numRuns: 150 },
    );
  });
});

/** Directories that have been written to keep their tables. */
const LEFT_OVER = 20 * 2048;

function namesAndContents(tree: TestTree): Map<string, unknown> {
  const seen = everything(tree);
  for (const [name, value] of seen) {
    const { mode, nlink, size, content, target } = value as Record<string, unknown>;
    seen.set(name, { mode, nlink, size, content, target });
  }
  return seen;
}

function removeAll(fs: RootFs): void {
  const empty = (inode: Inode): void => {
    if (!isDirectory(inode)) return;
    for (const { name } of [...inode.entries(0)]) {
      const child = inode.lookup(name);
      if (child === undefined) continue;
      empty(child);
      if (isDirectory(child)) inode.rmdir(name);
      else inode.unlink(name);
    }
  };
  empty(fs.root);
}
