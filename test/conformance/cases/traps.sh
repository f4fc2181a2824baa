Traps: EXIT, ERR, DEBUG, RETURN, signals.

### exit trap runs at the end and keeps the status
# isolated: the trap belongs to the end of a shell
trap 'echo "bye $?"' EXIT; echo work; exit 3

### exit trap after falling off the end
# isolated: the trap belongs to the end of a shell
trap 'echo cleanup' EXIT; echo body; false

### exit trap removes temporary files
bash -c 't=$(mktemp -d ./tmp.XXXX); trap "rm -rf $t" EXIT; touch $t/f; ls $t; exit 1'; echo $?; ls

### exit trap can change the status
bash -c 'trap "exit 9" EXIT; exit 1'; echo $?; bash -c 'trap "false" EXIT; exit 4'; echo $?

### exit trap in a subshell
(trap 'echo sub' EXIT; echo in); echo parent; trap 'echo p' EXIT; (echo child); trap - EXIT

### exit trap when set -e fires
bash -c 'set -e; trap "echo trapped \$?" EXIT; false; echo no'; echo $?

### exit trap on a signal
bash -c 'trap "echo exiting" EXIT; trap "exit 5" TERM; kill -TERM $$; echo no'; echo $?

### error trap
trap 'echo "failed: $? at $LINENO"' ERR
true
false
(exit 7)
if false; then :; fi
false || true
! true
ls nofile 2>/dev/null
echo end

### error trap with the command
trap 'echo "$BASH_COMMAND -> $?"' ERR; cp nofile x 2>/dev/null; grep -q x /dev/null; trap - ERR; false

### error trap in functions needs errtrace
trap 'echo ERR' ERR; f() { false; true; }; f; set -E; f; set +E; trap - ERR

### error trap with a stack
bash -c 'set -eE; trap '\''echo "line $LINENO in ${FUNCNAME[0]:-main}: $BASH_COMMAND"'\'' ERR
inner() { false; }
outer() { inner; }
outer; echo no'; echo $?

### debug trap
trap 'echo "> $BASH_COMMAND"' DEBUG; x=1; echo $x; trap - DEBUG; echo quiet

### debug trap counts
n=0; trap '(( n++ ))' DEBUG; :; :; :; trap - DEBUG; echo $n

### return trap
f() { trap 'echo returning' RETURN; echo body; }; f; trap - RETURN; echo 'echo sourced' > s; trap 'echo src-return' RETURN; . ./s; trap - RETURN

### a signal handled
trap 'echo caught usr1' USR1; kill -USR1 $$; echo next; kill -s USR1 $$; kill -SIGUSR1 $$; kill -10 $$; trap - USR1

### a signal ignored
trap '' TERM INT; kill -TERM $$; kill -INT $$; echo alive; bash -c 'kill -TERM $$; echo "child ignores too"'; trap - TERM INT

### a signal with default action in a child
{ bash -c 'kill -TERM $$; echo no'; echo $?; bash -c 'kill -INT $$; echo no'; echo $?
bash -c 'kill -KILL $$' ; echo $?; bash -c 'kill -HUP $$'; echo $?; } 2>&1 | sed -E 's/(line [0-9]+): +[0-9]+/\1: PID/'

### traps are reset in subshells, ignores stay
trap 'echo T' USR1; trap '' USR2; (kill -USR2 $BASHPID; echo "survived usr2"); (trap -p USR1); (kill -USR1 $BASHPID; echo no); echo $?

### listing traps
trap 'echo "x y"' EXIT; trap '' INT; trap 'echo u' USR1; trap -p; trap -p INT; trap - EXIT INT USR1; trap; echo end

### signal names and numbers
kill -l 1 2 9 15; kill -l TERM SIGKILL HUP; kill -l 137; trap -l | head -n 4

### bad signals
trap 'x' NOSUCH; echo $?; kill -NOSUCH $$; echo $?; kill -l 999; echo $?; kill; echo $?; kill abc; echo $?

### handler runs after the current command
trap 'echo handler' USR1; (sleep 0.1; kill -USR1 $$) & sleep 0.3; echo "after sleep"; wait; trap - USR1

### wait is interrupted by a trapped signal
trap 'echo got' USR1; sleep 1 & p=$!; (sleep 0.1; kill -USR1 $$) & wait $p; echo $?; kill $p; wait 2>/dev/null; trap - USR1

### handler can use read variables and functions
log() { echo "log: $*"; }; state=busy; trap 'log $state $1' USR1; set -- arg; kill -USR1 $$; trap - USR1

### a trap inside a trap
trap 'echo outer; kill -USR2 $$' USR1; trap 'echo inner' USR2; kill -USR1 $$; echo done; trap - USR1 USR2

### killing a background process with a trap
(trap 'echo child cleanup; exit 3' TERM; while :; do sleep 0.02; done) & p=$!; sleep 0.2; kill $p; wait $p; echo $?

### SIGPIPE ends a writer silently
yes | head -n 1; echo "${PIPESTATUS[@]}"; (trap '' PIPE; sleep 0.1; echo y; echo "status $?" >&2) | true

### SIGCHLD trap
trap 'echo child ended' CHLD; (exit 0) & wait; (exit 1) & wait; trap - CHLD

### alarm by a timer process
bash -c 'trap "echo timeout; exit 124" ALRM; (sleep 0.1; kill -ALRM $$) & while :; do sleep 0.02; done'; echo $?

### trap with several signals and a dash
trap 'echo multi' USR1 USR2 HUP; kill -USR1 $$; kill -USR2 $$; kill -HUP $$; trap - USR1 USR2 HUP; trap -p
