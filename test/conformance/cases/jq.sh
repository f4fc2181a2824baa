jq: filters as agents write them, its options, its error messages.

### pretty printing
echo '{"name":"Ada","tags":["x","y"],"nested":{"a":1,"b":null,"c":[]},"t":true,"f":1.50}' | jq .

### a field, raw
echo '{"name":"Ada Lovelace","age":36}' > p.json; jq .name p.json; jq -r .name p.json; jq -r '.name, .age' p.json; jq -j '.name, .age' p.json; echo; jq '.missing' p.json

### nested paths and optional access
echo '{"a":{"b":[{"c":1},{"c":2}]},"s":"text"}' > d.json; jq '.a.b[0].c' d.json; jq -c '.a.b[].c' d.json; jq '.["a"]["b"] | length' d.json; jq '.s.x?' d.json; jq '.s.x? // "none"' d.json; jq '.a.b[-1].c' d.json; jq -c '.a.b[:1]' d.json

### select and map
cat > users.json <<'J'
[{"name":"Ann","age":31,"roles":["admin","dev"]},{"name":"Bob","age":25,"roles":["dev"]},{"name":"Cy","age":40,"roles":[]}]
J
jq -r '.[] | select(.age > 30) | .name' users.json
jq -c 'map(select(.roles | index("dev"))) | map(.name)' users.json
jq -c '[.[] | {name, senior: (.age >= 40)}]' users.json
jq 'map(.age) | add / length' users.json

### compact, sorted keys, tabs and indents
echo '{"b":1,"a":{"d":[1,2],"c":3}}' > o.json; jq -c . o.json; jq -S -c . o.json; jq --tab . o.json; jq --indent 1 .a o.json; jq -cS . o.json; jq --indent 0 . o.json

### no input, numbers and arithmetic
jq -n '1 + 2 * 3, 7 / 2, 7 % 3, -5 % 3, 10 / 3, 1e1000, 0.1 + 0.2, 100000000000000000000, 1.0, 3e5'

### arg and argjson
jq -n --arg name 'O"Brien' --argjson n 5 --argjson o '{"k":[1]}' -c '{name: $name, n: ($n + 1), o: $o.k}'; jq -n --arg x 1 '$x + "0"'; jq -nc '$ARGS' --args a b; jq -nc '$__prog_args? // "none"' 2>&1 | head -n 1; jq -n -c '[$ARGS.positional[]]' --jsonargs 1 '{"a":2}' null

### slurp files and slurpfile
echo '{"n":1}' > 1.json; echo '{"n":2} {"n":3}' > 2.json; jq -s -c . 1.json 2.json; jq -s 'map(.n) | add' 1.json 2.json; jq -n -c --slurpfile a 2.json '$a'; jq -n --rawfile t 1.json '$t'; jq -c -n '[inputs.n]' 1.json 2.json; jq -c '[., input]' 2.json; jq -n 'input_filename, (input | input_filename)' 1.json

### raw input
printf 'one\ntwo words\n\n"three"\n' > l.txt; jq -R . l.txt; jq -R -s -c 'split("\n")' l.txt; jq -Rn -c '[inputs | select(length > 0)]' l.txt; printf 'k=v\na=b=c\n' | jq -R -c 'split("=") | {(.[0]): .[1:] | join("=")}'

### csv to objects and back
printf 'id,name,price\n1,pen,1.20\n2,book,15\n' | jq -R -s -c 'split("\n") | map(select(. != "") | split(",")) | .[0] as $h | .[1:][] | [$h, .] | transpose | map({(.[0]): .[1]}) | add'
jq -n -r '[["a","b,c",1.5,true,null],["say \"hi\"","",-2,false,"x\ny"]] | .[] | @csv'
jq -n -r '[["a","b\tc",1.5,true,null],["back\\slash","",-2,false,"x\ny"]] | .[] | @tsv'

### formats for other programs
jq -n -r '"it'"'"'s", "a b" | @sh'; jq -n -r '[1,"a b","c"] | @sh'; jq -n -r '"<a href=\"x\">&</a>" | @html'; jq -n -r '"ü b&c=d/e" | @uri'; jq -n -r '"hello world" | @base64'; jq -n -r '"aGVsbG8gd29ybGQ=" | @base64d'; jq -n -r '{a:1} | @json, @text'; jq -n -r '{x:"a&b",y:"1 2"} | @uri "http://h/?q=\(.x)&r=\(.y)"'; jq -n -r '["x y"] | "run \(@sh)"'; jq -n '{} | @csv'; echo $?

### test and match
jq -n -c '"foo123bar45" | test("[0-9]+"), test("^BAR"; "i"), [match("[0-9]+"; "g").string], (match("(?<word>[a-z]+)(?<num>[0-9]+)") | .captures | map({(.name): .string}) | add)'
jq -n -c '"aXbXc" | [match("x"; "gi").offset], [scan("[a-c]")], [splits("X")], split("x"; "i")'

### capture, sub and gsub
jq -n -c '"2024-05-17T10:00:00Z" | capture("(?<y>\\d{4})-(?<m>\\d{2})-(?<d>\\d{2})")'
jq -n -r '"hello world" | sub("o"; "0"), gsub("o"; "0"), gsub("(?<l>[lo])"; "<\(.l)>"), gsub("\\s+"; "_"), sub("^(?<f>\\w)"; "\(.f | ascii_upcase)"), gsub("L"; "!"; "i")'
jq -n -c '"über straße" | [scan("\\w+")], gsub("\\p{L}"; "x"), test("\\bstr")'; jq -n -c '"a,b;c" | [splits("[,;]")]'; jq -n '"x" | test("(")'; echo $?

### strings
jq -n -c '"Hello" | length, ascii_downcase, ascii_upcase, explode, (explode | reverse | implode), .[1:3], ltrimstr("He"), rtrimstr("lo"), startswith("He"), endswith("x"), contains("ell"), inside("xHellox"), ("l" | inside("Hello")), (. * 2), (. + " w"), index("l"), rindex("l"), indices("l")'; jq -n -c '"a b  c" | split(" "), (split(" ") | join("-"))'; jq -n -c '["a",1,null,true] | join("/")'; jq -n -c '"1,2" | split(",") | map(tonumber)'; jq -n -c '[1,"1",[1],{"a":1},null] | map(tostring)'; jq -n '"日本語" | length, utf8bytelength, .[1:]'

### string interpolation and conditionals
jq -n -r '{a:5,b:"x"} | "a=\(.a) b=\(.b) sum=\(1+.a) arr=\([1,2])"'; jq -n -c '[1,5,10] | map(if . < 5 then "low" elif . < 10 then "mid" else "high" end)'; jq -n -c '[null,false,0,"",[]] | map(if . then "true" else "false" end)'; jq -n -c '[1,null,2] | map(. // "d")'; jq -n -c '1 as $x | 2 as $y | [$x,$y,$x+$y] | . as [$a, $b] | {a: $a, b: $b}'; jq -n -c '[true,false] | all, any, (map(not))'; jq -n -c '[3,1,2] | any(. > 2), all(. > 0)'

### group, sort, unique, min and max
cat > sales.json <<'J'
[{"r":"north","q":3,"d":"b"},{"r":"south","q":5,"d":"a"},{"r":"north","q":4,"d":"c"},{"r":"east","q":1,"d":"a"}]
J
jq -c 'group_by(.r) | map({r: .[0].r, total: (map(.q) | add), n: length})' sales.json
jq -c 'sort_by(.q) | map(.q)' sales.json; jq -c 'sort_by(.d, -.q) | map([.d, .q])' sales.json; jq -c 'unique_by(.d) | map(.d)' sales.json; jq -c '[.[].r] | unique' sales.json; jq -c 'max_by(.q).r, min_by(.q).r, (map(.q) | max, min)' sales.json; jq -c 'sort_by(.q) | reverse | .[0:2] | map(.r)' sales.json
jq -c 'reduce .[] as $s ({}; .[$s.r] += $s.q)' sales.json; jq -n -c '[3,"a",null,{"b":1},[2],false,true,{"a":2},"A"] | sort'

### objects: keys, entries, has, del
echo '{"b":2,"a":1,"c":{"x":null}}' > o.json; jq -c 'keys, keys_unsorted, length, has("a"), has("z"), (.c | has("x"))' o.json; jq -c 'to_entries' o.json; jq -c 'with_entries(select(.key != "b"))' o.json; jq -c 'with_entries(.value |= tostring)' o.json; jq -c 'del(.a, .c.x)' o.json; jq -c '[{"name":"n","value":"v"},{"k":"k2","v":1}] | from_entries' o.json; jq -c '. * {"c":{"y":2},"d":4}' o.json; jq -c '. + {"c":1}' o.json; jq -c '[.[]]' o.json; jq -c 'map_values(type)' o.json; jq -c '{a, "k\(.b)": 5, (.b|tostring): 6, "c"}' o.json

### arrays
jq -n -c '[1,2,3,4,5] | .[2:], .[:-1], .[1:3], (.[1:3] = ["x"]), first, last, nth(2), length, (map(. * .)), (. - [2,4]), index(3), (. | contains([2])), (flatten), reverse, [limit(2; .[])], [first(.[])], (to_entries | map(.key)), add'; jq -n -c '[[1,[2]],[3]] | flatten, flatten(1)'; jq -n -c '[range(5)], [range(2;10;3)], [range(5;0;-2)]'; jq -n -c '[1,2] | combinations(2)' | head -n 2; jq -n -c '[[1,2],[3,4]] | combinations, transpose'; jq -n -c '[1,1,2] | index(1), rindex(1), indices(1), inside([1,2,1,3])'; jq -n -c '[1,null,"a"] | map(numbers), map(strings), map(values)'; jq -n -c '[5,3] | .[3] = 1'; jq -n -c '[1,2,3] | IN(2), IN(.[]; 2, 5)'

### updates
echo '{"users":[{"n":"a","v":1},{"n":"b","v":2}],"version":"1.0.0"}' > c.json; jq -c '.users[0].v = 10' c.json; jq -c '.users[].v += 1' c.json; jq -c '.users |= map(.v * 2)' c.json; jq -c '(.users[] | select(.n == "b")).v |= . * 100' c.json; jq -c '.users += [{"n":"c"}]' c.json; jq -c '.version |= sub("\\d+$"; "7")' c.json; jq -c '.new.deep.key = true' c.json; jq -c '.x //= 5 | .x -= 1 | .x *= 6 | .x /= 4 | .x %= 4' c.json; jq -c 'del(.users[] | select(.v == 1))' c.json; jq '.version = "2"' c.json > t && mv t c.json && jq -r .version c.json

### paths
echo '{"a":[{"b":1},{"b":null}],"c":"d"}' > p.json; jq -c 'paths' p.json; jq -c '[paths(type == "number")]' p.json; jq -c '[leaf_paths | join(".")?]' p.json 2>&1; jq -r 'paths(scalars) as $p | "\($p | map(tostring) | join("/"))=\(getpath($p))"' p.json; jq -c 'path(.a[0].b), getpath(["a",0,"b"]), setpath(["c"]; 5), delpaths([["a",0],["c"]]), [.. | numbers]' p.json; jq -c 'tostream' p.json; jq -c -n '[[["a",0],5],[["a",0]],[["a"]]] | fromstream(.[])' ; jq -c --stream . p.json; jq -c 'pick(.c)?' p.json 2>&1 | head -n 1; jq -c '[.. | objects | has("b")]' p.json

### recursion and walk
echo '{"a":[{"id":2,"k":[{"id":1}]}],"b":{"id":null}}' > r.json; jq -c '[.. | .id? // empty]' r.json; jq -c '[recurse | type]' r.json; jq -c 'walk(if type == "object" then with_entries(select(.value != null)) else . end)' r.json; jq -c 'walk(if type == "array" then sort else . end)' r.json; jq -n -c '[2 | recurse(if . < 100 then . * . else empty end)]'; jq -n -c 'def f: if . < 1 then 1 else . * (. - 1 | f) end; [range(6) | f]'; jq -n -c '[limit(5; 1 | repeat(. * 2))]'; jq -n -c '[1 | while(. < 50; . * 3)], [1 | until(. > 100; . * 4)]'; jq -n -c '{"a":{"b":1}} | [recurse(.[]?)]'

### functions, variables, reduce and foreach
jq -n -c 'def inc($n): . + $n; def twice(f): f | f; 1 | inc(2), twice(inc(5))'; jq -n -c '[foreach range(5) as $i (0; . + $i; [$i, .])]'; jq -n 'reduce range(101) as $i (0; . + $i)'; jq -n -c '[1,2,3] as [$a, $b] | {"k":[7,8]} as {k: [$c]} | [$a,$b,$c]'; jq -n -c '{"a":1} as {a: $x} ?// [$x] | $x'; jq -n -c 'def fac(n): if n <= 1 then 1 else n * fac(n - 1) end; fac(10)'; jq -n -c '[label $out | foreach (1,2,3,4) as $i (0; . + $i; if . > 4 then ., break $out else . end)]'; jq -n -c '[.[]?], [1,[2]] | getpath([1,0])?' 2>&1; jq -n '[limit(3; range(10))] | length'; jq -n -c 'input_line_number, $__loc__'

### types, conversion and errors caught
jq -n -c '[1,"a",null,true,[],{}] | map(type), map(length?)'; jq -n -c '"12" | tonumber + 1'; jq -n -c '[.[]?]'; jq -n -c 'try error("bad") catch "caught: \(.)"'; jq -n -c 'try ("x" | tonumber) catch .'; jq -n -c '["1","x","3"] | map(try tonumber catch null)'; jq -n -c '"[1,{\"a\":2}]" | fromjson | .[1].a'; jq -n -c '{"a":[1,2]} | tojson, (tojson | fromjson == {"a":[1,2]})'; jq -n -c 'try ({} | error) catch .'; jq -n -c '[.[] | tonumber?]' --args; jq -n -c 'nan < 1, (nan | isnan), infinite, (1 | isinfinite), ([nan] | sort)'; jq -n '"abc" | ascii, @text' 2>&1 | tail -n 1; jq -n -c '[1,1.5,"1"] | map(isvalid(tonumber | . + 1))'

### dates
jq -n -c '1700000000 | todate, gmtime, (gmtime | mktime), strftime("%Y-%m-%d %H:%M:%S %A %j"), (todate | fromdate)'; jq -n -c '"2015-03-05T23:51:47Z" | strptime("%Y-%m-%dT%H:%M:%SZ"), fromdateiso8601, (strptime("%Y-%m-%dT%H:%M:%SZ") | mktime)'; jq -n '"10:20 5 Mar 2020" | strptime("%H:%M %d %b %Y") | todate'; jq -n 'now | type'; jq -n -c '1425599621.678 | todate, (. | gmtime | .[5] | floor)'; jq -n '"nope" | fromdate'; echo $?; TZ=Asia/Tokyo jq -n '0 | strflocaltime("%H:%M")' | wc -l

### math
jq -n -c '[16 | sqrt, log2, (log * 1000 | floor), exp10 / 1e16, pow(.; 2), pow(.; 0.5)], [2.5, -2.5 | floor, ceil, round, trunc, fabs], ([1,2,3] | add), (10 | log10), (1 | atan * 4), ([3,4] | .[0] * .[0] + .[1] * .[1] | sqrt), (17 | significand, logb, gamma, frexp, modf), (1 | ldexp(.; 3), scalb(.; 2), scalbln(.; 2), nearbyint), ([1,2] | min, max), (5 | fma(.; 2; 1)), (7 | fmod(.; 4)), ([1,2,3,4] | (add / length) as $m | map(. - $m | . * .) | add / length | sqrt)'; jq -n '3.0, 3.10, 1e3, 1e-5, 1.7976931348623157e308, 5e-324, 12345678901234567890, 0.1'

### sql-like and other builtins
jq -n -c '[{"id":1,"a":"x"},{"id":2,"a":"y"}] | INDEX(.id), (map({(.a): .id}) | add)'; jq -n -c '[1,2,3,4] | [splits("x")?], (._modify? // "n")' 2>&1 | head -n 1; jq -n -c '"test" | ascii_downcase | @json'; jq -n -c '[1,[2,[3]]] | getpath([1,1,0]), [leaf_paths]'; jq -n -c '{"a":1,"b":2} | to_entries[] | "\(.key)=\(.value)"' -r; jq -n -c 'env | type, ($ENV | type)'; X=5 jq -n '$ENV.X, env.X'; jq -n -c '[1,2,3] | tojson | ltrimstr("[")'; jq -n -c '[{"a":1},{"a":1,"b":2}] | unique_by(length) | length'; jq -n -c '"x" as $k | {$k, "y": 1} | .x'; jq -n -c '$__prog_name?' 2>&1 | head -n1; jq -n -c 'splits("a")?' ; jq -n -c '[builtins | length > 100]'; jq -n -c '"a-b_c" | ascii_downcase | gsub("[-_]"; " ")'; jq -n 'input' 2>&1; echo $?; jq -n -c '[1,2] | getpath(["a"])?'; jq -n -c 'halt_error' 2>&1 <<< 1; echo $?; jq -n '"bye\n" | halt_error(3)'; echo $?; jq -n '{"a":"x"} | halt_error'; echo $?; jq -n '1, halt, 2'; echo $?

### exit status
echo '{"a":null,"b":false,"c":0}' > e.json; for f in .a .b .c .d 'empty' '.c, .a'; do jq -e "$f" e.json; echo "$f: $?"; done; jq -e '.a == null' e.json > /dev/null && echo is null; jq . missing.json; echo $?; echo '{bad' | jq .; echo $?; jq -n '{'; echo $?; jq -n 'foo'; echo $?; jq -n '1 | .a'; echo $?; jq --nonsense; echo $?

### messages for broken JSON
for t in '{"a":1,}' '[1 2]' '{"a" 1}' 'nul' '"abc' "{'a':1}" '[1,2' '{"a":tru}' '01x' '}' '"\x"' $'"a\tb"'; do printf '%s' "$t" | jq -c .; echo "status $?"; done; printf '1 2 {"a":1} oops 3' | jq -c .; echo $?; printf '' | jq .; echo "empty: $?"; printf '  \n ' | jq .; echo "blank: $?"; printf '[1,\n2,\n  x]' | jq .

### messages of filters that fail
for f in '.a.b' '.[0]' '. + 1' '.a | keys' '.a - {}' '.[] | length' '.a[1:] | .x' 'error' 'error("boom")' 'error({"a":1})' '.a | tonumber' '{} | .[0]' '"a" * {}' '1 / 0' '[] | implode' '. as [$x] | $x' '.a | test(1)' 'ltrimstr(1) | foo' '$undefined' '.a |' '"unterminated' 'if 1 then 2' '{(1):2}' '.[' '@nope "x"' 'splits(1)' 'null | implode'; do printf '{"a":"text","n":5}' | jq -c "$f"; echo "$f: $?"; done

### several files, one of them bad
echo '{"n":1}' > a.json; echo 'broken' > b.json; echo '{"n":3}' > c.json; jq .n a.json b.json c.json; echo $?; jq -c .n a.json missing.json c.json; echo $?; jq '.n.x' a.json c.json; echo $?

### filters from files, modules and comments
cat > f.jq <<'J'
# totals
def total: map(.p * .q) | add;   # of lines
{ total: total,
  items: length }
J
echo '[{"p":2,"q":3},{"p":5,"q":1}]' > in.json; jq -c -f f.jq in.json; jq -c --from-file f.jq in.json; mkdir lib; echo 'def double: . * 2; def name: "m";' > lib/m.jq; echo '{"k":1}' > lib/data.json; jq -n -L lib 'import "m" as m; 4 | m::double, m::name'; jq -n -L lib 'include "m"; 5 | double'; jq -n -c -L lib 'import "data" as $d; $d'; jq -n -L lib 'import "none" as n; 1'; echo $?; printf '#!/usr/bin/jq -rf\n.a\n' > s; chmod +x s; echo '{"a":"script"}' | ./s

### colours and ascii
echo '{"a":[1,"x",null,true],"ü":"é😀"}' > c.json; jq -C -c . c.json; jq -a -c . c.json; jq -M . c.json; JQ_COLORS='0;31:0;32' jq -C -c '[null,false]' c.json; jq -n -c '"\u00e9 \ud83d\ude00 \u0000 \u001f \u007f / \\ \" \b"'; printf '"\xff"' | jq -c .; printf '\xef\xbb\xbf[1]' | jq -c .

### seq, streams and unbuffered
jq --seq -c -n '1,[2]' | od -c; printf '\x1e1\n\x1e2\n' | jq --seq .; printf '{"a":[1,{"b":2}]}' | jq -c --stream 'select(length == 2) | [(.[0] | map(tostring) | join(".")), .[1]]'; printf '{"a":1}\n{"a":2}\n' | jq --unbuffered .a; jq -n -c '[1|truncate_stream([[0],1],[[1,0],2],[[1,0]],[[1]])]'; jq -c -n 'fromstream(1|truncate_stream([[0],1],[[1,0],2],[[1,0]],[[1]]))'; jq -n -c '[limit(2; inputs)]' <<< '1 2 3'

### a package file
cat > package.json <<'J'
{
  "name": "demo",
  "version": "1.2.3",
  "scripts": { "test": "vitest", "build": "tsc -p ." },
  "dependencies": { "zod": "^3.0.0", "left-pad": "1.3.0" },
  "devDependencies": { "vitest": "^2.0.0" }
}
J
jq -r '.dependencies + .devDependencies | to_entries | sort_by(.key)[] | "\(.key)@\(.value)"' package.json
jq -r '.scripts | keys[]' package.json
jq '.version |= (split(".") | .[2] = (.[2] | tonumber + 1 | tostring) | join("."))' package.json | head -n 3
jq --arg d left-pad 'del(.dependencies[$d])' package.json | jq -c .dependencies
jq -e '.dependencies | has("react")' package.json || echo "no react"

### an API answer into a table
cat > r.json <<'J'
{"items":[{"metadata":{"name":"web-1","labels":{"app":"web"}},"status":{"phase":"Running","restarts":0}},{"metadata":{"name":"db-0","labels":{"app":"db","tier":"back"}},"status":{"phase":"Pending","restarts":3}},{"metadata":{"name":"job","labels":null},"status":{"phase":"Failed","restarts":1}}],"next":null}
J
jq -r '.items[] | [.metadata.name, .status.phase, .status.restarts, (.metadata.labels.app // "-")] | @tsv' r.json | column -t -s $'\t'
jq -r '["NAME","PHASE"], (.items[] | select(.status.phase != "Running") | [.metadata.name, .status.phase]) | @csv' r.json
jq -r '.items | group_by(.status.phase) | map("\(.[0].status.phase): \(length)") | .[]' r.json
jq -r '.items[].metadata | "\(.name): \(.labels // {} | to_entries | map("\(.key)=\(.value)") | join(","))"' r.json
jq '[.items[].status.restarts] | {sum: add, max: max, avg: (add / length)}' r.json

### logs, one object per line
for i in 1 2 3 4 5 6; do printf '{"t":%d,"level":"%s","msg":"m%d","ms":%d}\n' $i "$( ((i % 3)) && echo info || echo error)" $i $((i * 7)); done > log.jsonl
jq -r 'select(.level == "error") | "\(.t) \(.msg)"' log.jsonl
jq -s -c 'group_by(.level) | map({level: .[0].level, n: length, avg: (map(.ms) | add / length)})' log.jsonl
jq -n 'reduce inputs as $l (0; . + $l.ms)' log.jsonl
jq -c 'select(.ms >= 20 and .ms < 40) | del(.msg)' log.jsonl
tail -n 1 log.jsonl | jq -r 'to_entries | map("\(.key)=\(.value)") | join(" ")'

### in shell loops
echo '[{"f":"a.txt","c":"one two"},{"f":"b.txt","c":"three"}]' > l.json; jq -r '.[] | "\(.f)\t\(.c)"' l.json | while IFS=$'\t' read -r f c; do echo "$c" > "$f"; done; cat a.txt b.txt
for row in $(jq -r '.[] | @base64' l.json); do echo "$row" | base64 -d | jq -r .f; done
eval "$(jq -r '.[0] | to_entries[] | "\(.key)=\(.value | @sh)"' l.json)"; echo "$f: $c"
mapfile -t names < <(jq -r '.[].f' l.json); echo "${#names[@]} ${names[1]}"
jq -n --arg a "$(printf 'x\ny')" '{text: $a}'; ls | jq -R . | jq -s -c 'map(select(endswith(".txt")))'; jq -n '$ARGS.named' --arg user root --argjson on true -c; printf '%s\n' a b | jq -Rnc '[inputs]'

### a large array
seq 1 20000 | jq -c '{id: ., v: (. % 7), s: "item \(.)"}' > big.jsonl; jq -s 'length, (map(.v) | add), (.[-1].s)' big.jsonl; jq -s -c 'group_by(.v) | map(length)' big.jsonl; jq -r 'select(.id % 5000 == 0) | .s' big.jsonl; jq -n '[range(100000)] | map(. * 2) | add'

### deep values
jq -n -c '[range(200)] | reduce .[] as $i (0; [.]) | tojson | length'; printf '%300s' | tr ' ' '[' | jq -c .; echo $?; jq -n 'def f: 1 + (if . > 0 then . - 1 | f else 0 end); 3000 | f'; jq -n '(reduce range(10001) as $_ ([]; [.])) as $x | [$x, $x] | sort'; echo $?; jq -n 'reduce range(9000) as $_ ([]; [.]) | . == .'

### version and help
jq --version; jq -h | head -n 3; jq 2>&1 | head -n 2; echo '{}' | jq; echo $?
