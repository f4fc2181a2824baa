import { expect, test } from "vitest";
import * as memfsCore from "../../../src/wasi/fs/memfs/core.js";
import { errnoOf, testTree } from "../vfs/tree.js";

test("memfs is loaded at the first write, not before", () => {
  let loads = 0;
  const loadMemfs = () => {
    loads++;
    return memfsCore;
  };
  const { vfs, process } = testTree(
    [{ files: { "/etc/motd": { content: "hi" } }, directories: { "/tmp": {} } }],
    {
      loadMemfs,
    },
  );
  const who = process();
  const motd = vfs.lookup(who, -100, "/etc/motd");
  motd.mode = 0o100600;
  expect(errnoOf(() => vfs.lookup(who, -100, "/nothing"))).toBe("ENOENT");
  vfs.unlink(who, -100, "/etc/motd");
  expect(loads).toBe(0);
  vfs.create(who, -100, "/tmp/d", 0o040755);
  vfs.create(who, -100, "/tmp/e", 0o040755);
  expect(loads).toBe(1);
});

test("a full store is ENOSPC for every kind of new file, and nothing changes", () => {
  const { vfs, process, budget } = testTree([{ directories: { "/tmp": {} } }], { maxBytes: 20_000 });
  const who = process();
  let made = 0;
  while (errnoOf(() => vfs.create(who, -100, `/tmp/f${made}`, 0o100644)) === undefined) made++;
  expect(made).toBeGreaterThan(3);
  const used = budget.usedBytes;
  const mtime = vfs.lookup(who, -100, "/tmp").mtime;
  expect(errnoOf(() => vfs.create(who, -100, "/tmp/d", 0o040755))).toBe("ENOSPC");
  expect(errnoOf(() => vfs.symlink(who, "target", -100, "/tmp/l"))).toBe("ENOSPC");
  expect(errnoOf(() => vfs.link(who, vfs.lookup(who, -100, "/tmp/f0"), -100, "/tmp/h"))).toBe("ENOSPC");
  expect(budget.usedBytes).toBe(used);
  expect(vfs.lookup(who, -100, "/tmp").mtime).toBe(mtime);
  expect(vfs.lookup(who, -100, "/tmp/f0").nlink).toBe(1);
});

test("a full store can be cleared up: unlink and rename need no space", () => {
  const { vfs, process, budget } = testTree([{ directories: { "/tmp": {} } }], { maxBytes: 20_000 });
  const who = process();
  let made = 0;
  while (errnoOf(() => vfs.create(who, -100, `/tmp/f${made}`, 0o100644)) === undefined) made++;
  vfs.rename(who, -100, "/tmp/f0", -100, "/tmp/g0");
  vfs.unlink(who, -100, "/tmp/g0");
  expect(budget.freeBytes).toBeGreaterThan(0);
  vfs.create(who, -100, "/tmp/again", 0o100644);
});

test("everything that is removed is given back", () => {
  const { vfs, process, budget, store } = testTree();
  const who = process();
  vfs.create(who, -100, "/x", 0o100644);
  vfs.unlink(who, -100, "/x");
  const before = budget.usedBytes;
  vfs.create(who, -100, "/top", 0o040755);
  vfs.create(who, -100, "/top/d", 0o040755);
  vfs.create(who, -100, "/top/d/f", 0o100644);
  vfs.link(who, vfs.lookup(who, -100, "/top/d/f"), -100, "/top/d/g");
  vfs.symlink(who, "f", -100, "/top/d/l");
  vfs.create(who, -100, "/top/d/p", 0o010644);
  vfs.rename(who, -100, "/top/d/l", -100, "/top/d/p");
  for (const name of ["d/f", "d/g", "d/p"]) vfs.unlink(who, -100, `/top/${name}`);
  vfs.rmdir(who, -100, "/top/d");
  // Only the table of the root directory is left.
  vfs.rmdir(who, -100, "/top");
  expect(budget.usedBytes).toBe(before);
  expect(store.usedInodes).toBe(1);
});
