import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { isMainThread } from "node:worker_threads";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { S_IFDIR, S_IFMT } from "../../../src/wasi/abi/linux/stat.js";
import { credentialsOf } from "../../../src/wasi/kernel/credentials.js";
import { Guest } from "../../unit/syscalls/guest.js";
import { testTree } from "../../unit/vfs/tree.js";
import { GuestSide } from "./guest-side.js";
import { HostSide } from "./host-side.js";
import { type Operation, operation, PRELUDE } from "./operations.js";
import type { Outcome, TreeEntry } from "./side.js";

/** Deep enough for a chain of `..` not to leave it. */
const DEPTH = "1/2/3/4/5/6";

let base: string;
let directoriesCountLinks: boolean;

beforeAll(() => {
  base = fs.mkdtempSync(path.join(os.tmpdir(), "limpet-fs-"));
  fs.chmodSync(base, 0o755);
  directoriesCountLinks = fs.statSync(path.join(base, "..")).nlink > 1 && fs.statSync(base).nlink === 2;
});
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

/** An operation and the user who tries it. */
interface Step {
  readonly uid: number;
  readonly operation: Operation;
}

interface World {
  readonly host: HostSide;
  readonly guest: GuestSide;
}

/** The directory under test. */
const worldRoot = () => path.join(base, DEPTH);

/** The same empty directory on both sides, mode 0777. */
function createWorld(uid: number): World & { dispose(): void } {
  const root = worldRoot();
  fs.mkdirSync(root, { recursive: true });
  fs.chmodSync(root, 0o777);
  const admin = new Guest(testTree());
  for (let at = root.indexOf("/", 1); at >= 0; at = root.indexOf("/", at + 1)) {
    admin.call("mkdirat", -100, root.slice(0, at), 0o755);
  }
  admin.call("mkdirat", -100, root, 0o777);
  admin.call("fchmodat", -100, root, 0o777);
  const guest = new Guest(admin.tree, uid, admin);
  guest.process.fs.umask = process.umask();
  const sides = { host: new HostSide(root), guest: new GuestSide(guest, root) };
  return {
    ...sides,
    dispose() {
      sides.host.dispose();
      sides.guest.dispose();
      for (const name of fs.readdirSync(base)) fs.rmSync(path.join(base, name), { recursive: true, force: true });
    },
  };
}

function compare(world: World, steps: readonly Step[], actAs: (uid: number, act: () => void) => void): void {
  const done: { uid: number; operation: Operation; wanted: Outcome }[] = [];
  const story = () => done.map(({ uid, operation, wanted }) => `${uid} ${show(operation)} -> ${show(wanted)}`).join("\n");
  for (const { uid, operation } of steps) {
    actAs(uid, () => {
      const wanted = world.host.run(operation);
      const got = world.guest.run(operation);
      done.push({ uid, operation, wanted });
      demandEqual(got, wanted, () => `after\n${story()}`);
    });
  }
  actAs(ownUid, () => compareTrees(world.host.tree(), world.guest.tree(), () => `final tree after\n${story()}`));
}

function compareTrees(host: Map<string, TreeEntry>, guest: Map<string, TreeEntry>, message: () => string): void {
  demandEqual([...guest.keys()].sort(), [...host.keys()].sort(), message);
  const pairs = [...host].map(([name, wanted]) => ({ name, wanted, got: guest.get(name) as TreeEntry }));
  for (const { name, wanted, got } of pairs) demandEqual(facts(name, got), facts(name, wanted), message);
  for (const one of pairs) {
    for (const other of pairs) {
      const between = () => `${one.name} and ${other.name}, ${message()}`;
      demandEqual(one.got.ino === other.got.ino, one.wanted.ino === other.wanted.ino, () => `same file? ${between()}`);
      for (const time of ["mtimeNs", "ctimeNs"] as const) {
        const wrong = one.wanted[time] < other.wanted[time] && one.got[time] > other.got[time];
        demandEqual(wrong, false, () => `order of ${time} of ${between()}`);
      }
    }
  }
}

/** What has to be the same on both sides. */
function facts(name: string, { mode, nlink, uid, gid, size, content }: TreeEntry): unknown {
  const isDirectory = (mode & S_IFMT) === S_IFDIR;
  return {
    name,
    mode,
    nlink: isDirectory && !directoriesCountLinks ? 0 : nlink,
    size,
    owner: name === "." ? undefined : [uid, gid],
    content: content instanceof Uint8Array ? Buffer.from(content) : content,
  };
}

function show(value: Operation | Outcome): string {
  return JSON.stringify(value, (_key, part) => (part instanceof Uint8Array ? `${part.length} bytes` : part));
}

/** As `expect`, but the message is made only when it is needed. */
function demandEqual(got: unknown, wanted: unknown, message: () => string): void {
  if (!isDeepStrictEqual(got, wanted)) expect(got, message()).toEqual(wanted);
}

const ownUid = process.getuid?.() ?? 0;

/** Users other than root, with their groups; the first is also in the second's group. */
const USERS: Record<number, readonly number[]> = { 1000: [1000, 1001], 1001: [1001] };

/** Whether this process may try operations as other users. */
const canSwitchUsers = ownUid === 0 && isMainThread;

/** Runs `act` as a user on the host and in the sandbox. */
function switching({ guest }: World): (uid: number, act: () => void) => void {
  const ownGroups = process.getgroups?.() ?? [];
  return (uid, act) => {
    if (uid === 0) {
      guest.guest.process.credentials = credentialsOf(0, 0);
      act();
      return;
    }
    const groups = USERS[uid] ?? [];
    // Only the effective ids change on the host, so only they change here.
    guest.guest.process.credentials = { ...credentialsOf(0, 0, groups), euid: uid, egid: uid };
    process.setgroups?.([...groups]);
    process.setegid?.(uid);
    process.seteuid?.(uid);
    try {
      act();
    } finally {
      process.seteuid?.(0);
      process.setegid?.(0);
      process.setgroups?.(ownGroups);
    }
  };
}

/** Whether the kernel adds rules of its own for links and files in world-writable directories (proc_sys_fs(5)). */
function protection(name: "hardlinks" | "symlinks" | "regular"): boolean {
  return fs.readFileSync(`/proc/sys/fs/protected_${name}`, "utf8").trim() !== "0";
}

describe("the sandbox's files against those of this machine", () => {
  test("any 50 operations have the same results and leave the same tree", { timeout: 120_000 }, () => {
    const arbitrary = operation({ root: worldRoot(), modes: [0o755, 0o700, 0o644, 0o600, 0o4755, 0o2755], owners: [] });
    const steps = fc.array(fc.option(arbitrary, { freq: 100 }), { minLength: 50, maxLength: 50 });
    fc.assert(
      fc.property(steps, (operations) => {
        const world = createWorld(ownUid);
        try {
          const taken = [...PRELUDE, ...operations].filter((op) => op !== null);
          compare(
            world,
            taken.map((op) => ({ uid: ownUid, operation: op })),
            (_uid, act) => act(),
          );
        } finally {
          world.dispose();
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.runIf(canSwitchUsers)("the same with several users and their permissions", { timeout: 120_000 }, () => {
    const sticky = protection("symlinks") || protection("regular") ? [] : [0o1777, 0o1733];
    const modes = [0o777, 0o770, 0o755, 0o711, 0o700, 0o666, 0o640, 0o600, 0o444, 0, 0o4775, 0o2777, ...sticky];
    const arbitrary = operation({ root: worldRoot(), modes, owners: [0, 1000, 1001] }).filter(
      (op) => op.kind !== "link" || protection("hardlinks"),
    );
    const step = fc.record({ uid: fc.constantFrom(1000, 1000, 1001, 1001, 0), operation: arbitrary });
    const steps = fc.array(fc.option(step, { freq: 100 }), { minLength: 50, maxLength: 50 });
    fc.assert(
      fc.property(steps, (taken) => {
        const world = createWorld(0);
        try {
          const prelude = PRELUDE.map((op) => ({ uid: 1000, operation: op }));
          compare(
            world,
            [...prelude, ...taken].filter((one) => one !== null),
            switching(world),
          );
        } finally {
          world.dispose();
        }
      }),
      { numRuns: 200 },
    );
  });
});
