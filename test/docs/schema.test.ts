import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import schema from "../../src/protocol/protocol.schema.json" with { type: "json" };
import { validate } from "../../src/protocol/validate.js";

const ajv = new Ajv2020({ allowUnionTypes: true, discriminator: false });
ajv.addSchema(schema, "limpet");
const isRequest = ajv.compile({ $ref: "limpet#/$defs/Request" });
const isMessage = ajv.compile({ $ref: "limpet#/$defs/ServerMessage" });

const document = readFileSync(join(import.meta.dirname, "../../protocol.md"), "utf8");
const lines = (mark: string) =>
  [...document.matchAll(/^([<>]) (.*)$/gm)]
    .filter(([, sign]) => sign === mark)
    .map(([, , text]) => JSON.parse(text ?? ""));

describe("protocol.schema.json, as another validator reads it", () => {
  it("accepts every message of protocol.md", () => {
    expect(lines("<").length).toBeGreaterThan(20);
    for (const message of lines("<")) expect(isMessage(message), ajv.errorsText(isMessage.errors)).toBe(true);
  });

  it("agrees with the daemon about every request of protocol.md", () => {
    for (const request of lines(">")) expect(isRequest(request)).toBe(validate(request).ok);
  });
});
