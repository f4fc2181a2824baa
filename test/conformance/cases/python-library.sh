The standard library, as scripts use it.

### json
python3 -c '
import json
data = {"b": [1, 2.5, None, True], "a": {"ä": "\u20ac\n"}}
print(json.dumps(data)); print(json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False))
print(json.loads("[1, {\"x\": null}]"))'

### -m json.tool
echo '{"b":1,"a":[1,2]}' | python3 -m json.tool
echo '{"b":1,"a":[1,2]}' | python3 -m json.tool --sort-keys --indent 1
echo '{bad}' | python3 -m json.tool; echo $?

### csv
python3 <<'END'
import csv, io, sys
rows = list(csv.DictReader(io.StringIO('name,note\nAda,"says ""hi"", twice"\nBob,"two\nlines"\n')))
print(rows)
out = csv.writer(sys.stdout, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
out.writerows([["a", 1, "x,y"], ["q\"q", "", None]])
END

### re
python3 <<'END'
import re
text = "2024-01-31 error: disk full; 2023-12-01 warn: hot"
print(re.findall(r"(\d{4})-(\d\d)-(\d\d) (?P<level>\w+)", text))
print(re.sub(r"(?P<y>\d{4})-(\d\d)", r"\2/\g<y>", text), re.split(r"[;:]\s*", text))
print(re.fullmatch(r"(?i)ABC+", "abccc"), re.compile(r"(?<=:) \w+").search(text).span())
try: re.compile("(a")
except re.error as e: print(e)
END

### argparse
cat > tool.py <<'END'
import argparse
parser = argparse.ArgumentParser(prog="tool", description="Does things.")
parser.add_argument("files", nargs="+", help="what to read")
parser.add_argument("-n", "--number", type=int, default=3, metavar="N")
parser.add_argument("-v", action="store_true")
parser.add_argument("--mode", choices=["fast", "slow"])
print(vars(parser.parse_args()))
END
python3 tool.py a b -n 5 -v; python3 tool.py; echo $?; python3 tool.py x --mode mid; python3 tool.py -h

### datetime
TZ=UTC python3 <<'END'
from datetime import datetime, timedelta, timezone, date
when = datetime(2024, 2, 29, 13, 5, tzinfo=timezone.utc)
print(when.isoformat(), when.timestamp(), when.strftime("%A %d %B %Y %H:%M %Z %j"), when + timedelta(days=366))
print(date(2024, 12, 31) - date(2024, 1, 1), datetime.fromisoformat("2011-11-04T00:05:23+04:00").astimezone(timezone.utc))
print(datetime.strptime("31/Jan/2024:10:00:00 +0100", "%d/%b/%Y:%H:%M:%S %z"), datetime.fromtimestamp(0))
END

### calendar
python3 -m calendar 2024 2

### decimal and fractions
python3 <<'END'
from decimal import Decimal, getcontext, ROUND_HALF_UP
from fractions import Fraction
print(Decimal("0.1") + Decimal("0.2"), Decimal(1) / 3, Decimal("2.675").quantize(Decimal("0.01"), ROUND_HALF_UP))
getcontext().prec = 50
print(Decimal(2).sqrt(), Fraction(3, 4) + Fraction("0.3"), Decimal("123456789005") * 1000)
END

### collections, itertools, functools
python3 <<'END'
from collections import Counter, defaultdict, deque, namedtuple, OrderedDict, ChainMap
from itertools import groupby, product, permutations, accumulate, islice, zip_longest, chain
from functools import lru_cache, reduce, partial
print(Counter("mississippi").most_common(2), dict(defaultdict(list, a=[1])), deque([1, 2, 3], maxlen=2))
print([(k, len(list(g))) for k, g in groupby("aabbbc")], list(product("ab", [1, 2])), list(accumulate([1, 2, 3])))
@lru_cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(90), reduce(lambda a, b: a * b, range(1, 10)), partial(int, base=2)("101"), namedtuple("P", "x y")(1, 2))
END

### pathlib, glob, shutil, tempfile
python3 <<'END'
from pathlib import Path
import glob, os, shutil, tempfile
Path("a/b").mkdir(parents=True)
Path("a/b/one.txt").write_text("line\n" * 3)
Path("a/two.txt").write_bytes(b"\0\1")
print(sorted(str(p) for p in Path("a").rglob("*.txt")), Path("a/b/one.txt").stat().st_size, Path("x/../y.tar.gz").suffixes)
shutil.copytree("a", "c"); shutil.move("c/two.txt", "three.txt"); os.symlink("three.txt", "link")
print(sorted(glob.glob("**/*.txt", recursive=True)), os.readlink("link"), os.path.realpath("link"))
with tempfile.TemporaryDirectory() as d: Path(d, "x").touch(); print(os.listdir(d))
print(os.path.exists(d)); shutil.rmtree("c"); print(sorted(os.listdir()))
for action in (lambda: Path("none").read_text(), lambda: os.rmdir("a"), lambda: open("/etc")):
    try: action()
    except OSError as e: print(type(e).__name__, e)
END

### files written with one tool and read with another
seq 5 > numbers
python3 -c 'import pathlib; p = pathlib.Path("numbers"); p.write_text("".join(f"{int(x) ** 2}\n" for x in p.read_text().split()))'
awk '{ n += $1 } END { print n }' numbers
sed -i 's/^1/one/' numbers; python3 -c 'print(open("numbers").readlines())'

### sqlite3
python3 <<'END'
import sqlite3
db = sqlite3.connect("test.db")
with db:
    db.execute("create table t(id integer primary key, name text unique, n real)")
    db.executemany("insert into t(name, n) values (?, ?)", [("a", 1.5), ("b", 2.5), ("ü", None)])
print(db.execute("select * from t order by n desc").fetchall(), db.total_changes)
db.row_factory = sqlite3.Row
print([dict(r) for r in db.execute("select count(*) c, sum(n) s from t where n > :min", {"min": 1})])
db.create_function("twice", 1, lambda x: x * 2)
print(db.execute("select twice(n), json_extract('{\"k\":[7]}', '$.k[0]') from t").fetchone()[:])
try: db.execute("insert into t(name) values ('a')")
except sqlite3.IntegrityError as e: print(e)
try: db.execute("selekt")
except sqlite3.OperationalError as e: print(e)
print(sqlite3.sqlite_version, len(list(db.iterdump())))
END

### sqlite3 full text and windows
python3 <<'END'
import sqlite3
db = sqlite3.connect(":memory:")
db.execute("create virtual table docs using fts5(body)")
db.executemany("insert into docs values (?)", [("the quick brown fox",), ("lazy dogs",), ("quick dogs",)])
print(db.execute("select rowid, highlight(docs, 0, '[', ']') from docs where docs match 'quick' order by rowid").fetchall())
print(db.execute("with recursive c(x) as (select 1 union all select x + 1 from c where x < 5) select x, sum(x) over (order by x) from c").fetchall())
END

### unittest
cat > test_sums.py <<'END'
import unittest
class Sums(unittest.TestCase):
    def test_right(self): self.assertEqual(1 + 1, 2)
    def test_wrong(self): self.assertEqual([1, 2], [1, 3])
    @unittest.skip("later")
    def test_later(self): pass
END
python3 -m unittest -v 2>&1 | sed 's/in [0-9.]*s/in 0s/'; echo ${PIPESTATUS[0]}
python3 -m unittest test_sums.Sums.test_right 2>&1 | tail -1

### doctest
printf '%s\n' 'def f(x):' '    """' '    >>> f(2)' '    4' '    >>> f(3)' '    7' '    """' '    return x * 2' > d.py
python3 -m doctest d.py; echo $?

### hashes and encodings
python3 <<'END'
import base64, binascii, hashlib, hmac, zlib, struct, uuid
data = b"The quick brown fox"
for name in ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b"): print(name, hashlib.new(name, data).hexdigest())
print(hmac.new(b"key", data, "sha256").hexdigest(), zlib.crc32(data), binascii.hexlify(data[:4]))
print(base64.b64encode(data), base64.urlsafe_b64decode("-_8="), struct.pack(">IhB", 1, -2, 255), struct.unpack("<d", struct.pack("<d", 1.5)))
print(uuid.uuid5(uuid.NAMESPACE_DNS, "example.org"), hashlib.pbkdf2_hmac("sha256", b"p", b"s", 10).hex())
END

### compression and archives
python3 <<'END'
import bz2, gzip, io, lzma, tarfile, zipfile, zlib
data = b"some text " * 1000
for module in (bz2, gzip, lzma, zlib): print(module.__name__, module.decompress(module.compress(data)) == data)
with tarfile.open("a.tar.gz", "w:gz") as tar:
    info = tarfile.TarInfo("dir/file"); info.size = len(data); tar.addfile(info, io.BytesIO(data))
with tarfile.open("a.tar.gz") as tar: print([(m.name, m.size, oct(m.mode)) for m in tar])
with zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED) as z: z.writestr("x/y.txt", data)
with zipfile.ZipFile("a.zip") as z: print(z.namelist(), z.read("x/y.txt") == data, z.testzip())
END
python3 -m zipfile -l a.zip | cut -c1-20; python3 -m tarfile -l a.tar.gz

### xml and html
python3 <<'END'
import xml.etree.ElementTree as ET, html, xml.dom.minidom
from html.parser import HTMLParser
root = ET.fromstring("<r a='1'><i n='x'>one</i><i>two &amp; three</i></r>")
print(root.attrib, [i.text for i in root.findall("i")], root.find("i[@n='x']").text)
ET.SubElement(root, "new").text = "<>"; print(ET.tostring(root)); ET.indent(root); print(ET.tostring(root, encoding="unicode"))
print(html.escape("<a & 'b'>"), html.unescape("&eacute;&#x20ac;"))
try: ET.fromstring("<a><b></a>")
except ET.ParseError as e: print(e)
END

### configuration files
python3 <<'END'
import configparser, sys, tomllib
c = configparser.ConfigParser(); c.read_string("[main]\nhome = /srv\npath: %(home)s/x\n[empty]\nflag = yes\n")
print(c["main"]["path"], c.getboolean("empty", "flag"), c.sections()); c.write(sys.stdout)
print(tomllib.loads('a = 1\n[t]\nlist = ["x", 2.5]\nwhen = 1979-05-27T07:32:00Z\n'))
END

### urllib.parse, shlex, textwrap, string, difflib
python3 <<'END'
import difflib, shlex, string, textwrap, urllib.parse as u
print(u.urlparse("https://user@host:80/p/a?q=1&r=%20#f"), u.quote("a b/ü"), u.urlencode({"a": "1 2", "b": ["x"]}), u.parse_qs("a=1&a=2"))
print(shlex.split("a 'b c' \"d\\\"e\""), shlex.quote("it's"), textwrap.fill("word " * 20, 30), textwrap.dedent("  a\n    b"), sep="\n")
print(string.Template("$a ${b}").substitute(a=1, b=2), *difflib.unified_diff(["a\n", "b\n"], ["a\n", "c\n"], "x", "y"), sep="")
END

### statistics and random with a seed
python3 -c '
import random, statistics
random.seed(42); print(random.random(), random.randint(1, 100), random.sample(range(50), 5), random.choice("abc"), random.gauss(0, 1))
print(statistics.mean([1, 2, 4]), statistics.median([3, 1, 2]), statistics.stdev([1, 2, 3, 4]))'

### logging
python3 -c '
import logging
logging.basicConfig(level=logging.INFO, format="%(levelname)s:%(name)s:%(message)s")
logging.debug("no"); logging.info("yes %d", 1); logging.getLogger("x").error("bad")
try: 1 / 0
except ZeroDivisionError: logging.exception("failed")'

### pickle and copy
python3 -c '
import copy, pickle
d = {"a": [1, (2, 3)], "s": {4}}
print(pickle.loads(pickle.dumps(d)) == d, pickle.dumps([1, "x"], protocol=2)); c = copy.deepcopy(d); c["a"].append(9); print(d)'

### enum, typing, abc, contextlib
python3 <<'END'
from abc import ABC, abstractmethod
from contextlib import contextmanager, suppress, ExitStack
from enum import Enum, Flag, auto
from typing import Optional, get_type_hints
class Color(Enum): RED = 1; BLUE = auto()
class Perm(Flag): R = 4; W = 2
print(Color.BLUE, Color(1), list(Color), Perm.R | Perm.W)
class Base(ABC):
    @abstractmethod
    def f(self): ...
try: Base()
except TypeError as e: print(e)
@contextmanager
def step(name):
    print("enter", name); yield name; print("leave", name)
with step("a") as a, suppress(KeyError): print(a); {}["x"]
def g(x: Optional[int]) -> str: ...
print(get_type_hints(g))
END

### io and encodings
python3 <<'END'
open("latin", "w", encoding="latin-1").write("äöü\n")
print(open("latin", "rb").read())
try: open("latin").read()
except UnicodeDecodeError as e: print(e)
print(open("latin", errors="replace").read(), "日本".encode("shift_jis"), b"\xff\xfea\0".decode("utf-16"), "é".encode("cp1252"))
with open("f", "w+") as f: f.write("0123456789"); f.seek(4); print(f.read(3), f.tell()); f.truncate(2)
print(open("f").read(), open("f", "a").mode)
END

### ast, dis, inspect, timeit
python3 <<'END'
import ast, inspect, json, sys
print(ast.dump(ast.parse("x = 1 + y")), ast.literal_eval("{'a': [1, 2]}"))
print(inspect.signature(json.dumps), inspect.getsource(json.load).splitlines()[0], eval("3 * 4"))
END
python3 -m timeit -n 1 -r 1 'x = 1' | sed 's/:.*//'; python3 -m py_compile missing.py; echo $?

### http and email without a network
python3 <<'END'
import email.message, email.parser, http, http.cookies, mimetypes
m = email.message.EmailMessage(); m["Subject"] = "Grüße"; m["From"] = "a@example.org"; m.set_content("Text ü\n")
print(m.as_string()); print(email.parser.Parser().parsestr("A: 1\nB: 2\n\nbody").items(), http.HTTPStatus(404).phrase, mimetypes.guess_type("x.html"))
END

### pprint and reprlib
python3 -c 'from pprint import pprint; pprint({"key%d" % i: list(range(i * 3)) for i in range(5)}, width=40, compact=True)'

### heapq, bisect, array, queue, weakref
python3 -c '
import array, bisect, heapq, queue, weakref
h = [5, 1, 4]; heapq.heapify(h); print(heapq.heappop(h), heapq.nlargest(2, h), bisect.insort(h, 3), h)
q = queue.PriorityQueue(); q.put((2, "b")); q.put((1, "a")); print(q.get(), array.array("i", [1, 2]).tobytes())
class A: pass
a = A(); r = weakref.ref(a); del a; print(r())'

### unicodedata and locale
python3 -c '
import unicodedata as u, locale
print(u.name("€"), u.normalize("NFD", "é").encode(), u.category("A"), "ﬁ".casefold(), u.east_asian_width("漢")); print(locale.setlocale(locale.LC_ALL, ""), f"{1234567.891:,.2f}")'

### docstrings and signatures of what is written in C
python3 - <<'END'
import dataclasses, inspect

print(len.__doc__)
print(inspect.signature(len), inspect.signature(object), inspect.signature(str.split))

@dataclasses.dataclass(init=False)
class Point:
    x: int = 0

print(Point.__doc__, Point())
END
python3 -c 'help(abs)'; pydoc3 os.getpid
