Associative arrays and name references.

### creating and reading
declare -A m=([apple]=red [banana]=yellow ["two words"]=ok); echo "${m[apple]} ${m[two words]} ${#m[@]}"; m[new]=1; echo "${m[new]} [${m[none]}]"

### keys sorted
declare -A m; m[c]=3 m[a]=1 m[b]=2; for k in $(printf '%s\n' "${!m[@]}" | sort); do echo "$k=${m[$k]}"; done

### is the key there
declare -A m=([x]= [y]=1); [[ -v m[x] ]] && echo "x set"; [[ -v m[z] ]] || echo "z unset"; [[ ${m[x]+set} ]] && echo set; [[ -n ${m[x]} ]] || echo empty

### counting words
text="the quick the lazy the dog quick"; declare -A n; for w in $text; do (( n[$w]++ )); done; for w in "${!n[@]}"; do echo "${n[$w]} $w"; done | sort -k1,1nr -k2

### removing keys
declare -A m=([a]=1 [b]=2 [c d]=3); unset 'm[a]' 'm[c d]'; echo "${!m[@]}"; m=(); echo "${#m[@]}"

### keys with odd characters
declare -A m; k='a]b'; m[$k]=1; m['$x']=2; m['*']=3; m["q'uote"]=4; m[@x]=5; for k in "${!m[@]}"; do printf '%s=%s\n' "$k" "${m[$k]}"; done | sort

### appending to a value and to the map
declare -A m=([l]=a); m[l]+=b; m+=([k]=v [l]=z); echo "${m[l]} ${m[k]}"

### key-value pairs in a list
declare -A m=(one 1 two 2); echo "${m[one]} ${m[two]}"; declare -A c=("${m[@]@k}"); echo "${#c[@]} ${c[two]}"

### a map needs declare -A
m[foo]=1; m[bar]=2; echo "${#m[@]} ${m[foo]}"; declare -p m

### an empty key is refused
declare -A m; m[""]=x; echo "status $?"; k=; m[$k]=y; echo "status $?"

### declare -p of one key
declare -A m=([key]="va lue"); declare -p m; declare -Ar ro=([a]=1); ro[a]=2; echo "not reached"

### maps in functions are local
f() { declare -A loc=([x]=1); echo "${loc[x]}"; }; f; echo "[${loc[x]}]"; g() { declare -gA glob=([y]=2); }; g; echo "${glob[y]}"

### inverting and grouping
declare -A ext; for f in a.c b.h c.c d.py e.h; do ext[${f##*.}]+="${f%.*} "; done; for e in c h py; do echo "$e: ${ext[$e]}"; done

### a set of seen lines
declare -A seen; printf '%s\n' b a b c a | while read -r l; do [[ ${seen[$l]} ]] || echo "$l"; seen[$l]=1; done

### a dispatch table
declare -A cmd=([hi]="echo hello" [sum]=add); add() { echo $(( $1 + $2 )); }; ${cmd[hi]}; ${cmd[sum]} 2 3

### integer values
declare -Ai n; n[x]+=5; n[x]+=2; n[y]='3*4'; echo "${n[x]} ${n[y]}"

### name reference reads and writes
declare -n r=target; target=1; echo $r; r=2; echo $target; declare -p r; unset r; echo "[${target-gone}]"; unset -n r; target=3; echo "${r-no ref}"

### name reference to an array
a=(1 2 3); declare -n r=a; echo "${r[1]} ${#r[@]}"; r+=(4); echo "${a[@]}"; declare -n e='a[0]'; e=zero; echo "${a[0]}"

### name reference as an out parameter
split() { local -n _out=$1; IFS=$2 read -ra _out <<< "$3"; }; split parts , "a,b,c"; echo "${parts[2]} ${#parts[@]}"

### name reference to a map
declare -A conf; set_conf() { local -n c=$1; c[$2]=$3; }; set_conf conf host localhost; set_conf conf port 80; echo "${conf[host]}:${conf[port]}"

### loops over name references
x=1 y=2; declare -n v; for v in x y; do (( v*=10 )); done; echo $x $y

### the name behind a reference
declare -n r=abc; abc=5; echo "${!r}"

### circular references warn
# isolated: errors in functions name the shell's input, as bash -c does it
declare -n a=b; declare -n b=a; echo "[$a]"; f() { local -n x=x; echo "[$x]"; }; x=1; f

### an invalid name for a reference
declare -n r=1abc; echo "status $?"; declare -n q; q='a b'; echo "status $?"
