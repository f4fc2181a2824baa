/**
 * The part of the Python client that follows from the protocol: the types of options and answers, and a method for every request
 * that is no more than its fields.
 */

/** Requests whose methods are written by hand, because they return objects, take bytes, or belong to a process. */
const BY_HAND = new Set([
  "start",
  "write_file",
  "open",
  "close",
  "cancel",
  "write_stdin",
  "read_output",
  "wait",
  "kill",
  "resize",
]);

/** Fields that a method of the client sets itself. */
const SET_BY_CLIENT = {
  shell: ["stream", "background"],
  write_file: ["content"],
  wait: ["stream", "after_seq", "encoding"],
  write_stdin: ["data", "encoding", "eof"],
  kill: ["signal"],
};

const ENVELOPE = ["id", "type", "session", "success"];
export function fillPythonClient(text, definitions) {
  return text.replace(
    /(# made by scripts\/schema\.mjs \{\n).*?(\n# \} made by)/s,
    (_, start, end) => `${start}\n${makeMessages(definitions)}\n${end}`,
  );
}

function makeMessages(definitions) {
  const types = [];
  const methods = [];
  const asyncMethods = [];
  for (const [name, definition] of Object.entries(definitions)) {
    if (name.endsWith("Request") && definition.properties) {
      const options = optionsOf(definition);
      const optionsName = name.replace(/Request$/, "Options");
      if (options.length > 0) types.push(...typedDicts(optionsName, options));
      const type = definition.properties.type.const;
      if (BY_HAND.has(type)) continue;
      methods.push(method(type, definition, options.length > 0 && optionsName, ""));
      asyncMethods.push(method(type, definition, options.length > 0 && optionsName, "async "));
    } else if (/(?:Answer|Event)$/.test(name) && definition.properties && name !== "FailureAnswer") {
      const fields = Object.entries(definition.properties).filter(([field]) => !ENVELOPE.includes(field));
      if (fields.length > 0) types.push(...typedDicts(name, fields, definition.required));
    }
  }
  return [...types, requestsClass("", methods), requestsClass("Async", asyncMethods)].join("\n\n\n");
}

function requestsClass(prefix, methods) {
  const [of, returned] = prefix
    ? ["async ", "As _Requests, for asyncio."]
    : ["", "The requests that are no more than their fields."];
  return `class _${prefix}Requests:
    """${returned}"""

    ${of}def request(self, type: str, /, **fields: Any) -> Dict[str, Any]:
        raise NotImplementedError

${methods.join("\n\n")}`;
}

/** The optional fields, less those that the client sets. */
function optionsOf({ properties, required }) {
  const type = properties.type.const;
  const hidden = [...ENVELOPE, ...(SET_BY_CLIENT[type] ?? [])];
  return Object.entries(properties).filter(([field]) => !hidden.includes(field) && !required.includes(field));
}

function method(type, definition, optionsName, keyword) {
  const { properties, required } = definition;
  const wanted = required.filter((field) => !ENVELOPE.includes(field));
  const parameters = wanted.map((field) => `${field}: ${pythonType(properties[field], "", [])}`);
  const passed = wanted.map((field) => `${field}=${field}`);
  if (optionsName) {
    parameters.push(`**options: Unpack[${optionsName}]`);
    passed.push("**options");
  }
  const answer = `${pascalCase(type)}Answer`;
  const call = `${keyword && "await "}self.request(${[`"${type}"`, ...passed].join(", ")})`;
  return `    ${keyword}def ${type}(${["self", ...parameters].join(", ")}) -> ${answer}:
        """${definition.description}"""
        return cast(${answer}, ${call})`;
}

/** A type for an object, after those of the objects in it. Without `required`, no field is. */
function typedDicts(name, fields, required) {
  const nested = [];
  const lines = fields.map(([field, property]) => {
    const type = pythonType(property, `${name}${pascalCase(field)}`, nested);
    const optional = required && !required.includes(field);
    return `${comment(property.description)}    ${field}: ${optional ? `NotRequired[${type}]` : type}`;
  });
  const base = required ? "TypedDict" : "TypedDict, total=False";
  return [...nested, `class ${name}(${base}):\n${lines.join("\n")}`];
}

/** A description as lines of comment, each with its newline. */
function comment(description = "") {
  const lines = description.match(/\S(?:.{0,100})(?=\s|$)/g) ?? [];
  return lines.map((line) => `    #: ${line}\n`).join("");
}

/** `nested` takes up the types of objects, which are named after `name`. */
function pythonType(schema, name, nested) {
  if (schema.const !== undefined) return `Literal[${pythonLiteral(schema.const)}]`;
  if (schema.enum) return `Literal[${schema.enum.map(pythonLiteral).join(", ")}]`;
  if (Array.isArray(schema.type))
    return `Union[${schema.type.map((type) => pythonType({ ...schema, type }, name, nested)).join(", ")}]`;
  if (schema.anyOf) return `Union[${schema.anyOf.map((each) => pythonType(each, name, nested)).join(", ")}]`;
  switch (schema.type) {
    case "string":
      return "str";
    case "integer":
      return "int";
    case "number":
      return "float";
    case "boolean":
      return "bool";
    case "null":
      return "None";
    case "array":
      return `List[${pythonType(schema.items, `${name}Item`, nested)}]`;
    case "object":
      if (!schema.properties) return `Dict[str, ${pythonType(schema.additionalProperties, name, nested)}]`;
      nested.push(...typedDicts(name, Object.entries(schema.properties), schema.required ?? []));
      return name;
    default:
      throw new Error(`no Python type for ${JSON.stringify(schema)}`);
  }
}

function pythonLiteral(value) {
  return value === true ? "True" : value === false ? "False" : JSON.stringify(value);
}

function pascalCase(name) {
  return name.replaceAll(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase());
}
