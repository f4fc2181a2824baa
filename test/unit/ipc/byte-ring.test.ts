import fc from "fast-check";
import { expect, test } from "vitest";
import { Errno } from "../../../src/wasi/errno.js";
import { ByteRing } from "../../../src/wasi/kernel/byte-ring.js";
import { MemoryBudget } from "../../../src/wasi/kernel/memory-budget.js";

const memory = new MemoryBudget(1 << 20);

test("a ring gives back what was put in, in order, however reads and writes are cut", () => {
  const step = fc.record({ write: fc.boolean(), size: fc.integer({ min: 0, max: 9000 }) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12000 }), fc.array(step, { maxLength: 60 }), (capacity, steps) => {
      const ring = new ByteRing(capacity, memory);
      let written = 0;
      let read = 0;
      for (const { write, size } of steps) {
        const bytes = new Uint8Array(size);
        if (write) {
          for (let i = 0; i < size; i++) bytes[i] = (written + i) % 251;
          const taken = ring.write(bytes);
          expect(taken).toBe(Math.min(size, capacity - (written - read)));
          written += taken;
        } else {
          const given = ring.read(bytes);
          expect(given).toBe(Math.min(size, written - read));
          expect(bytes.subarray(0, given).every((byte, i) => byte === (read + i) % 251)).toBe(true);
          read += given;
        }
        expect(ring.length).toBe(written - read);
      }
      ring.dispose();
      expect(memory.usedBytes).toBe(0);
    }),
    { numRuns: 200 },
  );
});

test("looking at the content leaves it there", () => {
  const ring = new ByteRing(8, memory);
  ring.write(Uint8Array.of(1, 2, 3, 4, 5, 6));
  ring.read(new Uint8Array(4));
  ring.write(Uint8Array.of(7, 8, 9, 10));
  const seen = new Uint8Array(6);
  expect(ring.peek(seen)).toBe(6);
  expect([...seen]).toEqual([5, 6, 7, 8, 9, 10]);
  expect(ring.peek(seen, 4)).toBe(2);
  expect(ring.length).toBe(6);
});

test("the capacity can change while something is inside", () => {
  const ring = new ByteRing(4, memory);
  ring.write(Uint8Array.of(1, 2, 3, 4));
  ring.resize(8);
  expect(ring.write(Uint8Array.of(5, 6, 7, 8, 9))).toBe(4);
  const all = new Uint8Array(8);
  ring.read(all);
  expect([...all]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test("a ring takes memory as it needs it, and is ENOMEM when there is none", () => {
  const small = new MemoryBudget(10_000);
  const ring = new ByteRing(65536, small);
  expect(small.usedBytes).toBe(0);
  ring.write(new Uint8Array(4000));
  expect(small.usedBytes).toBe(4096);
  expect(() => ring.write(new Uint8Array(4000))).toThrow(Errno.ENOMEM);
  expect(ring.length).toBe(4000);
  ring.dispose();
  expect(small.usedBytes).toBe(0);
});
