import { join } from "node:path";
import { quote, readTree, type Suite, type UpstreamTest, under } from "./suite.js";

/** The modules of Lib/test that are about what the sandbox has: the language, the built-in modules, the everyday library, files, processes and threads. */
const TESTS = [
  ..."builtin bool int float complex bytes list tuple dict set slice range generators coroutines".split(" "),
  ..."descr exceptions grammar syntax patma dataclasses enum functools itertools operator contextlib".split(
    " ",
  ),
  ..."abc asyncgen augassign baseexception call code codeop compile contextlib_async dictviews dis doctest".split(
    " ",
  ),
  ..."except_star exception_group genericalias hash imp import index iter long memoryview modulefinder".split(
    " ",
  ),
  ..."opcodes pkg pkgutil pow print property raise richcmp scope sort source_encoding structseq super".split(
    " ",
  ),
  ..."symtable sys sys_setprofile sys_settrace typechecks types typing unicode_file unparse warnings with".split(
    " ",
  ),
  ..."re string textwrap difflib format fstring unicode codecs unicodedata struct array binascii base64".split(
    " ",
  ),
  ..."codeccallbacks htmlparser locale marshal minidom multibytecodec numeric_tower pickletools plistlib".split(
    " ",
  ),
  ..."profile pyexpat quopri reprlib sax strftime strtod tokenize userdict userlist utf8_mode wave".split(
    " ",
  ),
  ..."math cmath decimal fractions statistics random heapq bisect collections copy pickle json csv".split(
    " ",
  ),
  ..."copyreg cprofile defaultdict deque graphlib memoryio ordered_dict secrets timeit trace tracemalloc".split(
    " ",
  ),
  ..."configparser tomllib argparse shlex pprint hashlib hmac zlib gzip bz2 lzma tarfile zipfile".split(" "),
  ..."cmd dbm dbm_dumb getopt gettext mailbox mimetypes netrc optparse pdb py_compile pyclbr pydoc sched".split(
    " ",
  ),
  ..."datetime calendar time zoneinfo sqlite3 xml_etree html email urlparse".split(" "),
  ..."http_cookies ipaddress runpy shelve site strptime urllib urllib2 uuid weakset zipapp zipimport".split(
    " ",
  ),
  ..."os posix posixpath pathlib glob shutil tempfile fileinput fileio io stat pwd grp fcntl".split(" "),
  ..."bufio file file_eintr filecmp fnmatch genericpath getpass ioctl largefile linecache ntpath platform".split(
    " ",
  ),
  ..."errno pipes poll popen resource syslog wait3 wait4".split(" "),
  ..."subprocess signal select selectors asyncio weakref gc traceback inspect ast logging".split(" "),
  ..."threading thread threadsignals threading_local threadedtempfile queue concurrent_futures".split(" "),
];

/** Single tests that are not run: patterns of their names, by the reason. */
const IGNORED: Readonly<Record<string, string>> = {
  "there is no network":
    "*.TestSendfile.* *.WakeupFDTests.test_invalid_socket *.WakeupFDTests.test_set_wakeup_fd_socket_result",
  "there is no terminal": "test_openpty",
  "splice and directory notification are not supported": "test_splice test_splice_offset_* test_fcntl_64_bit",
  "the C library does not look at the descriptor": "test_fpathconf",
  "the C library sorts by code point in every locale":
    "test_strcoll_with_diacritic test_strxfrm_with_diacritic",
  "the C library knows no locale that writes dates in another way": "test_TimeRE_recreation_locale",
  "a sleep of microseconds takes a millisecond, ten thousand of them too long": "test_stress_delivery_*",
  "they run what is not part of Debian's library, or where the suite cannot be imported":
    "test_stdlib_validates test_empty_PYTHONPATH_issue16309 test_badimport test_underpth_nosite_file",
  "they need _testcapi in another process or for a part of what they do":
    "test_memory_error_in_PyErr_PrintEx test_recursion_normalizing_* test_collect_garbage test_legacy_finalizer* test_garbage_at_shutdown",
};

/** For _testcapi, which Debian has in another package: tests that import it skip themselves. */
const NO_TESTCAPI = `import unittest
class Missing(unittest.SkipTest, ImportError): pass
raise Missing("_testcapi is not built")`;

const SETUP = [
  // The interpreters that tests start find the suite, too.
  "sed -i 's/^\\(__cached_interp_requires_environment\\) = None/\\1 = True/' lib/test/support/script_helper.py",
  `tee lib/_testcapi.py lib/_testinternalcapi.py >/dev/null <<'END'\n${NO_TESTCAPI}\nEND`,
  `printf '%s\\n' ${Object.values(IGNORED)
    .flatMap((patterns) => patterns.split(" "))
    .map(quote)
    .join(" ")} >ignored`,
];

export function pythonSuite(source: string): Suite {
  return {
    program: "python",
    files: under("lib/test", readTree(join(source, "Lib/test"))),
    setup: `set -e\n${SETUP.join("\n")}`,
    tests: TESTS.map(
      (name): UpstreamTest => ({
        name,
        script: `PYTHONPATH=$PWD/lib python3 -m test -v --ignorefile ignored test_${name}`,
      }),
    ),
  };
}
