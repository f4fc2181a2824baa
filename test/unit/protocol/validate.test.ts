import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check, type JsonSchema } from "../../../src/protocol/json-schema.js";
import { answers, events, failureAnswer, requests } from "../../../src/protocol/messages/index.js";
import schema from "../../../src/protocol/protocol.schema.json" with { type: "json" };
import { validate } from "../../../src/protocol/validate.js";

function refusal(value: unknown): string {
  const result = validate(value);
  return result.ok ? "accepted" : result.error;
}

describe("a valid request", () => {
  it.each([
    { id: 1, type: "shell", command: "" },
    {
      id: "",
      type: "shell",
      command: "a\nb\u2028c",
      env: { A: null, B: "", __proto__x: "y" },
      time_limit_ms: 1,
    },
    { id: -0, type: "status" },
    { id: Number.MAX_SAFE_INTEGER, type: "read_file", path: "x", offset: 0, length: 0, encoding: "utf8" },
    {
      id: 1.0,
      type: "write_file",
      path: "/a",
      content: "\0",
      mode: "4755",
      append: true,
      create_dirs: false,
    },
    { id: "ü".repeat(256), type: "reset", keep_files: true, session: "s" },
    { id: 1, type: "cancel", target: "x" },
    { id: 1, type: "open", session: "s", files: { "/a": "x", "/b": { content: "", mode: "644" } } },
    { id: 1, type: "close", session: "s" },
  ])("is accepted: %j", (request) => {
    expect(validate(request)).toEqual({ ok: true, request });
  });
});

describe("a refusal says what was wrong and what was wanted", () => {
  const shell = { id: 1, type: "shell", command: "x" };
  it.each([
    [[], "a request is a JSON object, got an array"],
    [7, "a request is a JSON object, got the number 7"],
    [null, "a request is a JSON object, got null"],
    [{ id: 1 }, "a request needs the field `type`: one of"],
    [{ id: 1, type: "shel" }, 'did you mean "shell"?'],
    [{ id: 1, type: ["shell"] }, "got an array"],
    [{ id: 1, type: "__proto__" }, "`type` must be one of"],
    [
      { type: "shell", command: "x" },
      "shell needs the field `id`: an integer, or a string of at most 256 characters",
    ],
    [
      { ...shell, id: 1.5 },
      "shell: `id` must be an integer, or a string of at most 256 characters, got the number 1.5",
    ],
    [{ ...shell, id: 2 ** 53 }, "`id` must be an integer"],
    [
      { ...shell, id: "x".repeat(257) },
      '`id` must be an integer, or a string of at most 256 characters, got the string "xxx',
    ],
    [{ ...shell, id: null }, "`id` must be an integer, or a string of at most 256 characters, got null"],
    [{ ...shell, id: true }, "got true"],
    [{ ...shell, id: {} }, "got an object"],
    [{ id: 1, type: "shell" }, "shell needs the field `command`: a string without NUL characters"],
    [{ ...shell, command: 5 }, "shell: `command` must be a string without NUL characters, got the number 5"],
    [
      { ...shell, command: "a\0b" },
      '`command` must be a string without NUL characters, got the string "a\\u0000b"',
    ],
    [
      { id: 1, type: "read_files", paths: [] },
      "read_files: `paths` must be an array of 1 to 1000 paths, got an array of 0",
    ],
    [
      { id: 1, type: "read_files", paths: Array(1001).fill("a") },
      "read_files: `paths` must be an array of 1 to 1000 paths, got an array of 1001",
    ],
    [{ id: 1, type: "read_files", paths: ["a", ""] }, "read_files: `paths.1` must be a path"],
    [{ ...shell, command: "\ud800" }, "`command` holds half of a surrogate pair"],
    [{ ...shell, comand: "x" }, "shell has no field `comand`; did you mean `command`?"],
    [
      { ...shell, timeout: 5 },
      "shell has no field `timeout`; it has `id`, `type`, `session`, `command`, `time_limit_ms`",
    ],
    [{ ...shell, "time-limit-ms": 5 }, "did you mean `time_limit_ms`?"],
    [
      { ...shell, time_limit_ms: 0 },
      "`time_limit_ms` must be an integer from 1 to 86400000, got the number 0",
    ],
    [{ ...shell, time_limit_ms: "5" }, 'got the string "5"'],
    [{ ...shell, env: ["A"] }, "`env` must be an object whose values are each"],
    [
      { ...shell, env: { A: 5 } },
      "`env.A` must be a string without NUL characters or null, got the number 5",
    ],
    [{ ...shell, env: { "A=B": "" } }, 'the string "A=B" cannot be a name in `env`'],
    [{ ...shell, env: { "": "" } }, "cannot be a name in `env`"],
    [{ ...shell, stream: "yes" }, "`stream` must be true or false"],
    [{ ...shell, encoding: "latin1" }, '`encoding` must be "text" or "base64", got the string "latin1"'],
    [{ ...shell, session: "" }, "`session` must be a name of 1 to 128 characters"],
    [{ id: 1, type: "read_file", path: "" }, "`path` must be a path: a non-empty string"],
    [{ id: 1, type: "read_file", path: "a\0" }, "`path` must be a path"],
    [{ id: 1, type: "read_file", path: "a", offset: -1 }, "`offset` must be an integer of at least 0"],
    [
      { id: 1, type: "write_file", path: "a", content: "", mode: "rwx" },
      '`mode` must be permission bits in octal, such as "0644"',
    ],
    [{ id: 1, type: "open" }, "open needs the field `session`"],
    [
      { id: 1, type: "open", session: "a", files: { "/a": { text: "" } } },
      "open `files./a` has no field `text`; it has `content`, `encoding` and `mode`",
    ],
    [{ id: 1, type: "cancel" }, "cancel needs the field `target`"],
  ])("%j", (request, sentence) => {
    expect(refusal(request)).toContain(sentence);
  });

  it("carries the id and the type where they can be made out", () => {
    expect(validate({ id: 5, type: "shel" })).toMatchObject({ id: 5, type: "shel" });
    expect(validate({ id: 5, type: "x".repeat(100) })).toMatchObject({ id: 5, type: null });
    expect(validate({ id: {}, type: "shell" })).toMatchObject({ id: null, type: "shell" });
  });

  it("stays short, whatever the request holds", () => {
    const long = "x".repeat(1_000_000);
    for (const request of [
      { id: 1, type: long },
      { id: 1, type: "shell", [long]: 1 },
      { id: 1, type: "shell", command: [long] },
    ]) {
      expect(refusal(request).length).toBeLessThan(600);
    }
  });
});

/** A request of the right shape with one field spoilt more often than not. */
const anyRequest = fc
  .record({
    type: fc.constantFrom(...Object.keys(requests)),
    fields: fc.dictionary(
      fc.constantFrom(
        "id",
        "session",
        "command",
        "path",
        "content",
        "env",
        "mode",
        "target",
        "files",
        "offset",
        "stream",
        "extra",
      ),
      fc.oneof(
        fc.constantFrom(1, 0, -1, "x", "", "0644", true, null, "a\0b"),
        fc.jsonValue({ maxDepth: 2 }),
        fc.dictionary(fc.string({ maxLength: 3 }), fc.oneof(fc.string(), fc.constant(null), fc.integer()), {
          maxKeys: 2,
        }),
      ),
    ),
    defaults: fc.constantFrom(
      { id: 1, command: "x" },
      { id: "a", path: "/x" },
      { id: 1, path: "/x", content: "" },
      { id: 2, session: "s" },
      {},
    ),
  })
  .map(({ type, fields, defaults }) => ({ ...defaults, type, ...fields }));

describe("the checker of protocol.schema.json", () => {
  it("agrees with zod about every request", () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyRequest, (request) => {
        const byZod = requests[request.type as keyof typeof requests].safeParse(request).success;
        const byChecker = validate(request).ok;
        // zod has no rule about lone surrogates.
        if (JSON.stringify(request).includes("\\ud")) return;
        if (byZod) accepted++;
        expect(byChecker).toBe(byZod);
      }),
      { numRuns: 20_000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it("knows every keyword that the requests' schemas use", () => {
    const known = new Set<string>([
      ...[
        "type",
        "title",
        "description",
        "default",
        "const",
        "enum",
        "anyOf",
        "minLength",
        "maxLength",
        "pattern",
      ],
      ...["minimum", "maximum", "items", "minItems", "maxItems"],
      ...["properties", "required", "additionalProperties", "propertyNames"],
    ]);
    const look = (part: JsonSchema): void => {
      for (const keyword of Object.keys(part)) expect(known).toContain(keyword);
      expect(["string", "undefined"]).toContain(typeof part.type);
      const inside = [part.items, part.propertyNames, part.additionalProperties, ...(part.anyOf ?? [])];
      for (const each of [...inside, ...Object.values(part.properties ?? {})]) if (each) look(each);
    };
    for (const [name, definition] of Object.entries(schema.$defs)) {
      if (/^RequestId$|.Request$/.test(name)) look(definition as JsonSchema);
    }
  });

  it("has a definition for every message", () => {
    const count = [requests, answers, events].flatMap((schemas) => Object.keys(schemas)).length;
    const unions = 3;
    const single = [failureAnswer, "RequestId"].length;
    expect(Object.keys(schema.$defs)).toHaveLength(count + unions + single);
  });

  it("never throws", () => {
    const definitions = Object.values(schema.$defs) as unknown as JsonSchema[];
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...definitions), (value, definition) => {
        check(definition, value);
        validate(value);
      }),
      { numRuns: 5_000 },
    );
  });
});
