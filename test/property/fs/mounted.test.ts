import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, describe, test } from "vitest";
import { HostFs } from "../../../src/wasi/fs/host/host-fs.js";
import { WAYS } from "../../support/mounts.js";
import { compare } from "./compare.js";
import { type Operation, operation, PRELUDE } from "./operations.js";
import { PROBES } from "./probes.js";
import { ownUid, TestDirectory } from "./test-directory.js";

/** Mounted directories take no set-user-ID and set-group-ID files. */
const isPlain = (one: Operation) => !("mode" in one) || (one.mode & 0o6000) === 0;
const probes = Object.entries(PROBES).filter(([, operations]) => operations.every(isPlain));
const asOwner = (operations: readonly Operation[]) =>
  operations.map((one) => ({ uid: ownUid, operation: one }));

describe.each(WAYS)(
  "a directory of this machine, %s, behaves in the sandbox as it does outside",
  (_name, open) => {
    const backing = fs.mkdtempSync(path.join(os.tmpdir(), "limpet-backing-"));
    let worlds = 0;
    const directory = new TestDirectory((tree, at) => {
      const host = path.join(backing, String(worlds++));
      fs.mkdirSync(host, { mode: 0o777 });
      const owner = { uid: ownUid, gid: process.getgid?.() ?? 0 };
      tree.vfs.mount(new HostFs(open(host), 0x40, { readOnly: false, owner }), at);
    });
    afterAll(() => {
      directory.dispose();
      fs.rmSync(backing, { recursive: true, force: true });
    });

    test.each(probes)("%s", (_probe, operations) => {
      directory.withWorld((world) => compare(directory, world, asOwner(operations)));
    });

    test("any 50 operations", { timeout: 120_000 }, () => {
      const arbitrary = operation({ root: directory.root, modes: [0o755, 0o700, 0o644, 0o600], owners: [] });
      const sequences = fc.array(fc.option(arbitrary, { freq: 100 }), { minLength: 50, maxLength: 50 });
      fc.assert(
        fc.property(sequences, (sequence) => {
          const operations = [...PRELUDE, ...sequence].filter((one) => one !== null);
          directory.withWorld((world) => compare(directory, world, asOwner(operations)));
        }),
        { numRuns: 40 },
      );
    });
  },
);
