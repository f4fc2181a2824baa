grep, egrep, fgrep.

### basics
printf 'apple\nBanana\ncherry\nbanana split\n' > f; grep an f; grep -i banana f; grep -v an f; grep -c an f; grep -n an f; grep -x cherry f; grep -w banana f; grep -l an f; grep -L an f; echo $?; grep zzz f; echo $?; grep -q an f; echo $?; grep -m 1 an f; grep -s x nosuch; echo $?; grep '' f | wc -l

### several patterns
printf 'a\nb\nc\nab\n' > f; grep -e a -e c f; printf 'b\nc\n' > p; grep -f p f; grep -xf p f; grep -vf p f; grep -E 'a|c' f; grep $'a\nc' f; grep -f /dev/null f; echo $?; grep -vf /dev/null f | wc -l

### basic and extended syntax
printf 'aa\na+\n(x)\na{2}\nab|cd\ncd\n' > f; grep 'a\+$' f; grep 'a+' f; grep -E 'a\+' f; grep -E '^a{2}$' f; grep 'a\{2\}' f; grep '(x)' f; grep -E '\(x\)' f; grep 'ab\|^cd' f; grep -E '^(ab|cd)' f; grep -F 'a{2}' f; grep -G 'a{2}' f; egrep '^c|x' f; fgrep '|' f

### classes, anchors, words
printf 'x1\n1x\nfoo bar\nfoobar\nTab\there\n\n_u\n' > f; grep '^[0-9]' f; grep '[[:alpha:]]$' f; grep '\bbar' f; grep '\<bar\>' f; grep 'foo\B' f; grep -w foo f; grep -P '\t' f; grep '\w\W\w' f; grep -n '^$' f; grep -c . f; grep '[^a-z ]' f | wc -l; grep -E '^.{2}$' f

### back references
printf 'abab\nabba\nhello\naa\n' > f; grep -E '(ab)\1' f; grep '\(.\)\1' f; grep -E '^(.)(.).*\2\1$' f; grep -cE '(.)\1' f

### only the match
echo 'a1b22c333' | grep -o '[0-9]*'; echo 'a1b22c333' | grep -oE '[0-9]{2,}'; printf 'k=v\nx=y z=w\n' | grep -on '[a-z]='; echo 'foofoo' | grep -o foo | wc -l; echo 'see http://a.b/c and https://x.y' | grep -oE 'https?://[^ ]+'; echo abc | grep -ob b; echo x | grep -o y; echo $?

### context
seq 10 > f; grep -A 2 5 f; grep -B 1 5 f; grep -C 1 5 f; grep -n -A 1 -e 3 -e 7 f; grep -A1 --group-separator='**' -e 1 f; grep -A 1 --no-group-separator -e 2 -e 8 f; grep -1 5 f; grep -c -A 3 5 f; grep -A 1 -m 1 1 f

### files and names
mkdir d; printf 'x\n' > a; printf 'x\ny\n' > b; printf 'z\n' > d/c; grep x a b; grep -h x a b; grep -H x a; grep -c x a b d/c; grep -l x a b; grep -L x a b d/c; grep -n y a b; grep x a nosuch; echo $?; cat a | grep -H x; cat a | grep --label=in -H x; grep x - b < a; grep -Z -l x a b | tr '\0' '|'; echo; grep -T -n x a b

### recursive
mkdir -p s/t .h; echo foo > s/a.c; echo foo > s/t/b.h; echo foo > s/t/c.txt; echo foo > .h/d.c; ln -s s l; grep -r foo . | sort; grep -rl foo s | sort; grep -r --include='*.c' foo . | sort; grep -r --exclude='*.txt' foo s | sort; grep -r --exclude-dir=t foo s; grep -rh foo s | wc -l; grep -R foo l | sort; grep -r foo s/t --include='*.[ch]'; grep -r nothing .; echo $?; cd s; grep -r foo | sort; grep foo *; echo $?; grep -d skip foo *

### fixed strings
printf 'a.c\nabc\n$x\n[z]\n\\n\n' > f; grep -F a.c f; grep -F '$x' f; grep -F '[z]' f; grep -F '\n' f; grep -Fx abc f; grep -Fi ABC f; grep -Fw a f; grep -F -e a. -e '[' f; grep -c -F '' f; grep -Fo . f

### Perl expressions
printf 'foo123\nbar\nfoobar\nprice: $42.50\n' > f; grep -P '\d+' f; grep -oP '(?<=foo)\w+' f; grep -oP '\$\K[\d.]+' f; grep -P '^foo(?!bar)' f; grep -P '^(?=.*o)(?=.*r)' f; grep -oP '[a-z]+?' f | head -n 1; grep -P '(?i)BAR$' f; grep -oP '(?<n>o)\k<n>' f; echo 'a,b' | grep -oP '\w(?=,)'; grep -P '(' f; echo $?; grep -P 'a\K' f; echo 'éa' | grep -oP '\w+'; echo 'tést' | grep -P '^t.st$'; echo x | grep -oP '\x78|\p{Lu}'

### binary files
printf 'text\0bin match\n' > b; grep match b; grep -a match b | tr '\0' '0'; grep -c match b; grep -o match b; grep -I match b; echo $?; grep --binary-files=without-match match b; echo $?; grep -l match b; printf 'ok\n\xff\xfe match\n' > i; grep match i; grep ok i; grep -a match i | od -An -c; printf 'x\0' | grep x

### NUL data
printf 'one\ntwo\0three\0' | grep -z two | tr '\0' '|'; echo; printf 'a b\0c\0' | grep -zc a; printf 'x\ny\0' | grep -zP 'x\ny' | tr '\0' '\n'; printf 'a\0b\0' | grep -zv a | tr '\0' '\n'

### line numbers, offsets, colors
printf 'aa\nba\n' > f; grep -b a f; grep -nb b f; grep --color=always a f | od -c | head -n 3; grep --color=always -n b f | cat -v; grep --color=auto a f; GREP_COLORS='mt=01;32' grep --color=always b f | cat -v

### exit status with errors
printf 'x\n' > f; grep x f nosuch; echo $?; grep -q x f nosuch; echo $?; grep -s y f nosuch; echo $?; grep y f; echo $?; grep -q x nosuch f; echo $?

### errors and usage
grep; echo $?; grep '\(' /dev/null; echo $?; grep -E '(' /dev/null; echo $?; grep '[' /dev/null; echo $?; grep -E 'a{1' <<< 'a{1'; grep '*a' <<< '*a'; grep -E '*a' <<< a; echo $?; grep -E 'a**' <<< a; grep '[[:foo:]]' /dev/null; echo $?; grep '[:space:]' /dev/null; echo $?; grep --nosuch; echo $?; grep -A x a; echo $?; grep -m; echo $?; grep 'a\{2,1\}' /dev/null; echo $?; grep -E '[b-a]' /dev/null; echo $?; grep 'a\' /dev/null; echo $?; grep '\d' <<< d; grep -P 'a' --zzz; echo $?

### inverted with context, count and max
seq 6 > f; grep -v -A 1 '[1-4]' f; grep -vc 3 f; grep -v -m 2 1 f; grep -vn '[2-5]' f; grep -vx 3 f | paste -sd,; grep -o -v x f; echo $?

### UTF-8
printf 'é\nE\nstraße\nСтранА\n日本語\n' > f; grep -i É f; grep -o . f | head -n 1; grep '^.$' f; grep -c '^...$' f; grep -i странА f; grep -w straße f; grep -oE '\w+' f | tail -n 1; grep 本 f; LC_ALL=C grep -c '^..$' f; grep '[[:alpha:]]' f | wc -l

### patterns beginning with dashes and odd files
printf -- '-x\n--\n' > f; grep -e -x f; grep -- -- f; grep '\-x' f; echo data > -f; grep data -- -f; grep data ./-f; : > empty; grep x empty; echo $?; grep -c x empty; printf 'no newline' | grep newline | od -An -c | tail -n 1

### large input
seq 200000 | grep -c 7; seq 100000 | grep -E '^(1|2)+$' | wc -l; seq 100000 | grep -m 3 -n 999; seq 100000 | grep -v 1 | tail -n 1; yes abc | head -n 100000 | grep -o b | wc -l

### long lines
head -c 300000 /dev/zero | tr '\0' a > l; echo b >> l; grep -c b l; grep -o 'a\{5\}b' l; grep -c '^a' l; grep -ob b l

### searching source code
cat > m.py <<'P'
import os
def main():
    # TODO: fix
    print("hi")  # todo later
class A:
    def run(self): pass
P
grep -nE '^\s*(def|class) ' m.py; grep -in todo m.py; grep -oP 'def \K\w+' m.py; grep -c '' m.py; grep -vE '^\s*#|^$' m.py | wc -l; grep -n -B1 -A1 print m.py
