/**
 * A machine that stands still, as one run of bytes: what its devices and its processor remember, in the emulator's own form, and
 * the pages of its memory that are not all zeros, so that restoring them is little more than copying.
 *
 * Layout, all numbers little-endian u32: magic, version, size of the memory in pages, number of runs, size of the devices' part
 * in bytes; then for each run of pages its first page and how many they are; then the devices; then, from a page boundary on, the
 * pages of all runs.
 */
export interface MachineState {
  readonly memoryBytes: number;
  readonly devices: Uint8Array;
  readonly runs: readonly PageRun[];
}

/** Pages that lie next to each other, none of them all zeros. */
export interface PageRun {
  readonly firstPage: number;
  readonly bytes: Uint8Array;
}

export const PAGE_BYTES = 4096;

/** "LMPS" in the order of the file. */
const MAGIC = 0x53504d4c;
const VERSION = 1;
const HEADER_WORDS = 5;

/** `isZero` tells whether that page is all zeros. */
export function findRuns(memory: Uint8Array, isZero: (page: number) => boolean): PageRun[] {
  const pages = memory.length / PAGE_BYTES;
  const runs: PageRun[] = [];
  for (let page = 0; page < pages; page++) {
    const firstPage = page;
    while (page < pages && !isZero(page)) page++;
    if (page > firstPage)
      runs.push({ firstPage, bytes: memory.subarray(firstPage * PAGE_BYTES, page * PAGE_BYTES) });
  }
  return runs;
}

/** The pages that are not as in `base`, all of whose other pages are zeros. */
export function findChanges(memory: Uint8Array, base: readonly PageRun[]): PageRun[] {
  const changes: PageRun[] = [];
  let page = 0;
  for (const { firstPage, bytes } of base) {
    addChanges(changes, memory, page, firstPage, undefined);
    page = firstPage + bytes.length / PAGE_BYTES;
    addChanges(changes, memory, firstPage, page, bytes);
  }
  addChanges(changes, memory, page, memory.length / PAGE_BYTES, undefined);
  return changes;
}

/** As much as is compared at once while nothing has changed. */
const BLOCK_PAGES = 16;
const ZEROS = new Uint8Array(BLOCK_PAGES * PAGE_BYTES);

/** Adds those of the pages from `start` to `end` that are not as in `base`, which has all of them; undefined: all zeros. */
function addChanges(
  changes: PageRun[],
  memory: Uint8Array,
  start: number,
  end: number,
  base: Uint8Array | undefined,
): void {
  const differ = (page: number, count: number): boolean => {
    const bytes = memory.subarray(page * PAGE_BYTES, (page + count) * PAGE_BYTES);
    const from = (page - start) * PAGE_BYTES;
    return (
      Buffer.compare(bytes, base?.subarray(from, from + bytes.length) ?? ZEROS.subarray(0, bytes.length)) !==
      0
    );
  };
  for (let block = start; block < end; block += BLOCK_PAGES) {
    const blockEnd = Math.min(block + BLOCK_PAGES, end);
    if (!differ(block, blockEnd - block)) continue;
    for (let page = block; page < blockEnd; page++) if (differ(page, 1)) addPage(changes, memory, page);
  }
}

function addPage(runs: PageRun[], memory: Uint8Array, page: number): void {
  const last = runs.at(-1);
  const joins = last !== undefined && last.firstPage + last.bytes.length / PAGE_BYTES === page;
  const firstPage = joins ? last.firstPage : page;
  if (joins) runs.pop();
  runs.push({ firstPage, bytes: memory.subarray(firstPage * PAGE_BYTES, (page + 1) * PAGE_BYTES) });
}

/** In memory of its own, which can be shared. */
export function encodeState({ memoryBytes, devices, runs }: MachineState): Uint8Array<SharedArrayBuffer> {
  const words = [MAGIC, VERSION, memoryBytes / PAGE_BYTES, runs.length, devices.length];
  for (const { firstPage, bytes } of runs) words.push(firstPage, bytes.length / PAGE_BYTES);
  const front = 4 * words.length + devices.length;
  const memoryStart = Math.ceil(front / PAGE_BYTES) * PAGE_BYTES;
  const total = runs.reduce((sum, { bytes }) => sum + bytes.length, memoryStart);
  const encoded = new Uint8Array(new SharedArrayBuffer(total));
  const view = new DataView(encoded.buffer);
  for (const [index, word] of words.entries()) view.setUint32(4 * index, word, true);
  encoded.set(devices, 4 * words.length);
  let at = memoryStart;
  for (const { bytes } of runs) {
    encoded.set(bytes, at);
    at += bytes.length;
  }
  return encoded;
}

/** Views of `encoded`, nothing of which is copied. */
export function decodeState(encoded: Uint8Array): MachineState {
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const word = (index: number): number => view.getUint32(4 * index, true);
  if (word(0) !== MAGIC || word(1) !== VERSION)
    throw new Error("this is no saved machine of the known version");
  const runCount = word(3);
  const devicesStart = 4 * (HEADER_WORDS + 2 * runCount);
  const devicesEnd = devicesStart + word(4);
  const runs: PageRun[] = [];
  let at = Math.ceil(devicesEnd / PAGE_BYTES) * PAGE_BYTES;
  for (let run = 0; run < runCount; run++) {
    const firstPage = word(HEADER_WORDS + 2 * run);
    const end = at + word(HEADER_WORDS + 2 * run + 1) * PAGE_BYTES;
    runs.push({ firstPage, bytes: encoded.subarray(at, end) });
    at = end;
  }
  if (at !== encoded.length) throw new Error("the saved machine is not as long as it says");
  return { memoryBytes: word(2) * PAGE_BYTES, devices: encoded.subarray(devicesStart, devicesEnd), runs };
}
