import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
// @ts-expect-error: a script of the build, without types
import { packTree } from "../../../scripts/images/pack-tree.mjs";
import { archiveImage } from "../../../src/wasi/fs/base/archive.js";
import type { LazyDirectory } from "../../../src/wasi/fs/base/image.js";
import type { RegularInode } from "../../../src/wasi/vfs/inode.js";
import { testTree } from "../vfs/tree.js";

const folder = mkdtempSync(join(tmpdir(), "limpet-archive-"));
afterAll(() => rmSync(folder, { recursive: true }));

const LARGE = 200_000;
const files: Record<string, string> = {
  "a.py": "first",
  empty: "",
  "json/__init__.py": "x".repeat(LARGE),
  "json/decoder.py": "y".repeat(LARGE),
};
for (const [path, content] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}
symlinkSync("json/decoder.py", join(folder, "link"));
const { bytes, inodes } = packTree(folder) as { bytes: Uint8Array; inodes: number };

/** The archive as a lazy directory that counts what is read and expanded. */
function directory(): LazyDirectory & { loads: number; expanded: number } {
  const counting = {
    inodes,
    loads: 0,
    expanded: 0,
    load() {
      counting.loads++;
      return archiveImage({
        read: (offset, length) => bytes.subarray(offset, offset + length),
        expand: (compressed) => {
          const content = brotliDecompressSync(compressed);
          counting.expanded += content.length;
          return content;
        },
      });
    },
  };
  return counting;
}

function mounted(lazy: LazyDirectory) {
  const tree = testTree([
    { lazyDirectories: { "/usr/lib/python": lazy } },
    { files: { "/etc/x": { content: "" } } },
  ]);
  return { ...tree, lookup: (path: string) => tree.vfs.lookup(tree.process(), -100, path) };
}

describe("a directory from an archive", () => {
  test("has the files that were packed", () => {
    const { lookup } = mounted(directory());
    for (const [path, content] of Object.entries(files)) {
      const file = lookup(`/usr/lib/python/${path}`) as RegularInode;
      const into = new Uint8Array(LARGE + 1);
      expect(file.size).toBe(content.length);
      expect(new TextDecoder().decode(into.subarray(0, file.read(into, 0)))).toBe(content);
    }
    expect(lookup("/usr/lib/python/link").ino).toBe(lookup("/usr/lib/python/json/decoder.py").ino);
    expect(lookup("/usr/lib/python").nlink).toBe(3);
    expect(lookup("/usr/lib").nlink).toBe(3);
  });

  test("takes the place of what was there", () => {
    const images = [
      { files: { "/usr/lib/python/old": { content: "" } } },
      { lazyDirectories: { "/usr/lib/python": directory() } },
    ];
    const { vfs, process } = testTree(images);
    const lookup = (path: string) => vfs.lookup(process(), -100, path);
    expect(() => lookup("/usr/lib/python/old")).toThrow("No such file");
    expect(lookup("/usr/lib/python/a.py").size).toBe(5);
    expect(lookup("/usr/lib").nlink).toBe(3);
  });

  test("costs nothing until something looks inside, and expands what is read", () => {
    const lazy = directory();
    const { lookup } = mounted(lazy);
    lookup("/usr/lib");
    expect(lazy.loads).toBe(0);
    const index = lookup("/usr/lib/python/a.py") && lazy.expanded;
    expect(lazy.loads).toBe(1);
    (lookup("/usr/lib/python/a.py") as RegularInode).read(new Uint8Array(1), 0);
    expect(lazy.expanded - index).toBe(LARGE + "first".length);
  });

  test("gives no inode number twice", () => {
    const { lookup, fs } = mounted(directory());
    const paths = ["/", "/usr", "/usr/lib", "/usr/lib/python", "/etc", "/etc/x", "/usr/lib/python/json"];
    const all = [...paths, ...Object.keys(files).map((path) => `/usr/lib/python/${path}`)];
    const numbers = all.map((path) => lookup(path).ino);
    expect(new Set(numbers).size).toBe(all.length);
    expect(fs.newIno()).toBeGreaterThan(Math.max(...numbers));
  });
});
