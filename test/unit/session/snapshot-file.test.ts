import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Frozen } from "../../../src/machine/calls/snapshot.js";
import {
  BadSnapshotFile,
  readSnapshot,
  type Versions,
  writeSnapshot,
} from "../../../src/session/snapshot-file.js";
import type { Snapshot } from "../../../src/session/snapshot-store.js";

const folder = mkdtempSync(join(tmpdir(), "limpet-snapshot-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "file");

const versions: Versions = { limpet: "1.2.3", images: (backend) => `images of ${backend}` };

function shared(...bytes: readonly number[]): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

function snapshotOf(frozen: Frozen): Snapshot {
  const { backend } = frozen;
  const options = {
    backend,
    user: "root",
    env: {},
    memoryLimitBytes: 1 << 20,
    hostname: "limpet",
    limits: {},
    mounts: [],
  } as const;
  return { name: "s", options, frozen, createdMs: 1_700_000_000_000, parent: undefined };
}

const wasi = snapshotOf({
  backend: "wasi",
  files: { table: shared(1, 2, 3), contents: [shared(4, 5), shared(6)] },
  shell: shared(7, 8),
  processesDropped: 0,
});
const v86 = snapshotOf({ backend: "v86", state: shared(9, 10, 11), lastId: 17, processesDropped: 0 });

/** As Buffer: vitest compares shared memory by identity. */
function plain({ frozen, ...rest }: Snapshot): unknown {
  const text = JSON.stringify(frozen, (_key, value) =>
    value instanceof SharedArrayBuffer ? [...new Uint8Array(value)] : value,
  );
  return { ...rest, frozen: JSON.parse(text) };
}

async function refusal(bytes: Uint8Array, wanted = versions): Promise<string> {
  writeFileSync(path, bytes);
  const error: unknown = await readSnapshot(path, wanted).then(
    () => "it was taken",
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(BadSnapshotFile);
  return error instanceof Error ? error.message : String(error);
}

test.each([wasi, v86])("a snapshot is the same when it has been written and read", async (snapshot) => {
  expect(await writeSnapshot(path, snapshot, versions)).toBe(readFileSync(path).length);
  expect(plain(await readSnapshot(path, versions))).toEqual(plain(snapshot));
  expect(readdirSync(folder)).toEqual(["file"]);
});

test("every change of a byte and every cut is noticed", { timeout: 120_000 }, async () => {
  await writeSnapshot(path, wasi, versions);
  const whole = readFileSync(path);
  for (let at = 0; at < whole.length; at++) {
    const changed = Buffer.from(whole);
    changed.writeUInt8(changed.readUInt8(at) ^ (1 << (at % 8)), at);
    await refusal(changed);
    await refusal(whole.subarray(0, at));
  }
  await refusal(Buffer.concat([whole, Buffer.of(0)]));
});

test("a refusal says what is wrong", async () => {
  await writeSnapshot(path, wasi, versions);
  const whole = readFileSync(path);
  expect(await refusal(Buffer.from("something else"))).toBe("it is no snapshot of Limpet");
  expect(await refusal(whole, { ...versions, limpet: "1.2.4" })).toBe(
    "it is of Limpet 1.2.3, and this is Limpet 1.2.4",
  );
  expect(await refusal(whole, { ...versions, images: () => "others" })).toBe(
    "it belongs to other images of the wasi backend than this daemon has",
  );
  const newer = Buffer.from(whole);
  newer.writeUInt32LE(2, 8);
  expect(await refusal(newer)).toBe("it is of version 2 of the format, and known is version 1");
  expect(await refusal(whole.subarray(0, -1))).toBe(
    `it is cut off after ${whole.length - 1} of ${whole.length} bytes`,
  );
});

test("an existing file is replaced only by a whole one", async () => {
  writeFileSync(path, "before");
  const broken = {
    ...versions,
    images: () => {
      throw new Error("no images");
    },
  };
  await expect(writeSnapshot(path, wasi, broken)).rejects.toThrow("no images");
  expect(readFileSync(path, "utf8")).toBe("before");
  expect(readdirSync(folder)).toEqual(["file"]);
});

test("large parts are written as they are", async () => {
  const large = new SharedArrayBuffer(3_000_001);
  new Uint8Array(large).forEach((_, at, bytes) => {
    bytes[at] = at % 251;
  });
  await writeSnapshot(
    path,
    snapshotOf({ backend: "v86", state: large, lastId: 1, processesDropped: 0 }),
    versions,
  );
  const { frozen } = await readSnapshot(path, versions);
  const state = frozen.backend === "v86" ? new Uint8Array(frozen.state) : new Uint8Array();
  const sum = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  expect(sum(state)).toBe(sum(new Uint8Array(large)));
});
