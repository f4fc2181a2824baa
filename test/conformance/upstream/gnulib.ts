import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeVariable, readTree, type Suite, type UpstreamTest, under } from "./suite.js";

/** The suites in the style of gnulib's init.sh: sed, grep and coreutils. A script exits with 77 to be skipped. */

function environment(more: Record<string, string>): string {
  const variables = {
    abs_srcdir: "$PWD",
    abs_top_srcdir: "$PWD",
    abs_top_builddir: "$PWD",
    srcdir: ".",
    top_srcdir: ".",
    TMPDIR: "/tmp",
    AWK: "gawk",
    EGREP: "grep -E",
    SHELL: "/bin/sh",
    CC: "false",
    MAKE: "false",
    PERL: "false",
    CONFIG_HEADER: "$PWD/config.h",
    LOCALE_FR: "none",
    LOCALE_FR_UTF8: "none",
    LOCALE_JA: "none",
    host_os: "linux-gnu",
    host_triplet: "unknown-unknown-linux-gnu",
    fail: "0",
    PATH: "$PWD/helpers:$PATH",
    ...more,
  };
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}="${value}"`)
    .join("\n");
}

/** What the suite calls `built_programs`, in its own order; `install` is `ginstall` to it. */
const PROGRAMS =
  "chroot df hostid nice nohup pathchk sort stdbuf stty uname users who '[' b2sum base64 base32 basenc basename cat chcon chgrp chmod chown cksum comm cp csplit cut date dd dir dircolors dirname du echo env expand expr factor false fmt fold groups head id join kill link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nl nproc numfmt od paste pinky pr printenv printf ptx pwd readlink realpath rm rmdir runcon seq sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep split stat sum sync tac tail tee test timeout touch tr true truncate tsort tty unexpand uniq unlink uptime vdir wc whoami yes arch";

/** What the suites look up in it: features that make a test worth running. */
const CONFIG_H = Buffer.from("#define HAVE_UTIMENSAT 1\n#define HAVE_LUTIMES 1\n");

const NO_PERL = "no perl in the sandbox";
const needsPerl = (name: string) => /\.x?pl$/.test(name);

function helper(folder: string, names: string[]) {
  return under(
    "helpers",
    readTree(folder).filter(({ path }) => names.includes(path)),
  );
}

export function sedSuite(source: string, helpers: string): Suite {
  const makefile = readFileSync(join(source, "testsuite/local.mk"), "utf8");
  const setting = environment({ LC_ALL: "C", VERSION: "4.9", PACKAGE_VERSION: "4.9", built_programs: "sed" });
  return {
    program: "sed",
    files: [
      ...under("testsuite", readTree(join(source, "testsuite"))),
      ...helper(helpers, ["get-mb-cur-max"]),
      { path: "init.cfg", content: readFileSync(join(source, "init.cfg")), executable: false },
      { path: "config.h", content: CONFIG_H, executable: false },
    ],
    setup:
      "mkdir -p sed; ln -sf /usr/bin/sed sed/sed; ln -sf ../helpers/get-mb-cur-max testsuite/get-mb-cur-max",
    tests: makeVariable(makefile, "T")
      .filter((name) => name.startsWith("testsuite/"))
      .map((path): UpstreamTest => {
        const name = path.slice("testsuite/".length);
        if (needsPerl(name)) return { name, script: "", skip: NO_PERL };
        return { name, script: `unset TERM\n${setting}\nsh ${path} 9>&2` };
      }),
  };
}

export function grepSuite(source: string, helpers: string): Suite {
  const makefile = readFileSync(join(source, "tests/Makefile.am"), "utf8");
  const expectedFailures = new Set(makeVariable(makefile, "XFAIL_TESTS"));
  const setting = environment({
    LC_ALL: "C",
    VERSION: "3.8",
    PACKAGE_VERSION: "3.8",
    PACKAGE_BUGREPORT: "bug-grep@gnu.org",
    built_programs: "grep egrep fgrep",
    srcdir: ".",
    top_srcdir: "..",
    abs_top_srcdir: "$PWD/..",
    abs_top_builddir: "$PWD/..",
    CONFIG_HEADER: "$PWD/../config.h",
    PATH: "$PWD/../helpers:$PATH",
    PCRE_WORKS: "1",
  });
  return {
    program: "grep",
    files: [
      ...under("tests", readTree(join(source, "tests"))),
      ...helper(helpers, ["get-mb-cur-max"]),
      { path: "config.h", content: CONFIG_H, executable: false },
    ],
    setup: "mkdir -p src; ln -sf ../helpers/get-mb-cur-max tests/get-mb-cur-max",
    tests: makeVariable(makefile, "TESTS").map((name): UpstreamTest => {
      if (needsPerl(name)) return { name, script: "", skip: NO_PERL };
      if (expectedFailures.has(name)) return { name, script: "", skip: "upstream expects it to fail" };
      return { name, script: `cd tests\n${setting}\nsh ./${name} 9>&2` };
    }),
  };
}

export function coreutilsSuite(source: string, helpers: string): Suite {
  const makefile = readFileSync(join(source, "tests/local.mk"), "utf8");
  const rootOnly = new Set(makeVariable(makefile, "all_root_tests"));
  const factor = Array.from({ length: 37 }, (_, n) => `tests/factor/t${String(n).padStart(2, "0")}.sh`);
  const setting = environment({
    VERSION: "9.1",
    PACKAGE_VERSION: "9.1",
    built_programs: "$(cat helpers/programs)",
    PATH: "$PWD/src:$PATH",
  });
  const paths = makeVariable(makefile, "all_tests").filter((path) => path.startsWith("tests/"));
  return {
    program: "coreutils",
    files: [
      ...under("tests", readTree(join(source, "tests"))),
      ...helper(helpers, ["getlimits"]),
      { path: "init.cfg", content: readFileSync(join(source, "init.cfg")), executable: false },
      { path: "config.h", content: CONFIG_H, executable: false },
    ],
    setup: [
      "mkdir -p src",
      "for t in $(seq -w 0 36); do sh tests/factor/create-test.sh tests/factor/t$t.sh tests/factor/run.sh > t && mv t tests/factor/t$t.sh; done",
      "ln -s ../helpers/getlimits src/getlimits",
      "ln -s $(type -P install) src/ginstall",
      `for p in ${PROGRAMS}; do if f=$(type -P "$p"); then ln -s "$f" "src/$p"; printf '%s ' "$p"; fi; done > helpers/programs`,
      "printf ginstall >> helpers/programs",
    ].join("\n"),
    tests: [...paths, ...factor].map((path): UpstreamTest => {
      const name = path.slice("tests/".length);
      if (needsPerl(name)) return { name, script: "", skip: NO_PERL };
      if (rootOnly.has(path))
        return { name, script: "", skip: "a test for the super-user of a whole machine" };
      return { name, script: `. tests/lang-default\n. tests/envvar-check\n${setting}\nsh ${path} 9>&2` };
    }),
  };
}
