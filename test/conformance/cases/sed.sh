sed.

### substitution
echo 'one two one' | sed 's/one/1/'; echo 'one two one' | sed 's/one/1/g'; echo 'one two one' | sed 's/one/1/2'; echo aaaa | sed 's/a/b/3g'; echo 'a/b/c' | sed 's|/|:|g'; echo 'Hello' | sed 's/hello/X/I'; echo abc | sed 's/b/[&]/;s/c/\&/'; echo abc | sed 's/\(a\)\(b\)/\2\1/'; echo hello | sed -n 's/l/L/gp'

### extended regular expressions
echo 'foo123bar' | sed -E 's/([a-z]+)([0-9]+)/\2\1/'; echo 'aaa' | sed -E 's/a{2}/X/'; echo 'cat dog' | sed -E 's/cat|dog/pet/g'; echo 'a+b' | sed 's/a+b/x/'; echo 'a+b' | sed -E 's/a\+b/x/'; echo 'aab' | sed 's/a\+/x/'; echo '2024-05-06' | sed -E 's/^([0-9]{4})-([0-9]{2})-([0-9]{2})$/\3.\2.\1/'; echo ' x ' | sed -E 's/^\s+|\s+$//g' | cat -A

### addresses
seq 10 > n; sed -n 3p n; sed -n '2,4p' n; sed -n '$p' n; sed '3,$d' n; sed -n '/5/,/7/p' n; sed -n '0~3p' n; sed -n '2~4p' n; sed -n '3,+2p' n; sed -n '4,~4p' n; sed '2!d' n; sed -n '/3/!p' n | tail -n 1; sed -n '0,/1/p' n; sed -n '1,/1/p' n

### deleting and printing
printf 'a\n\n#c\nb\n' | sed '/^$/d;/^#/d'; seq 3 | sed p; seq 3 | sed -n '2{p;p}'; seq 5 | sed '2,4{/3/!d}'; seq 5 | sed 2q; seq 5 | sed -n '3{p;q}'; seq 3 | sed '2q5'; echo $?; seq 3 | sed Q1; echo $?

### appending, inserting, changing
seq 3 | sed '2a after'; seq 3 | sed '2i\
before'; seq 3 | sed '2c\changed'; seq 3 | sed '1a\  indented'; seq 3 | sed '$a end'; seq 4 | sed '2,3c both'; seq 2 | sed -e '1a one' -e '1a two'; seq 2 | sed '1i a\nb'

### the hold space
printf '1\n2\n3\n' | sed -n '1!G;h;$p'; printf 'a\nb\nc\nd\n' | sed 'N;s/\n/ /'; printf 'a\nb\n' | sed '1{h;d};G'; printf 'x\ny\n' | sed 'x;1d'; seq 6 | sed -n 'H;${x;s/\n/,/g;s/^,//;p}'; printf 'a\nb\nc\n' | sed '$!{h;d};x;G'

### branches
echo aaa | sed ':a;s/^\(b*\)a/\1b/;ta'; seq 5 | sed -n '/3/b skip;p;:skip'; echo 1234567 | sed ':a;s/\B[0-9]\{3\}\>/,&/;ta'; printf 'a \\\nb\nc\n' | sed ':x;/\\$/{N;s/ *\\\n/ /;bx}'; printf '1\n2\n3\n4\n' | sed ':a;N;$!ba;s/\n/+/g'; echo x | sed 's/y/z/;T end;s/x/no/;:end'

### joining and the multi-line commands
printf 'a\nb\nc\n' | sed '$!N;P;D'; printf 'dup\ndup\nx\n' | sed '$!N;/^\(.*\)\n\1$/!P;D'; seq 4 | sed 'n;d'; seq 4 | sed '$!d'; seq 5 | sed -n '$='; seq 3 | sed =

### transliteration and case
echo 'hello' | sed 'y/elo/ipa/'; echo 'hello world' | sed 's/\b./\u&/g'; echo 'Hello' | sed 's/.*/\U&/;s/$/\E!/'; echo 'FOO bar' | sed -E 's/(\w+) (\w+)/\L\1\E \U\2/'; echo 'foo bar' | sed 's/\w\+/\u&/2'; echo abc | sed 'y/abc/\n\t\\/' | od -An -c

### in place
printf 'a\nb\n' > f; cp f g; sed -i 's/a/X/' f; cat f; sed -i.bak 's/b/Y/' f; cat f f.bak; sed -i -e '1d' f g; cat f g; sed -i 's/x/y/' nosuch; echo $?; sed -n -i 1p g; wc -c g; sed -i~ '1i top' f; ls

### files written and read
seq 5 > in; sed -n '/[24]/w even' in; cat even; sed '2r even' in; sed -n 's/3/three/w out' in; cat out; sed '1w /dev/stdout' in | head -n 3; sed '$r nosuch' in | tail -n 1; printf 'X\nY\n' > ins; printf 'a\nb\n' | sed 'R ins'

### several scripts and files
printf 's/a/1/\ns/b/2/\n' > s.sed; echo ab | sed -f s.sed; echo ab | sed -e 's/a/x/' -e 's/b/y/'; seq 2 > a; seq 3 4 > b; sed -n '$p' a b; sed -s -n '$p' a b; sed -n 'F;1p' a; printf '#!/usr/bin/sed -f\ns/^/> /\n' > sc; chmod +x sc; ./sc a; printf '#n\n2p\n' > q.sed; seq 3 | sed -f q.sed

### special replacements
echo 'path' | sed "s/path/a\\/b/"; v='x&y'; echo z | sed "s/z/$v/"; echo 'a.b' | sed 's/\./-/'; echo 'tab' | sed 's/a/\t/' | cat -A; echo 'a b' | sed 's/ /\n/'; echo 'x' | sed 's/x/\x41\o102\d067/'; echo '$HOME' | sed 's/\$HOME/home/'

### the e command and substitution
echo 'echo hi' | sed e; echo 5 | sed 's/.*/echo $((& * 2))/e'; printf 'a\n' | sed '1e echo before'

### null data and line wrapping
printf 'a\nb\0c\0' | sed -z 's/\n/+/g' | tr '\0' '|'; echo; printf 'a\tb\\\001\n' | sed -n l; seq -s, 60 | sed -n 'l 40'; printf 'é\n' | sed -n l; printf '\303\n' | sed -n l; echo abc | sed -n 'l 2'

### no final newline
printf 'a\nb' | sed 's/b/c/' | od -An -c; printf 'x' | sed p | od -An -c; printf 'a' > f; sed -i 's/a/b/' f; od -An -c f; printf 'a' | sed '$a b' | od -An -c

### classes and anchors
echo 'a1 b2' | sed 's/[[:digit:]]/#/g'; echo 'foo.bar' | sed 's/[^.]*$/X/'; echo 'aXbX' | sed 's/X$/!/'; echo 'the then' | sed 's/\<the\>/A/g'; echo '[x]' | sed 's/[][]/|/g'; echo 'a-b_c' | sed 's/[-_]/ /g'; echo 'abcabc' | sed -E 's/(abc)\1/twice/'; echo 'a^b$c' | sed 's/a^b$c/lit/'

### special modifiers
printf 'a\nb\n' | sed 'N;s/^b/X/M'; printf 'a\nb\n' | sed -E 'N;s/`a|b'"'"'/X/Mg'; echo aXbX | sed 's/x/y/2i'; printf 'one\n' | sed -n 's/o/0/w /dev/stdout'; echo foo | sed 's/o/0/gpw out' ; cat out

### posix and debug
echo a | sed --posix 's/a/b/'; sed --version | head -n 1; echo a | sed -u p; sed --help | head -n 1; echo 1 | sed --expression='s/1/2/' --quiet; seq 3 | sed -n --null-data '1p' | head -n 1

### comment, section, indent, number
printf 'a=1\n[s]\nb=2\nc=3\n[t]\nd=4\n' > ini; sed -n '/^\[s\]/,/^\[/{/^\[/!p}' ini; sed '/^b=/s/^/# /' ini | head -n 3 | tail -n 1; sed -E 's/^([a-z])=(.*)/\1: "\2"/;t;d' ini; sed '/\[s\]/a new=5' ini | sed -n 3p; sed = ini | sed 'N;s/\n/\t/' | head -n 2

### errors
sed 's/a/b' <<< a; echo $?; sed 'k' <<< a; sed '3' <<< a; sed 's/\(a/b/' <<< a; sed 's/a/\1/' <<< a; sed 'b nolabel' <<< a; sed '{p' <<< a; sed 'p}' <<< a; sed 's/a/b/gg' <<< a; sed '5,1p;y/abc/d/' <<< a; sed -n; echo $?; sed p nosuch; echo $?; sed --zzz; sed ':'; sed 'a'; sed '1,x p'; sed -E 's/a{2,1}/b/' <<< a; sed 's/[/b/' <<< a; sed 'p x' <<< a; echo $?

### ranges that match once and never
seq 10 | sed -n '/2/,/2/p'; seq 5 | sed -n '/9/,$p'; seq 5 | sed -n '4,2p'; seq 5 | sed -n '/3/,1p'; seq 20 | sed -n '/1$/,/3$/p' | paste -sd,

### a longer script
cat > p.sed <<'S'
# paragraphs to HTML
/^$/{
  x
  s/^\n//
  s/\n/ /g
  /./s/.*/<p>&<\/p>/p
  s/.*//
  x
  d
}
H
${
  x
  s/^\n//
  s/\n/ /g
  s/.*/<p>&<\/p>/p
}
S
printf 'first line\nsecond\n\nnew para\n\nlast\nend\n' | sed -n -f p.sed

### big input
seq 100000 | sed -n '50000p;99999,$p'; seq 100000 | sed 's/1/x/g' | md5sum; seq 20000 | sed ':a;N;$!ba;s/\n/ /g' | wc -c

### UTF-8
echo 'naïve café' | sed 's/é/e/;s/ï/i/'; echo '日本語' | sed 's/./X/g'; echo 'éa' | sed 's/^./[&]/'; echo 'ÀÉ' | sed 's/.*/\L&/'; echo 'éü' | sed 'y/éü/eu/'; printf '\xff\xc3\xa9\n' | sed 's/./X/g' | od -An -tx1; LC_ALL=C sed 's/./X/g' <<< é
