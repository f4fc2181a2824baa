Process substitution and coprocesses.

### two inputs
diff <(printf 'a\nb\n') <(printf 'a\nc\n'); echo $?; paste <(seq 3) <(seq 4 6); comm -12 <(printf 'a\nb\n') <(printf 'b\nc\n')

### as the input of a loop
total=0; while read -r n; do (( total += n )); done < <(seq 10); echo $total

### output into a command
echo hello > >(tr a-z A-Z > up); wait $!; cat up; { echo 1; echo 2; } | tee >(sort -r > rev) > /dev/null; while [ ! -s rev ]; do sleep 0.01; done; sleep 0.05; cat rev

### separating standard error
{ echo out; echo err >&2; } 2> >(sed 's/^/E:/' > e) > o; wait $!; cat o e

### the name is a descriptor
echo <(:) | sed 's/[0-9]*$/N/'; f() { [[ -p $1 || -r $1 ]] && cat "$1"; }; f <(echo via name)

### nested
cat <(cat <(cat <(echo deep))); sort <(cat <(echo b) <(echo a))

### a status that is not seen
cat <(exit 3); echo $?; true < <(exit 4); wait $!; echo $?

### arguments in the middle
printf '%s\n' k1 k2 > keys; grep -f <(echo k2) keys; join <(printf '1 a\n2 b\n') <(printf '1 x\n2 y\n'); wc -l < <(seq 5)

### mapfile from a substitution
mapfile -t l < <(printf 'x y\nz\n'); echo "${#l[@]} ${l[0]}"

### variables set inside are lost
v=1; cat <(v=2; echo $v); echo $v

### a writer that ends early
head -n 2 <(seq 100000); yes | head -n 1 > >(cat); wait $!

### coprocess
coproc { while read -r l; do echo "got $l"; done; }
echo one >&"${COPROC[1]}"; read -r r <&"${COPROC[0]}"; echo "$r"
echo two >&"${COPROC[1]}"; read -r r <&"${COPROC[0]}"; echo "$r"
exec {COPROC[1]}>&-; wait $COPROC_PID; echo $?

### named coprocess
coproc CALC { while read -r e; do echo $(( e )); done; }
for e in 1+1 6*7 2**8; do echo "$e" >&${CALC[1]}; read -r v <&${CALC[0]}; echo "$e = $v"; done; [[ $CALC_PID =~ ^[0-9]+$ ]] && echo pid
eval "exec ${CALC[1]}>&-"; wait

### coprocess with a filter that buffers until the end
coproc S { sort; }; printf 'b\na\n' >&${S[1]}; exec {w}<&${S[0]} ; eval "exec ${S[1]}>&-"; cat <&$w

### coprocess that fails
coproc F { exit 7; }; wait $F_PID; echo $?
