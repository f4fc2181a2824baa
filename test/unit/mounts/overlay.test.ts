import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openHostDirectory } from "../../../src/mounts/open-directory.js";
import { mounted } from "../../support/mounts.js";

/** A session over a directory with a few files, and a way to see that nothing of it changes. */
function overlaid() {
  const world = mounted(openHostDirectory, "overlay");
  const { inside, machine } = world;
  mkdirSync(join(inside, "dir", "deep"), { recursive: true });
  writeFileSync(join(inside, "dir", "deep", "file"), "deep\n");
  writeFileSync(join(inside, "dir", "one"), "one\n");
  writeFileSync(join(inside, "file"), "old\n");
  writeFileSync(join(inside, "script"), "#!/bin/sh\necho ran\n", { mode: 0o755 });
  symlinkSync("file", join(inside, "link"));
  const list = (path: string): string[] =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .map((entry) => join(entry.parentPath, entry.name))
      .map((name) =>
        name.endsWith("link") || !/file|one|script/.test(name) ? name : `${name} ${readFileSync(name)}`,
      )
      .sort();
  const diff = () =>
    machine
      .diff({ mount: undefined, limit: 100 })
      .changes.map(({ path, change, type, size }) => `${change} ${type} ${path} ${size}`);
  return { ...world, hostTree: () => list(inside), diff };
}

describe("An overlay", () => {
  test("keeps every change from the host, and lists it", async () => {
    const { run, hostTree, diff } = overlaid();
    const before = hostTree();
    expect(diff()).toEqual([]);
    expect(
      await run(
        "echo new > file; cat link; echo more >> dir/one; cat dir/one; rm script; mkdir made; echo x > made/f; " +
          "ln -s made l; chmod 600 dir/deep/file; mkfifo fifo; ls",
      ),
    ).toBe("new\none\nmore\ndir\nfifo\nfile\nl\nlink\nmade\n");
    expect(diff()).toEqual([
      "removed file /work/script 19",
      "changed file /work/dir/deep/file 5",
      "changed file /work/dir/one 9",
      "added other /work/fifo 0",
      "changed file /work/file 4",
      "added symlink /work/l 4",
      "added directory /work/made 0",
      "added file /work/made/f 2",
    ]);
    expect(hostTree()).toEqual(before);
  });

  test("lists what has been moved as removed and added", async () => {
    const { run, hostTree, diff } = overlaid();
    const before = hostTree();
    expect(
      await run(
        "mv dir/one two; mv dir moved; find . | sort; cat moved/deep/file; mv moved/deep .; ls moved deep",
      ),
    ).toBe(
      "./file\n./link\n./moved\n./moved/deep\n./moved/deep/file\n./script\n./two\n".replace(/^/, ".\n") +
        "deep\ndeep:\nfile\n\nmoved:\n",
    );
    expect(diff()).toEqual([
      "removed directory /work/dir 0",
      "added directory /work/deep 0",
      "added file /work/deep/file 5",
      "added directory /work/moved 0",
      "added file /work/two 4",
    ]);
    expect(hostTree()).toEqual(before);
  });

  test("lists nothing for what is undone, read, run or only opened", async () => {
    const { run, diff } = overlaid();
    await run(
      "echo x > tmp; rm tmp; mkdir d; rmdir d; cat file dir/*; ./script; exec 3<>file; exec 3>&-; ls -lR",
    );
    expect(diff()).toEqual([]);
  });

  test("lists a directory that takes the place of another, or of a file", async () => {
    const { run, diff } = overlaid();
    await run("rm -r dir; mkdir dir; echo x > dir/new; ls dir; rm file; mkdir file; rm link; echo > link");
    expect(await run("ls dir")).toBe("new\n");
    expect(diff()).toEqual([
      "removed directory /work/dir 0",
      "added directory /work/dir 0",
      "added file /work/dir/new 2",
      "removed file /work/file 4",
      "added directory /work/file 0",
      "changed file /work/link 1",
    ]);
  });

  test("shows what others change below, until it is changed here", async () => {
    const { run, inside, diff } = overlaid();
    await run("echo mine > file; echo > dir/mine");
    writeFileSync(join(inside, "file"), "host\n");
    writeFileSync(join(inside, "dir", "one"), "host\n");
    writeFileSync(join(inside, "dir", "theirs"), "host\n");
    chmodSync(join(inside, "script"), 0o700);
    expect(await run("cat file dir/one dir/theirs; stat -c %a script; ls dir")).toBe(
      "mine\nhost\nhost\n700\ndeep\nmine\none\ntheirs\n",
    );
    rmSync(join(inside, "dir"), { recursive: true });
    expect(await run("ls dir")).toBe("mine\n");
    mkdirSync(join(inside, "dir"));
    writeFileSync(join(inside, "dir", "again"), "host\n");
    expect(await run("ls dir")).toBe("again\nmine\n");
    expect(diff()).toEqual(["added file /work/dir/mine 1", "changed file /work/file 5"]);
  });

  test("stays a tree when host and guest move directories into each other", async () => {
    const { run, inside } = overlaid();
    await run("mkdir x; mv dir x/dir");
    renameSync(join(inside, "dir", "deep"), join(inside, "deep"));
    renameSync(join(inside, "dir"), join(inside, "deep", "dir"));
    expect(await run("find . -name '[dx]*' | sort; cd x/dir; pwd -P")).toBe(
      "./deep\n./x\n./x/dir\n/work/x/dir\n",
    );
  });

  test("copies a large sparse file without its holes, and no file that there is no room for", async () => {
    const { run, inside } = mounted(openHostDirectory, "overlay", { memoryLimitBytes: 128 << 20 });
    writeFileSync(join(inside, "large"), Buffer.alloc(90 << 20, 1));
    await run("truncate -s 1G sparse");
    expect(await run("echo x >> large; wc -c < large; truncate -s 10 large; wc -c < large")).toBe(
      "94371840\n10\nbash: line 1: echo: write error: No space left on device\n",
    );
    expect(
      await run(
        "printf x | dd of=sparse bs=1 seek=500M conv=notrunc status=none; stat -c %s sparse; [ $(stat -c %b sparse) -lt 300 ] && echo holes",
      ),
    ).toBe("1073741824\nholes\n");
    expect(readdirSync(inside)).toEqual(["large"]);
  });

  test("is empty again after a reset, unless files are kept", async () => {
    const { run, machine, diff } = overlaid();
    await run("echo new > file; rm -r dir");
    machine.reset({ keepFiles: true });
    expect(await run("cat file; ls")).toBe("new\nfile\nlink\nscript\n");
    machine.reset({ keepFiles: false });
    expect(await run("cat file; ls")).toBe("old\ndir\nfile\nlink\nscript\n");
    expect(diff()).toEqual([]);
  });

  test("lists no more changes than are asked for, and only those of the mount that is asked for", async () => {
    const { run, machine } = overlaid();
    await run("touch new{1..20}");
    expect(machine.diff({ mount: "/work", limit: 5 })).toMatchObject({
      changes: { length: 5 },
      truncated: true,
    });
    expect(machine.diff({ mount: "/work", limit: 20 })).toMatchObject({
      changes: { length: 20 },
      truncated: false,
    });
    expect(machine.diff({ mount: "/other", limit: 20 }).changes).toEqual([]);
  });
});
