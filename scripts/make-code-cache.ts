/**
 * Makes dist/code-cache: machine code of the functions that typical commands call, for the Node.js that runs this.
 * src/machine/code-cache.ts takes it in. Run by scripts/build.mjs, in a process of its own because it changes V8's flags.
 *
 *   node make-code-cache.js IMAGES SESSION_IMAGE OUT
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { ImageFolder } from "../src/machine/image-folder.js";
import { DEFAULT_MEMORY_LIMIT_BYTES, HOSTNAME } from "../src/protocol/limits.js";
import { openHostDirectory } from "../src/mounts/open-directory.js";
import { WasiMachine } from "../src/wasi/machine/machine.js";
import { CodeRecorder } from "./code-recorder.js";

const [images = "", sessionImage = "", out = ""] = process.argv.slice(2);

/** What the functions are found with that are worth keeping: the everyday use of the shell and each tool. */
const SCRIPTS = [
  "echo hi",
  "cd /tmp; pwd; x=1; echo $x ${x:-2} $((x + 1)) \"$(echo sub)\"",
  "ls / | wc -l; ls -la /etc | head -3; cat /etc/hostname",
  "for i in 1 2 3; do echo $i; done; for ((i = 0; i < 9; i++)); do :; done; while read l; do echo $l; done < /etc/passwd",
  "f() { local a=$1; [[ $a == x* ]] && return 3; case $a in y) echo y ;; esac; }; f x1; f y; echo $?",
  "mkdir -p d/e; echo text > d/f; cp d/f d/g; mv d/g d/h; ln -s f d/l; ls -R d; rm -r d; touch a b; stat a; chmod 600 a",
  "seq 100 | sort -rn | uniq -c | head; seq 9 | tr 1-3 a-c | cut -c1 | paste -sd, ; printf '%s %d\\n' a 1; tail -2 /etc/passwd",
  "grep -rn root /etc/passwd; grep -Ec 'a+|b' /etc/passwd; grep -i ROOT /etc/group; grep -P '^r\\w+' /etc/passwd",
  "sed -n '1,3p; s/root/toor/gp' /etc/passwd; sed -i 's/a/b/' a; sed -E 's/(.)(.)/\\2\\1/' /etc/hostname",
  "awk -F: '{ n += $3; m[$7]++ } END { for (k in m) print k, m[k]; printf \"%d\\n\", n }' /etc/passwd",
  "find /etc -name '*.conf' -type f | sort | xargs -r ls -l; find . -maxdepth 1 -newer /etc/passwd -exec echo {} +",
  "diff <(seq 5) <(seq 2 6); cmp a b; comm <(seq 3) <(seq 2 4); date +%Y; sha256sum a; base64 a; dirname /a/b; basename /a/b",
  "python3 -c 'import json, os, re, sys; print(json.dumps({\"a\": [1, 2.5]}), re.sub(\"a\", \"b\", sys.argv[1]), os.getcwd())' aaa",
  `python3 <<END
import collections, csv, datetime, pathlib, subprocess, sqlite3
class Point:
    def __init__(self, x): self.x = x
    def __add__(self, other): return Point(self.x + other.x)
def work(n):
    total, names = 0, {}
    for i in range(n):
        total += i * 2 % 7; names[str(i)] = f"{i:>3}"
        try: int("x" if i % 9 else "1")
        except ValueError: pass
    return total, sorted(names, key=len, reverse=True)[:3], [x for x in names if "1" in x][:2]
print(work(300), (Point(1) + Point(2)).x, collections.Counter("text").most_common(1), datetime.date(2024, 1, 2).isoformat())
pathlib.Path("a").write_text("1,2\\n3,4\\n"); print(list(csv.reader(open("a"))))
print(subprocess.run(["echo", "hi"], capture_output=True, text=True).stdout)
print(sqlite3.connect(":memory:").execute("select 1 + 1").fetchone(), max(work(9)[0], 3.5), any(c.isdigit() for c in "ab1"))
END`,
  "echo '{\"a\": [1, {\"b\": \"c\"}]}' | jq -r '.a[1].b, (.a | length), ([.a[] | tostring] | join(\",\"))'; jq -n '[range(9)] | map(select(. > 3)) | add'",
  `sqlite3 :memory: 'create table t (a, b)' 'insert into t values (1, "x"), (2, "y")' 'select a, count(*), sum(a) from t where b > "a" group by b order by 1 desc'`,
  `lua -e 'local t = {} for i = 1, 99 do t[#t + 1] = i * 2 % 7 end table.sort(t) print(#t, ("x"):rep(3), string.format("%d", t[1]))'`,
  "git init -q g; cd g; git config user.name a; git config user.email a@b; echo 1 > f; git add f; git commit -qm 1; echo 2 > f; git diff; git status -s; git commit -qam 2; git log --oneline; git checkout -q HEAD~; cd ..; rm -r g",
  "mkdir t; echo 1 > t/f; tar czf t.tgz t; tar tzf t.tgz; tar xzf t.tgz; gzip -k t/f; zcat t/f.gz; printf 'all:\n\techo made\n' > Makefile; make -s; rm -r t t.tgz Makefile",
  "node -e 'const fs = require(\"fs\"), path = require(\"path\"); console.log(JSON.parse(\"[1]\"), path.join(\"a\", \"b\"), fs.readFileSync(\"/etc/hostname\", \"utf8\").trim().replace(/a/g, \"b\"), [3, 1].sort(), `${new Map([[1, 2]]).size}`)'; qjs -e 'print(1)'",
  "seq 9 | perl -ne '$s += $_ if /[1-5]/; END { print \"$s\\n\" }'; perl -pi -e 's/a/b/g' a; perl -F: -lane 'print $F[0]' /etc/passwd",
  `perl <<'END'
use strict; use warnings; use List::Util qw(sum first); use POSIX qw(strftime floor); use JSON::PP; use Data::Dumper;
sub work { my ($n) = @_; my %h; for my $i (1 .. $n) { push @{ $h{$i % 7} }, "item $i"; } return \\%h }
my $h = work(300); print join(",", map { "$_=" . @{ $h->{$_} } } sort { $a <=> $b } keys %$h), "\\n";
my @w = sort { length $a <=> length $b || $a cmp $b } split /\\s+/, lc "The quick brown fox"; printf "%-5s|%03d|%.2f\\n", $w[0], 7, floor(2.5);
(my $t = "a-b-c") =~ s/(\\w)-/\\U$1+/g; print "$t ", sum(1 .. 4), " ", strftime("%Y", gmtime 0), "\\n" if "2024-05-06" =~ /^(\\d+)-(?<m>\\d+)/ && $+{m};
open my $f, ">", "a" or die $!; print $f "x=1\\n"; close $f; open $f, "<", "a"; while (<$f>) { chomp; my ($k, $v) = split /=/; print "$k$v" }
eval { die "oops\\n" }; print $@, encode_json(decode_json('{"a":[1,"b",null]}')), \`echo hi\`, substr("hello", 1, 3), Dumper([1]), "\\n";
END`,
  "cat <<END | while IFS=, read -r a b; do echo \"$b $a\"; done\n1,2\n3,4\nEND",
  "declare -A h=([a]=1 [b]=2); echo ${!h[@]} ${h[a]}; a=(1 2 3); echo ${#a[@]} ${a[@]:1}; mapfile -t l < /etc/passwd; echo ${#l[@]}",
  "trap 'echo bye' EXIT; set -e; (exit 3) || echo $?; sleep 0.01 & wait; kill -0 $$; test -d /tmp && [ -f /etc/passwd ]",
  "n=0; while [ $n -lt 20 ]; do n=$((n + 1)); s=\"$s$n\"; done; echo ${s/1/x} ${s%9*} ${s:2:3} ${s^^}; echo {a..c}{1..2} *",
];

const memfs = createRequire(__filename)("./memfs.js");
const recorder = new CodeRecorder(images);
const { readImage, readImagePart, expand, digest, manifest } = new ImageFolder(images, () => {});

const machine = new WasiMachine(
  { backend: "wasi", user: "root", env: {}, memoryLimitBytes: DEFAULT_MEMORY_LIMIT_BYTES, limits: {}, hostname: HOSTNAME, mounts: [] },
  {
    poll() {},
    defer: (callback) => void setImmediate(callback),
    log() {},
    loadProgram: (name) => recorder.load(name),
    readImage,
    readImagePart,
    expand,
    digest,
    manifest,
    openDirectory: openHostDirectory,
    loadMemfs: () => memfs,
    sessionImage: readFileSync(sessionImage),
  },
);

function runAll(scripts: readonly string[]): void {
  const [text, ...rest] = scripts;
  if (text === undefined) return write();
  const command = { text, isolated: false, stdin: new Uint8Array(0) };
  machine.run(command, { output: () => true, done: () => setImmediate(runAll, rest), failed() {} });
}

function write(): void {
  recorder.write(out);
  process.exit(0);
}

runAll(SCRIPTS);
