/**
 * Makes what is derived: protocol.schema.json, the tables in protocol.md and the messages in the Python client from src/protocol,
 * and the table of programs in README.md from the images' manifest.
 *
 *   node scripts/schema.mjs           writes them
 *   node scripts/schema.mjs --check   fails when they are not up to date
 */
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { z } from "zod";
import { fillPythonClient } from "./python-client.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const schemaPath = join(root, "src/protocol/protocol.schema.json");
const pythonPath = join(root, "clients/python/limpet.py");
const documentPaths = [join(root, "protocol.md"), join(root, "README.md")];

/** Runs a TypeScript module of src/protocol. */
async function load(name) {
  const { outputFiles } = await build({
    entryPoints: [join(root, `src/protocol/${name}.ts`)],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    external: ["zod"],
  });
  const file = join(root, `node_modules/.limpet-${basename(name)}-${process.pid}.mjs`);
  const { rmSync } = await import("node:fs");
  writeFileSync(file, outputFiles[0].text);
  try {
    return await import(file);
  } finally {
    rmSync(file);
  }
}

const { answers, events, failureAnswer, requests } = await load("messages/index");

const { requestId } = await load("fields");
const { protocolCodes } = await load("codes");
const { PROTOCOL_VERSION } = await load("limits");

// --- protocol.schema.json ---------------------------------------------------------------------------------------

function toJsonSchema(schema) {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: "draft-2020-12" });
  return rest;
}

function pascalCase(name) {
  return name.replaceAll(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase());
}

function reference(name) {
  return { $ref: `#/$defs/${name}` };
}

function makeSchema() {
  const definitions = { RequestId: toJsonSchema(requestId) };
  for (const [type, schema] of Object.entries(requests))
    definitions[`${pascalCase(type)}Request`] = toJsonSchema(schema);
  for (const [type, schema] of Object.entries(answers))
    definitions[`${pascalCase(type)}Answer`] = toJsonSchema(schema);
  definitions.FailureAnswer = toJsonSchema(failureAnswer);
  for (const [type, schema] of Object.entries(events))
    definitions[`${pascalCase(type)}Event`] = toJsonSchema(schema);
  const names = Object.keys(definitions);
  definitions.Request = { oneOf: names.filter((name) => name.endsWith("Request")).map(reference) };
  definitions.Answer = { oneOf: names.filter((name) => name.endsWith("Answer")).map(reference) };
  const messages = ["Answer", ...names.filter((name) => name.endsWith("Event"))];
  definitions.ServerMessage = { oneOf: messages.map(reference) };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: `Limpet protocol, version ${PROTOCOL_VERSION}`,
    description:
      "A client writes one Request per line to the daemon's stdin and reads one ServerMessage per line.",
    oneOf: [reference("Request"), reference("ServerMessage")],
    $defs: definitions,
  };
}

const schema = makeSchema();

// --- tables of the documents -------------------------------------------------------------------------------------

function cell(text) {
  return text.replaceAll("|", "\\|");
}

function typeOf(property) {
  if (property.title) return property.title;
  if (property.const !== undefined) return `\`${JSON.stringify(property.const)}\``;
  if (property.enum) return property.enum.map((item) => `\`"${item}"\``).join(", ");
  if (property.anyOf) return property.anyOf.map(typeOf).join(" or ");
  if (property.type === "object" && property.additionalProperties) return "object";
  if (property.type === "array") return "array";
  if (property.type === "integer") {
    const { minimum, maximum } = property;
    const low = minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
    const high = maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
    if (low !== undefined && high !== undefined) return `integer, ${low} to ${high}`;
    return low === undefined ? "integer" : `integer, at least ${low}`;
  }
  return [property.type].flat().join(" or ");
}

function fieldTable(definition, { defaults }) {
  const lines = defaults
    ? ["| field | type | default | meaning |", "|---|---|---|---|"]
    : ["| field | type | meaning |", "|---|---|---|"];
  for (const [name, property] of Object.entries(definition.properties)) {
    if (["id", "type", "success"].includes(name)) continue;
    const required = definition.required.includes(name);
    const standard = property.default === undefined ? "" : `\`${JSON.stringify(property.default)}\``;
    const cells = [`\`${name}\``, typeOf(property)];
    if (defaults) cells.push(required ? "required" : standard);
    lines.push(`| ${[...cells, property.description ?? ""].map(cell).join(" | ")} |`);
  }
  return lines.length > 2 ? lines.join("\n") : "No further fields.";
}

function codeTable() {
  const lines = ["| code | meaning |", "|---|---|"];
  for (const [code, { meaning }] of Object.entries(protocolCodes))
    lines.push(`| \`${code}\` | ${cell(meaning)} |`);
  return lines.join("\n");
}

function programTable() {
  const { programs } = JSON.parse(readFileSync(join(root, "images/wasi/manifest.json"), "utf8"));
  const lines = ["| package | version | commands |", "|---|---|---|"];
  for (const { name, version, images, symlinks, scripts } of programs) {
    const paths = [...images.flatMap(({ commands }) => commands), ...symlinks.map(({ path }) => path)];
    paths.push(...scripts.map(({ path }) => path));
    const commands = paths.filter((path) => /^\/(usr\/)?s?bin\//.test(path)).map((path) => basename(path));
    if (commands.length === 0) continue;
    lines.push(
      `| ${name} | ${version} | ${[...new Set(commands)]
        .sort()
        .map((each) => `\`${each}\``)
        .join(" ")} |`,
    );
  }
  return lines.join("\n");
}

function makeTable(name) {
  if (name === "programs") return programTable();
  if (name === "codes") return codeTable();
  const definition = schema.$defs[name];
  if (!definition) throw new Error(`a document asks for the unknown table ${name}`);
  return fieldTable(definition, { defaults: name.endsWith("Request") });
}

function fillTables(document) {
  return document.replaceAll(
    /(<!-- table: (\w+) -->\n).*?(<!-- end -->)/gs,
    (_, start, name, end) => `${start}${makeTable(name)}\n${end}`,
  );
}

// --- write or compare -------------------------------------------------------------------------------------------

const made = new Map([
  [schemaPath, `${JSON.stringify(schema, undefined, 2)}\n`],
  [pythonPath, fillPythonClient(readFileSync(pythonPath, "utf8"), schema.$defs)],
  ...documentPaths.map((path) => [path, fillTables(readFileSync(path, "utf8"))]),
]);

if (process.argv.includes("--check")) {
  const stale = [...made].filter(([path, text]) => readFileSync(path, "utf8") !== text).map(([path]) => path);
  for (const path of stale)
    console.error(`${path.slice(root.length)} is not up to date: run node scripts/schema.mjs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [path, text] of made) writeFileSync(path, text);
}
