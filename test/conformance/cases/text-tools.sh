cut, paste, join, comm, tr, head, tail, wc, tee, split, csplit, fmt, fold, nl, pr, expand, tac, rev, column, tsort, ptx.

### cut
printf 'a:b:c:d\n1:2\nnosep\n' > f; cut -d: -f2 f; cut -d: -f1,3 f; cut -d: -f2- f; cut -d: -f-2 f; cut -s -d: -f2 f; cut -c1-3 f; cut -c2 f; cut -b1,3 f; cut -d: -f1,2 --output-delimiter=' => ' f; cut --complement -d: -f2 f; cut -c 2-,1 f; printf 'a\tb\n' | cut -f2; printf 'x y z\n' | cut -d' ' -f 3,1

### cut errors
cut f; echo $?; cut -f0 f; cut -d ab -f1 f; cut -c 3-1 f; cut -f 1 -c 1 f; cut -f x f; cut -f1 nosuch; echo $?; cut -z -c1 <<< a | od -c | head -n 1

### paste
printf '1\n2\n3\n' > a; printf 'x\ny\n' > b; paste a b; paste -d, a b; paste -s a b; paste -sd+ a; paste -d ':;' a b a; paste - - < a; seq 6 | paste - - -; seq 4 | paste -sd '\n,'; paste -d '' a b; paste -d '\0' a b; paste nosuch; echo $?

### join
printf '1 a\n2 b\n4 d\n' > l; printf '1 x\n3 y\n4 z\n' > r; join l r; join -a1 l r; join -a1 -a2 -e - -o 0,1.2,2.2 l r; join -v1 l r; join -v2 l r; printf 'a:1\nb:2\n' > c; printf '1:P\n2:Q\n' > d; join -t: -1 2 -2 1 c d; join -i <(echo 'A 1') <(echo 'a 2'); join --header <(printf 'id n\n1 a\n') <(printf 'id m\n1 b\n'); join -o 1.1,2.2 l r; join -j 1 l r | wc -l; join --nocheck-order <(printf 'b 1\na 2\n') <(printf 'a 3\nb 4\n'); join -o auto -a1 l r

### join on unsorted input
join <(printf 'b 1\na 2\n') <(printf 'a 3\nb 4\n') 2>&1 | sed 's,/dev/fd/[0-9]*,FD,'; join -z <(printf '1 a\0') <(printf '1 b\0') | tr '\0' '\n'; join a; echo $?

### comm
printf 'a\nb\nd\n' > l; printf 'b\nc\nd\n' > r; comm l r; comm -12 l r; comm -23 l r; comm -13 l r; comm -3 l r; comm --output-delimiter=, l r; comm --total -123 l r; comm --check-order <(printf 'b\na\n') l 2>&1 | head -n 3 | sed 's,/dev/fd/[0-9]*,FD,'; comm l; echo $?

### tr
echo 'Hello World' | tr a-z A-Z; echo 'hello' | tr -d l; echo 'aabbcc' | tr -s a-c; echo 'a1b2' | tr -cd 0-9; echo; echo 'a b  c' | tr -s ' ' '\n'; echo abc | tr abc xyz; echo abcdef | tr a-f 1-3; echo 'a:b' | tr : '\t' | cat -A; echo 'x-y' | tr -- - _; echo Hello | tr '[:upper:][:lower:]' '[:lower:][:upper:]'; printf 'a\0b' | tr '\0' '\n'; echo; echo 'abc' | tr -t abc x; echo 'aab' | tr -ds a b; echo '[x]' | tr '[]' '()'; echo abc | tr 'a-c' '[*2]z' ; echo ' digits 123' | tr -d '[:digit:][:space:]'; echo; echo abc | tr '\141' X; echo aXb | tr -C 'a-z\n' .

### tr errors
tr; echo $?; tr a; tr z-a x < /dev/null; tr a b c; tr '[:foo:]' x < /dev/null; tr a '' <<< a; echo $?; tr -d a b <<< a; tr '[:upper:]' x < /dev/null; tr 'a-b-c' x < /dev/null

### head
seq 20 > f; head f; head -n 3 f; head -3 f; head -n -17 f; head -c 5 f; head -c -45 f; head -q -n 1 f f; head -n 1 f f; head -v -n 1 f; head -c 1K f | wc -c; seq 5 | head -n 0; head -n 2 - < f; head nosuch; echo $?; printf 'a\0b\0' | head -z -n 1 | od -c | head -n 1; head -c 2b f | wc -c; head -5c f

### tail
seq 20 > f; tail f; tail -n 3 f; tail -3 f; tail -n +18 f; tail -c 6 f; tail -c +48 f; tail -q -n 1 f f; tail -n 1 f f; seq 5 | tail -n 2; tail -n 0 f; tail -1 f; tail +19 f 2>&1 | head -n 2; seq 100000 | tail -n 1; printf 'a\nb' | tail -n 1; echo; tail nosuch; echo $?; tail -n x f

### tail follows a file
echo one > f; (sleep 0.2; echo two >> f; sleep 0.2; echo three >> f) & timeout 0.9 tail -s 0.05 -f f; echo $?; wait

### wc
printf 'one two\nthree\n' > f; wc f; wc -l f; wc -w < f; wc -c f; wc -m <<< 'é'; wc -L f; wc f f; wc -l f /dev/null; printf 'no newline' | wc -l; wc nosuch; echo $?; wc < /dev/null; printf 'f\0' | wc -l --files0-from=-; wc -lc f; echo '  a  b ' | wc -w; seq 1000 | wc

### tee
echo a | tee x y; cat x y; echo b | tee -a x; cat x; echo c | tee /nosuch/f; echo $?; echo d | tee; seq 10000 | tee big | head -n 1; echo e | tee -- -dash > /dev/null; cat ./-dash; echo f | tee -i x

### split
seq 10 > f; split -l 4 f; ls; cat xaa xac; split -n 3 f p_; wc -c p_*; split -b 7 -d f n; ls n*; split -l 5 -d -a 3 --additional-suffix=.txt f s; ls s*; split -n l/2 f h; cat haa | tail -n 1; split -n 2/3 f; seq 3 | split -l 1 --filter='echo $FILE; cat' - z; split -C 8 f c; ls c* | wc -l; split -n r/2 f r; cat raa | paste -sd,; split -l x f; echo $?; split -t , -l 1 - t <<< 'a,b'; cat taa

### split numbers too many files
seq 700 | split -l 1 - a; ls a* | wc -l; ls a* | tail -n 1; seq 30 | split -l 1 -a 1 - q; echo $?; split --hex-suffixes=9 -l 400 <(seq 800) h; ls h*; split --numeric-suffixes=5 -l 1 <(seq 2) m; ls m*

### csplit
printf 'a\nSEC 1\nb\nSEC 2\nc\n' > f; csplit -s f '/^SEC/' '{*}'; head xx*; rm xx*; csplit f 3; cat xx01; csplit -f part -b '%02d.txt' f '/SEC 2/' ; ls part*; csplit -z -k f '/SEC/' '{9}'; echo $?; csplit f '%SEC%' ; cat xx00; csplit f '/nomatch/'; echo $?; csplit -s f '/SEC/+1'; cat xx00

### fmt and fold
printf 'The quick brown fox jumps over the lazy dog and runs away from the hunter in the deep dark forest.\n\n  indented para\n  more\n' > f; fmt -w 30 f; fmt -s -w 40 f; fmt -u <<< 'a   b.  c'; fold -w 20 f; fold -s -w 20 f; echo abcdef | fold -w 4; printf 'é%.0s' 1 2 3 4 5 | fold -w 4 | wc -l; fold -b -w 3 <<< abcdef; fmt -p '# ' -w 20 <<< '# a comment that is rather long'; printf 'a\tb\n' | fold -w 9

### nl
printf 'a\n\nb\n' > f; nl f; nl -ba f; nl -w3 -s': ' f; nl -n rz -w 3 f; nl -n ln f; nl -v 10 -i 5 f; nl -bp^b f; printf '\\:\\:\\:\nh\n\\:\\:\nb\n\\:\nf\n' | nl; nl -d '' f | head -n 1; nl -b x f; echo $?

### pr
seq 6 > f; pr -t -3 f; pr -t -2 -s: f; pr -t -a -3 f; pr -T -n f | head -n 2; pr -t -o 4 f | head -n 1; pr -t -d f | head -n 3; pr -l 12 -h Title -D '%Y' <(seq 2) | sed 's/[0-9]\{4\}/YEAR/'; pr -m -t f f | head -n 2; pr -t -w 20 -2 f; pr -tn:3 f | head -n 1

### expand and unexpand
printf 'a\tb\tc\n' | expand; printf 'a\tb\n' | expand -t 4; printf '\t\tx\ty\n' | expand -i; printf '        x        y\n' | unexpand | cat -A; printf '        x        y\n' | unexpand -a | cat -A; printf '    a\n' | unexpand -t 4 | cat -A; printf 'a\tb\tc\n' | expand -t 2,6; expand -t x; echo $?; printf 'é\tx\n' | expand

### tac and rev
seq 3 | tac; printf 'a,b,c' | tac -s ,; echo; printf 'x1y2z' | tac -r -s '[0-9]'; echo; printf 'a\nb' | tac; echo; printf 'abc\ndef\n' | rev; printf 'no newline' | rev; echo; seq 3 > f; tac f f | paste -sd,; printf '1a2b' | tac -b -s a; echo; tac nosuch; echo $?; echo 'añb 漢字' | rev

### cat
printf 'a\tb\n\n\n\001\377\nend' > f; cat -A f; cat -n f; cat -b f; cat -s f | wc -l; cat -E f | head -n 1; cat -T f | head -n 1; cat -v f | tail -n 2; echo; cat f - f < /dev/null | wc -c; cat nosuch f > /dev/null; echo $?; echo in | cat - ; cat -n <(echo a) <(echo b); cat f > f2; cat f f2 | wc -l; cat < f > f3 && cmp f f3; cat f >> f; echo $?; cat --nosuch

### column
printf 'name qty\npen 3\nnotebook 12\n' | column -t; printf 'a:b:c\n1:22:333\n' | column -t -s: ; printf 'a:b\nccc:d\n' | column -t -s: -o ' | '; seq 20 | column -c 40; seq 6 | column -x -c 20; printf 'x,y\n' | column -t -s, -N A,B; printf 'k v\n' | column -J -t -N key,val -n tbl; printf 'a b\nc\n' | column -t -R 1; printf 'a\n\nb\n' | column -t; printf '1 2\n' | column -t -N x,y -H x

### tsort and ptx
printf 'a b\nb c\na d\nd c\n' | tsort; printf 'x y\ny x\n' | tsort; echo $?; echo 'a a' | tsort; printf 'a b c' | tsort; echo $?; echo 'the cat' | ptx -w 40; printf 'roll over\n' | ptx -G -A -w 30

### look, col, colrm
printf 'apple\napply\nbanana\n' > words; look app words; look -f APPL words | wc -l; look zzz words; echo $?; printf 'abcdef\n' | colrm 2 4; printf 'abcdef\n' | colrm 3; printf 'a\bb\n' | col -b; printf 'x\ty\n' | col -x

### numfmt columns and seq joined
seq -s, 5; seq -w 8 11; seq 5 -2 1; seq 0.5 0.25 1.5; seq -f 'f%03g' 3; seq 3 1; seq -5 -3; seq 1e3 1001; seq 10 | paste -sd' ' | cut -d' ' -f3-5; seq; echo $?; seq a; seq 1 0 2; echo $?; seq -s '' 3; seq -t x 2>&1 | head -n 1; seq 9999999999999999999 10000000000000000000; seq 1 2 3 4

### shuffling
seq 5 | shuf --random-source=/dev/zero; shuf -i 1-10 -n 3 --random-source=/dev/zero; shuf -e a b c --random-source=/dev/zero; seq 100 | shuf | sort -n | md5sum; seq 100 | md5sum; shuf -n 1 -e only; shuf -i 1-3 | sort; shuf -i 5-1; echo $?; shuf -r -n 4 -e x; printf 'a\0b\0' | shuf -z | tr '\0' '\n' | sort; head -c 64 /dev/zero | tr '\0' '\125' > src; shuf -i 1-20 --random-source=src | paste -sd' '

### od
printf 'Hello\n\0\377' > f; od f; od -c f; od -An -tx1 f; od -tx2 f; od -td1 f; od -tu2 -An f; od -a f; od -b f; od -An -tx1 -w4 f; od -j2 -N3 -c f; od -Ad -c f; od -Ax -tx1z f; printf '\0\0\0\0%.0s' {1..20} | od; printf '\0\0\0\0%.0s' {1..20} | od -v | wc -l; od -tfD -An -N8 /dev/zero; printf '\1\2\3\4' | od --endian=big -An -tx4; od -An -tx1 nosuch; echo $?; od -s f; od -S 3 f; od -t z f

### hexdump
printf 'Hello, hexdump world\n' > f; hexdump f; hexdump -C f; hexdump -n 5 -C f; hexdump -s 7 -C f; hexdump -e '16/1 "%02x " "\n"' f; hexdump -v -e '/1 "%c"' f; hexdump -b f | head -n 1; hexdump -c f; hexdump -d f | head -n 1; head -c 64 /dev/zero | hexdump -C; hexdump -x f | head -n 1; hd f 2>/dev/null | head -n 1; hexdump nosuch; echo $?; hexdump -e '1/4 "%08x\n"' <<< abcdefg
