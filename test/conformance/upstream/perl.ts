import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readTree, type Suite, type UpstreamTest, under } from "./suite.js";

/** The folders of perl's t/ that are about the language and its operators, and what they have to know of files and text. */
const FOLDERS = ["base", "cmd", "comp", "io", "re", "uni", "opbasic", "op", "mro", "lib"];

/** What tests read of the rest of the source. */
const BESIDE = ["MANIFEST", "TestInit.pm", "regen/keywords.pl"];

/** They read a table that Debian does not install. */
const WITHOUT_TABLE = /^re\/uniprops/;

export function perlSuite(source: string): Suite {
  const folder = join(source, "t");
  return {
    program: "perl",
    files: [
      ...under("t", readTree(folder)),
      ...BESIDE.map((path) => ({ path, content: readFileSync(join(source, path)), executable: false })),
    ],
    // The tests know perl as ./perl, and one library beside them.
    setup: `ln -sf "$(type -P perl)" t/perl
      mkdir lib
      perl -e 'print map { "$_\\n" } reverse grep { -d } @INC' | while read -r folder; do cp -rsf "$folder/." lib; done`,
    tests: FOLDERS.flatMap((name) =>
      readdirSync(join(folder, name))
        .filter((file) => file.endsWith(".t"))
        .sort()
        .map((file) => toTest(`${name}/${file}`)),
    ),
  };
}

/** As upstream's driver runs it, which says "skipped" of a test that skips all it has. */
function toTest(file: string): UpstreamTest {
  const name = file.replace(/\.t$/, "");
  if (WITHOUT_TABLE.test(name)) return { name, script: "", skip: "TestProp.pl is not installed" };
  return {
    name,
    script: `cd t && report=$(perl TEST ${file} 2>&1); status=$?; sed '/^Failed /,$d' <<< "$report"
      case $report in *" skipped"*) exit 77 ;; *) exit $status ;; esac`,
  };
}
