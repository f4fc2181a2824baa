// util.parseArgs.
function fail(code, message) {
  throw Object.assign(new TypeError(message), { code });
}

exports.parseArgs = function parseArgs({
  args = process.argv.slice(2),
  options = {},
  strict = true,
  allowPositionals = !strict,
} = {}) {
  const values = Object.create(null);
  const positionals = [];
  for (const [name, { default: initial }] of Object.entries(options))
    if (initial !== undefined) values[name] = initial;
  const given = new Set();
  const rest = [...args];
  const take = (name, shown, inline) => {
    const option = options[name];
    if (option === undefined && strict) fail("ERR_PARSE_ARGS_UNKNOWN_OPTION", `Unknown option '${shown}'`);
    let value = true;
    if (option?.type === "string") {
      value = inline ?? rest.shift();
      if (value === undefined)
        fail("ERR_PARSE_ARGS_INVALID_OPTION_VALUE", `Option '${shown} <value>' argument missing`);
    } else if (inline !== undefined) value = inline;
    if (option?.multiple) {
      values[name] = [...(given.has(name) ? values[name] : []), value];
      given.add(name);
    } else values[name] = value;
  };
  while (rest.length > 0) {
    const argument = rest.shift();
    if (argument === "--") {
      positionals.push(...rest.splice(0));
    } else if (argument.startsWith("--")) {
      const [name, ...value] = argument.slice(2).split("=");
      take(name, `--${name}`, value.length > 0 ? value.join("=") : undefined);
    } else if (argument.length > 1 && argument.startsWith("-")) {
      const letters = argument.slice(1);
      for (let at = 0; at < letters.length; at++) {
        const [name] = Object.entries(options).find(([, { short }]) => short === letters[at]) ?? [
          letters[at],
        ];
        const inline =
          options[name]?.type === "string" && at + 1 < letters.length ? letters.slice(at + 1) : undefined;
        take(name, `-${letters[at]}`, inline);
        if (inline !== undefined) break;
      }
    } else positionals.push(argument);
  }
  if (positionals.length > 0 && !allowPositionals) {
    fail(
      "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL",
      `Unexpected argument '${positionals[0]}'. This command does not take positional arguments`,
    );
  }
  return { values, positionals };
};
