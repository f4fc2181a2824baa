Shell options: set -e, -u, -x, -f, -n, pipefail, shopt.

### errexit stops at the first failure
# isolated: it ends the shell
set -e; echo a; false; echo b

### errexit and conditions
bash -c 'set -e; false || echo or; if false; then :; fi; ! true; while false; do :; done; false && true; echo survived; (exit 3); echo no'; echo $?

### errexit in functions called in conditions
bash -c 'set -e; f() { false; echo "still in f"; }; if f; then echo yes; fi; f || true; f && echo and; echo reached; f; echo no'; echo $?

### errexit and command substitution
bash -c 'set -e; x=$(false); echo no'; echo $?; bash -c 'set -e; echo $(false); echo yes'; echo $?; bash -c 'set -e; f() { local x=$(false); echo "local hides"; }; f'; echo $?

### errexit in subshells and pipelines
bash -c 'set -e; (false; echo no); echo no2'; echo $?; bash -c 'set -e; false | true; echo piped'; echo $?; bash -c 'set -eo pipefail; false | true; echo no'; echo $?

### errexit and inherit_errexit
bash -c 'set -e; x=$(false; echo inner); echo "[$x]"'; bash -c 'set -e; shopt -s inherit_errexit; x=$(false; echo inner); echo no'; echo $?

### errexit and arithmetic
bash -c 'set -e; i=0; (( i++ )); echo no'; echo $?; bash -c 'set -e; i=0; (( ++i )); echo $i; let x=0; echo no'; echo $?

### nounset
bash -c 'set -u; echo "${x:-default}"; echo "$x"; echo no'; echo $?; bash -c 'set -u; echo $1'; echo $?; bash -c 'set -u; echo "$@" $# ok; unset a; echo ${a+x}; echo ${#a}'; echo $?

### pipefail
set -o pipefail; false | true; echo $?; (exit 3) | (exit 4) | true; echo $?; true | true; echo $?; set +o pipefail; false | true; echo $?

### the strict mode header
bash -c 'set -euo pipefail
IFS=$'"'\n\t'"'
x="a b"; for w in $x; do echo "[$w]"; done
ls nofile | wc -l
echo no'; echo $?

### xtrace
set -x; x="a b"; echo "$x" c; [ 1 -lt 2 ]; [[ $x == a* ]]; (( 1 + 1 )); for i in 1; do :; done; y=$(echo sub); set +x

### xtrace with PS4
PS4='+ ${LINENO}: '
set -x
echo one
f() { echo "in f"; }
f
set +x

### xtrace of odd words
set -x; : '' "a'b" 'x y' $'\n' '*' "\$"; case a in a) : ;; esac; set +x

### xtrace to its own descriptor
exec 7> trace; BASH_XTRACEFD=7; set -x; echo hi; true | cat; set +x; unset BASH_XTRACEFD; sort trace

### noglob
touch a b; set -f; echo *; set +f; echo *

### noexec and syntax check
bash -n -c 'echo hi'; echo $?; printf 'echo ok\nif true\n' > bad.sh; bash -n bad.sh; echo $?; echo 'echo fine' > good.sh; bash -n good.sh; echo $?

### verbose
bash -v -c 'echo a
echo b'; bash -c 'set -v
echo c
set +v
echo d'

### allexport
set -a; V1=x; set +a; V2=y; bash -c 'echo "[$V1][$V2]"'

### set -- and set -o listing
set -o | grep -E '^(errexit|nounset|pipefail|noglob) '; set +o | grep -E 'errexit|pipefail'; set -- -a b; echo "$1 $#"; set -; echo $#

### dollar dash
bash -c 'echo $-'; bash -euc 'echo $-'; set -f; [[ $- == *f* ]] && echo f

### shopt
shopt -s extglob nullglob; shopt -p extglob nullglob; shopt -q extglob; echo $?; shopt -u nullglob; shopt nullglob; echo $?; shopt -s nosuch; echo $?

### SHELLOPTS and BASHOPTS
bash -c 'set -e; echo $SHELLOPTS'; [[ $BASHOPTS == *sourcepath* ]] && echo yes

### invalid options
set -Z; echo $?; set -o nosuch; echo $?; bash -Q -c :; echo $?; bash --nosuch; echo $?

### lastpipe
shopt -s lastpipe; echo value | read -r v; echo "[$v]"; n=0; seq 3 | while read -r x; do (( n+=x )); done; echo $n; shopt -u lastpipe

### posix mode
bash --posix -c 'echo posix; set -o | grep "^posix"'; bash -c 'shopt -o posix'; (set -o posix; x=1 : ; echo "[$x]")

### restricted shell
bash -r -c 'cd /; echo x > f; /bin/ls; PATH=x'; echo $?

### keeping options in a function with local -
f() { local -; set -f; echo *; }; touch a; f; echo *

### braceexpand off
set +B; echo {a,b}; set -B; echo {a,b}

### errtrace and functrace letters
set -ET; echo $- | grep -o '[ET]' | sort | paste -sd ''; set +ET

### onecmd and exit status of scripts
bash -t -c 'echo first
echo second'; printf 'exit 300\n' > s; bash s; echo $?; bash -c 'exit -1'; echo $?; bash -c 'exit abc'; echo $?; bash -c 'exit 1 2'; echo $?

### the script's arguments and names
printf 'echo "$0 $# $1"\n' > s.sh; bash s.sh x; bash ./s.sh; bash -c 'echo "$0 $1"' name arg; bash -c 'echo "$0"'; echo 'echo "$0 [$1]"' | bash -s -- z

### running something that is no script
bash nofile; echo $?; bash .; echo $?; printf '\x7fELF\x01garbage\0\0' > bin; chmod +x bin; ./bin; echo $?; bash bin; echo $?
