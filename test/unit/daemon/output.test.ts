import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EventEncoder, encodeKept } from "../../../src/daemon/encoding.js";
import { OutputKeeper } from "../../../src/machine/kept-output.js";
import { FakeDaemon } from "../session/fake-daemon.js";

let daemon: FakeDaemon;

beforeEach(() => {
  daemon = new FakeDaemon();
});

afterEach(async () => {
  daemon.daemon.stop(143);
  await daemon.exited;
});

const base64 = (bytes: string | readonly number[]) => Buffer.from(bytes as string).toString("base64");

/** A fake command that writes each piece on its own. */
function writes(stream: "stdout" | "stderr", ...pieces: readonly (string | readonly number[])[]): string {
  return `write ${stream} ${pieces.map(base64).join(" ")}`;
}

describe("kept output", () => {
  it("is text when it is valid UTF-8, whatever the pieces it was written in", async () => {
    const euro = [...Buffer.from("€")];
    const answer = await daemon.shell(1, writes("stdout", [euro[0] as number], euro.slice(1), "\0\n"));
    expect(answer).toMatchObject({
      stdout: "€\0\n",
      stdout_encoding: "utf8",
      stdout_bytes: 5,
      stdout_truncated: false,
      stderr: "",
      stderr_bytes: 0,
    });
    expect(answer).not.toHaveProperty("stdout_omitted_bytes");
  });

  it("is base64 when it is not valid UTF-8, each stream for itself", async () => {
    const answer = await daemon.shell(1, writes("stderr", [0xff, 0xfe]));
    expect(answer).toMatchObject({
      stderr: "//4=",
      stderr_encoding: "base64",
      stdout: "",
      stdout_encoding: "utf8",
    });
  });

  it("is base64 when that is asked for", async () => {
    const answer = await daemon.shell(1, "echo hi", { encoding: "base64" });
    expect(answer).toMatchObject({ stdout: base64("hi\n"), stdout_encoding: "base64" });
  });

  it("keeps the head and the tail of what is too long, and says where bytes are missing", async () => {
    const answer = await daemon.shell(1, writes("stdout", "0123456789"), { max_output_bytes: 4 });
    expect(answer).toMatchObject({
      stdout: "01\n[limpet: 6 bytes omitted]\n89",
      stdout_bytes: 10,
      stdout_truncated: true,
      stdout_omitted_bytes: 6,
      stdout_omitted_at: 2,
    });
  });

  it("has no line about missing bytes in base64", async () => {
    const answer = await daemon.shell(1, writes("stdout", "0123456789"), {
      max_output_bytes: 4,
      encoding: "base64",
    });
    expect(answer).toMatchObject({ stdout: base64("0189"), stdout_omitted_bytes: 6, stdout_omitted_at: 2 });
  });

  it("never cuts a character", async () => {
    const answer = await daemon.shell(1, writes("stdout", "ä€😀ä€😀"), { max_output_bytes: 8 });
    expect(answer).toMatchObject({
      stdout: "ä\n[limpet: 12 bytes omitted]\n😀",
      stdout_encoding: "utf8",
      stdout_omitted_bytes: 12,
      stdout_omitted_at: 2,
    });
  });

  it("can be nothing at all", async () => {
    const answer = await daemon.shell(1, "echo hello", { max_output_bytes: 0 });
    expect(answer).toMatchObject({ stdout_bytes: 6, stdout_truncated: true, stdout_omitted_bytes: 6 });
  });

  it("costs bounded memory, however much a command prints", async () => {
    const before = process.memoryUsage().rss;
    const answer = await daemon.shell(1, `flood ${1 << 30}`);
    expect(answer).toMatchObject({ stdout_bytes: 1 << 30, stdout_truncated: true });
    expect((answer.stdout as string).length).toBeLessThan(1.1 * (1 << 20));
    expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20);
  });

  it("is the first and the last bytes of any sequence of writes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }),
        fc.nat(60),
        (writes, limit) => {
          const keeper = new OutputKeeper(limit);
          for (const bytes of writes) keeper.write(bytes);
          const all = Buffer.concat(writes);
          const { head, tail, total } = keeper.take();
          expect(total).toBe(all.length);
          if (all.length <= limit) expect(Buffer.concat([head, tail])).toEqual(all);
          else {
            expect(Buffer.from(head)).toEqual(all.subarray(0, Math.ceil(limit / 2)));
            expect(Buffer.from(tail)).toEqual(all.subarray(all.length - Math.floor(limit / 2)));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("accounts for every byte of text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), fc.nat(40), (text, limit) => {
        const bytes = Buffer.from(text);
        const keeper = new OutputKeeper(limit);
        keeper.write(bytes);
        const { data, encoding, omittedBytes, omittedAt } = encodeKept(keeper.take(), "text");
        expect(encoding).toBe("utf8");
        const gap = `\n[limpet: ${omittedBytes} bytes omitted]\n`;
        const expected =
          omittedBytes === 0
            ? text
            : `${bytes.subarray(0, omittedAt)}${gap}${bytes.subarray(omittedAt + omittedBytes)}`;
        expect(data).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("streamed output", () => {
  const events = () =>
    daemon.messages.filter((message) => message.type === "output" && !("success" in message));

  it("comes as events before the answer, which has no output of its own", async () => {
    const answer = await daemon.shell(1, writes("stderr", "oops"), { stream: true });
    expect(events()).toEqual([{ id: 1, type: "output", stream: "stderr", data: "oops", encoding: "utf8" }]);
    expect(daemon.messages.at(-1)).toEqual(answer);
    expect(answer).toMatchObject({ stderr_bytes: 4, stderr_truncated: false, exit_code: 0 });
    expect(answer).not.toHaveProperty("stdout");
    expect(answer).not.toHaveProperty("stderr_encoding");
  });

  it("arrives while the command runs", async () => {
    daemon.send({ id: 1, type: "shell", command: "stubborn", stream: true });
    while (events().length === 0) await daemon.change();
    expect(events()).toMatchObject([{ data: "so far" }]);
  });

  it("ends after max_output_bytes of each stream", async () => {
    const answer = await daemon.shell(1, writes("stdout", "0123", "4567"), {
      stream: true,
      max_output_bytes: 6,
    });
    expect(
      events()
        .map((event) => (event as { data: string }).data)
        .join(""),
    ).toBe("012345");
    expect(answer).toMatchObject({
      stdout_bytes: 8,
      stdout_truncated: true,
      stdout_omitted_bytes: 2,
      stdout_omitted_at: 6,
    });
  });

  it("is complete when there is much of it", async () => {
    const answer = await daemon.shell(1, `flood ${8 << 20}`, { stream: true });
    const length = events().reduce((sum, event) => sum + (event as { data: string }).data.length, 0);
    expect(length).toBe(8 << 20);
    expect(answer).toMatchObject({ stdout_bytes: 8 << 20 });
  });

  it("waits for a reader that is slow", async () => {
    daemon.blocked = true;
    daemon.send({ id: 1, type: "shell", command: `flood ${64 << 20}`, stream: true });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(process.memoryUsage().arrayBuffers).toBeLessThan(16 << 20);
    daemon.unblock();
    expect(await daemon.answer(1)).toMatchObject({ stdout_bytes: 64 << 20, exit_code: 0 });
  });

  it("never splits a character, at whatever byte the writes are cut", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 30 }),
        fc.array(fc.nat(90), { maxLength: 8 }),
        (text, cuts) => {
          const bytes = Buffer.from(text);
          const encoder = new EventEncoder("text");
          const borders = [
            0,
            ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b),
            bytes.length,
          ];
          const parts = borders
            .slice(1)
            .map((end, index) => encoder.push(bytes.subarray(borders[index], end)));
          const all = [...parts, encoder.end()].filter((part) => part !== undefined);
          expect(all.every(({ encoding }) => encoding === "utf8")).toBe(true);
          expect(all.map(({ data }) => data).join("")).toBe(text);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("keeps every byte of what is not text", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 12 }), { maxLength: 10 }), (writes) => {
        const encoder = new EventEncoder("text");
        const all = [...writes.map((bytes) => encoder.push(bytes)), encoder.end()].filter(
          (part) => part !== undefined,
        );
        const bytes = all.map(({ data, encoding }) => Buffer.from(data, encoding));
        expect(Buffer.concat(bytes)).toEqual(Buffer.concat(writes));
      }),
      { numRuns: 2000 },
    );
  });
});
