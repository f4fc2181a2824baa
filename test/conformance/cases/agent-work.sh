An agent's work from end to end: archives, bugs, data, tests, history, builds, reports, with the tools together.

### unpack an archive, find a bug, fix it, pack it again
mkdir -p release/src release/test; cd release
cat > src/stats.sh <<'SH'
#!/bin/bash
# Prints the mean and the maximum of the numbers on standard input.
sum=0 count=0 max=0
while read -r n; do
  sum=$((sum + n))
  count=$((count + 1))
  if [ "$n" \< "$max" ]; then :; else max=$n; fi
done
echo "mean $((sum / count))"
echo "max $max"
SH
cat > test/run.sh <<'SH'
#!/bin/bash
cd "$(dirname "$0")/.."
expected=$'mean 40\nmax 100'
actual=$(printf '%s\n' 9 100 11 | bash src/stats.sh)
if [ "$actual" = "$expected" ]; then echo PASS; else diff <(echo "$expected") <(echo "$actual"); echo FAIL; exit 1; fi
SH
chmod +x src/*.sh test/*.sh; cd ..
tar czf release.tar.gz --owner=0 --group=0 release && rm -r release
tar xzf release.tar.gz && cd release && ls -R .
./test/run.sh; echo "status $?"
grep -rn '\\<' src
cp src/stats.sh /tmp/stats.orig
sed -i 's/\[ "\$n" \\< "\$max" \]/[ "$n" -lt "$max" ]/' src/stats.sh
diff -u --label a/src/stats.sh --label b/src/stats.sh /tmp/stats.orig src/stats.sh > ../fix.patch; cat ../fix.patch
./test/run.sh; echo "status $?"
: | bash src/stats.sh; echo "status $?"
cd .. && tar cJf fixed.tar.xz release && tar tJf fixed.tar.xz | sort
rm -r release && tar xzf release.tar.gz && cd release && patch -p1 < ../fix.patch && ./test/run.sh; rm /tmp/stats.orig

### query CSV with awk and sqlite, and compare
awk 'BEGIN { srand(7); print "id,region,product,units,price"; split("north south east west", r, " "); split("bolt nut washer \"screw, long\"", p, " ");
  for (i = 1; i <= 200; i++) printf "%d,%s,%s,%d,%.2f\n", i, r[i % 4 + 1], (i % 5 == 4 ? "\"screw, long\"" : p[i % 3 + 1]), i * 37 % 41, (i * 53 % 97) / 7 }' > sales.csv
head -n 6 sales.csv; wc -l sales.csv
awk -v FPAT='([^,]*)|("[^"]*")' 'NR > 1 { units[$2] += $4; total[$2] += $4 * $5 }
  END { for (k in units) printf "%s %d %.2f\n", k, units[k], total[k] }' sales.csv | sort > by-awk
sqlite3 sales.db <<'SQL'
.mode csv
.import sales.csv sales
.mode list
.separator " "
SELECT region, sum(units), printf('%.2f', sum(units * price)) FROM sales GROUP BY region ORDER BY region;
SQL
sqlite3 -separator ' ' sales.db "SELECT region, sum(units), printf('%.2f', sum(units*price)) FROM sales GROUP BY region ORDER BY region" > by-sqlite
diff by-awk by-sqlite && echo same
sqlite3 -header -column sales.db "SELECT product, count(*) AS n, max(CAST(price AS REAL)) AS dearest FROM sales GROUP BY 1 ORDER BY n DESC, product"
sqlite3 sales.db "WITH r AS (SELECT region, product, sum(units) u FROM sales GROUP BY 1, 2) SELECT region, product, u, rank() OVER (PARTITION BY region ORDER BY u DESC) FROM r ORDER BY 1, 4, 2" | head -n 8
sqlite3 -json sales.db "SELECT region, sum(units) AS units FROM sales GROUP BY 1" | jq -c 'sort_by(-.units) | map("\(.region)=\(.units)")'
sqlite3 sales.db 'SELECT * FROM nosuch'; echo "status $?"

### transform JSON with jq into a configuration
cat > services.json <<'JSON'
{"services": [
  {"name": "api", "port": 8080, "env": {"LOG": "info", "DB": "postgres://db:5432/app"}, "replicas": 3, "depends": ["db", "cache"]},
  {"name": "db", "port": 5432, "env": {}, "replicas": 1},
  {"name": "cache", "port": 6379, "replicas": 2, "env": {"MAX": 1073741824}},
  {"name": "worker", "env": {"LOG": "debug", "QUEUE": "täglich \"jobs\""}, "replicas": 0, "depends": ["db"]}
], "version": "1.4.2"}
JSON
jq -r '.services[] | select(.replicas > 0) | "\(.name):\(.port // "none") x\(.replicas)"' services.json
jq -S '{version, names: [.services[].name], total: ([.services[].replicas] | add)}' services.json
jq -r '.services[] | .name as $s | .env | to_entries[] | "\($s | ascii_upcase)_\(.key)=\(.value | @sh)"' services.json | tee app.env
set -a; . ./app.env; set +a; printf '%s|' "$API_LOG" "$CACHE_MAX" "$WORKER_QUEUE"; echo
jq -e '[.services[].depends // [] | .[]] - [.services[].name] | length == 0' services.json; echo "status $?"
jq -r '[.services[] | {key: .name, value: (.depends // [])}] | from_entries as $d
  | def order($done): if ($done | length) == ($d | length) then $done
      else order($done + [[$d | to_entries[] | select((.key as $k | $done | index($k) | not) and (.value - $done == [])) | .key] | sort | .[0]]) end;
  order([]) | join(" < ")' services.json
for s in $(jq -r '.services[].name' services.json); do
  jq --arg s "$s" '.services[] | select(.name == $s) | del(.name) | .env |= with_entries(.value |= tostring)' services.json > "$s.json"
done; ls *.json; jq -s 'map(.replicas) | {min: min, max: max}' api.json db.json cache.json worker.json
jq '.services[0].nosuch.deeper, (.services | map(select(.port == null)) | length)' services.json
jq -n --argjson a '{"x":1}' --slurpfile f db.json '$a + $f[0]' | jq -c .
sed 's/"port": 5432,/"port": 5432/' services.json | jq .; echo "status $?"

### a Python program with its unit tests
mkdir -p inventory tests; touch tests/__init__.py
cat > inventory/__init__.py <<'PY'
"""A small inventory."""
from .store import Inventory, OutOfStock

__all__ = ["Inventory", "OutOfStock"]
PY
cat > inventory/store.py <<'PY'
from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path


class OutOfStock(Exception):
    def __init__(self, name: str, wanted: int, have: int) -> None:
        super().__init__(f"{name}: wanted {wanted}, have {have}")
        self.have = have


@dataclass
class Inventory:
    stock: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, count: int = 1) -> None:
        if count <= 0:
            raise ValueError(f"count must be positive: {count}")
        self.stock[name] += count

    def take(self, name: str, count: int = 1) -> int:
        have = self.stock[name]
        if have > count:
            self.stock[name] = have - count
            return have - count
        raise OutOfStock(name, count, have)

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(self.stock, indent=1, sort_keys=True), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Inventory:
        return cls(Counter(json.loads(path.read_text(encoding="utf-8"))))
PY
cat > tests/test_store.py <<'PY'
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

from inventory import Inventory, OutOfStock


class TestStore(unittest.TestCase):
    def setUp(self):
        self.inventory = Inventory()
        self.inventory.add("bolt", 5)

    def test_take(self):
        self.assertEqual(self.inventory.take("bolt", 2), 3)

    def test_take_all(self):
        self.assertEqual(self.inventory.take("bolt", 5), 0)

    def test_too_many(self):
        with self.assertRaisesRegex(OutOfStock, "wanted 6, have 5") as caught:
            self.inventory.take("bolt", 6)
        self.assertEqual(caught.exception.have, 5)

    def test_bad_counts(self):
        for count in (0, -1):
            with self.subTest(count=count), self.assertRaises(ValueError):
                self.inventory.add("nut", count)

    def test_round_trip(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "ü.json")
            self.inventory.save(path)
            self.assertEqual(Inventory.load(path), self.inventory)

    @patch("inventory.store.json.dumps", return_value="{}")
    def test_save_uses_json(self, dumps):
        with tempfile.TemporaryDirectory() as folder:
            self.inventory.save(Path(folder, "x"))
        dumps.assert_called_once()
PY
python3 -m unittest discover -s tests -t . 2>&1 | sed -E 's/in [0-9.]+s/in TIME/; s|File "/tmp/case/|File "|'
grep -n 'have > count' -r inventory --include='*.py'
sed -i 's/have > count/have >= count/' inventory/store.py
python3 -m unittest -v tests.test_store 2>&1 | sed -E 's/in [0-9.]+s/in TIME/'
python3 - <<'PY'
from pathlib import Path
from inventory import Inventory, OutOfStock
i = Inventory()
i.add("washer", 3)
try:
    i.take("washer", 4)
except OutOfStock as error:
    print(type(error).__name__, error)
i.save(Path("stock.json"))
print(Path("stock.json").read_text())
PY
python3 -c 'from inventory import Inventory; Inventory().add("x", 0)' 2>&1 | tail -n 1
find . -name __pycache__ | sort; python3 -m json.tool --compact stock.json

### bisect a small history
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com}
git init -q -b main .
cat > slug.sh <<'SH'
slug() { printf '%s' "$1" | tr 'A-Z' 'a-z' | tr -cs 'a-z0-9' '-' | sed 's/^-//; s/-$//'; }
SH
commit() { GIT_AUTHOR_DATE="2024-05-01T12:$1:00Z" GIT_COMMITTER_DATE="2024-05-01T12:$1:00Z" git commit -qam "$2"; }
git add .; commit 00 'Slugs'
for i in 01 02 03 04 05 06 07 08 09 10 11 12; do
  echo "# note $i" >> slug.sh
  case $i in
    04) echo 'title() { printf "%s\n" "${1^}"; }' >> slug.sh ;;
    07) sed -i "s/tr -cs 'a-z0-9' '-'/tr -c 'a-z0-9' '-'/" slug.sh ;;
    10) printf 'Read me\n' > README; git add README ;;
  esac
  commit $i "Step $i"
done
git log --oneline | cat
cat > /tmp/check.sh <<'SH'
. ./slug.sh
[ "$(slug 'Hello,  World!')" = hello-world ]
SH
bash /tmp/check.sh; echo "now $?"
git bisect start HEAD HEAD~12; git bisect run bash /tmp/check.sh | grep -v '^running'
git bisect log | grep -v '^#' ; git bisect reset
culprit=$(git log --format=%h --grep='Step 07'); git show --stat --format='%h %an %s' $culprit; git show --format= $culprit -- slug.sh
git revert --no-edit $culprit >/dev/null 2>&1; echo "revert $?"; git status --short
git checkout -q -- . 2>/dev/null; git revert --abort 2>/dev/null; git reset -q --hard
sed -i "s/tr -c 'a-z0-9'/tr -cs 'a-z0-9'/" slug.sh; bash /tmp/check.sh && commit 30 'Squeeze runs again'
git blame -s slug.sh | sed -n 1,3p; git log -3 --format='%s' -- slug.sh; git log -S'tr -c ' --format=%s -- slug.sh; rm /tmp/check.sh

### a project of scripts and pages built by make
mkdir -p content templates
printf 'title: Home\n\nWelcome to *our* pages.\n\nThey are small.\n' > content/index.txt
printf 'title: About & more\n\nMade with make, <sed> and awk.\n' > content/about.txt
cat > templates/page.html <<'T'
<!doctype html>
<title>@TITLE@</title>
<nav>@NAV@</nav>
@BODY@
T
cat > Makefile <<'MK'
PAGES := $(sort $(wildcard content/*.txt))
HTML  := $(PAGES:content/%.txt=site/%.html)
NAV   := $(foreach p,$(PAGES),<a href="$(notdir $(p:.txt=.html))">$(basename $(notdir $(p)))</a>)

.PHONY: all clean check
.DELETE_ON_ERROR:
all: $(HTML) site/sitemap.txt

site/%.html: content/%.txt templates/page.html bin/render.sh | site
	@echo "render $<"
	@NAV='$(NAV)' bash bin/render.sh templates/page.html $< > $@

site/sitemap.txt: $(HTML)
	@printf '%s\n' $(notdir $^) > $@

site:
	mkdir -p $@

check: all
	@for f in $(HTML); do grep -q '^<title>.' $$f && ! grep -Hn '@[A-Z]*@' $$f || exit 1; done; echo checked $(words $(HTML)) pages

clean:
	rm -rf site
MK
mkdir bin
cat > bin/render.sh <<'SH'
escape() { sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'; }
title=$(sed -n 's/^title: //p' "$2" | escape)
body=$(sed '1,/^$/d' "$2" | escape | sed -E 's/\*([^*]+)\*/<em>\1<\/em>/g' | awk 'BEGIN { RS = "" } { print "<p>" $0 "</p>" }')
[ -n "$title" ] || { echo "$2: no title" >&2; exit 1; }
template=$(<"$1")
template=${template//@TITLE@/"$title"}; template=${template//@NAV@/"$NAV"}; template=${template//@BODY@/"$body"}
printf '%s\n' "$template"
SH
make; cat site/about.html; make; make check
touch -d 2020-01-01 site/about.html; make -n | grep -c render; make -s; make
printf 'no title here\n\ntext\n' > content/broken.txt; make -k 2>&1; echo "status $?"; ls site; rm content/broken.txt
make -j3 -B 2>&1 | sort; cat site/sitemap.txt; make clean nosuch; echo "status $?"; ls

### parse a server's log
for i in $(seq 1 300); do
  printf '192.0.2.%d - %s [01/May/2024:%02d:%02d:%02d +0000] "%s /%s HTTP/1.1" %d %d "-" "%s"\n' $((i * 7 % 11)) \
    "$( ((i % 9)) && echo - || echo ada)" $((i / 60 + 8)) $((i % 60)) $((i * 17 % 60)) "$( ((i % 4)) && echo GET || echo POST)" \
    "$(case $((i % 6)) in 0) echo login;; 1) echo 'api/users?id='$((i % 13));; 2) echo index.html;; 3) echo 'img/ä b.png' | sed 's/ /%20/g';; 4) echo ../../etc/passwd;; 5) echo static/app.js;; esac)" \
    $((i % 6 == 4 ? 403 : i % 25 == 0 ? 500 : i % 6 == 0 ? 302 : 200)) $((i * 131 % 9000)) "$( ((i % 3)) && echo 'Mozilla/5.0 (X11)' || echo curl/8.0)"
done > access.log
awk '{ n[$1]++ } END { for (k in n) print n[k], k }' access.log | sort -k1,1nr -k2 | head -n 5
awk '{ split($4, t, ":"); c[t[2]][$9]++ } END { n = asorti(c, hours); for (i = 1; i <= n; i++) { line = hours[i]; for (s in c[hours[i]]) seen[s]; m = asorti(seen, codes); for (j = 1; j <= m; j++) line = line sprintf("\t%s=%d", codes[j], c[hours[i]][codes[j]]); print line } }' access.log
grep -oP '"(GET|POST) \K[^? ]+' access.log | sort | uniq -c | sort -rn
grep ' 500 ' access.log | sed -E 's/^([^ ]+) .*\[([^]]+)\] "([^"]*)" .*/\2 \1 \3/' | sort | head -n 4
awk -F'"' '{ agent[$6]++; split($3, a, " "); bytes[$6] += a[2] } END { for (k in agent) printf "%-20s %4d %8.1f KiB\n", k, agent[k], bytes[k] / 1024 }' access.log | sort
grep -c 'passwd' access.log; grep 'passwd' access.log | awk '{ print $1 }' | sort -u | paste -sd,
awk '$9 >= 400 { e++ } END { printf "%.2f%% errors of %d\n", 100 * e / NR, NR }' access.log
sort -t'"' -k3.6n access.log | tail -n 1 | cut -d' ' -f1,7,9,10
split -l 100 -d --additional-suffix=.log access.log part-; wc -l part-*; gzip -k part-0*.log; zgrep -c ' 403 ' part-*.log.gz; zcat part-*.gz | cmp - access.log && echo whole
awk '{ print $10 }' access.log | sort -n | awk '{ v[NR] = $1 } END { printf "median %d p95 %d max %d\n", v[int(NR / 2)], v[int(NR * .95)], v[NR] }'

### a report in Markdown and HTML out of several sources
cat > people.csv <<'CSV'
name,team,start
"Lovelace, Ada",core,2021-03-01
Grace Hopper,tools,2020-11-15
"Turing, Alan ""Prof""",core,2022-07-09
Edsger,,2023-01-31
CSV
cat > hours.json <<'JSON'
[{"name": "Lovelace, Ada", "hours": [8, 7.5, 8]}, {"name": "Grace Hopper", "hours": [6, 9]}, {"name": "Edsger", "hours": []}]
JSON
python3 - <<'PY' > report.md
import csv, json
from datetime import date
from statistics import mean
hours = {p["name"]: p["hours"] for p in json.load(open("hours.json"))}
rows = list(csv.DictReader(open("people.csv", newline="")))
print("# Hours\n\n| name | team | days | total | mean |\n|---|---|--:|--:|--:|")
for row in sorted(rows, key=lambda r: (r["team"] or "~", r["name"])):
    h = hours.get(row["name"])
    days = (date(2024, 5, 1) - date.fromisoformat(row["start"])).days
    total = f"{sum(h):g}" if h is not None else "?"
    average = f"{mean(h):.2f}" if h else "-"
    print(f"| {row['name']} | {row['team'] or 'none'} | {days} | {total} | {average} |")
print("\nWithout hours: " + ", ".join(sorted(r["name"] for r in rows if not hours.get(r["name"]))))
PY
cat report.md
awk -F' *\\| *' '/^\| / && NR > 3 { n[$3]++; t[$3] += $5 } END { for (k in n) print k, n[k], t[k] }' report.md | sort
python3 - <<'PY'
import html, re
rows = [re.split(r"\s*\|\s*", line.strip().strip("|").strip()) for line in open("report.md") if line.startswith("|") and "--" not in line]
out = ["<table>"]
for i, cells in enumerate(rows):
    tag = "td" if i else "th"
    out.append("<tr>" + "".join(f"<{tag}>{html.escape(c)}</{tag}>" for c in cells) + "</tr>")
out.append("</table>")
open("report.html", "w").write("\n".join(out) + "\n")
PY
cat report.html; column -t -s, people.csv | head -n 2; sed -n '/^|/p' report.md | column -t -s'|' | sed 's/ *$//'
cut -d, -f1 people.csv | head -n 3; fold -s -w 30 report.md | tail -n 3; sha256sum report.md | cut -c1-16

### rename and clean up a tree of files
mkdir -p 'photos/2023 trip' photos/misc; for n in 'IMG 001.JPG' 'img_002.jpeg' 'Scan#3.Jpg' 'notes.txt' '.hidden.jpg' $'odd\nname.jpg' '-dash.jpg'; do printf '%s' "$n" > "photos/2023 trip/$n"; done
cp -- photos/2023\ trip/-dash.jpg photos/misc/copy.jpg; printf x > photos/misc/unique.png; : > photos/misc/empty.log; ln -s nowhere photos/misc/broken
find photos -type f -iname '*.jp*g' -print0 | sort -z | while IFS= read -r -d '' f; do
  dir=$(dirname -- "$f") base=$(basename -- "$f")
  new=$(printf '%s' "$base" | tr 'A-Z \n#' 'a-z___' | sed -E 's/\.jpe?g$/.jpg/; s/^-+//')
  [[ $base == "$new" ]] && { printf 'keep   %q\n' "$base"; continue; }
  if [[ -e $dir/$new ]]; then printf 'exists %q\n' "$new"; else mv -- "$f" "$dir/$new" && printf 'mv     %q -> %s\n' "$base" "$new"; fi
done
find photos -mindepth 1 | sort | cat -A
find photos -type f -exec md5sum {} + | sort | awk '{ k = $1; sub(/^[^ ]+ +/, ""); if (k == last) print "duplicate: " $0 " = " file; last = k; file = $0 }'
find photos -xtype l -print -delete; find photos -empty -type f -print -delete; find photos -type d -empty -print
find photos -type f -printf '%s %P\n' | sort -k2; find photos -name '.*' -type f | sed 's|.*/||'
mkdir out; find photos -name '*.jpg' ! -name '.*' -exec cp -t out {} +; ls out; du -ab out | sort -k2 | awk '{ print $2 }'
(cd out && zip -qX ../out.zip -- *) && unzip -Z1 out.zip | sort; rm -r 'photos/2023 trip' && find photos | sort

### migrate a database and check it
sqlite3 app.db <<'SQL'
PRAGMA foreign_keys = ON;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, mail TEXT UNIQUE);
CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users(id), total REAL, day TEXT);
INSERT INTO users (name, mail) VALUES ('Ada', 'ada@example.com'), ('Grace', 'grace@example.com'), ('Alan', NULL);
INSERT INTO orders (user_id, total, day) SELECT 1 + value % 2, value * 1.25, date('2024-01-01', '+' || value || ' days') FROM generate_series(1, 10);
SQL
mkdir migrations
cat > migrations/001_cents.sql <<'SQL'
ALTER TABLE orders ADD COLUMN cents INTEGER;
UPDATE orders SET cents = CAST(round(total * 100) AS INTEGER);
ALTER TABLE orders DROP COLUMN total;
SQL
cat > migrations/002_search.sql <<'SQL'
CREATE VIRTUAL TABLE notes USING fts5(title, body);
INSERT INTO notes VALUES ('first', 'the quick brown fox'), ('second', 'a lazy dog'), ('third', 'foxes and dogs');
SQL
cat > migrations/003_broken.sql <<'SQL'
CREATE TABLE extra (id INTEGER);
INSERT INTO nosuch VALUES (1);
SQL
migrate() {
  local file version current
  for file in migrations/*.sql; do
    version=$(basename "$file" | sed 's/^0*\([0-9]*\).*/\1/'); current=$(sqlite3 app.db 'PRAGMA user_version')
    (( version <= current )) && { echo "skip $file"; continue; }
    if sqlite3 -bail app.db "BEGIN" ".read $file" "PRAGMA user_version = $version" "COMMIT" 2>err; then echo "done $file"; else echo "FAILED $file: $(head -n 1 err)"; return 1; fi
  done
}
migrate; echo "status $?"; migrate; sqlite3 app.db .tables 'PRAGMA user_version' 'PRAGMA integrity_check'
rm migrations/003*; migrate && echo up to date
sqlite3 -box app.db "SELECT name, count(o.id) AS orders, coalesce(sum(cents), 0) / 100.0 AS total FROM users u LEFT JOIN orders o ON o.user_id = u.id GROUP BY u.id ORDER BY total DESC"
sqlite3 app.db "SELECT title, snippet(notes, 1, '[', ']', '…', 3) FROM notes WHERE notes MATCH 'fox* NOT lazy' ORDER BY rank"
sqlite3 app.db "INSERT INTO users (name, mail) VALUES ('X', 'ada@example.com')"; echo "status $?"
sqlite3 app.db "SELECT strftime('%Y-%m', day) AS m, json_group_array(cents) FROM orders GROUP BY m"
sqlite3 app.db ".mode insert users" "SELECT * FROM users" > dump.sql; cat dump.sql; sqlite3 app.db .dump | sqlite3 copy.db; sqlite3 copy.db 'SELECT count(*), sum(cents) FROM orders'
python3 -c '
import sqlite3
db = sqlite3.connect("app.db")
db.row_factory = sqlite3.Row
for row in db.execute("SELECT u.name, max(o.day) AS last FROM users u JOIN orders o ON o.user_id = u.id WHERE cents > ? GROUP BY u.id", (300,)): print(dict(row))
'

### refactor names over a code base
mkdir -p lib app; cat > lib/util.py <<'PY'
def getUserName(user):
    return user["userName"]

def getUserAge(user, defaultAge=0):
    # getUserAge never fails
    return user.get("age", defaultAge)
PY
cat > app/main.py <<'PY'
import sys
sys.path.insert(0, "lib")
from util import getUserName, getUserAge

people = [{"userName": "Ada", "age": 36}, {"userName": "Bob"}]
for p in people:
    print(getUserName(p), getUserAge(p), "getUserName")
PY
printf 'Call `getUserName(user)`; see getUserAgeing.\n' > NOTES.md
python3 app/main.py
grep -rlw 'getUser\(Name\|Age\)' . | sort
grep -rhoE '\b[a-z]+([A-Z][a-z]+)+\b' --include='*.py' . | sort | uniq -c | sort -k1,1nr -k2
snake() { sed -E 's/([a-z])([A-Z])/\1_\L\2/g' <<<"$1"; }
for name in getUserName getUserAge defaultAge; do
  grep -rlw "$name" --include='*.py' --include='*.md' . | xargs sed -i "s/\\b$name\\b/$(snake $name)/g"
done
grep -rn 'get_user\|default_age' . | sort; grep -rnw 'getUserAgeing' .; python3 app/main.py
python3 - <<'PY'
import ast, pathlib
for path in sorted(pathlib.Path(".").rglob("*.py")):
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            print(path, node.name, [a.arg for a in node.args.args], node.lineno)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            print(path, "calls", node.func.id, node.lineno)
PY
python3 -m py_compile lib/util.py app/main.py && echo compiles; sed -i 's/return user\[/return return user[/' lib/util.py; python3 app/main.py 2>&1 | tail -n 4 | sed 's|/tmp/case/||'

### merge two lines of work with a conflict
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; cat > config.ini <<'INI'
[server]
host = localhost
port = 80
[client]
retries = 3
INI
printf '*.log\nbuild/\n' > .gitignore; git add .; git commit -qm 'Start'; git tag v0.1
git switch -qc feature; sed -i 's/port = 80/port = 8080/; s/retries = 3/retries = 5/' config.ini; echo 'def run(): pass' > run.py; git add .; git commit -qm 'Port and runner'
git switch -q main; sed -i 's/port = 80/port = 443/' config.ini; echo '# Notes' > NOTES; git add .; git commit -qm 'TLS port'
mkdir build; echo x > build/out; echo y > debug.log; git status --short --ignored
git merge feature; echo "status $?"; git status --short; git diff --name-only --diff-filter=U; cat config.ini
git checkout --theirs config.ini && sed -i 's/8080/8443/' config.ini && git add config.ini && git commit -qm 'Merge feature' && git log --graph --oneline --decorate | cat
git diff v0.1 --stat; git show HEAD --format=%s -- config.ini; git branch --merged; git branch -d feature
echo temp >> NOTES; echo new > new.txt; git stash -qu; git status -s; git stash pop; git restore NOTES; git clean -fd
git switch -qc topic; for i in 1 2 3; do echo $i >> NOTES; git commit -qam "note $i"; done; GIT_SEQUENCE_EDITOR='sed -i "2,\$s/^pick/fixup/"' git rebase -qi main; git log --oneline -2; git cherry-pick nosuch; echo "status $?"
git format-patch -1 --stdout | sed '/^[0-9]*\.[0-9]*\.[0-9]*/d' | sed -n '4,/^---/p'; git shortlog -sn HEAD; git describe --tags; git archive HEAD | tar t; git fsck --no-progress

### check a release: checksums, permissions, secrets
mkdir -p pkg/bin pkg/etc pkg/share; printf '#!/bin/sh\necho run\n' > pkg/bin/tool; chmod 755 pkg/bin/tool; printf 'user=admin\npassword=hunter2\n' > pkg/etc/app.conf; chmod 666 pkg/etc/app.conf
printf 'AKIAIOSFODNN7EXAMPLE\n' > pkg/share/readme; printf '#!/usr/bin/env python3\nprint(1)\n' > pkg/bin/helper; chmod 644 pkg/bin/helper; head -c 5000 /dev/zero > pkg/share/blob; ln -s ../bin/tool pkg/share/link; ln pkg/bin/tool pkg/bin/tool2; mkdir -m 1777 pkg/tmp
problems=0; problem() { printf 'PROBLEM %-10s %s\n' "$1" "$2"; problems=$((problems + 1)); }
while IFS= read -r f; do problem writable "$f"; done < <(find pkg -perm -o+w ! -type l ! -perm -1000 | sort)
while IFS= read -r f; do head -c2 "$f" | grep -q '#!' && [ ! -x "$f" ] && problem mode "$f"; done < <(find pkg -type f | sort)
while IFS=: read -r f line _; do problem secret "$f:$line"; done < <(grep -rnE 'password=|AKIA[0-9A-Z]{16}' pkg | sort)
find pkg -links +1 -type f | sort | paste -sd' '; find pkg -type f -size +4k; find pkg -type l -printf '%p -> %l\n'
file -b pkg/bin/tool pkg/bin/helper pkg/share/blob; stat -c '%A %a %U:%G %n' pkg/* pkg/etc/app.conf
(cd pkg && find . -type f -print0 | sort -z | xargs -0 sha256sum) > SHA256SUMS; wc -l < SHA256SUMS; (cd pkg && sha256sum -c --quiet ../SHA256SUMS) && echo intact
printf 'x' >> pkg/etc/app.conf; rm pkg/bin/helper; (cd pkg && sha256sum -c ../SHA256SUMS 2>&1 | grep -v OK); echo "problems $problems"
tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf - pkg | sha256sum | cut -c1-12; tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf a.tar pkg; tar tvf a.tar | awk '{ print $1, $3, $6, $7, $8 }'
install -D -m 640 pkg/etc/app.conf root/etc/app/app.conf && stat -c %a root/etc/app/app.conf; umask 027; mkdir private; touch private/f; stat -c '%a %n' private private/f

### a work queue with parallel workers
mkdir queue done failed; for i in $(seq -w 1 24); do printf 'n=%d\n' "$((10#$i))" > queue/job-$i; done; echo 'n=' > queue/job-25
worker() {
  local id=$1 job n
  while :; do
    exec 9>lock; flock 9
    job=$(find queue -name 'job-*' | sort | head -n 1)
    [ -n "$job" ] || { flock -u 9; return; }
    mv "$job" "taken-$id"; flock -u 9
    . "./taken-$id"
    if [ -z "$n" ]; then mv "taken-$id" "failed/$(basename "$job")"; continue; fi
    echo $((n * n)) > "done/$(basename "$job")"; rm "taken-$id"
  done
}
for w in 1 2 3 4; do worker $w & done; wait; ls queue | wc -l; ls done | wc -l; ls failed; cat done/* | sort -n | tail -n 3; cat done/* | paste -sd+ | bc
printf '%s\n' 5 3 8 1 | xargs -P 3 -I{} sh -c 'sleep 0.0{}; echo {} >> order; exit $(( {} == 8 ))'; echo "xargs $?"; sort -n order | paste -sd' '
mkfifo results; (for i in 1 2 3; do (echo "result $i") & done; wait) > results & sort results; wait
timeout 0.2 sh -c 'trap "echo stopping; exit 3" TERM; while :; do :; done'; echo "timeout $?"
pids=(); for s in 0 7 0 9; do (exit $s) & pids+=($!); done; bad=0; for p in "${pids[@]}"; do wait "$p" || bad=$((bad + $?)); done; echo "bad $bad"
coproc CALC { while read -r e; do echo $((e)); done; }; echo '6 * 7' >&"${CALC[1]}"; read -r answer <&"${CALC[0]}"; echo "answer $answer"; kill $CALC_PID; wait $CALC_PID 2>/dev/null; echo "ended $?"

### command line arguments, usage, and tests of them
cat > tool <<'SH'
#!/usr/bin/env bash
set -euo pipefail
usage() { cat <<USAGE
Usage: ${0##*/} [-v] [-o FILE] [--format=text|json] NAME...
USAGE
}
die() { echo "${0##*/}: $*" >&2; exit 2; }
parsed=$(getopt -o vo:h -l verbose,output:,format:,help -n tool -- "$@") || { usage >&2; exit 2; }
eval set -- "$parsed"
verbose=0 output=/dev/stdout format=text
while true; do
  case $1 in
    -v | --verbose) verbose=$((verbose + 1)); shift ;;
    -o | --output) output=$2; shift 2 ;;
    --format) format=$2; shift 2 ;;
    -h | --help) usage; exit ;;
    --) shift; break ;;
  esac
done
[[ $format == @(text|json) ]] || die "unknown format '$format'"
(( $# )) || die 'no names'
(( verbose )) && echo "format=$format names=$# level=$verbose" >&2
render() {
  case $format in
    text) printf 'Hello, %s!\n' "$@" ;;
    json) printf '%s\0' "$@" | jq -Rsc 'split("\u0000")[:-1] | {names: ., count: length}' ;;
  esac
}
render "$@" > "$output"
SH
chmod +x tool; t() { local want=$1; shift; local out status=0; out=$("$@" 2>&1) || status=$?; if (( status == want )); then echo "ok   ($status) ${*@Q}"; else echo "FAIL ($status, not $want) ${*@Q}"; fi; sed 's/^/       /' <<<"$out"; }
t 0 ./tool Ada 'Grace Hopper'; t 0 ./tool --format json 'a "b"' ü $'new\nline'; t 2 ./tool; t 2 ./tool --format=xml x; t 2 ./tool -q; t 0 ./tool -vv --output=out.txt -- -dash; cat out.txt; t 0 ./tool --help; t 2 ./tool -o; t 0 ./tool --verb x; t 1 ./tool -o /nonexistent/x y
while getopts ':a:bc' o -a 1 -b -x -c rest; do echo "$o ${OPTARG-}"; done; echo "rest from $OPTIND"
python3 - --level 3 --names a b -- extra <<'PY'
import argparse
p = argparse.ArgumentParser(prog="py", exit_on_error=False)
p.add_argument("--level", type=int, choices=range(5), default=1); p.add_argument("--names", nargs="+"); p.add_argument("rest", nargs="*")
print(p.parse_args())
print(p.format_usage().strip())
try: p.parse_args(["--level", "9"])
except argparse.ArgumentError as e: print(e)
PY
bash -n tool && echo 'syntax ok'; printf 'if true; then\n' > bad.sh; bash -n bad.sh; echo "status $?"

### text extracted, counted and compared
cat > book.txt <<'TXT'
It was the best of times, it was the worst of times, it was the age of wisdom,
it was the age of foolishness, it was the epoch of belief, it was the epoch of
incredulity, it was the season of Light, it was the season of Darkness, it was
the spring of hope, it was the winter of despair — we had everything before us,
we had nothing before us; naïve and café-going we were all going direct to Heaven.
TXT
tr -cs '[:alpha:]' '\n' < book.txt | tr 'A-Z' 'a-z' | sort | uniq -c | sort -k1,1nr -k2 | head -n 6
grep -oE '\b[A-Z][a-z]+' book.txt | sort -u | paste -sd,; grep -n --color=never -w 'epoch' book.txt; grep -c 'the' book.txt; grep -o 'the' book.txt | wc -l
awk '{ for (i = NF; i > 0; i--) printf "%s%s", $i, (i > 1 ? " " : "\n") }' book.txt | head -n 1; rev book.txt | head -n 1; tac book.txt | head -n 1; fmt -w 50 book.txt | awk '{ print length, $0 }' | head -n 4
wc book.txt; wc -m < book.txt; awk '{ n += length } END { print n }' book.txt; sed -E 's/\b(it|we) (was|had)\b/[\1 \2]/Ig' book.txt | head -n 2
python3 - <<'PY'
import re, collections, textwrap, difflib
text = open("book.txt", encoding="utf-8").read()
words = re.findall(r"\w+", text.lower())
print(len(words), len(set(words)), collections.Counter(words).most_common(3))
print(sorted(w for w in set(words) if not w.isascii()))
print(textwrap.shorten(text, 40), [len(l) for l in textwrap.wrap(text, 60)])
a, b = text.splitlines()[:2]
print(round(difflib.SequenceMatcher(None, a, b).ratio(), 3))
print("".join(difflib.unified_diff(["a\n", "b\n"], ["a\n", "c\n"], "x", "y")), end="")
PY
sed 's/, it was/\n&/g' book.txt | sed 's/^, //' > lines.txt; sort -u lines.txt | wc -l; comm -12 <(sort -u lines.txt) <(sort -u book.txt); join <(printf '1 a\n2 b\n') <(printf '1 x\n3 y\n') -a1 -e- -o0,1.2,2.2
diff <(head -n 2 book.txt | tr ' ' '\n') <(sed -n 2,3p book.txt | tr ' ' '\n') | grep -c '^[<>]'; cut -c1-10 book.txt | nl -w2 -s'. '; paste -d'|' <(seq 3) <(seq 4 6) <(seq 7 8); expand -t4 <(printf 'a\tb\n'); od -c book.txt | sed -n '/342/p' | head -n 1
csplit -s -f chap- book.txt '/season/' && wc -l chap-*; awk 'BEGIN { RS = ""; FS = "[,;.]" } { print NF }' book.txt; tr -d '\n' < book.txt | fold -w 100 | wc -l

### an XML feed and a table of it
cat > feed.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:dc="http://purl.org/dc/elements/1.1/">
  <entry id="1"><title>First &amp; foremost</title><dc:date>2024-05-03</dc:date><tag>news</tag><tag>top</tag></entry>
  <entry id="2"><title><![CDATA[Raw <b>bold</b>]]></title><dc:date>2024-04-30</dc:date></entry>
  <entry id="3" draft="yes"><title>Grüße</title><dc:date>2024-05-01</dc:date><tag>news</tag></entry>
</feed>
XML
python3 - <<'PY' > feed.json
import json, xml.etree.ElementTree as ET
ns = {"dc": "http://purl.org/dc/elements/1.1/"}
entries = [
    {"id": int(e.get("id")), "title": e.findtext("title"), "date": e.findtext("dc:date", namespaces=ns), "tags": [t.text for t in e.iterfind("tag")], "draft": e.get("draft") == "yes"}
    for e in ET.parse("feed.xml").getroot().iter("entry")
]
json.dump(entries, __import__("sys").stdout, ensure_ascii=False)
PY
jq -c '.[]' feed.json; jq -r 'sort_by(.date) | .[] | select(.draft | not) | [.date, .title, (.tags | join("+"))] | @tsv' feed.json
jq -r '(["id","title","date"] | @csv), (.[] | [.id, .title, .date] | @csv)' feed.json | tee feed.csv
sqlite3 :memory: '.mode csv' '.import feed.csv f' '.mode line' "SELECT * FROM f WHERE title LIKE '%<b>%' OR date > '2024-05-02' ORDER BY date"
jq '[.[].tags[]] | group_by(.) | map({(.[0]): length}) | add' feed.json; jq -r '.[0].title | @html, @uri, @base64, @json' feed.json
python3 -c '
import xml.dom.minidom, html.parser
class P(html.parser.HTMLParser):
    def handle_starttag(self, tag, attrs): print("start", tag, attrs)
    def handle_data(self, data): print("data", repr(data))
P().feed("<p class=x>a &lt; b<br></p>")
print(xml.dom.minidom.parseString("<a><b/></a>").toprettyxml(indent=" "))'
sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p' feed.xml; awk -F'[<>]' '/entry/ { print $5 }' feed.xml; sed 's|</feed>||' feed.xml > broken.xml; python3 -c 'import xml.etree.ElementTree as E; E.parse("broken.xml")' 2>&1 | tail -n 1

### dates, schedules and time zones
export TZ=UTC0
for d in 2024-02-28 2023-12-31 2024-03-31; do date -d "$d + 1 day" '+%F %a week %V day %j'; done
today=2024-05-15; for i in 0 1 2 3; do date -d "$today + $((i * 14)) days" +%F; done | paste -sd' '; echo $(( ($(date -d 2024-12-25 +%s) - $(date -d $today +%s)) / 86400 )) days
date -d @1714564800 -Is; date -u -d '1 May 2024 14:30 +0200' +%T; TZ=EST5EDT,M3.2.0,M11.1.0 date -d @1714564800 '+%F %T %Z %z'; TZ='<+0530>-5:30' date -d @0 '+%F %T %z'; date -d 'not a date'; echo "status $?"; date -d '2024-02-30' 2>&1
cat > crontab <<'C'
# m h dom mon dow command
*/15 9-10 * * 1-5 sync
0 3 1 * * backup --full
30 22 * * 0 report
C
awk '!/^#/ { n = 0; split($1, m, "/"); if ($1 ~ /^\*\//) { for (i = 0; i < 60; i += m[2]) min[n++] = i } else min[n++] = $1; if (split($2, h, "-") < 2) h[2] = h[1]; printf "%s:", $6; for (k = h[1]; k <= h[2]; k++) for (i = 0; i < n; i++) printf " %02d:%02d", k, min[i]; print ""; delete min }' crontab
python3 - <<'PY'
from datetime import datetime, timedelta, timezone, date
import calendar
t = datetime(2024, 5, 1, 12, tzinfo=timezone.utc)
print(t.isoformat(), t.astimezone(timezone(timedelta(hours=5, minutes=30))).strftime("%c %z"), t.timestamp())
print([str(date(2024, m, calendar.monthrange(2024, m)[1])) for m in (1, 2, 12)], date.fromisocalendar(2024, 53 - 1, 7))
print(datetime.strptime("Wed, 01 May 2024 12:00:00 GMT", "%a, %d %b %Y %H:%M:%S %Z"), timedelta(days=1.5, seconds=3), (date(2024, 3, 1) - date(2024, 2, 1)).days)
print(calendar.month(2024, 2))
PY
printf '%(%F %H:%M)T\n' 0; printf '%s\n' 3d 90m 1h30m 45s | while read -r d; do total=0; rest=$d; while [[ $rest =~ ^([0-9]+)([dhms])(.*)$ ]]; do case ${BASH_REMATCH[2]} in d) f=86400;; h) f=3600;; m) f=60;; s) f=1;; esac; total=$((total + BASH_REMATCH[1] * f)); rest=${BASH_REMATCH[3]}; done; echo "$d = $total s"; done
touch -d '2024-01-01' old; touch -d '2024-06-01' new; [ new -nt old ] && echo newer; find . -newermt 2024-03-01 ! -newermt 2024-12-31 -type f; find . -name old -printf '%TY-%Tm-%Td %TH:%TM\n'; stat -c %y old; ls -l --time-style=long-iso old | awk '{ print $6, $7 }'

### numbers: invoices, units and checks
cat > items.tsv <<'T'
bolt	12	0.35	19
nut	100	0.1	19
book	2	24.90	7
T
awk -F'\t' 'BEGIN { OFMT = "%.2f" } { net = $2 * $3; tax[$4] += net * $4 / 100; sum += net; printf "%-6s %4d x %6.2f = %8.2f\n", $1, $2, $3, net } END { for (t in tax) gross += tax[t]; printf "net %.2f\n", sum; n = asorti(tax, k); for (i = 1; i <= n; i++) printf "tax %s%% %.2f\n", k[i], tax[k[i]]; printf "gross %.2f\n", sum + gross }' items.tsv
python3 - <<'PY'
import csv
from decimal import Decimal, ROUND_HALF_EVEN, ROUND_HALF_UP, localcontext
from fractions import Fraction
rows = list(csv.reader(open("items.tsv"), delimiter="\t"))
net = sum(int(n) * Decimal(p) for _, n, p, _ in rows)
tax = sum((int(n) * Decimal(p) * int(t) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP) for _, n, p, t in rows)
print(net, tax, net + tax, f"{float(net):,.3f}", 0.1 + 0.2, Decimal("0.1") + Decimal("0.2"), Fraction(1, 3) + Fraction(1, 6))
print([str(Decimal(x).quantize(Decimal("1"), ROUND_HALF_EVEN)) for x in ("0.5", "1.5", "2.5")], round(2.675, 2), 7 // -2, -7 % 3, divmod(-7, 2), 10**30, (2**64).bit_length())
with localcontext() as c:
    c.prec = 40
    print(Decimal(2).sqrt(), Decimal(1) / 7)
print(f"{255:#x} {255:08b} {1234567.891:_.1f} {0.000012345:.3g} {1e100:.1e} {3:>5}|{3:<5}|{3:^5}|{'x':*^7}")
PY
echo 'scale=20; 4*a(1); e(1); sqrt(2); 2^100' | bc -l; echo 'obase=16; 255; ibase=16; FF' | bc; printf '%d %o %x %e %.3f\n' 0x1F 8 255 12345.678 2.0005; echo $((16#ff)) $((2#1011)) $((-7 / 2)) $((-7 % 3)) $((1 << 40)); numfmt --to=iec 1536 1048576 999; numfmt --from=si 1.5K 2M; seq -s, 0 0.25 1; factor 360 97 1000000007
printf '%s\n' 10 9 8.5 1e1 -3 0x10 | sort -g; printf '%s\n' 1K 2M 512 1G | sort -h; printf '%s\n' v1.10 v1.9 v1.2.3 | sort -V; shuf -i 1-5 --random-source=<(yes) | sort | paste -sd' '
luhn() { local s=0 d i n=${#1}; for ((i = 0; i < n; i++)); do d=${1:n-1-i:1}; ((i % 2)) && { ((d *= 2)); ((d > 9)) && ((d -= 9)); }; ((s += d)); done; ((s % 10 == 0)); }; for c in 4539578763621486 4539578763621487; do luhn $c && echo "$c ok" || echo "$c bad"; done
awk 'BEGIN { printf "%d %s %s %.10g\n", 2^53, 2^53 + 1, 1e6, 1/3; print substr("hello", 2, 3), index("foobar", "bar"), length("ü"), toupper("straße"), strtonum("0x1F"), int(-3.7), 7 % -3 }'; jq -n '[1.0, 1e3, 3.14159, 1e17, -0, 10000000000000000] | map(tostring)' -c

### a small language: a program that reads programs
cat > calc.py <<'PY'
"""Evaluates lines of arithmetic with variables; errors name their place."""
import re
import sys

TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(.))")


class Problem(Exception):
    pass


class Parser:
    def __init__(self, text, names):
        self.tokens = [(m.lastindex, m.group(m.lastindex), m.start(m.lastindex)) for m in TOKEN.finditer(text) if m.lastindex]
        self.at = 0
        self.names = names

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else (0, "end", -1)

    def take(self, *wanted):
        kind, text, _ = self.peek()
        if text in wanted:
            self.at += 1
            return text
        return None

    def line(self):
        if len(self.tokens) > 1 and self.tokens[0][0] == 2 and self.tokens[1][1] == "=":
            self.at = 2
            value = self.names[self.tokens[0][1]] = self.sum()
        else:
            value = self.sum()
        if self.at < len(self.tokens):
            raise Problem(f"unexpected {self.peek()[1]!r} at {self.peek()[2] + 1}")
        return value

    def sum(self):
        value = self.product()
        while op := self.take("+", "-"):
            right = self.product()
            value = value + right if op == "+" else value - right
        return value

    def product(self):
        value = self.power()
        while op := self.take("*", "/"):
            right = self.power()
            if op == "/" and right == 0:
                raise Problem("division by zero")
            value = value * right if op == "*" else value / right
        return value

    def power(self):
        value = self.atom()
        return value ** self.power() if self.take("^") else value

    def atom(self):
        kind, text, at = self.peek()
        if self.take("("):
            value = self.sum()
            if not self.take(")"):
                raise Problem("missing )")
            return value
        if self.take("-"):
            return -self.atom()
        self.at += 1
        if kind == 1:
            return float(text) if "." in text else int(text)
        if kind == 2:
            if text not in self.names:
                raise Problem(f"unknown name {text!r} at {at + 1}")
            return self.names[text]
        raise Problem(f"unexpected {text!r}")


def main():
    names, failed = {}, 0
    for number, line in enumerate(sys.stdin, 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        try:
            print(Parser(line, names).line())
        except Problem as problem:
            failed += 1
            print(f"line {number}: {problem}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
PY
cat > input <<'I'
x = 6 * 7   # the answer
x / 4 - 0.5
2 ^ 3 ^ 2
-(x - 2) * (1 + 1)

y + 1
(1 + 2
10 / (5 - 5)
3 $ 4
I
python3 calc.py < input; echo "status $?"; python3 calc.py < <(sed -n 1,4p input) && echo fine
for e in '1+2*3' '(1+2)*3' '2^10' '100/8' '7-2-1'; do a=$(python3 calc.py <<<"$e"); b=$(bc -l <<<"$e" | sed -E 's/(\.[0-9]*[1-9])0+$/\1/; s/\.0+$//'); c=$(awk "BEGIN { print $e }"); printf '%-10s %s %s %s\n' "$e" "$a" "$b" "$c"; done
cat > test_calc.py <<'PY'
import unittest
from calc import Parser, Problem

class TestCalc(unittest.TestCase):
    def test_values(self):
        for text, value in {"1": 1, "1 + 2": 3, "2*(3+4)": 14, "-2^2": 4, "8/4": 2.0}.items():
            with self.subTest(text):
                self.assertEqual(Parser(text, {}).line(), value)

    def test_problems(self):
        for text in ("", "1 +", "(", "a"):
            with self.subTest(text), self.assertRaises(Problem):
                Parser(text, {}).line()
PY
python3 -m unittest test_calc 2>&1 | sed -E 's/in [0-9.]+s/in TIME/'; python3 -X importtime -c 'import calc' 2>&1 | grep -c '| *calc$'; python3 -m doctest calc.py && echo doctest; python3 -m tokenize -e calc.py | awk '{ print $2 }' | sort | uniq -c | sort -k1,1nr -k2 | head -n 4

### a script of two hundred lines as agents send it
set -u
ROOT=$PWD/site; mkdir -p "$ROOT"
section() { printf '\n== %s ==\n' "$1"; }
assert() { local name=$1; shift; if "$@" > /tmp/assert.out 2>&1; then echo "ok - $name"; passed=$((passed + 1)); else echo "not ok - $name (status $?)"; sed 's/^/# /' /tmp/assert.out; failed=$((failed + 1)); fi; }
passed=0 failed=0
section 'files'
cat > "$ROOT/package.json" <<'JSON'
{
  "name": "demo",
  "version": "0.9.1",
  "scripts": { "test": "sh test.sh", "build": "make -s" },
  "dependencies": { "left": "^1.0.0", "right": "~2.3.4" }
}
JSON
cat > "$ROOT/Makefile" <<'MK'
V := $(shell sed -n 's/.*"version": "\(.*\)".*/\1/p' package.json)
all: dist/app-$(V).txt
dist/app-%.txt: src/*.txt
	@mkdir -p dist
	@cat $(sort $^) | sed "s/@VERSION@/$*/" > $@
	@echo built $@
MK
mkdir -p "$ROOT/src"
for part in head body tail; do
  printf '%s of @VERSION@\n' "$part" > "$ROOT/src/$part.txt"
done
cat > "$ROOT/test.sh" <<'SH'
set -e
make -s
test -f dist/app-*.txt
grep -q 'head of [0-9]' dist/app-*.txt
! grep -q '@' dist/app-*.txt
echo tests passed
SH
(cd "$ROOT" && find . -type f | sort)
section 'version'
bump() {
  local level=$1 file=$2 major minor patch
  IFS=. read -r major minor patch < <(jq -r .version "$file")
  case $level in
    major) major=$((major + 1)) minor=0 patch=0 ;;
    minor) minor=$((minor + 1)) patch=0 ;;
    patch) patch=$((patch + 1)) ;;
    *) echo "bump: unknown level $level" >&2; return 64 ;;
  esac
  jq --arg v "$major.$minor.$patch" '.version = $v' "$file" > "$file.new" && mv "$file.new" "$file"
  echo "$major.$minor.$patch"
}
bump patch "$ROOT/package.json"
bump minor "$ROOT/package.json"
bump huge "$ROOT/package.json"; echo "status $?"
section 'build'
cd "$ROOT"
eval "$(jq -r '.scripts.build' package.json)"
assert 'tests pass' sh test.sh
assert 'the file is there' test -s dist/app-0.10.0.txt
assert 'nothing old' test ! -e dist/app-0.9.1.txt
assert 'three lines' test "$(wc -l < dist/app-0.10.0.txt)" -eq 3
assert 'this one fails' grep nosuch dist/app-0.10.0.txt
section 'history'
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; echo dist/ > .gitignore; git add -A; git commit -qm 'Release 0.10.0'; git tag "v$(jq -r .version package.json)"
hook=.git/hooks/pre-commit
cat > $hook <<'SH'
#!/bin/sh
files=$(git diff --cached --name-only --diff-filter=AM -- '*.json')
for f in $files; do
  git show ":$f" | jq -e . > /dev/null || { echo "$f is not JSON" >&2; exit 1; }
done
SH
chmod +x $hook
echo '{ "broken": ' > bad.json; git add bad.json
assert 'the hook refuses' sh -c '! git commit -qm bad'
git rm -q --cached -f bad.json; rm bad.json
sed -i 's/~2.3.4/~2.4.0/' package.json; git commit -qam 'Newer right'
git diff v0.10.0 --unified=0 | grep '^[-+] '
git log --format='%h %s (%an)' --reverse
section 'report'
{
  echo "# Report"
  echo
  echo "Version: $(jq -r .version package.json)"
  echo "Files: $(git ls-files | wc -l)"
  echo
  echo '| dependency | range |'
  echo '|---|---|'
  jq -r '.dependencies | to_entries[] | "| \(.key) | `\(.value)` |"' package.json
} > report.md
cat report.md
python3 - "$passed" "$failed" <<'PY'
import json, sys
passed, failed = map(int, sys.argv[1:])
data = json.load(open("package.json"))
data["results"] = {"passed": passed, "failed": failed, "rate": round(passed / (passed + failed), 3)}
print(json.dumps(data["results"], sort_keys=True))
sys.exit(failed)
PY
echo "status $?"
section 'clean'
git status --short; git clean -nd; rm -f /tmp/assert.out; tar cf - --exclude=.git . | tar tf - | sort; echo "$passed passed, $failed failed"
