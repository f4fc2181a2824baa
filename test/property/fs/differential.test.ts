import fs from "node:fs";
import { isMainThread } from "node:worker_threads";
import fc from "fast-check";
import { afterAll, describe, test } from "vitest";
import { credentialsOf } from "../../../src/wasi/kernel/credentials.js";
import { type ActAs, compare, type Step } from "./compare.js";
import { operation, PRELUDE } from "./operations.js";
import { PROBES } from "./probes.js";
import { ownUid, TestDirectory, type World } from "./test-directory.js";
import { USER_PROBES } from "./user-probes.js";

const directory = new TestDirectory();
afterAll(() => directory.dispose());

/** Users other than root, with their groups; the first is also in the second's group. */
const USERS: Record<number, readonly number[]> = { 1000: [1000, 1001], 1001: [1001] };

/** Whether this process may try operations as other users. */
const canSwitchUsers = ownUid === 0 && isMainThread;

/** Runs what it is given as a user on the host and in the sandbox. */
function switching({ guest }: World): ActAs {
  const sandboxed = guest.guest.process;
  const ownGroups = process.getgroups?.() ?? [];
  return (uid, act) => {
    sandboxed.credentials = credentialsOf(0, 0);
    if (uid === 0) return act();
    const groups = USERS[uid] ?? [];
    // On the host only the effective ids change, and so they do here.
    sandboxed.credentials = { ...credentialsOf(0, 0, groups), euid: uid, egid: uid };
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

/** Whether the kernel of this machine adds rules of its own for links and world-writable directories (proc_sys_fs(5)). */
function protects(what: "hardlinks" | "symlinks" | "regular"): boolean {
  const setting = `/proc/sys/fs/protected_${what}`;
  return fs.existsSync(setting) && fs.readFileSync(setting, "utf8").trim() !== "0";
}

/** Whether sticky world-writable directories are special on this machine in ways that they are not here. */
const addsRules = () => protects("symlinks") || protects("regular");

const makesSticky = ({ operation }: Step) =>
  operation.kind === "chmod" && (operation.mode & 0o1002) === 0o1002;
const userProbes = Object.entries(USER_PROBES).filter(
  ([, steps]) => !(addsRules() && steps.some(makesSticky)),
);

describe("the sandbox's files behave like those of this machine", () => {
  test.each(Object.entries(PROBES))("%s", (_name, operations) => {
    directory.withWorld((world) => {
      compare(
        directory,
        world,
        operations.map((one) => ({ uid: ownUid, operation: one })),
      );
    });
  });

  test.runIf(canSwitchUsers).each(userProbes)("%s", (_name, steps) => {
    directory.withWorld((world) => compare(directory, world, steps, switching(world)));
  });

  test("any 50 operations", { timeout: 120_000 }, () => {
    const modes = [0o755, 0o700, 0o644, 0o600, 0o4755, 0o2755];
    const arbitrary = operation({ root: directory.root, modes, owners: [] });
    const sequences = fc.array(fc.option(arbitrary, { freq: 100 }), { minLength: 50, maxLength: 50 });
    fc.assert(
      fc.property(sequences, (sequence) => {
        const steps = [...PRELUDE, ...sequence]
          .filter((one) => one !== null)
          .map((one) => ({ uid: ownUid, operation: one }));
        directory.withWorld((world) => compare(directory, world, steps));
      }),
      { numRuns: 1000 },
    );
  });

  test.runIf(canSwitchUsers)(
    "any 50 operations of several users, under permissions",
    { timeout: 120_000 },
    () => {
      const sticky = addsRules() ? [] : [0o1777, 0o1733];
      const modes = [
        0o777,
        0o770,
        0o755,
        0o711,
        0o700,
        0o666,
        0o640,
        0o600,
        0o444,
        0,
        0o4775,
        0o2777,
        ...sticky,
      ];
      const arbitrary = operation({ root: directory.root, modes, owners: [0, 1000, 1001] }).filter(
        (one) => one.kind !== "link" || protects("hardlinks"),
      );
      const step = fc.record({ uid: fc.constantFrom(1000, 1000, 1001, 1001, 0), operation: arbitrary });
      const sequences = fc.array(fc.option(step, { freq: 100 }), { minLength: 50, maxLength: 50 });
      const prelude = PRELUDE.map((one) => ({ uid: 1000, operation: one }));
      fc.assert(
        fc.property(sequences, (sequence) => {
          const steps = [...prelude, ...sequence].filter((one) => one !== null);
          directory.withWorld((world) => compare(directory, world, steps, switching(world)));
        }),
        { numRuns: 200 },
      );
    },
  );
});
