Parameter expansion: defaults, lengths, substrings, patterns, case, indirection, transformation.

### default value when unset or empty
unset a; b=
echo "[${a-unset}] [${a:-none}] [${b-unset}] [${b:-empty}]"
echo "[${a+set}] [${b+set}] [${b:+nonempty}]"

### assigning a default keeps it
unset name count
echo "${name:=anonymous}" "$name"
: "${count:=3}" "${count:=9}"
echo "$count"

### required variable that is missing stops the shell
# isolated: the exit status is that of bash -c
unset DEPLOY_ENV
echo "before"
echo "${DEPLOY_ENV:?must be set to staging or production}"
echo "not reached"

### required variable without a message
( : "${NOPE?}" ); echo "status $?"
( x=; : "${x:?}" ); echo "status $?"

### required variable in a subshell does not end the parent
out=$(echo "${MISSING:?no value}" 2>&1); echo "status=$? out=$out"
echo "still here"

### length of strings, arguments and arrays
s="hello world"; set -- a "b c" d; arr=(x yy zzz)
echo "${#s} ${#} ${#@} ${#*} ${#arr[@]} ${#arr[2]} ${#arr}"

### substring with offset and length
s=0123456789
echo "${s:3}" "${s:3:4}" "${s:0:1}" "${s: -3}" "${s: -3:2}" "${s:2:-2}" "${s:(-4)}" "${s:20}|"
n=2; echo "${s:n:n+1}" "${s:$n}" "${s:n*2}"

### substring of positional parameters
set -- one two three four five
echo "${@:2:3}"; echo "${@: -2}"; echo "${*:1:2}"; echo "${@:0:1}" | sed 's/.*bash$/bash/'
for x in "${@:3}"; do printf '<%s>' "$x"; done; echo

### a negative length that is too large is an error
s=abc; echo "${s:1:-5}"; echo "status $?"

### removing a prefix
p=/usr/local/lib/libfoo.so.1.2
echo "${p#/}" "${p#*/}" "${p##*/}" "${p#/usr}" "${p#nomatch}"

### removing a suffix
f=archive.tar.gz
echo "${f%.*}" "${f%%.*}" "${f%.gz}" "${f%nomatch}" "${f%[!.]*}"

### directory, base name and extension the shell way
path="/home/me/my report.final.txt"
dir=${path%/*} base=${path##*/} ext=${path##*.} stem=${base%.*}
printf '%s\n' "$dir" "$base" "$ext" "$stem"

### replacing the first and every match
s="the cat sat on the mat"
echo "${s/the/a}"; echo "${s//the/a}"; echo "${s/#the/A}"; echo "${s/%mat/rug}"; echo "${s//at}"; echo "${s/ *}"

### replacing with pattern characters and slashes
p="a/b/c"; echo "${p//\//::}" "${p//[ab]/X}" "${p//?/.}"
x='a*b*c'; echo "${x//\*/-}" "${x//'*'/+}"
pat='*'; echo "${x/"$pat"/Q}" "${x/$pat/Q}"

### ampersand in the replacement stands for the match
s=abc; echo "${s/b/[&]}" "${s/b/[\&]}" "${s//?/&&}"
shopt -u patsub_replacement; echo "${s/b/[&]}"

### case modification
s="hello World"; echo "${s^}" "${s^^}" "${s,}" "${s,,}" "${s^^[lo]}" "${s~}" "${s~~}"
w=(alpha beta); echo "${w[@]^}" "${w[*]^^}"

### declared upper and lower case
declare -u up=MixedCase; declare -l low=MixedCase; declare -c cap=mixed
echo "$up $low $cap"; up+=tail; echo "$up"

### indirect expansion
a=b; b=c; echo "${!a}"
arr=(1 2 3); ref='arr[1]'; echo "${!ref}"; ref='arr[@]'; echo "${!ref}"
set -- x y z; i=2; echo "${!i}" "${!#}"

### names with a prefix
cfg_host=h cfg_port=1 cfg_=e; echo "${!cfg_@}"; for v in "${!cfg_@}"; do echo "$v=${!v}"; done

### keys of an array
a=([3]=x [7]=y); echo "${!a[@]}"; echo "${!a[*]}"

### quoting a value for reuse
s=$'it\'s a\ttab \\ and "quotes"'; echo "${s@Q}"
a=('x y' "z'"); echo "${a[@]@Q}"; eval "copy=${s@Q}"; [[ $copy == "$s" ]] && echo same

### transformations
s='a\tb'; echo "${s@E}"; n=foo; echo "${n@U} ${n@u} ${n@L}"
declare -i num=5; echo "${num@a} ${num@A}"; declare -rx both=1; echo "${both@a}"
declare -A m=([k]=v); echo "${m@a}"; a=(1 '2 3'); echo "${a[@]@A}"; echo "${a[@]@K}"

### prompt expansion of a string
p='\h'; host=${p@P}; [[ -n $host ]] && echo "nonempty"
p='\$ \\ \101'; echo "${p@P}"

### nested defaults
unset a b; c=deep; echo "${a:-${b:-${c}}}" "${a:-$(echo cmd)}" "${a:-"quoted  spaces"}"

### a default is split unless it is quoted
unset v
set -- ${v:-a b c}; echo $#; set -- "${v:-a b c}"; echo $#; set -- ${v:-"a b" c}; echo $#

### arguments keep their boundaries
show() { printf '%d:' $#; printf '<%s>' "$@"; echo; }
set -- 'a b' '' c; show "$@"; show "$*"; show $@; show $*; show "x$@y"

### joining arguments with IFS
set -- a b c; IFS=,; echo "$*"; IFS=; echo "$*"; IFS=$' \t\n'; echo "$*"

### a command held in arguments is run as it is
run() { echo "+ $*"; "$@"; }
run printf '%s|' 'a b' c; echo; run test -n ''; echo $?

### a loop without a list takes the arguments
f() { for a; do printf '[%s]' "$a"; done; echo; }
f 'one two' '' '*' three

### special parameters
set -- p q; echo "$# $0"; false; echo "$?"; true & wait $!; [[ $! =~ ^[0-9]+$ ]] && echo pid; [[ $$ =~ ^[0-9]+$ ]] && echo self
echo last word; echo "$_"

### unset removes variables and functions
a=1; f() { echo f; }; unset a f; echo "${a-gone}"; f; echo $?
readonly r=1; unset r; echo $?

### readonly variables resist
readonly K=1; K=2; echo "not reached"

### appending to a variable
s=a; s+=b; s+=c; echo $s; declare -i n=1; n+=5; echo $n; n=n*2; echo $n

### assignment forms that do not run a command
a=1 b=$a c=$((b+1)); echo "$a$b$c"; x=5 true; echo "[$x]"; y=6 eval 'echo $y'; echo "[$y]"
