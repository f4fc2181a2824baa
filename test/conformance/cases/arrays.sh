Indexed arrays.

### creating and reading
a=(one "two words" three); echo "${a[0]}|${a[1]}|${a[-1]}|$a|${a[@]}|${#a[@]}"

### iterating keeps elements whole
a=("a b" "" c); for e in "${a[@]}"; do printf '<%s>' "$e"; done; echo; for e in "${a[*]}"; do printf '<%s>' "$e"; done; echo; for e in ${a[@]}; do printf '<%s>' "$e"; done; echo

### sparse arrays
a[5]=five; a[2]=two; a[100]=far; echo "${!a[@]}" "${#a[@]}" "${a[@]}"; unset 'a[5]'; echo "${!a[@]}"; echo "[${a[3]}]"

### appending
a=(1); a+=(2 3); a+=([7]=x y); echo "${!a[@]}: ${a[@]}"; a[0]+=0; echo "${a[0]}"; a+=z; echo "$a"

### slices
a=(zero one two three four); echo "${a[@]:1:3}" "${a[@]: -2}" "${a[@]:3}"; echo "${a[@]::2}"; b=("${a[@]:1:2}"); echo "${#b[@]}"

### operations on every element
a=(foo.c bar.c baz.h); echo "${a[@]%.c}" "${a[@]/#/src/}" "${a[@]/%.c/.o}" "${a[@]#b}" "${a[@]^}"

### negative index
a=(a b c); echo "${a[-1]} ${a[-3]}"; a[-1]=z; echo "${a[@]}"; unset 'a[-1]'; echo "${a[@]}"

### an index out of range is an error
a=(1 2); a[-5]=x; echo "status $?"; echo "[${a[-5]}]"

### copying and comparing
a=("x y" z); b=("${a[@]}"); b[0]=changed; echo "${a[0]} ${b[0]}"; [[ "${a[*]}" == "${b[*]}" ]] || echo differ

### joining with a separator
a=(a b c); (IFS=,; echo "${a[*]}"); printf -v s '%s, ' "${a[@]}"; echo "${s%, }"; join() { local IFS=$1; shift; echo "$*"; }; join - 1 2 3

### splitting a string into an array
s="red:green:blue"; IFS=: read -r -a c <<< "$s"; echo "${#c[@]} ${c[1]}"; c=(${s//:/ }); echo "${c[2]}"

### from a command
a=($(seq 3)); echo "${#a[@]}"; mapfile -t b < <(printf 'l 1\nl 2\n'); echo "${#b[@]} ${b[1]}"

### does it contain a value
has() { local x=$1 e; shift; for e; do [[ $e == "$x" ]] && return 0; done; return 1; }
a=(apple "banana split" cherry); has "banana split" "${a[@]}" && echo yes; has banana "${a[@]}" || echo no
[[ " ${a[*]} " == *" cherry "* ]] && echo found

### stack and queue
s=(); s+=(1); s+=(2); s+=(3); echo "${s[-1]}"; unset 's[-1]'; echo "${s[@]}"; q=(1 2 3); q=("${q[@]:1}"); echo "${q[@]}"; echo "${#q[@]}"

### removing elements by value and reindexing
a=(a b c b d); for i in "${!a[@]}"; do [[ ${a[i]} == b ]] && unset "a[i]"; done; echo "${!a[@]}"; a=("${a[@]}"); echo "${!a[@]}"

### reversing
a=(1 2 3 4); for ((i=${#a[@]}-1;i>=0;i--)); do r+=("${a[i]}"); done; echo "${r[@]}"

### sorting through a pipe
a=(pear apple fig); IFS=$'\n' s=($(sort <<< "${a[*]}")); unset IFS; echo "${s[@]}"; mapfile -t -d '' z < <(printf '%s\0' "${a[@]}" | sort -rz); echo "${z[@]}"

### bubble sort
a=(5 3 9 1 7); n=${#a[@]}; for ((i=0;i<n;i++)); do for ((j=0;j<n-i-1;j++)); do if ((a[j]>a[j+1])); then t=${a[j]}; a[j]=${a[j+1]}; a[j+1]=$t; fi; done; done; echo "${a[@]}"

### passing arrays to functions
f() { echo "$# ${2}"; }; a=("p q" "r s"); f "${a[@]}"; g() { local -n arr=$1; arr+=(new); echo "${#arr[@]}"; }; g a; echo "${a[2]}"

### declare prints arrays
declare -a a=([0]="x" [3]="y z"); declare -p a; declare -ai n=(1+1 2*3); declare -p n; readonly -a r=(1 2); declare -p r; r[0]=5; echo "not reached"

### empty arrays and set -u
# isolated: the exit status is that of bash -c
set -u; a=(); echo "${#a[@]}" "${a[@]}" end; for x in "${a[@]}"; do echo no; done; echo "${a[0]}"; echo "not reached"

### unset whole arrays
a=(1 2); unset a; echo "${#a[@]}" "${a[@]-none}"; declare -p a; echo $?

### element count against length
a=(hello); echo "${#a} ${#a[0]} ${#a[@]}"; a=(); echo "${#a} ${#a[@]}"

### a quoted index expression
a=(1 2 3); i=1; echo "${a[i+1]} ${a[$i]} ${a["$i"]} ${a[$((i-1))]}"; k='i'; echo ${a[k]}

### an array of command words
cmd=(printf '%s-%s\n' "a b" c); "${cmd[@]}"; opts=(-n -r); printf '3\n1\n2\n' | sort "${opts[@]}" | tr '\n' ' '; echo

### arrays do not reach child processes
a=(1 2); export a; bash -c 'echo "[${a[1]}]"'; s=x; export s; bash -c 'echo $s'

### local arrays
f() { local -a l=(1 2 3); l[1]=x; echo "${l[@]}"; }; l=outer; f; echo "$l"

### two dimensions by hand
for r in 0 1 2; do for c in 0 1 2; do m[r*3+c]=$((r*c)); done; done; for r in 0 1 2; do echo "${m[@]:r*3:3}"; done

### wildcards in array assignment
touch b.log a.log 'c d.log'; f=(*.log); echo "${#f[@]}"; printf '%s\n' "${f[@]}"; f=(*.none); echo "${f[0]}"

### BASH_REMATCH, FUNCNAME, PIPESTATUS are arrays
[[ 2024-05-06 =~ ([0-9]+)-([0-9]+) ]]; echo "${#BASH_REMATCH[@]} ${BASH_REMATCH[2]}"; f() { g; }; g() { echo "${FUNCNAME[@]}"; }; f; true | false | true; echo "${PIPESTATUS[@]}"

### assigning with a gap and explicit keys
a=([2]=c d [0]=a); echo "${a[@]}" "${!a[@]}"; a=([1+1]=sum); echo "${!a[@]}"
