Loops: for, while, until, select, break, continue.

### for over words, globs and substitutions
touch b.c a.c; for f in *.c; do echo "$f"; done; for w in one "two three" $(echo four five); do echo "<$w>"; done; for x in; do echo no; done; echo end

### counting loops
for i in {1..3}; do printf '%s ' $i; done; for ((i=0;i<3;i++)); do printf '%s ' $i; done; for i in $(seq 2 2 6); do printf '%s ' $i; done; i=0; while [ $i -lt 3 ]; do printf '%s ' $i; i=$((i+1)); done; until (( i == 0 )); do printf '%s ' $(( i-- )); done; echo

### break and continue with levels
for i in 1 2 3; do for j in a b c; do [[ $j == b ]] && continue 2; [[ $i == 3 ]] && break 2; echo $i$j; done; done; echo out

### reading lines of a file
printf 'first line\n  indented\nlast without newline' > f
while IFS= read -r line || [[ -n $line ]]; do echo "[$line]"; done < f

### reading fields
printf 'root:x:0\nuser:x:1000\n' | while IFS=: read -r name _ id; do echo "$name is $id"; done

### a loop in a pipeline is a subshell
n=0; printf '1\n2\n3\n' | while read -r x; do (( n+=x )); done; echo "piped $n"; n=0; while read -r x; do (( n+=x )); done < <(printf '1\n2\n3\n'); echo "substituted $n"

### loops with redirected input and output
for i in 3 1 2; do echo $i; done | sort > sorted; while read -r x; do echo "got $x"; done < sorted > out; cat out; for i in a b; do echo $i >&2; done 2> err; cat err

### commands in the loop body do not eat the input
printf '1\n2\n3\n' > l; while read -r x <&3; do cat > /dev/null < /dev/null; echo $x; done 3< l; while read -r x; do head -1; done < l

### the status of a loop
for i in 1; do false; done; echo $?; for i in; do :; done; echo $?; while false; do :; done; echo $?

### select reads choices
# stdin: "2\n9\n\n1\n"
PS3='pick: '; select x in red green blue; do echo "$REPLY -> [$x]"; [[ $x == red ]] && break; done

### select ends at end of input
select x in a b; do echo "$x"; done < /dev/null; echo "status $?"

### select lays out many choices
select f in {a..z}; do break; done < /dev/null 2> menu; cat menu

### infinite loop with break
n=0; while :; do (( ++n > 5 )) && break; done; echo $n; n=0; for ((;;)); do (( ++n > 5 )) && break; done; echo $n

### loop variables stay after the loop
for i in 1 2 3; do :; done; echo $i; for i; do :; done; echo $i

### break outside a loop complains
break; echo $?; continue; echo $?

### multiplication table
for i in {1..5}; do for j in {1..5}; do printf '%4d' $((i*j)); done; echo; done

### nested while with two inputs
printf 'a\nb\n' > x; printf '1\n2\n' > y; while read -r a <&3 && read -r b <&4; do echo "$a$b"; done 3< x 4< y

### retry until success
n=0; try() { (( ++n >= 3 )); }; until try; do echo "attempt $n failed"; done; echo "ok after $n"

### for with arguments shifted away
set -- -v -o out file; while [ $# -gt 0 ]; do case $1 in -v) v=1;; -o) o=$2; shift;; *) rest+=("$1");; esac; shift; done; echo "$v $o ${rest[*]}"

### shift past the end
set -- a; shift 2; echo $? $#; shift; echo $? $#; shift; echo $?

### ten thousand turns
s=0; for ((i=1;i<=10000;i++)); do (( s+=i )); done; echo $s

### loop over pairs
set -- k1 v1 k2 v2; while (( $# >= 2 )); do echo "$1=$2"; shift 2; done

### a for loop over lines with IFS
data=$'a b\nc d'; IFS=$'\n'; for l in $data; do echo "[$l]"; done; unset IFS; for l in $data; do echo "[$l]"; done
