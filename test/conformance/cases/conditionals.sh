Conditionals: if, case, [[ ]], regular expressions, test.

### if, elif, else
for n in 1 2 3; do
  if (( n == 1 )); then echo one; elif [ $n -eq 2 ]; then echo two; else echo many; fi
done

### the status of if without a match is zero
if false; then echo no; fi; echo $?

### and-or lists
true && echo a || echo b; false && echo a || echo b; false || false || echo c; true || echo d && echo e; ! false && echo f

### case patterns
for w in apple 42 -x "" a.b foo.txt '*'; do
  case $w in
    [0-9]*) echo "number $w" ;;
    -*) echo "option $w" ;;
    '') echo "empty" ;;
    *.txt|*.md) echo "document $w" ;;
    a*) echo "a-word $w" ;;
    \*) echo "star" ;;
  esac
done

### case falls through
case a in a) echo 1 ;& b) echo 2 ;; c) echo 3 ;; esac
case abc in a*) echo starts ;;& *c) echo ends ;;& *z) echo no ;; *) echo default ;; esac

### case with quoted patterns and variables
p='a*'; case 'a*' in "$p") echo literal ;; esac; case abc in $p) echo pattern ;; esac; case abc in "$p") echo no ;; *) echo quoted ;; esac

### case without a match
case x in y) echo no ;; esac; echo $?

### double brackets compare strings
[[ abc == abc ]] && echo eq; [[ abc != abd ]] && echo ne; [[ abc < abd ]] && echo lt; [[ b > a ]] && echo gt; [[ "" ]] || echo empty; [[ -z "" && -n x ]] && echo zn

### double brackets match patterns
f=photo.JPG; [[ $f == *.JPG ]] && echo glob; [[ $f == "*.JPG" ]] || echo literal; [[ $f == *.[jJ][pP][gG] ]] && echo class; [[ $f = ph* ]] && echo single
shopt -s nocasematch; [[ $f == *.jpg ]] && echo nocase; case ABC in abc) echo nocase case ;; esac

### double brackets do not split
v="a b"; e=; [[ $v == "a b" ]] && echo ok; [[ $e == "" ]] && echo ok2; [[ -n $v && ! -n $e ]] && echo ok3

### double brackets compare numbers
[[ 10 -gt 9 ]] && echo 1; [[ 010 -eq 8 ]] && echo 2; x=5; [[ x+1 -eq 6 ]] && echo 3; [[ 3 -le 3 && 3 -ge 3 && 2 -ne 3 && 1 -lt 2 ]] && echo 4

### grouping and precedence in double brackets
[[ ( 1 -eq 2 || 2 -eq 2 ) && ! ( 3 -eq 4 ) ]] && echo yes; [[ a == a || x == y && 1 -eq 2 ]] && echo yes2

### regular expression captures
s="John Smith <john@example.org>"; re='^([A-Za-z]+) ([A-Za-z]+) <([^@]+)@([^>]+)>$'
if [[ $s =~ $re ]]; then printf '%s\n' "${BASH_REMATCH[@]:1}"; fi
[[ nope =~ $re ]]; echo "$? ${#BASH_REMATCH[@]}"

### regular expression classes and anchors
[[ "abc123" =~ ^[[:alpha:]]+[[:digit:]]+$ ]] && echo 1; [[ "a.c" =~ a\.c ]] && echo 2; [[ "abc" =~ a\.c ]] || echo 3; [[ "a  b" =~ a[[:space:]]+b ]] && echo 4; [[ x =~ ^(a|x)?$ ]] && echo 5; [[ "2.5.10" =~ ^([0-9]+)\.([0-9]+)(\.([0-9]+))?$ ]] && echo "${BASH_REMATCH[4]}"

### quoted regular expressions are literal
r='a.c'; [[ abc =~ $r ]] && echo re; [[ abc =~ "$r" ]] || echo lit; [[ a.c =~ "a.c" ]] && echo lit2

### bounded repetition and alternation
[[ 192.168.1.254 =~ ^([0-9]{1,3}\.){3}[0-9]{1,3}$ ]] && echo ip; [[ 2024-02-29 =~ ^[0-9]{4}-(0[1-9]|1[0-2])-([0-2][0-9]|3[01])$ ]] && echo "${BASH_REMATCH[1]}"

### an invalid regular expression
[[ a =~ '(' ]]; echo $?; r='('; [[ a =~ $r ]]; echo $?; r='a{2,1}'; [[ a =~ $r ]]; echo $?

### regular expression extensions that scripts rely on
check() { [[ $1 =~ $2 ]] && printf '%s ~ %s -> <%s>\n' "$1" "$2" "${BASH_REMATCH[0]}" || printf '%s !~ %s\n' "$1" "$2"; }
check 'foo bar' '\bbar\b'; check 'foobar' '\bbar'; check 'foobar' '\Bbar'; check 'foo bar' '\<bar\>'
check 'ab_1 x' '\w+'; check 'ab x' '\s'; check 'ab x' '\S+$'; check 'ab-x' '\W'; check 'a5' '\d'
check abab '(ab)\1'; check abba '^(.)(.)\2\1$'; check aa '(a)(\1)'
check aaa '^a{,2}$'; check aa '^a{,2}$'; check 'a{,2}' 'a\{,2}'; check 'a{' 'a{'; check 'a{x' 'a{x'
check "a'b" "\`a'b"; check ab '\`ab'; check ab "ab\'"

### regular expressions match the leftmost longest
check() { [[ $1 =~ $2 ]]; echo "$? ${#BASH_REMATCH[@]} $(printf '<%s>' "${BASH_REMATCH[@]}")"; }
check abcd 'ab|abcd'; check xyz 'x(y|yz)?z?'; check aaa '(a*)(a*)'; check aaa '(a|aa)*'; check abc '(a|ab)(c|bcd)?'
check foobar '(foo|foob)(ar|bar)'; check '' '(a*)'; check ab '(a)|(b)'; check b '(a)|(b)'; check abcabc '(a(b)(c))+'

### regular expressions with empty parts
check() { [[ $1 =~ $2 ]]; printf '%s %s:%s\n' "$2" $? "${BASH_REMATCH[0]}"; }
check ab 'a||b'; check ab '(|a)b'; check ab '()ab'; check ab 'a()b'; check ab '(a|)b'; check '*a' '^*a'; check a 'a**'; check aa 'a+?'; check '+' '+'; check a '|'; check '' ''

### classes, equivalents and collating elements in regular expressions
[[ dog =~ [[=d=]].. ]] && echo equivalent; [[ dog =~ [[.d.]]og ]] && echo collating; [[ a-b =~ [[.-.]] ]] && echo "${BASH_REMATCH[0]}"
[[ 'x]y' =~ []] ]] && echo "${BASH_REMATCH[0]}"; [[ 'a\b' =~ [\\] ]] && echo backslash; [[ é =~ ^[[:alpha:]]$ ]] && echo alpha; [[ É =~ [[:upper:]] ]] && echo upper
[[ $'a\nb' =~ a.b ]] && echo newline; [[ $'a\nb' =~ ^b ]] || echo whole; [[ ab =~ [^[:space:]]+ ]] && echo "${BASH_REMATCH[0]}"; r='[[:nope:]]'; [[ a =~ $r ]]; echo $?; r='[b-a]'; [[ a =~ $r ]]; echo $?
shopt -s nocasematch; [[ STRASSE =~ strasse ]] && echo nocase; [[ É =~ é ]] && echo nocase accent

### a regular expression over a long text
s=$(printf 'x%.0s' {1..20000})needle; [[ $s =~ (x+)(needle)$ ]]; echo $? ${#BASH_REMATCH[1]} ${BASH_REMATCH[2]}; [[ $s =~ nothing ]]; echo $?; for i in {1..500}; do [[ key$i=value =~ ^([a-z]+)([0-9]+)= ]] && (( t += BASH_REMATCH[2] )); done; echo $t

### walking through all matches
s="a1b22c333"; while [[ $s =~ ([0-9]+)(.*) ]]; do echo "${BASH_REMATCH[1]}"; s=${BASH_REMATCH[2]}; done

### file tests
touch empty; echo data > full; mkdir d; ln -s full link; ln -s nowhere dangling; mkfifo p; chmod 4755 full
for t in -e -f -d -L -h -p -s -r -w -x -u -S -b -c -k; do printf '%s:' "$t"; for f in empty full d link dangling p none; do [[ $t == -? ]] && test $t $f && printf ' %s' $f; done; echo; done

### newer, older, same file
touch -d 2020-01-01 old; touch -d 2021-01-01 new; ln new hard; [[ new -nt old ]] && echo nt; [[ old -ot new ]] && echo ot; [[ new -ef hard ]] && echo ef; [[ new -nt missing ]] && echo nt-missing; [[ missing -ot new ]] && echo ot-missing; [[ old -nt new ]] || echo no

### test with two to four arguments
[ a = a ]; echo $?; [ ! a ]; echo $?; [ "" ]; echo $?; [ -n ]; echo $?; [ -z "" ]; echo $?; [ ! a = b ]; echo $?; [ ]; echo $?; test; echo $?; [ a = a -a b = b ]; echo $?; [ a = b -o b = b ]; echo $?; [ \( a = b \) -o \( 1 -lt 2 \) ]; echo $?

### test complains about what it cannot read
[ 1 -eq one ]; echo $?; [ a b ]; echo $?; [ 1 2 3 ]; echo $?; [ a = ; echo $?; [ -q x ]; echo $?; [ 1 -gt ]; echo $?

### an unquoted empty variable breaks test
unset v; [ $v = x ]; echo $?; [ "$v" = x ]; echo $?; v="a b"; [ $v = x ]; echo $?

### -v, -o and -R
a=(x); declare -A m=([k]=1); n=; unset u; for v in a 'a[0]' 'a[1]' 'm[k]' 'm[z]' n u; do [[ -v $v ]] && echo "$v"; done; [[ -o braceexpand ]] && echo on; [[ -o errexit ]] || echo off; declare -n r=n; [[ -R r ]] && echo ref

### -t without a terminal
[ -t 0 ] || echo "no 0"; [ -t 1 ] || echo "no 1"; [[ -t 2 ]] || echo "no 2"

### string comparison of numbers is not numeric
[[ 10 < 9 ]] && echo string; (( 10 < 9 )) || echo number; [ 10 \< 9 ] && echo test

### nested conditions in functions
grade() { local s=$1; if (( s >= 90 )); then echo A; elif (( s >= 80 )); then echo B; else case $s in 7?) echo C ;; *) echo F ;; esac; fi; }
for s in 95 85 75 50; do grade $s; done | tr '\n' ' '; echo

### syntax errors in double brackets
bash -c '[[ a == ]]'; echo $?; bash -c '[[ a b ]]'; echo $?
