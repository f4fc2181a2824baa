Pipelines, subshells, groups and their statuses.

### a pipeline's status
true | false; echo $?; false | true; echo $?; exit 3 | true; echo "${PIPESTATUS[*]} $?"; ! true | false; echo $?; echo x | grep -q y | cat; echo "${PIPESTATUS[@]}"

### all statuses
(exit 1) | (exit 2) | (exit 3); s=("${PIPESTATUS[@]}"); echo "${s[@]}"; echo ${#s[@]}; true; echo ${PIPESTATUS[@]}; nosuch 2>/dev/null | true; echo ${PIPESTATUS[0]}

### statuses with lastpipe
shopt -s lastpipe; false | true; echo "$? ${PIPESTATUS[@]}"; true | (exit 42); echo "$? ${PIPESTATUS[@]}"; f() { read -r x; return 5; }; echo v | f; echo "$? ${PIPESTATUS[@]} $x"; exit 9 | read -r y; echo "$? ${PIPESTATUS[@]}"; (exit 3) | { true; }; echo "$? ${PIPESTATUS[*]}"

### early exit of a reader
yes | head -n 2; seq 1000000 | head -n 1; cat /dev/zero | head -c 5 | od -An -tx1; seq 100000 | grep -m 1 777; for ((;;)); do echo spin; done | head -n 1

### long pipelines
seq 100 | grep 1 | sed 's/1/x/' | sort -r | uniq | head -n 20 | tail -n 5 | tr x y | awk '{print NR": "$0}' | cut -c 1-4 | rev | cat -A

### subshells have copies
x=1; (x=2; cd /; echo $x $PWD); echo $x ${PWD##*/}; (exit 4); echo $?; echo $( (echo nested; (echo deeper)) ); f() { echo f; }; (unset -f f; f 2>/dev/null; echo $?); f

### groups share the state
x=1; { x=2; cd /; }; echo $x $PWD; { echo a; echo b; } | wc -l; { false; }; echo $?; { echo out; } > /dev/null

### BASH_SUBSHELL and depth
echo $BASH_SUBSHELL; (echo $BASH_SUBSHELL; (echo $BASH_SUBSHELL)); echo a | { cat > /dev/null; echo $BASH_SUBSHELL; }; echo $(echo $BASH_SUBSHELL)

### negation and time
! false; echo $?; ! true; echo $?; ! (exit 3); echo $?; TIMEFORMAT=; time true; echo $?; TIMEFORMAT='t'; { time true; } 2>&1

### standard error through the pipe
{ echo o; echo e >&2; } |& sort; ls nofile |& sed 's/^/got: /'; ls nofile 2>&1 | wc -l

### data larger than the pipe
seq 200000 | md5sum; head -c 1000000 /dev/zero | wc -c; seq 50000 | tee copy | tail -n 1; wc -l < copy; (seq 30000; sleep 0.05; seq 30000) | wc -l

### slow reader and slow writer
(for i in 1 2 3; do echo $i; sleep 0.02; done) | while read -r x; do echo "got $x"; done; seq 20000 | (sleep 0.1; wc -l)

### no output from an empty pipeline
: | cat; true | wc -c; cat < /dev/null | sort | uniq -c; echo -n | od

### background in the middle
(sleep 0.05; echo late) | cat; { echo now; sleep 0.05 & wait; echo then; } | cat

### commands that ignore their input
echo data | echo "not read"; seq 100000 | true; echo $?; echo a | (cat; cat); yes | true; echo "${PIPESTATUS[1]}"

### here-string into a pipeline into a loop
tr ' ' '\n' <<< "c a b" | sort | while read -r x; do printf '%s;' $x; done; echo

### and-or lists with pipelines
echo abc | grep -q b && echo found || echo missing; echo abc | grep -q z && echo found || echo missing; grep -q x <<< y || { echo "no match"; false; } || echo "or again"

### a pipeline in a condition
if seq 5 | grep -qx 3; then echo three; fi; while seq 3 | grep -q 4; do :; done; [[ $(seq 5 | wc -l) -eq 5 ]] && echo five

### xargs and tee at the end
printf '%s\n' a b c | tee >(wc -l > n) | xargs echo; while [ ! -s n ]; do sleep 0.01; done; cat n

### counting and summing
printf '%s\n' 3 4 5 | { s=0; while read -r n; do ((s+=n)); done; echo $s; }; seq 10 | paste -sd+ | sed 's/.*/echo $((&))/' | bash; seq 4 | awk '{s+=$1} END {print s/NR}'

### top words of a text
printf 'the cat and the dog and the bird\n' | tr -s ' ' '\n' | sort | uniq -c | sort -k1,1nr -k2 | head -n 2 | awk '{print $2, $1}'

### log analysis
cat > log <<'L'
10.0.0.1 GET /a 200 12
10.0.0.2 GET /b 404 3
10.0.0.1 POST /a 500 40
10.0.0.3 GET /a 200 8
L
awk '{c[$4]++; t[$4]+=$5} END {for (s in c) print s, c[s], t[s]}' log | sort; cut -d' ' -f1 log | sort | uniq -c | sort -rn | head -n 1 | xargs; grep -v ' 200 ' log | cut -d' ' -f2-4 | sort

### sixty-four processes in a row
p=cat; for i in {1..63}; do p+=' | cat'; done; echo through | eval "$p"

### exit in a pipeline element
echo a | { read -r x; exit 5; }; echo $?; exit 6 | true; echo still; (exit 7) || echo "seven $?"

### a signal kills one element
bash -c 'kill -9 $$' | cat; echo "${PIPESTATUS[@]}"; sleep 0.05 | (exit 1) & wait $!; echo $?; bash -c 'kill -TERM $$' | true | bash -c 'kill -QUIT $$' 2>/dev/null; echo "${PIPESTATUS[@]}"
