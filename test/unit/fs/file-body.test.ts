import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { S_IFREG } from "../../../src/wasi/abi/linux/stat.js";
import { Errno } from "../../../src/wasi/errno.js";
import * as memfsCore from "../../../src/wasi/fs/memfs/core.js";
import { FileBody, PIECE_BYTES } from "../../../src/wasi/fs/memfs/file-body.js";
import { MemfsStore } from "../../../src/wasi/fs/memfs/store.js";
import { MemoryBudget } from "../../../src/wasi/kernel/memory-budget.js";

function createBody(maxBytes = 64 << 20) {
  const budget = new MemoryBudget(maxBytes);
  const store = new MemfsStore(() => memfsCore, budget);
  const node = store.newNode(S_IFREG);
  return { body: new FileBody(store, node), store, node, budget };
}

const bytes = (text: string) => new TextEncoder().encode(text);

function readText(body: FileBody, offset: number, length: number): string {
  const into = new Uint8Array(length).fill(0xff);
  return new TextDecoder().decode(into.subarray(0, body.read(into, offset)));
}

/** What a body holds, elsewhere. */
function copyOf(body: FileBody): Map<number, Uint8Array> {
  const copy = ([number, bytes]: [number, Uint8Array]) => [number, Uint8Array.from(bytes)] as const;
  return new Map([...body.content()].map(copy));
}

describe("the content of a file", () => {
  test("keeps what is written, in memfs", () => {
    const { body, node } = createBody();
    expect(body.write(bytes("hello"), 0)).toBe(5);
    expect(node.getString()).toBe("hello");
    expect(readText(body, 1, 100)).toBe("ello");
    expect(readText(body, 5, 100)).toBe("");
  });

  test("a terabyte without data costs nothing", () => {
    const { body, budget } = createBody(1 << 20);
    const before = budget.usedBytes;
    body.truncate(2 ** 40);
    expect(body.size).toBe(2 ** 40);
    expect(budget.usedBytes).toBe(before);
    expect(body.blocks).toBe(0);
    expect(readText(body, 2 ** 39, 3)).toBe("\0\0\0");
  });

  test("a byte behind a terabyte costs at most a piece", () => {
    const { body, budget } = createBody(1 << 20);
    const before = budget.usedBytes;
    body.write(bytes("x"), 2 ** 40);
    expect(body.size).toBe(2 ** 40 + 1);
    expect(budget.usedBytes - before).toBeLessThan(PIECE_BYTES + 4096);
    expect(readText(body, 2 ** 40 - 1, 5)).toBe("\0x");
  });

  test("data that was cut off does not come back when the file grows again", () => {
    const { body } = createBody();
    body.write(bytes("secret secret"), 0);
    body.truncate(3);
    body.truncate(6);
    expect(readText(body, 0, 100)).toBe("sec\0\0\0");
    body.write(bytes("!"), 9);
    expect(readText(body, 0, 100)).toBe("sec\0\0\0\0\0\0!");
  });

  test("ENOSPC when nothing fits, a short write when some does", () => {
    const { body, budget } = createBody(PIECE_BYTES * 2);
    const big = new Uint8Array(PIECE_BYTES * 4).fill(1);
    const written = body.write(big, 0);
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(big.length);
    expect(body.size).toBe(written);
    expect(() => body.write(big, written)).toThrow(Errno.ENOSPC);
    expect(body.size).toBe(written);
    expect(budget.usedBytes).toBeLessThanOrEqual(budget.limitBytes);
  });

  test("gives back all it took when it is thrown away", () => {
    const { body, store, budget } = createBody();
    body.write(new Uint8Array(PIECE_BYTES * 3 + 5), 10);
    body.truncate(PIECE_BYTES + 1);
    body.allocate(PIECE_BYTES * 7, 100);
    body.dispose();
    expect(budget.usedBytes).toBe(0);
    expect(store.usedInodes).toBe(0);
  });

  test("space that was allocated can be written when there is no other", () => {
    const { body, budget } = createBody(PIECE_BYTES * 4);
    body.allocate(0, PIECE_BYTES * 3);
    expect(body.size).toBe(0);
    expect(body.blocks).toBe((PIECE_BYTES * 3) / 512);
    expect(budget.reserve(budget.freeBytes)).toBe(true);
    expect(body.write(new Uint8Array(PIECE_BYTES * 3), 0)).toBe(PIECE_BYTES * 3);
  });

  test("allocating more than there is is ENOSPC and takes nothing", () => {
    const { body, budget } = createBody(PIECE_BYTES * 4);
    const before = budget.usedBytes;
    expect(() => body.allocate(0, PIECE_BYTES * 4)).toThrow(Errno.ENOSPC);
    expect(() => body.allocate(0, 2 ** 45)).toThrow(Errno.ENOSPC);
    expect(budget.usedBytes).toBe(before);
  });

  test("holes and data are found", () => {
    const { body } = createBody();
    body.write(bytes("a"), 0);
    body.write(bytes("b"), PIECE_BYTES * 10);
    body.truncate(PIECE_BYTES * 20);
    expect(body.seekHole(0)).toBe(4096);
    expect(body.seekData(0)).toBe(0);
    expect(body.seekData(4096)).toBe(PIECE_BYTES * 10);
    expect(body.seekHole(PIECE_BYTES * 10)).toBe(PIECE_BYTES * 10 + 4096);
    expect(body.seekData(PIECE_BYTES * 11)).toBe(body.size);
  });

  test("a file without holes has its hole at the end", () => {
    const { body } = createBody();
    body.write(new Uint8Array(PIECE_BYTES * 2 + 100), 0);
    expect(body.seekHole(5)).toBe(PIECE_BYTES * 2 + 100);
    expect(body.seekData(PIECE_BYTES * 2 + 99)).toBe(PIECE_BYTES * 2 + 99);
  });

  test("any writes, truncations and holes leave what an array would hold", () => {
    const place = fc.oneof(fc.nat(200), fc.nat(PIECE_BYTES * 3));
    const action = fc.oneof(
      fc.record({
        kind: fc.constant("write" as const),
        at: place,
        length: fc.oneof(fc.nat(50), fc.nat(PIECE_BYTES * 2)),
      }),
      fc.record({ kind: fc.constant("truncate" as const), at: place, length: fc.constant(0) }),
      fc.record({ kind: fc.constant("punch" as const), at: place, length: place }),
      fc.record({ kind: fc.constant("allocate" as const), at: place, length: place }),
      fc.record({ kind: fc.constant("share" as const), at: fc.constant(0), length: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 12 }), (actions) => {
        const { body, budget } = createBody();
        let model = new Uint8Array(0);
        const resize = (size: number) => {
          const next = new Uint8Array(size);
          next.set(model.subarray(0, size));
          model = next;
        };
        actions.forEach(({ kind, at, length }, index) => {
          if (kind === "write") {
            body.write(new Uint8Array(length).fill(index + 1), at);
            if (at + length > model.length && length > 0) resize(at + length);
            if (length > 0) model.fill(index + 1, at, at + length);
          } else if (kind === "truncate") {
            body.truncate(at);
            resize(at);
          } else if (kind === "punch") {
            body.punchHole(at, length);
            model.fill(0, at, at + length);
          } else if (kind === "share") body.share(copyOf(body));
          else body.allocate(at, length);
        });
        expect(body.size).toBe(model.length);
        const content = new Uint8Array(model.length + 10);
        expect(body.read(content, 0)).toBe(model.length);
        expect(Buffer.compare(content.subarray(0, model.length), model)).toBe(0);
        body.dispose();
        expect(budget.usedBytes).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});
