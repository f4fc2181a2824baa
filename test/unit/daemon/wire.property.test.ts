import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answers, events, failureAnswer } from "../../../src/protocol/messages/index.js";
import { FakeDaemon } from "../session/fake-daemon.js";

/** A request that the fake machine can do, or one that is wrong in some field; `id` is put in later. */
const request = fc.oneof(
  fc.record({
    type: fc.constant("shell"),
    command: fc.constantFrom("echo x", "exit 3", "count", "refuse", "cat"),
    stream: fc.boolean(),
  }),
  fc.record({
    type: fc.constant("shell"),
    command: fc.constant("cat"),
    stdin: fc.string({ unit: "binary" }),
  }),
  fc.record({ type: fc.constantFrom("status", "reset") }),
  fc.record({ type: fc.constant("read_file"), path: fc.constantFrom("/a", "/b") }),
  fc.record({
    type: fc.constant("write_file"),
    path: fc.constantFrom("/a", "/full"),
    content: fc.string(),
    encoding: fc.constantFrom("text", "base64"),
  }),
  fc.record({ type: fc.constantFrom("open", "close"), session: fc.constantFrom("s", "t") }),
  fc.record({ type: fc.constant("cancel"), target: fc.nat(30) }),
  fc.record({ type: fc.constantFrom("shell", "nothing", 5, null), command: fc.jsonValue() }),
);

const garbage = fc.oneof(
  fc.uint8Array({ minLength: 1 }).map((bytes) => Buffer.from(bytes).filter((byte) => byte !== 0x0a)),
  fc.json().map((json) => Buffer.from(json)),
);

type Line = { readonly request: object } | { readonly garbage: Uint8Array };
const line: fc.Arbitrary<Line> = fc.oneof(
  { weight: 3, arbitrary: request.map((each) => ({ request: each })) },
  { weight: 1, arbitrary: garbage.map((each) => ({ garbage: each })) },
);

describe("whatever is written to the daemon", () => {
  it("every request has exactly one answer, every line is a message, events come before their answer", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 25 }),
        fc.array(fc.nat(2000), { maxLength: 20 }),
        async (lines, cuts) => {
          const daemon = new FakeDaemon({ logLevel: "error" });
          const input = Buffer.concat(
            lines.map((each, id) =>
              "request" in each
                ? Buffer.from(`${JSON.stringify({ id, ...each.request })}\n`)
                : Buffer.concat([each.garbage, Buffer.from("\n")]),
            ),
          );
          const borders = [
            0,
            ...cuts.filter((cut) => cut < input.length).sort((a, b) => a - b),
            input.length,
          ];
          for (const [index, end] of borders.slice(1).entries())
            daemon.input.write(input.subarray(borders[index], end));
          expect(await daemon.close()).toBe(0);

          for (const message of daemon.messages) {
            const schema = !("success" in message)
              ? events[message.type]
              : message.success
                ? answers[message.type]
                : failureAnswer;
            expect(schema.safeParse(message).error).toBeUndefined();
          }
          for (const [id, each] of lines.entries()) {
            if (!("request" in each)) continue;
            const own = daemon.messages.filter((message) => message.id === id);
            expect(own.filter((message) => "success" in message)).toHaveLength(1);
            expect(own.at(-1)).toHaveProperty("success");
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);
});
