import { describe, expect, test } from "vitest";
import { encodeFrame, type Frame, FrameReader } from "../../../src/v86/agent/frames.js";
import { Outbox } from "../../../src/v86/agent/outbox.js";

/** A console like the guest's: 16 buffers of 4 KiB, one for each piece that is sent. */
class Console {
  readonly frames: Frame[] = [];
  readonly outbox = new Outbox((bytes) => {
    expect(bytes.length).toBeLessThanOrEqual(4096);
    this.buffers.push(bytes);
    expect(this.buffers.length).toBeLessThanOrEqual(16);
  });
  private readonly reader = new FrameReader((frame) => this.frames.push(frame));
  private buffers: Uint8Array[] = [];

  /** Takes what is there, and acknowledges it in parts of `size` bytes. */
  take(size: number): boolean {
    const all = Buffer.concat(this.buffers);
    this.buffers = [];
    this.reader.push(all);
    for (let at = 0; at < all.length; at += size) this.outbox.acknowledge(Math.min(size, all.length - at));
    return all.length > 0;
  }
}

describe("the outbox", () => {
  test.each([7, 1920, 4095, 16384])("never has more under way than the guest has buffers: %i", (size) => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => i * 31);
    const guest = new Console();
    guest.outbox.pushBulk(1, bytes);
    for (let id = 2; id < 100; id++) guest.outbox.push(encodeFrame("Q", id));
    while (guest.take(size));
    const content = guest.frames.filter(({ type }) => type === "I").map(({ payload }) => payload);
    expect(Buffer.compare(Buffer.concat(content), bytes)).toBe(0);
    expect(guest.frames.filter(({ type }) => type === "Q").map(({ id }) => id)).toEqual(
      Array.from({ length: 98 }, (_, i) => i + 2),
    );
  });

  test("lets other frames overtake a long transfer, and forgets one that is of no use", () => {
    const guest = new Console();
    guest.outbox.pushBulk(1, new Uint8Array(1_000_000));
    guest.outbox.push(encodeFrame("K", 1));
    guest.take(4096);
    guest.take(4096);
    expect(guest.frames.map(({ type }) => type)).toContain("K");
    guest.outbox.cancelBulk(1);
    guest.take(4096);
    guest.take(4096);
    expect(guest.take(4096)).toBe(false);
  });

  test("a frame may come in any pieces, and must not be too long", () => {
    const frames: Frame[] = [];
    const reader = new FrameReader((frame) => frames.push(frame));
    for (const byte of Buffer.concat([encodeFrame("h", 0), encodeFrame("o", 5, "text")]))
      reader.push(Uint8Array.of(byte));
    expect(frames.map(({ type, id, payload }) => [type, id, payload.length])).toEqual([
      ["h", 0, 0],
      ["o", 5, 5],
    ]);
    expect(() => reader.push(new Uint8Array(9).fill(255))).toThrow(RangeError);
  });
});
