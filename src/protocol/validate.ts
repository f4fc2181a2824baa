import { describe, explain, list, nearest } from "./explain.js";
import { check, type JsonSchema } from "./json-schema.js";
import type { Request, RequestId, RequestType } from "./messages/index.js";
import schemaFile from "./protocol.schema.json" with { type: "json" };

/** What a line of JSON turned out to be. A refusal carries what could be made out of `id` and `type` for its answer. */
export type Validated =
  | { readonly ok: true; readonly request: Request }
  | {
      readonly ok: false;
      readonly id: RequestId | null;
      readonly type: string | null;
      readonly error: string;
    };

const definitions = schemaFile.$defs as unknown as Readonly<Record<string, JsonSchema>>;

function definition(name: string): JsonSchema {
  const schema = definitions[name];
  if (!schema) throw new Error(`protocol.schema.json has no ${name}`);
  return schema;
}

/** By the `type` that each of them has. */
const schemas = Object.fromEntries(
  Object.entries(definitions).flatMap(([name, schema]) => {
    const type = schema.properties?.type?.const;
    return name.endsWith("Request") && type !== undefined ? [[type, schema]] : [];
  }),
) as Readonly<Record<RequestType, JsonSchema>>;

export const requestTypes = Object.keys(schemas) as readonly RequestType[];

const idSchema = definition("RequestId");

/** A type that is echoed in the answer although it is none of ours. */
const ECHOED_TYPE_LENGTH = 64;

export function validate(value: unknown): Validated {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { ok: false, id: null, type: null, error: `a request is a JSON object, got ${describe(value)}` };
  }
  const { id, type } = value as { id?: unknown; type?: unknown };
  const known = typeof type === "string" && Object.hasOwn(schemas, type) ? (type as RequestType) : undefined;
  if (known) {
    const problem = check(schemas[known], value);
    if (!problem) return { ok: true, request: value as Request };
    return { ok: false, id: validId(id), type: known, error: explain(known, problem) };
  }
  return {
    ok: false,
    id: validId(id),
    type: typeof type === "string" && type.length <= ECHOED_TYPE_LENGTH ? type.toWellFormed() : null,
    error: explainType(type),
  };
}

function validId(id: unknown): RequestId | null {
  return check(idSchema, id) ? null : (id as RequestId);
}

function explainType(type: unknown): string {
  const all = `one of ${list(
    requestTypes.map((name) => `"${name}"`),
    "and",
  )}`;
  if (type === undefined) return `a request needs the field \`type\`: ${all}`;
  const near = typeof type === "string" ? nearest(type, requestTypes) : undefined;
  return `\`type\` must be ${all}, got ${describe(type)}${near ? `; did you mean "${near}"?` : ""}`;
}
