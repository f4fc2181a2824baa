Functions: arguments, local, return, recursion, scope; getopts.

### defining and calling
f() { echo "f $# $1"; }; function g { echo "g $*"; }; function h() { echo h; }; f a b; g c d; h; i() ( echo subshell; exit 3 ); i; echo $?; j() if true; then echo j; fi; j

### return values
ok() { return 0; }; bad() { return 42; }; last() { false; }; ok; echo $?; bad; echo $?; last; echo $?; r() { return; }; false; r; echo $?; big() { return 300; }; big; echo $?

### output as a value
add() { echo $(( $1 + $2 )); }; s=$(add 2 3); echo "$s $(add $s $(add 1 1))"

### local variables
x=global; f() { local x=local y; echo "$x [${y-unset}]"; x=changed; g; }; g() { echo "g sees $x"; x=by_g; }; f; echo $x

### local without a value hides
x=1; f() { local x; echo "[${x-unset}]"; x=2; }; f; echo $x; local z=1; echo $?

### local declarations
f() { local -r r=1; local -i n=2+3; local -a a=(1 2); local -A m=([k]=v); local -u u=abc; echo "$r $n ${a[1]} ${m[k]} $u"; local -x E=exported; bash -c 'echo "$E"'; }; f; echo "[$E]"; g() { local -p; }; h() { local q=1; local -p; }; h

### unset reveals the outer variable
x=outer; f() { local x=inner; unset x; echo "[${x-none}]"; }; f; g() { local x=g; h; echo "$x"; }; h() { unset x; echo "h:${x-none}"; }; g

### recursion
fact() { (( $1 < 2 )) && echo 1 || echo $(( $1 * $(fact $(( $1 - 1 ))) )); }; fact 10; down() { (( $1 )) || return 0; printf '%d ' $1; down $(( $1 - 1 )); }; down 5; echo; depth() { (( $1 == 0 )) && { echo bottom; return; }; depth $(( $1 - 1 )); }; depth 300

### towers of Hanoi
hanoi() { local n=$1; (( n == 0 )) && return; hanoi $((n-1)) $2 $4 $3; echo "$2->$3"; hanoi $((n-1)) $4 $3 $2; }; hanoi 3 A C B | paste -sd' '

### recursion is limited by FUNCNEST
# isolated: errors in functions name the shell's input, as bash -c does it
FUNCNEST=5; f() { f; }; f; echo "status $?"

### a function overrides a command
ls() { echo "my ls $*"; }; ls -x; command ls -d /; unset -f ls; ls -d /; cd() { builtin cd "$@" && echo "now $PWD"; }; cd /; echo() { printf 'E:%s\n' "$*"; }; echo hi

### printing definitions
f() { local a=1; if [[ $a ]]; then echo "x  y" 'z'; else for i in 1 2; do :; done; fi | cat > /dev/null; }; declare -f f; type f; declare -F f; declare -F nosuch; echo $?

### pretty printing of every construct
g() { while read -r x; do case $x in a|b) echo 1 ;; *) echo 2 ;& c) ;; esac; done < in >> out 2>&1; until false; do break; done; select s in 1; do :; done; (( i++ )); [[ a && ! b ]]; ( sub ); { grp; }; a=(1 2); x=${y:-z} cmd & for ((i=0;i<1;i++)); do :; done; coproc c { :; }; ! false && true || :; cat <<E
doc $x
E
}
declare -f g

### the call stack
# isolated: errors in functions name the shell's input, as bash -c does it
a() { b; }; b() { echo "${FUNCNAME[*]}"; echo "${BASH_LINENO[*]}"; caller 0; caller; }
a

### arguments are restored after a call
set -- outer1 outer2; f() { set -- x y z; shift; echo "$#"; }; f 1; echo "$# $1"

### functions in subshells, pipes and xargs
f() { echo "f:$1"; }; (f a); echo b | while read -r x; do f $x; done; export -f f; bash -c 'f exported'; echo c d | xargs -n 1 bash -c 'f "$0"'; export -nf f; bash -c 'f no' 2>/dev/null; echo $?

### variables set in functions are global
f() { V=set; declare D=local; declare -g G=global; }; f; echo "$V [$D] $G"

### names with odd characters
my-func() { echo dash; }; my.func() { echo dot; }; my::func() { echo colons; }; my-func; my.func; my::func; 2func() { echo digit; }; 2func

### redefining and nesting
f() { echo one; f() { echo two; }; }; f; f; outer() { inner() { echo inner; }; }; outer; inner

### functions with redirected input
count() { local n=0; while read -r _; do (( n++ )); done; echo $n; }; seq 5 | count; count < <(seq 3); count <<< x

### readonly functions
f() { echo 1; }; readonly -f f; f() { echo 2; }; f; unset -f f; echo $?

### return in a sourced file and outside
echo 'echo in; return 5; echo no' > s; . ./s; echo $?; return 1; echo "status $?"

### syntax errors in definitions
bash -c 'f() { echo x'; echo $?; bash -c 'f() {}'; echo $?; bash -c 'if() { :; }'; echo $?

### getopts
parse() { local OPTIND=1 o; while getopts 'ab:c' o; do case $o in a) echo a;; b) echo "b=$OPTARG";; c) echo c;; ?) echo bad;; esac; done; shift $((OPTIND-1)); echo "rest: $*"; }
parse -a -b val -c x y; parse -acbval; parse -b; parse -z; parse -a -- -b; parse a -b

### silent getopts
while getopts ':x:y' o -y -x -q 2>/dev/null; do case $o in :) echo "missing for $OPTARG";; \?) echo "unknown $OPTARG";; *) echo "$o ${OPTARG-}";; esac; done; OPTIND=1; while getopts ':x:' o -x; do echo "$o $OPTARG"; done; OPTIND=1; while getopts ':x:' o -q; do echo "$o $OPTARG"; done

### long options by hand
set -- --name=val --flag --out file -- rest1 --rest2
while [ $# -gt 0 ]; do case $1 in --name=*) echo "name ${1#*=}";; --flag) echo flag;; --out) echo "out $2"; shift;; --) shift; break;; -*) echo "unknown $1";; esac; shift; done; echo "$@"

### getopt from util-linux
o=$(getopt -o ab:c:: -l alpha,beta:,gamma:: -n prog -- -a -b 'x y' --gamma --beta=z -cq file "a b"); echo "$o"; eval set -- "$o"; echo $# "$3"; getopt -o a -n prog -- -z; echo $?; getopt -o '' -l long,longer -n prog -- --lon; echo $?; getopt -T; echo $?

### callbacks and higher order
map() { local f=$1 x; shift; for x; do "$f" "$x"; done; }; dbl() { echo $(( $1 * 2 )); }; map dbl 1 2 3 | paste -sd+; filter() { local p=$1 x; shift; for x; do "$p" "$x" && echo "$x"; done; }; even() { (( $1 % 2 == 0 )); }; filter even {1..6} | paste -sd,

### default arguments and argument checks
greet() { local who=${1:-World} n=${2:-1}; (( n > 0 )) || { echo "usage: greet [who] [n]" >&2; return 2; }; for ((;n-->0;)); do echo "Hello, $who"; done; }; greet; greet Bob 2; greet x 0; echo $?
