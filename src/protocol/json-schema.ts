/**
 * Checks a parsed JSON value against the part of JSON Schema (2020-12) that protocol.schema.json uses, and says in words
 * what is wrong. It stands on the start-up path, where a general validator would cost more than everything else there.
 */

export interface JsonSchema {
  readonly type?: "string" | "integer" | "number" | "boolean" | "null" | "object" | "array";
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: string | boolean;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false | JsonSchema;
  readonly propertyNames?: JsonSchema;
}

/** The first thing found wrong. `path` leads to the value: `["env", "PATH"]`; it is empty for the value itself. */
export type Problem =
  | {
      readonly kind: "type";
      readonly path: readonly string[];
      readonly schema: JsonSchema;
      readonly value: unknown;
    }
  | {
      readonly kind: "name";
      readonly path: readonly string[];
      readonly schema: JsonSchema;
      readonly name: string;
    }
  | {
      readonly kind: "missing";
      readonly path: readonly string[];
      readonly schema: JsonSchema;
      readonly name: string;
    }
  | {
      readonly kind: "unknown";
      readonly path: readonly string[];
      readonly schema: JsonSchema;
      readonly name: string;
    }
  | { readonly kind: "surrogate"; readonly path: readonly string[] };

const compiled = new Map<string, RegExp>();

function matches(pattern: string, text: string): boolean {
  let expression = compiled.get(pattern);
  if (!expression) {
    expression = new RegExp(pattern, "u");
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}

export function check(schema: JsonSchema, value: unknown): Problem | undefined {
  return checkAt(schema, value, []);
}

function checkAt(schema: JsonSchema, value: unknown, path: readonly string[]): Problem | undefined {
  if (schema.anyOf) return checkAlternatives(schema, schema.anyOf, value, path);
  if (!hasType(schema, value)) return { kind: "type", path, schema, value };
  if (typeof value === "string") return checkString(schema, value, path);
  if (typeof value === "number") return checkNumber(schema, value, path);
  if (schema.const !== undefined && schema.const !== value) return { kind: "type", path, schema, value };
  if (schema.type === "object") return checkObject(schema, value as object, path);
  if (schema.type === "array") return checkArray(schema, value as readonly unknown[], path);
  return undefined;
}

function hasType(schema: JsonSchema, value: unknown): boolean {
  switch (schema.type) {
    case "integer":
      return Number.isSafeInteger(value);
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      return schema.type === undefined || typeof value === schema.type;
  }
}

function checkString(schema: JsonSchema, value: string, path: readonly string[]): Problem | undefined {
  if (!value.isWellFormed()) return { kind: "surrogate", path };
  const fits =
    (schema.const === undefined || schema.const === value) &&
    (schema.enum === undefined || schema.enum.includes(value)) &&
    (schema.minLength === undefined || value.length >= schema.minLength) &&
    (schema.maxLength === undefined || value.length <= schema.maxLength) &&
    (schema.pattern === undefined || matches(schema.pattern, value));
  return fits ? undefined : { kind: "type", path, schema, value };
}

function checkNumber(schema: JsonSchema, value: number, path: readonly string[]): Problem | undefined {
  const fits =
    (schema.minimum === undefined || value >= schema.minimum) &&
    (schema.maximum === undefined || value <= schema.maximum);
  return fits ? undefined : { kind: "type", path, schema, value };
}

function checkObject(schema: JsonSchema, value: object, path: readonly string[]): Problem | undefined {
  const properties = schema.properties ?? {};
  for (const [name, item] of Object.entries(value)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const rule = property ?? schema.additionalProperties;
    if (rule === false) return { kind: "unknown", path, schema, name };
    if (!property && schema.propertyNames && checkAt(schema.propertyNames, name, path)) {
      return { kind: "name", path, schema: schema.propertyNames, name };
    }
    const problem = rule && checkAt(rule, item, [...path, name]);
    if (problem) return problem;
  }
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(value, name)) return { kind: "missing", path, schema, name };
  }
  return undefined;
}

function checkArray(
  schema: JsonSchema,
  items: readonly unknown[],
  path: readonly string[],
): Problem | undefined {
  const fits =
    (schema.minItems === undefined || items.length >= schema.minItems) &&
    (schema.maxItems === undefined || items.length <= schema.maxItems);
  if (!fits) return { kind: "type", path, schema, value: items };
  for (const [index, item] of items.entries()) {
    const problem = schema.items && checkAt(schema.items, item, [...path, String(index)]);
    if (problem) return problem;
  }
  return undefined;
}

/** Of several alternatives, the one with the value's own type explains best what is wrong inside it. */
function checkAlternatives(
  schema: JsonSchema,
  alternatives: readonly JsonSchema[],
  value: unknown,
  path: readonly string[],
): Problem | undefined {
  let inside: Problem | undefined;
  for (const alternative of alternatives) {
    const problem = checkAt(alternative, value, path);
    if (!problem) return undefined;
    if (problem.kind !== "type" || problem.path.length > path.length) inside = problem;
  }
  return inside ?? { kind: "type", path, schema, value };
}
