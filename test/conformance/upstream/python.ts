import { join } from "node:path";
import { readTree, type Suite, type UpstreamTest, under } from "./suite.js";

/** The modules of Lib/test that are about what the sandbox has: the language, the built-in modules, the everyday library, files, processes and threads. */
const TESTS = [
  ..."builtin bool int float complex str bytes list tuple dict set slice range generators coroutines".split(
    " ",
  ),
  ..."descr exceptions grammar syntax patma dataclasses enum functools itertools operator contextlib".split(
    " ",
  ),
  ..."re string textwrap difflib format fstring unicode codecs unicodedata struct array binascii base64".split(
    " ",
  ),
  ..."math cmath decimal fractions statistics random heapq bisect collections copy pickle json csv".split(
    " ",
  ),
  ..."configparser tomllib argparse shlex pprint hashlib hmac zlib gzip bz2 lzma tarfile zipfile".split(" "),
  ..."datetime calendar time zoneinfo sqlite3 xml_etree html email urlparse".split(" "),
  ..."os posix posixpath pathlib glob shutil tempfile fileinput fileio io stat pwd grp fcntl".split(" "),
  ..."subprocess signal select selectors asyncio weakref gc traceback inspect ast unittest logging".split(
    " ",
  ),
  ..."threading thread threadsignals threading_local threadedtempfile queue concurrent_futures sched".split(
    " ",
  ),
];

export function pythonSuite(source: string): Suite {
  return {
    program: "python",
    files: under("lib/test", readTree(join(source, "Lib/test"))),
    setup: "true",
    tests: TESTS.map(
      (name): UpstreamTest => ({
        name,
        script: `PYTHONPATH=lib python3 -m test -v test_${name}`,
      }),
    ),
  };
}
