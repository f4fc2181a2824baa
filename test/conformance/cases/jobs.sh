Background jobs, wait, kill.

### waiting for one
(exit 3) & wait $!; echo $?; sleep 0.01 & p=$!; wait $p; echo $?; wait $p; echo $?

### waiting for all
for i in 3 1 2; do (sleep 0.$i; echo $i) & done; wait; echo "all $?"

### statuses of many
for i in 0 1 2 3; do (exit $i) & pids+=($!); done; for p in "${pids[@]}"; do wait $p; echo $?; done

### wait -n takes the next to end
(sleep 0.3; exit 1) & (sleep 0.02; exit 2) & (sleep 0.15; exit 3) & wait -n; echo $?; wait -n; echo $?; wait -n; echo $?; wait -n; echo $?

### wait -n -p tells which
(sleep 0.2; exit 4) & a=$!; (sleep 0.02; exit 5) & b=$!; wait -n -p who; echo $?; [[ $who == $b ]] && echo "second first"; wait -n -p who $a; echo "$?"; [[ $who == $a ]] && echo first

### waiting for a stranger
wait 99999; echo $?; wait %9; echo $?; wait abc; echo $?

### a killed job
sleep 10 & p=$!; kill $p; wait $p; echo $?; sleep 10 & p=$!; kill -9 $p; wait $p 2>/dev/null; echo $?; kill -0 $p 2>/dev/null; echo $?

### is it alive
sleep 0.2 & p=$!; kill -0 $p && echo alive; wait $p; kill -0 $p 2>/dev/null || echo dead

### listing jobs
sleep 0.3 & sleep 0.4 & jobs; jobs -p | wc -l; jobs -r | wc -l; wait; jobs; echo none

### job specifications
sleep 5 & a=$!; sleep 6 & b=$!; kill %1 %2; wait $a; echo $?; wait $b; echo $?; sleep 5 & kill %sleep; wait; echo $?; jobs %7; echo $?

### a job's output in a file
{ echo start; sleep 0.05; echo end; } > log 2>&1 & wait; cat log

### background jobs have no input
cat & wait $!; echo $?; (read x; echo "$? [$x]") & wait

### parallel with a limit
run() { sleep 0.0$1; echo $1 >> done.txt; }
for i in 3 1 2 4 5; do (( $(jobs -rp | wc -l) >= 2 )) && wait -n; run $i & done; wait; sort done.txt | paste -sd,

### a background pipeline
seq 5 | tac | head -n 2 > f & wait $!; echo $?; cat f; false | true & wait $!; echo $?; true | (exit 6) & wait $!; echo $?

### background group and and-list
{ sleep 0.02; exit 2; } & wait $!; echo $?; true && (exit 5) & wait $!; echo $?

### disown
sleep 0.1 & disown; jobs; echo none; sleep 0.1 & disown %1; disown %5; echo $?; wait

### kill several and by group
sleep 5 & a=$!; sleep 5 & b=$!; kill $a $b; wait $a; echo $?; wait $b; echo $?

### producer and consumer through a fifo
mkfifo q; (for i in 1 2 3; do echo "item $i"; done > q) & while read -r x; do echo "consumed $x"; done < q; wait; rm q

### a lock with mkdir
lock() { until mkdir l 2>/dev/null; do sleep 0.01; done; }; n() { lock; v=$(cat c); echo $((v+1)) > c; rmdir l; }
echo 0 > c; for i in 1 2 3 4 5; do n & done; wait; cat c

### set -m puts jobs in their own groups
bash -c 'set -m; sleep 3 & p=$!; kill -TERM -- -$p; wait $p; echo $?' 2>/dev/null

### stop and continue
bash -c '(for i in 1 2 3; do sleep 0.02; done; echo finished) & p=$!; kill -STOP $p; sleep 0.2; kill -CONT $p; wait $p; echo $?'

### the process that survives its parent
(sleep 0.1; echo late > late.txt) & disown; sleep 0.3; cat late.txt

### $! changes, $? of starting is zero
false; true & echo $?; a=$!; true & [[ $a != $! ]] && echo new; wait

### variables do not come back from a job
v=1; { v=2; echo $v > f; } & wait; echo $v; cat f

### timeout with a watchdog
bash -c 'sleep 5 & p=$!; (sleep 0.1; kill $p) & wait $p; echo "ended $?"; wait'

### exit with running jobs does not wait
bash -c 'sleep 0.3 > /dev/null & exit 2'; echo $?

### BASHPID and PPID in background
( [[ $BASHPID != $$ ]] && echo differs ); bash -c 'echo $PPID' | { read -r p; [[ $p =~ ^[0-9]+$ ]] && echo number; }

### fg and bg without job control
fg; echo $?; bg; echo $?; suspend; echo $?

### fifty at once
for i in {1..50}; do (echo $i) & done | sort -n | tail -n 1; wait; echo ok
