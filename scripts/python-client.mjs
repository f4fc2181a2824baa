/**
 * The part of the Python client that follows from the protocol: the types of options and answers, and a method for every request
 * that is no more than its fields.
 */

/** Requests whose methods are written by hand, because they return objects, take bytes, or belong to a process. */
const BY_HAND = new Set([
  "start",
  "write_file",
  "upload",
  "download",
  "watch",
  "open",
  "fork",
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
  /** Of a session, and of the daemon. */
  const methods = { session: [], daemon: [] };
  for (const [name, definition] of Object.entries(definitions)) {
    if (name.endsWith("Request") && definition.properties) {
      const options = optionsOf(definition);
      const optionsName = name.replace(/Request$/, "Options");
      if (options.length > 0) types.push(...typedDicts(optionsName, options, undefined, FOR_REQUEST));
      const type = definition.properties.type.const;
      if (BY_HAND.has(type)) continue;
      const parameters = parametersOf(type, definition, types);
      const owner = definition.properties.session ? "session" : "daemon";
      methods[owner].push({ type, definition, parameters, optionsName: options.length > 0 && optionsName });
    } else if (/(?:Answer|Event)$/.test(name) && definition.properties && name !== "FailureAnswer") {
      const fields = Object.entries(definition.properties).filter(([field]) => !ENVELOPE.includes(field));
      if (fields.length > 0) types.push(...typedDicts(name, fields, definition.required, FOR_ANSWER));
    }
  }
  const classes = ["", "Async"].flatMap((prefix) => [
    `class _${prefix}Requests:
    """The requests of a session that are no more than their fields."""

    ${keyword(prefix)}def request(self, type: str, /, **fields: Any) -> Dict[str, Any]:
        raise NotImplementedError

${methods.session.map((each) => method(each, keyword(prefix))).join("\n\n")}`,
    `class _${prefix}DaemonRequests(_${prefix}Requests):
    """Those of the daemon."""

${methods.daemon.map((each) => method(each, keyword(prefix))).join("\n\n")}`,
  ]);
  return [...types, ...classes].join("\n\n\n");
}

function keyword(prefix) {
  return prefix === "Async" ? "async " : "";
}

/** Whether a field is an argument of its own: what is required, and the path that a request is about. */
function isParameter(field, { required }) {
  return !ENVELOPE.includes(field) && (required.includes(field) || field === "path");
}

/** The other fields, less those that the client sets. */
function optionsOf(definition) {
  const { properties } = definition;
  const type = properties.type.const;
  const hidden = [...ENVELOPE, ...(SET_BY_CLIENT[type] ?? [])];
  return Object.entries(properties).filter(
    ([field]) => !hidden.includes(field) && !isParameter(field, definition),
  );
}

/** The arguments of a method: `name` and `declaration`, and as `passed` what hands them on. `types` takes up their types. */
function parametersOf(type, definition, types) {
  const fields = Object.entries(definition.properties).filter(([field]) => isParameter(field, definition));
  return fields.map(([field, property]) => {
    const name = variable(field);
    const typeName = pythonType(property, pascalCase(`${type}_${field}`), types, FOR_REQUEST);
    const standard = property.default === undefined ? "" : ` = ${JSON.stringify(property.default)}`;
    return {
      declaration: `${name}: ${typeName}${standard}`,
      passed: name === field ? `${field}=${field}` : `**{"${field}": ${name}}`,
    };
  });
}

function method({ type, definition, parameters, optionsName }, keyword) {
  const declarations = ["self", ...parameters.map(({ declaration }) => declaration)];
  const passed = [`"${type}"`, ...parameters.map((parameter) => parameter.passed)];
  if (optionsName) {
    declarations.push(`**options: Unpack[${optionsName}]`);
    passed.push("**options");
  }
  const answer = `${pascalCase(type)}Answer`;
  const call = `${keyword && "await "}self.request(${passed.join(", ")})`;
  return `    ${keyword}def ${variable(type)}(${declarations.join(", ")}) -> ${answer}:
        """${definition.description}"""
        return cast(${answer}, ${call})`;
}

/** A type for an object, after those of the objects in it. Without `required`, no field is. */
function typedDicts(name, fields, required, containers) {
  const nested = [];
  const lines = fields.map(([field, property]) => {
    const type = pythonType(property, `${name}${pascalCase(field)}`, nested, containers);
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

/** What an answer has is of these types; a request takes anything like them. */
const FOR_ANSWER = { array: "List", object: "Dict" };
const FOR_REQUEST = { array: "Sequence", object: "Mapping" };

/** `nested` takes up the types of objects, which are named after `name`. */
function pythonType(schema, name, nested, containers) {
  if (schema.const !== undefined) return `Literal[${pythonLiteral(schema.const)}]`;
  if (schema.enum) return `Literal[${schema.enum.map(pythonLiteral).join(", ")}]`;
  if (Array.isArray(schema.type))
    return `Union[${schema.type.map((type) => pythonType({ ...schema, type }, name, nested, containers)).join(", ")}]`;
  if (schema.anyOf) {
    const objects = schema.anyOf.filter(({ properties }) => properties);
    const types = schema.anyOf.map((each) => {
      const index = objects.indexOf(each);
      return pythonType(each, index > 0 ? `${name}${index + 1}` : name, nested, containers);
    });
    return `Union[${types.join(", ")}]`;
  }
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
      return `${containers.array}[${pythonType(schema.items, `${name}Item`, nested, containers)}]`;
    case "object":
      if (!schema.properties)
        return `${containers.object}[str, ${pythonType(schema.additionalProperties, name, nested, containers)}]`;
      nested.push(...typedDicts(name, Object.entries(schema.properties), schema.required ?? [], containers));
      return name;
    default:
      throw new Error(`no Python type for ${JSON.stringify(schema)}`);
  }
}

/** A name, unless it means something to Python. */
function variable(name) {
  return ["from", "import"].includes(name) ? `${name}_` : name;
}

function pythonLiteral(value) {
  return value === true ? "True" : value === false ? "False" : JSON.stringify(value);
}

function pascalCase(name) {
  return name.replaceAll(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase());
}
