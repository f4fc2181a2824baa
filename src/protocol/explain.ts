import type { JsonSchema, Problem } from "./json-schema.js";

/** Puts a problem into a sentence. `what` is the thing that was checked, such as the request's type. */
export function explain(what: string, problem: Problem): string {
  const place = problem.path.length > 0 ? ` \`${problem.path.join(".")}\`` : "";
  switch (problem.kind) {
    case "type":
      return `${what}:${place || " it"} must be ${wanted(problem.schema)}, got ${describe(problem.value)}${lengthOf(problem)}`;
    case "name":
      return `${what}: ${describe(problem.name)} cannot be a name in${place}: it must be ${wanted(problem.schema)}`;
    case "missing": {
      const schema = problem.schema.properties?.[problem.name];
      return `${what}${place} needs the field \`${problem.name}\`${schema ? `: ${wanted(schema)}` : ""}`;
    }
    case "unknown":
      return `${what}${place} has no field ${quoteName(problem.name)}${suggestion(problem.name, problem.schema)}`;
    case "surrogate":
      return `${what}:${place} holds half of a surrogate pair (\\ud800 to \\udfff alone), which is no character; use base64 for binary data`;
  }
}

function suggestion(name: string, schema: JsonSchema): string {
  const known = Object.keys(schema.properties ?? {});
  const near = nearest(name, known);
  return near ? `; did you mean \`${near}\`?` : `; it has ${list(known.map((field) => `\`${field}\``))}`;
}

/** The words after "must be". */
export function wanted(schema: JsonSchema): string {
  if (schema.title) return schema.title;
  if (schema.anyOf) return schema.anyOf.map(wanted).join(" or ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum)
    return list(
      schema.enum.map((item) => JSON.stringify(item)),
      "or",
    );
  switch (schema.type) {
    case "integer":
    case "number":
      return `${schema.type === "integer" ? "an integer" : "a number"}${range(schema)}`;
    case "boolean":
      return "true or false";
    case "null":
      return "null";
    case "string":
      return "a string";
    case "object":
      return schema.propertyNames && schema.additionalProperties
        ? `an object whose values are each ${wanted(schema.additionalProperties)}`
        : "an object";
    case "array":
      return `an array${length(schema)}`;
    default:
      return "a JSON value";
  }
}

function range({ minimum, maximum }: JsonSchema): string {
  const low = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  const high = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  if (low !== undefined && high !== undefined) return ` from ${low} to ${high}`;
  if (low !== undefined) return ` of at least ${low}`;
  return high !== undefined ? ` of at most ${high}` : "";
}

/** Says what is wrong with an array that is wanted. */
function lengthOf({ schema, value }: { readonly schema: JsonSchema; readonly value: unknown }): string {
  return schema.type === "array" && Array.isArray(value) ? ` of ${value.length}` : "";
}

function length({ minItems, maxItems }: JsonSchema): string {
  return minItems !== undefined && maxItems !== undefined ? ` of ${minItems} to ${maxItems}` : "";
}

const SHOWN_LENGTH = 40;

/** A value in few words: large ones are cut or only named. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "string") {
    const start = value.length > SHOWN_LENGTH ? value.slice(0, SHOWN_LENGTH) : value;
    return `the string ${JSON.stringify(start.toWellFormed())}${start === value ? "" : "…"}`;
  }
  return typeof value === "number" ? `the number ${value}` : String(value);
}

function quoteName(name: string): string {
  return name.length > SHOWN_LENGTH
    ? `\`${name.slice(0, SHOWN_LENGTH).toWellFormed()}…\``
    : `\`${name.toWellFormed()}\``;
}

export function list(items: readonly string[], word = "and"): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1)}`;
}

/** The candidate that a typing mistake away, or undefined: at most two edits, and fewer than half of the word. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > 2 * SHOWN_LENGTH) return undefined;
  let best: string | undefined;
  let bestDistance = Math.min(2, Math.floor((word.length - 1) / 2)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase().replaceAll("-", "_"), candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitute, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
