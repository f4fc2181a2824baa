Words: quoting, splitting, braces, tildes, command substitution.

### quotes of every kind
v=val; echo '$v' "$v" \$v "\$v" "a'b" 'a"b' "a\"b" a\ b 'it'\''s'

### dollar-single quotes
printf '%s|' $'tab\there' $'nl\nx' $'\x41\102\u00e9\U0001F600' $'\e[0m' $'\'' $'\\' $'\cA'; echo | od -An -c

### adjacent quoted parts form one word
a=x; set -- "a"b'c'$a"$a d"; echo "$# $1"

### backslash newline joins lines
echo one \
  two\
three "four \
five" 'six \
seven'

### unquoted variables are split on white space
v="  a  b   c "; set -- $v; echo $#; set -- "$v"; echo $#; echo $v; echo "$v"

### custom IFS splits on each separator
IFS=:; p="a::b:c:"; set -- $p; echo $#; printf '<%s>' "$@"; echo
IFS=', '; q="a, b ,c,,d"; set -- $q; echo $#; printf '<%s>' "$@"; echo

### empty IFS does not split
IFS=; v="a b c"; set -- $v; echo $#

### splitting applies to command substitution
set -- $(printf 'a b\nc'); echo $#; set -- "$(printf 'a b\nc')"; echo $#; x=$(printf 'a b'); echo "$x"

### command substitution strips trailing newlines only
x=$(printf 'a\n\nb\n\n\n'); printf '[%s]\n' "$x"; y=$(printf '\n\nlead'); printf '[%s]\n' "$y"

### nested command substitution
echo "$(echo "outer $(echo "inner $(echo deep)")")" `echo old \`echo nested\``

### command substitution keeps the status
x=$(exit 3); echo $?; local_f() { local y=$(exit 4); echo $?; }; local_f; echo "$(false)" ; echo $?

### reading a file with $(<file)
printf 'line1\nline2\n' > f; x=$(<f); echo "$x"; echo "$(< f)"; echo $(<nofile); echo $?

### NUL bytes in a substitution are dropped with a warning
x=$(printf 'a\0b'); echo "$x"

### brace lists
echo {a,b,c} pre{1,2}post {a,b}{1,2} {x,{y,z}} a{,b} {} {a} "{a,b}" {a,b\,c}

### brace sequences
echo {1..5} {5..1} {1..10..3} {10..1..4} {01..12..5} {-2..2} {a..e} {e..a..2} {001..3}

### brace expansion comes before variables
n=3; echo {1..$n}; eval "echo {1..$n}"; a={x,y}; echo $a

### brace expansion makes paths
mkdir -p proj/{src,test}/{a,b}; find proj -type d | sort; touch proj/src/a/{one,two}.c; echo proj/src/a/*

### tilde
HOME=/some/where; echo ~ ~/x "~" '~' a~ \~; x=~/y; echo $x; PATH_LIST=~/a:~/b; echo $PATH_LIST; echo ~root; echo ~nosuchuser

### tilde plus and minus
cd /; cd /tmp; echo ~+ ~-

### expansion results are not expanded again
x='$HOME `echo no` $(echo no) *'; echo "$x"; y='~'; echo $y; z='{a,b}'; echo $z

### globs in unquoted variables expand
touch a.txt b.txt; g='*.txt'; echo $g "$g"; set -f; echo $g; set +f

### a pattern that matches nothing stays
echo *.nothing; echo "*" '*' \*

### comments and empty commands
echo a # comment
# whole line
echo a#b '#c' \#d; : ; true;

### semicolons, newlines and groups
echo a; echo b
{ echo c; echo d; }
( echo e
echo f )
if true; then echo g; fi; while false; do :; done

### reserved words as arguments
echo if then else fi for do done while case esac { } ! in function time

### assignment before a command is in its environment only
unset V; V=1 bash -c 'echo "child $V"'; echo "[${V-unset}]"; A=1 B=2 env | grep -E '^[AB]=' | sort

### words with equals signs and dashes
echo a=b --x=y -- -n; printf '%s\n' -- -x; echo -n no newline; echo; echo -e 'a\tb\\n\x41\0101'; echo -E 'a\tb'; echo -nE x; echo -z

### echo stops at \c
echo -e 'seen\cunseen'; echo; echo 'a\c'

### a very long word survives
x=$(printf 'a%.0s' {1..10000}); echo ${#x}; y=$x$x$x$x; echo ${#y}; echo "$y" | wc -c

### many arguments survive
set -- $(seq 1 5000); echo $# ${5000}; f() { echo $#; }; f "$@" "$@"; printf '%s\n' "$@" | tail -n 1

### quoting inside substitution inside quotes
f() { echo "$#:$1"; }; f "$(echo "a b" 'c  d')"; echo "${x:-"a b"}" "${x:-'a b'}"; echo "`echo "in  side"`"

### backslashes through the layers
echo "a\\b" 'a\\b' a\\b "\n" "\a" \n; printf '%s\n' "\\$" "\`" "\!"
