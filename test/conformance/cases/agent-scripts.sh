Scripts of the length and kind an agent sends: several tools, functions, files, checks.

### a deployment check with logging and cleanup
set -euo pipefail
log() { printf '[%s] %s\n' "$1" "${*:2}"; }
die() { log ERROR "$@" >&2; exit 1; }
workdir=$(mktemp -d)
trap 'rm -rf "$workdir"; log INFO "cleaned up"' EXIT
mkdir -p "$workdir"/{bin,conf,logs}
cat > "$workdir/conf/app.env" <<'ENV'
# settings
PORT=8080
HOST=localhost
DEBUG=false

NAME="my app"
ENV
declare -A conf
while IFS='=' read -r key value; do
  [[ -z $key || $key == \#* ]] && continue
  value=${value%\"}; value=${value#\"}
  conf[$key]=$value
done < "$workdir/conf/app.env"
for key in $(printf '%s\n' "${!conf[@]}" | sort); do
  log CONF "$key=${conf[$key]}"
done
[[ ${conf[PORT]} =~ ^[0-9]+$ ]] || die "PORT is not a number"
(( conf[PORT] > 1024 )) && log INFO "unprivileged port"
for required in PORT HOST MISSING; do
  [[ -v conf[$required] ]] || log WARN "$required is not set"
done
die "stopping here"

### a log report
mkdir logs
for h in 08 09 10; do
  for i in $(seq 1 20); do
    printf '2024-05-01T%s:%02d:00Z %s %s /api/v%d/item%d %d %d\n' $h $i \
      "10.0.0.$((i % 4))" "$( (( i % 3 )) && echo GET || echo POST )" $((i % 2 + 1)) $((i % 5)) \
      $(( i % 7 == 0 ? 500 : i % 5 == 0 ? 404 : 200 )) $(( i * 13 % 97 ))
  done > logs/access-$h.log
done
echo "lines: $(cat logs/*.log | wc -l)"
echo "by status:"
cat logs/*.log | awk '{c[$5]++} END {for (s in c) print "  " s, c[s]}' | sort
echo "top clients:"
cut -d' ' -f2 logs/*.log | sort | uniq -c | sort -k1,1nr -k2 | head -n 2 | sed 's/^ */  /'
echo "errors per hour:"
grep -h ' 500 ' logs/*.log | cut -c12-13 | sort | uniq -c | awk '{printf "  %s:00 %d\n", $2, $1}'
echo "slowest:"
sort -k6,6nr -k1 logs/*.log | head -n 3 | awk '{print "  " $4, $6 "ms"}'
echo "average: $(awk '{s+=$6} END {printf "%.2f", s/NR}' logs/*.log)"
awk '{a[NR]=$6} END {n=asort(a); print "p95: " a[int(n*0.95)]}' logs/*.log

### generating a project tree and inspecting it
mkdir -p proj/{src/{core,util},tests,docs}
cat > proj/src/core/main.py <<'PY'
import os
from util import helper

def main():
    print(helper.greet("world"))  # TODO: real name

if __name__ == "__main__":
    main()
PY
cat > proj/src/util/helper.py <<'PY'
def greet(name):
    """Greets."""
    return f"hello {name}"
PY
touch proj/src/{core,util}/__init__.py proj/docs/.keep
printf '# Title\n\nText.\n' > proj/docs/README.md
find proj -type f | sort
echo "--- sizes"
find proj -name '*.py' -size +0 -printf '%s %P\n' | sort -n
echo "--- todos"
grep -rn TODO proj --include='*.py'
echo "--- functions"
grep -rhoE 'def \w+' proj | sort | nl -w2 -s'. '
echo "--- lines by extension"
find proj -type f -name '*.*' ! -name '.*' -exec wc -l {} + | grep -v total | awk '{n=split($2,p,"."); c[p[n]]+=$1} END {for (e in c) print e, c[e]}' | sort
sed -i 's/# TODO: real name/# done/' proj/src/core/main.py
grep -c done proj/src/core/main.py
find proj -empty -type f -delete -print | sort
find proj -type d -empty | sort

### editing a configuration file in several ways
cat > server.conf <<'C'
# server
[http]
port = 80
host = 0.0.0.0
; timeout = 30

[log]
level = info
C
cp server.conf original.conf
sed -i -E 's/^(port = ).*/\18080/' server.conf
sed -i '/^\[log\]/a file = /var/log/app.log' server.conf
sed -i 's/^; \(timeout\)/\1/' server.conf
awk '/^\[http\]/ {print; print "workers = 4"; next} {print}' server.conf > t && mv t server.conf
printf '\n[cache]\nsize = 64M\n' >> server.conf
diff original.conf server.conf
get() { awk -F' = ' -v s="[$1]" -v k="$2" '$0==s {f=1; next} /^\[/ {f=0} f && $1==k {print $2}' server.conf; }
for q in 'http port' 'http workers' 'log file' 'cache size' 'log nosuch'; do
  read -r s k <<< "$q"; printf '%s.%s=%s\n' "$s" "$k" "$(get "$s" "$k")"
done

### converting CSV to JSON with escapes
cat > people.csv <<'CSV'
id,name,city
1,Ann,Oslo
2,"Bob ""The Builder""","New York, NY"
3,Zoë,Zürich
CSV
awk '
function esc(s) { gsub(/\\/, "\\\\", s); gsub(/"/, "\\\"", s); return s }
function parse(line, out,   n, c, i, q, cur) {
  n = 0; cur = ""; q = 0
  for (i = 1; i <= length(line); i++) {
    c = substr(line, i, 1)
    if (q) { if (c == "\"") { if (substr(line, i+1, 1) == "\"") { cur = cur c; i++ } else q = 0 } else cur = cur c }
    else if (c == "\"") q = 1
    else if (c == ",") { out[++n] = cur; cur = "" }
    else cur = cur c
  }
  out[++n] = cur
  return n
}
NR == 1 { nf = parse($0, head); print "["; next }
{ if (NR > 2) print ","; n = parse($0, f); printf "  {"
  for (i = 1; i <= nf; i++) printf "%s\"%s\": %s", (i > 1 ? ", " : ""), head[i], (f[i] ~ /^[0-9]+$/ ? f[i] : "\"" esc(f[i]) "\"")
  printf "}" }
END { print "\n]" }' people.csv

### a task runner with dependencies
declare -A deps=([build]="clean compile" [compile]="generate" [test]="build" [clean]="" [generate]="") ran
task_clean() { rm -rf out; mkdir out; }
task_generate() { echo 'int x = 1;' > out/gen.c; }
task_compile() { tr a-z A-Z < out/gen.c > out/gen.o; }
task_build() { cat out/*.o > out/app; }
task_test() { grep -q 'INT X' out/app; }
run() {
  local t=$1 d
  [[ ${ran[$t]-} ]] && return
  [[ -v deps[$t] ]] || { echo "no task $t" >&2; return 2; }
  for d in ${deps[$t]}; do run "$d" || return; done
  printf '==> %s\n' "$t"
  "task_$t" || { echo "task $t failed" >&2; return 1; }
  ran[$t]=1
}
run test; echo "status $?"
run nosuch; echo "status $?"
task_test() { return 1; }; unset 'ran[test]'; run test; echo "status $?"
ls out

### worker pool with a result file per job
mkdir results
worker() {
  local id=$1 item
  while read -r item; do
    printf '%d\n' $(( item * item )) > "results/$item"
  done
}
mkfifo queue
for w in 1 2 3; do worker $w < <(awk -v w=$w 'NR % 3 == w % 3' <(seq 12)) & done
wait
rm queue
for f in $(ls results | sort -n); do printf '%s^2=%s ' "$f" "$(< results/$f)"; done; echo
paste -sd+ results/* | tr -d '\n' > /dev/null
echo "sum $(cat results/* | awk '{s+=$1} END {print s}')"

### retry with backoff and a time limit
attempt=0
flaky() { attempt=$((attempt + 1)); (( attempt >= 4 )); }
retry() {
  local max=$1 delay=$2 n=1; shift 2
  until "$@"; do
    (( n >= max )) && { echo "giving up after $n"; return 1; }
    echo "attempt $n failed, waiting ${delay}s"
    sleep "$delay"; n=$((n + 1)); delay=$(awk -v d=$delay 'BEGIN {print d * 2}')
  done
  echo "ok after $n"
}
retry 5 0.005 flaky
attempt=0; retry 2 0.005 flaky; echo "status $?"
retry 3 0.001 timeout 0.02 sleep 1; echo "status $?"

### command line parsing with sub-commands
cat > tool <<'T'
#!/usr/bin/env bash
set -euo pipefail
usage() { cat <<U
usage: ${0##*/} [-v] <add|list|rm> [args]
U
}
db=${TOOL_DB:-./db}; verbose=0
while getopts ':vh' o; do
  case $o in
    v) verbose=1 ;;
    h) usage; exit 0 ;;
    \?) echo "unknown option -$OPTARG" >&2; usage >&2; exit 2 ;;
  esac
done
shift $((OPTIND - 1))
cmd=${1-}; [[ $cmd ]] || { usage >&2; exit 2; }
shift
case $cmd in
  add) [[ $# -ge 1 ]] || { echo "add what?" >&2; exit 2; }; printf '%s\n' "$@" >> "$db"; (( verbose )) && echo "added $#" || true ;;
  list) [[ -s $db ]] && sort -u "$db" | nl -w1 -s') ' || echo "empty" ;;
  rm) grep -vxF -- "$1" "$db" > "$db.new" || true; mv "$db.new" "$db" ;;
  *) echo "unknown command $cmd" >&2; exit 2 ;;
esac
T
chmod +x tool
./tool; echo $?
./tool -x; echo $?
./tool list
./tool -v add pear "red apple" fig
./tool add fig
./tool list
./tool rm fig && ./tool list
./tool add; echo $?
./tool -h
TOOL_DB=other ./tool list

### text processing, an index of words
cat > text.txt <<'T'
It was the best of times, it was the worst of times,
it was the age of wisdom, it was the age of foolishness,
it was the epoch of belief, it was the epoch of incredulity.
T
tr -cs '[:alpha:]' '\n' < text.txt | tr '[:upper:]' '[:lower:]' | sort | uniq -c | sort -k1,1nr -k2,2 | head -n 5 | awk '{printf "%-6s %s\n", $2, $1}'
echo "---"
awk '{ for (i = 1; i <= NF; i++) { w = tolower($i); gsub(/[^a-z]/, "", w); if (length(w) > 6) idx[w] = idx[w] " " NR } } END { for (w in idx) print w ":" idx[w] }' text.txt | sort
echo "---"
sed -E 's/\b(\w)(\w*)\b/\2\1ay/g' text.txt | head -n 1
fold -s -w 30 text.txt | sed 's/ *$//' | nl -ba | tail -n 3
wc text.txt | awk '{print $1, $2, $3}'

### comparing two directory trees
mkdir -p a/x b/x
for f in same changed removed; do echo "$f content" > a/x/$f; done
cp a/x/same b/x/same; echo "changed a lot" > b/x/changed; echo "new" > b/x/added
(cd a && find . -type f -exec md5sum {} +) | sort -k2 > a.sums
(cd b && find . -type f -exec md5sum {} +) | sort -k2 > b.sums
join -1 2 -2 2 a.sums b.sums | awk '{print ($2 == $3 ? "=" : "~"), $1}'
join -v 1 -1 2 -2 2 a.sums b.sums | awk '{print "-", $1}'
join -v 2 -1 2 -2 2 a.sums b.sums | awk '{print "+", $1}'
diff -rq a b
diff -ru a b | grep -v '^---\|^+++' | grep '^[-+]' | sort

### a little spreadsheet in awk and column
cat > sales.tsv <<'T'
region	q1	q2	q3
north	10	20	30
south	5	15	10
west	7	0	21
T
awk -F'\t' -v OFS='\t' 'NR == 1 {print $0, "total"; next} {t = 0; for (i = 2; i <= NF; i++) {t += $i; c[i] += $i}; print $0, t; g += t} END {printf "all"; for (i = 2; i <= 4; i++) printf "\t%d", c[i]; printf "\t%d\n", g}' sales.tsv | column -t
awk -F'\t' 'NR > 1 {m = 2; for (i = 3; i <= NF; i++) if ($i > $m) m = i; print $1, "best in q" m - 1}' sales.tsv
cut -f1,3 sales.tsv | tail -n +2 | sort -t$'\t' -k2,2nr | head -n 1
paste <(cut -f1 sales.tsv) <(cut -f4 sales.tsv) | sed 's/\t/ => /'

### rotating backups
mkdir backups
for i in 1 2 3 4 5 6; do
  touch -d "2024-01-0$i 12:00" "backups/db-2024010$i.sql"
done
keep=3
mapfile -t files < <(ls -1t backups/*.sql)
echo "newest ${files[0]##*/}, ${#files[@]} in all"
for f in "${files[@]:keep}"; do echo "removing ${f##*/}"; rm -- "$f"; done
ls backups
find backups -newermt 2024-01-05 -printf '%f %TY-%Tm-%Td\n' -name '*.sql' | grep sql | sort
stat -c '%y %n' backups/db-20240106.sql

### a JSON formatter in pure bash
json='{"name":"x","list":[1,2,{"a":null}],"ok":true}'
indent=0 out= instr=0
for ((i = 0; i < ${#json}; i++)); do
  c=${json:i:1}
  if (( instr )); then out+=$c; [[ $c == '"' ]] && instr=0; continue; fi
  case $c in
    '"') instr=1; out+=$c ;;
    '{'|'[') (( indent += 2 )); out+="$c"$'\n'"$(printf '%*s' $indent '')" ;;
    '}'|']') (( indent -= 2 )); out+=$'\n'"$(printf '%*s' $indent '')$c" ;;
    ,) out+=","$'\n'"$(printf '%*s' $indent '')" ;;
    :) out+=": " ;;
    *) out+=$c ;;
  esac
done
printf '%s\n' "$out"
grep -oE '"[a-z]+":' <<< "$json" | tr -d '":' | sort | paste -sd' '

### a test harness
pass=0 fail=0
assert_eq() { if [[ $2 == "$3" ]]; then (( ++pass )); else (( ++fail )); printf 'FAIL %s: wanted %q, got %q\n' "$1" "$2" "$3"; fi; }
assert_status() { local want=$1; shift; "$@" > /dev/null 2>&1; local got=$?; assert_eq "status of $*" "$want" "$got"; }
trim() { local s=$1; s=${s#"${s%%[![:space:]]*}"}; s=${s%"${s##*[![:space:]]}"}; printf %s "$s"; }
slug() { tr '[:upper:]' '[:lower:]' <<< "$1" | sed -E 's/[^a-z0-9]+/-/g; s/^-|-$//g'; }
repeat() { printf "%0.s$1" $(seq 1 "$2"); }
assert_eq trim 'a b' "$(trim '  a b	')"
assert_eq slug 'hello-world-2' "$(slug 'Hello, World! 2')"
assert_eq repeat 'ababab' "$(repeat ab 3)"
assert_eq broken x y
assert_status 0 true
assert_status 1 false
assert_status 127 nosuchcommand
assert_status 0 test -d /
echo "$pass passed, $fail failed"
(( fail == 0 ))

### matrix multiplication and a sum over a grid
declare -A A B C
n=3
for ((i=0;i<n;i++)); do for ((j=0;j<n;j++)); do A[$i,$j]=$((i+j)); B[$i,$j]=$((i==j?2:1)); done; done
for ((i=0;i<n;i++)); do for ((j=0;j<n;j++)); do s=0; for ((k=0;k<n;k++)); do ((s+=A[$i,$k]*B[$k,$j])); done; C[$i,$j]=$s; done; done
for ((i=0;i<n;i++)); do for ((j=0;j<n;j++)); do printf '%3d' "${C[$i,$j]}"; done; echo; done
printf '%s\n' "${C[@]}" | sort -n | uniq -c | awk '{print $2 "x" $1}' | paste -sd' '

### game of life
g=(.....  ..#.. ..#.. ..#.. .....)
for t in 1 2; do
  n=()
  for ((y=0;y<5;y++)); do
    row=
    for ((x=0;x<5;x++)); do
      c=0
      for dy in -1 0 1; do for dx in -1 0 1; do
        (( dx || dy )) || continue
        (( y+dy>=0 && y+dy<5 && x+dx>=0 && x+dx<5 )) || continue
        [[ ${g[y+dy]:x+dx:1} == '#' ]] && ((++c))
      done; done
      if [[ ${g[y]:x:1} == '#' ]]; then ((c==2||c==3)) && row+='#' || row+=.; else ((c==3)) && row+='#' || row+=.; fi
    done
    n+=("$row")
  done
  g=("${n[@]}")
  printf '%s\n' "${g[@]}" --
done

### a template engine
cat > page.tpl <<'T'
<h1>{{title}}</h1>
{{#items}}
<li>{{.}}</li>
{{/items}}
<p>{{missing}} {{footer}}</p>
T
declare -A v=([title]="A & B" [footer]='c/d $x'); items=(one "two three")
render() {
  local line inside=0 body=()
  while IFS= read -r line; do
    case $line in
      '{{#items}}') inside=1; body=() ;;
      '{{/items}}') inside=0; local i b; for i in "${items[@]}"; do for b in "${body[@]}"; do echo "${b//'{{.}}'/"$i"}"; done; done ;;
      *) if (( inside )); then body+=("$line"); else
           while [[ $line =~ \{\{([a-z]+)\}\} ]]; do line=${line/"${BASH_REMATCH[0]}"/"${v[${BASH_REMATCH[1]}]-}"}; done
           echo "$line"; fi ;;
    esac
  done
}
render < page.tpl

### a simple HTTP exchange over FIFOs
mkfifo in out
server() {
  local method path _ line len=0
  read -r method path _
  while read -r line; do line=${line%$'\r'}; [[ -z $line ]] && break; [[ ${line,,} == content-length:* ]] && len=${line##* }; done
  local body=; (( len )) && read -r -N "$len" body
  case "$method $path" in
    'GET /hello') printf 'HTTP/1.1 200 OK\r\n\r\nhello\n' ;;
    'POST /echo') printf 'HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s\n' ${#body} "${body^^}" ;;
    *) printf 'HTTP/1.1 404 Not Found\r\n\r\n' ;;
  esac
}
request() { server < in > out & printf "$@" > in & cat out | tr -d '\r'; wait; }
request 'GET /hello HTTP/1.1\r\nHost: x\r\n\r\n'
request 'POST /echo HTTP/1.1\r\nContent-Length: 5\r\n\r\nabcde'
request 'GET /nope HTTP/1.1\r\n\r\n'

### deduplicating files by content
mkdir -p data/sub
for f in a b sub/c; do echo "same content" > data/$f; done
echo unique > data/d; echo "same content " > data/e
declare -A first
while IFS= read -r -d '' f; do
  h=$(sha256sum < "$f"); h=${h%% *}
  if [[ ${first[$h]-} ]]; then echo "duplicate: $f = ${first[$h]}"; ln -f "${first[$h]}" "$f"; else first[$h]=$f; fi
done < <(find data -type f -print0 | sort -z)
find data -type f -links +1 | sort
stat -c '%h %n' data/a data/d

### a numbered menu driven by input
# stdin: "2\nx\n1\nhello\n3\n"
total=0
while true; do
  printf '1) echo 2) add 3) quit\n'
  read -r -p '> ' choice || break
  case $choice in
    1) read -r text; echo "you said: $text" ;;
    2) (( total += 10 )); echo "total $total" ;;
    3) echo bye; break ;;
    *) echo "what is '$choice'?" ;;
  esac
done

### parsing key=value output with several tools
out='cpu=85.5 mem=40 disk=91 name="web 1"'
eval "declare -A m=($(sed -E 's/([a-z]+)=("[^"]*"|[^ ]+)/[\1]=\2/g' <<< "$out"))"
for k in cpu disk mem name; do printf '%-5s %s\n' "$k" "${m[$k]}"; done
awk -v c="${m[cpu]}" 'BEGIN {exit !(c > 80)}' && echo "cpu high"
(( ${m[disk]} > 90 )) && echo "disk high"
printf '%.0f\n' "${m[cpu]}"
tr ' ' '\n' <<< "$out" | grep -E '^(cpu|mem)=' | cut -d= -f2 | sort -rn | head -n 1

### splitting a big file, sorting parts, merging them
seq 1000 | shuf --random-source=/dev/zero > big
split -n l/4 big part.
for p in part.a?; do sort -n "$p" -o "$p" & done; wait
sort -n -m part.a? > sorted
wc -l < sorted; head -n 1 sorted; tail -n 1 sorted
diff <(seq 1000) sorted > /dev/null && echo "identical"
rm part.*; ls

### scheduled jobs simulated by timestamps
now=$(date -u -d '2024-05-01 12:00' +%s)
while read -r name every last; do
  l=$(date -u -d "$last" +%s); due=$(( l + every * 60 ))
  if (( due <= now )); then echo "$name: due ($(( (now - due) / 60 )) min late)"; else echo "$name: in $(( (due - now) / 60 )) min ($(date -u -d @$due +%H:%M))"; fi
done <<'J'
backup 60 2024-05-01T10:30Z
report 1440 2024-05-01T01:00Z
poll 5 2024-05-01T11:58Z
J

### a bash implementation of wc, head and uniq compared with the real ones
mywc() { local l=0 w=0 c=0 line; while IFS= read -r line; do ((++l)); set -f; set -- $line; set +f; ((w+=$#)); ((c+=${#line}+1)); done; printf '%d %d %d\n' $l $w $c; }
myhead() { local n=$1 i=0 line; while ((i++ < n)) && IFS= read -r line; do printf '%s\n' "$line"; done; }
myuniq() { local prev line first=1; while IFS= read -r line; do if ((first)) || [[ $line != "$prev" ]]; then printf '%s\n' "$line"; fi; prev=$line first=0; done; }
seq 50 | awk '{print int($1/3), "x  *"}' > f
[[ $(mywc < f) == $(wc < f | awk '{print $1,$2,$3}') ]] && echo wc ok
[[ $(myhead 7 < f) == "$(head -n 7 f)" ]] && echo head ok
[[ $(myuniq < f) == "$(uniq f)" ]] && echo uniq ok
mywc < f

### strict mode script that fails in the middle of a pipeline
bash <<'S'
set -Eeuo pipefail
trap 'echo "error on line $LINENO (status $?)" >&2' ERR
echo "step 1"
seq 5 | grep 3
echo "step 2"
seq 5 | grep 9 | sort
echo "step 3"
S
echo "exit $?"

### collecting system facts the way agents do
echo "$(uname -s) $(whoami) $(id -u)"
pwd; ls -la | wc -l
for t in bash ls grep sed awk find xargs sort diff nosuchtool; do command -v "$t" > /dev/null 2>&1 && echo "have $t" || echo "no $t"; done
[ -w . ] && echo writable; [ -d /tmp ] && echo tmp; echo "${SHELL##*/} ${TERM}"
test -f /etc/os-release && grep -c '^ID=' /etc/os-release
df -h . | wc -l; free 2>/dev/null | grep -c Mem > /dev/null; date -u +%Y > /dev/null && echo date
echo "exit codes: $(true; echo $?) $(false; echo $?)"
