import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeVariable, quote, ROOT, readTree, type Suite, type UpstreamTest, under } from "./suite.js";

const RUN = ["BASIC_TESTS", "UNIX_TESTS", "GAWK_EXT_TESTS", "MACHINE_TESTS", "LOCALE_CHARSET_TESTS"];

const SKIPPED: Record<string, string> = {
  ARRAYDEBUG_TESTS: "gawk is not built with array debugging",
  INET_TESTS: "no network",
  SHLIB_TESTS: "no loadable extensions",
  NEED_MPFR: "gawk is built without MPFR",
  NEED_PMA: "gawk is built without persistent memory",
};

const VARIABLES: Record<string, string> = {
  AWKPROG: "../gawk",
  CMP: "cmp",
  SORT: "sort",
  SORT2: "LC_ALL=C sort",
  SHELL: "/bin/sh",
  LOCALES: "LANGUAGE= LC_ALL=$${GAWKLOCALE:-C} LANG=$${GAWKLOCALE:-C}",
  AWK: "$(LOCALES) AWKLIBPATH=../extension/.libs GAWK_NO_MPFR_WARN=1 ../gawk",
  PATH_SEPARATOR: ":",
  abs_srcdir: `${ROOT}/gawk/test`,
  abs_builddir: `${ROOT}/gawk/test`,
  top_srcdir: "..",
  srcdir: ".",
};

/** The recipes of a makefile by target, as lines of shell; only as much of make as gawk's tests use. */
function readRules(makefile: string): Map<string, string[]> {
  const rules = new Map<string, string[]>();
  let recipe: string[] = [];
  for (const line of makefile.split("\n")) {
    const [, targets] = /^([\w .-]+)::?(?!=)/.exec(line) ?? [];
    if (targets !== undefined) {
      recipe = [];
      for (const target of targets.trim().split(/\s+/)) rules.set(target, recipe);
    } else if (line.startsWith("\t")) {
      recipe.push(line.slice(1));
    }
  }
  return rules;
}

function expand(text: string, target: string): string {
  return text.replace(/\$(?:\((\w+)\)|(.))/g, (_, name: string | undefined, special: string | undefined) => {
    if (special === "$") return "$";
    if (special === "@") return target;
    if (name === undefined) return "";
    return expand(VARIABLES[name] ?? "", target);
  });
}

/** As upstream counts: a test has passed when its output, `_name`, was the same as expected and is therefore gone. */
function script(target: string, recipe: string[]): string {
  const commands: string[] = [];
  let joined = "";
  for (const line of recipe) {
    if (line.endsWith("\\")) {
      joined += `${line}\n`;
      continue;
    }
    commands.push((joined + line).replace(/^[@-]+/, ""));
    joined = "";
  }
  return [
    "cd test",
    `rm -f _${target}`,
    ...commands.map((command) => `sh -c ${quote(expand(command, target))}`),
    `[ ! -e _${target} ] || { diff ${target}.ok _${target}; exit 1; }`,
  ].join("\n");
}

export function gawkSuite(source: string): Suite {
  const folder = join(source, "test");
  const makefile = readFileSync(join(folder, "Makefile.am"), "utf8");
  const rules = readRules(`${makefile}\n${readFileSync(join(folder, "Maketests"), "utf8")}`);
  const skipped = new Map(
    Object.entries(SKIPPED).flatMap(([group, reason]) =>
      makeVariable(makefile, group).map((name) => [name, reason]),
    ),
  );
  const names = [...RUN, ...Object.keys(SKIPPED)].flatMap((group) => makeVariable(makefile, group));
  const tests = [...new Set(names)].map((name): UpstreamTest => {
    const skip = skipped.get(name);
    if (skip !== undefined) return { name, script: "", skip };
    const recipe = rules.get(name);
    if (recipe === undefined) throw new Error(`gawk's makefiles have no rule for their test ${name}`);
    return { name, script: script(name, recipe) };
  });
  return {
    program: "gawk",
    files: under("test", readTree(folder)),
    // Some tests only want a file of that name.
    setup: "ln -sf /usr/bin/gawk gawk; cp test/Makefile.in test/Makefile",
    tests,
  };
}
