import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, describe, test } from "vitest";
import { openHostDirectory } from "../../../src/mounts/open-directory.js";
import { HostFs } from "../../../src/wasi/fs/host/host-fs.js";
import { OverlayFs } from "../../../src/wasi/fs/overlay/overlay-fs.js";
import type { FileSystem } from "../../../src/wasi/vfs/file-system.js";
import { WAYS } from "../../support/mounts.js";
import type { TestTree } from "../../unit/vfs/tree.js";
import { compare } from "./compare.js";
import { HostSide } from "./host-side.js";
import { type Operation, operation, PRELUDE } from "./operations.js";
import { PROBES } from "./probes.js";
import { DEPTH, ownUid, TestDirectory } from "./test-directory.js";

interface Variant {
  readonly name: string;
  /** Over an empty directory of the host, or one in which the prelude has been carried out. */
  readonly prepared: boolean;
  readonly fileSystem: (host: string, tree: TestTree) => FileSystem;
}

const DEVICE = 0x40;
const owner = { uid: ownUid, gid: process.getgid?.() ?? 0 };
const overlay: Variant["fileSystem"] = (host, { store, clock }) =>
  new OverlayFs(new HostFs(openHostDirectory(host), DEVICE, { readOnly: true, owner }), store, clock, DEVICE);

const VARIANTS: readonly Variant[] = [
  ...WAYS.map(([way, open]) => ({
    name: `A directory of this machine ${way}`,
    prepared: false,
    fileSystem: (host: string) => new HostFs(open(host), DEVICE, { readOnly: false, owner }),
  })),
  { name: "An overlay over an empty directory", prepared: false, fileSystem: overlay },
  { name: "An overlay over files", prepared: true, fileSystem: overlay },
];

/** Mounted directories take no set-user-ID and set-group-ID files. */
const isPlain = (one: Operation) => !("mode" in one) || (one.mode & 0o6000) === 0;
const probes = Object.entries(PROBES).filter(([, operations]) => operations.every(isPlain));
const asOwner = (operations: readonly Operation[]) =>
  operations.map((one) => ({ uid: ownUid, operation: one }));

/** Carries out the prelude, and closes what it opens. */
function prepare(side: HostSide): void {
  for (const one of PRELUDE) side.run(one);
  for (const one of PRELUDE) if (one.kind === "open") side.run({ kind: "close", handle: one.handle });
}

describe.each(VARIANTS)("$name behaves in the sandbox as outside", ({ fileSystem, prepared }) => {
  const backing = fs.mkdtempSync(path.join(os.tmpdir(), "limpet-backing-"));
  let worlds = 0;
  const directory = new TestDirectory((tree, at) => {
    const host = path.join(backing, String(worlds++));
    fs.mkdirSync(path.join(host, DEPTH), { recursive: true });
    if (prepared) prepare(new HostSide(path.join(host, DEPTH)));
    tree.vfs.mount(fileSystem(host, tree), at);
  });
  afterAll(() => {
    directory.dispose();
    fs.rmSync(backing, { recursive: true, force: true });
  });

  test.runIf(!prepared).each(probes)("%s", (_probe, operations) => {
    directory.withWorld((world) => compare(directory, world, asOwner(operations)));
  });

  test("any 50 operations", { timeout: 120_000 }, () => {
    const arbitrary = operation({ root: directory.root, modes: [0o755, 0o700, 0o644, 0o600], owners: [] });
    const sequences = fc.array(fc.option(arbitrary, { freq: 100 }), { minLength: 50, maxLength: 50 });
    fc.assert(
      fc.property(sequences, (sequence) => {
        const operations = [...(prepared ? [] : PRELUDE), ...sequence].filter((one) => one !== null);
        directory.withWorld((world) => {
          if (prepared) {
            prepare(world.host);
            // As the overlay's directory has been, last of all.
            world.host.run({ kind: "chmod", path: ".", mode: 0o777 });
          }
          compare(directory, world, asOwner(operations));
        });
      }),
      { numRuns: 40 },
    );
  });
});
