Builtins: alias, type, command, hash, eval, source, exec, cd, umask, ulimit, compgen, declare and others.

### aliases in scripts
shopt -s expand_aliases
alias ll='echo long' greet='echo hi '
alias who=you
ll x
greet who
alias ll; alias | sort; unalias ll; ll; echo $?; unalias -a; alias; alias nosuch; echo $?

### aliases are off by default in scripts
alias zz='echo z'
zz; echo $?

### type
type cd; type -t cd ls if nosuch; echo $?; f() { :; }; type -t f; type -p ls; type -P cd; echo $?; type -a echo; type ls; type nosuch; echo $?

### command
command -v cd ls if; command -v nosuch; echo $?; command -V echo; command -V ls; f() { echo func; }; command -v f; command -V nosuch; echo $?; ls() { echo no; }; command ls -d .; command; echo $?; command -p ls -d .

### which
which ls cat; which nosuch; echo $?; which -a sh | sort | head -n 1; which; echo $?

### hash
hash -r; hash; ls > /dev/null; hash -t ls; hash -d ls; hash -t ls; echo $?; hash nosuch; echo $?; hash -p /bin/echo myecho; myecho hashed; hash -l

### eval
eval 'x=5; echo $x'; v=x; eval "echo \$$v"; eval "$(echo 'echo generated')"; eval; echo $?; eval 'exit_code() { return 4; }; exit_code'; echo $?; eval 'if'; echo "status $?"

### source
echo 'V=sourced; echo "args: $# $1"; f() { echo from file; }' > lib.sh; . ./lib.sh a b; echo $V; f; source lib.sh; set -- p; . ./lib.sh; echo 'return 3' > r.sh; . ./r.sh; echo $?; . ./missing.sh; echo $?; source; echo $?; echo 'if' > bad.sh; . ./bad.sh; echo $?

### source searches the path
mkdir p; echo 'echo found' > p/lib; PATH=$PWD/p:$PATH; . lib; echo 'echo local' > lib; . lib; cd /; . lib

### exec replaces the shell
(exec echo replaced; echo no); (exec -a other bash -c 'echo $0'); (exec nosuch; echo no); echo $?; bash -c 'exec false; echo no'; echo $?; (exec -c env | grep -v '^_='; :); (shopt -s execfail; exec nosuch; echo "still $?")

### cd
mkdir -p a/b; cd a/b; echo ${PWD#/tmp/}; cd ..; echo ${PWD#/tmp/}; cd - ; cd nosuch; echo $?; touch f; cd f; echo $?; cd a b; echo $?; (HOME=/; cd; pwd); (unset HOME; cd; echo $?); cd ''; echo $?; cd ./; pwd

### cd through links
mkdir real; ln -s real link; cd link; pwd; pwd -P; cd ..; pwd; cd -P link; pwd; cd -L ..; pwd

### CDPATH
mkdir -p base/sub; CDPATH=$PWD/base; cd sub; pwd

### pushd, popd, dirs
mkdir a b; pushd a; pushd ../b; dirs -v; popd; popd; popd; echo $?; dirs -p; pushd /nosuch; echo $?; pushd; echo $?; pushd / > /dev/null; pushd /tmp > /dev/null; pushd +1; dirs -c; dirs | sed "s,$PWD,here,"

### umask
umask 022; umask; umask -S; umask 077; touch f; mkdir d; stat -c '%a %n' f d; umask u=rwx,g=rx,o=; umask; umask -p; umask 999; echo $?; umask g+w; umask

### ulimit
(ulimit -n 50; ulimit -n; ulimit -Sn; ulimit -Hn); ulimit -z; echo $?; (ulimit -S -c 0; ulimit -c); ulimit -n abc; echo $?; (ulimit -Sn 40; ulimit -n; ulimit -Sn hard; [[ $(ulimit -n) == $(ulimit -Hn) ]] && echo raised)

### limits are enforced
(ulimit -f 1; head -c 5000 /dev/zero > big; echo $?) 2>/dev/null; wc -c < big; (ulimit -n 5; exec 5< /dev/null; echo $?)

### declare
declare x=1 -i; declare -i n=2+2; echo $n; declare -r c=5; declare -p n c; declare -x E=1; declare -p E; declare +x E; bash -c 'echo "[$E]"'; declare -p nosuch; echo $?; declare -l low=ABC; echo $low; declare 1x=1; echo $?; declare -Z; echo $?

### export
export A=1 B; B=2; bash -c 'echo $A $B'; export -n A; bash -c 'echo "[$A]"'; export -p | grep -E ' (A|B)='; export 1bad=x; echo $?; export A+=x; echo $A

### readonly and unset
readonly R=1 S; readonly -p | grep -E ' (R|S)'; R=2 2>/dev/null; echo "not reached"

### unset errors
unset 1x; echo $?; unset nosuch; echo $?; f() { :; }; f=1; unset f; declare -F f; unset f; declare -F f; echo $?; unset -v -f x; echo $?

### set prints variables
zz_one=1; zz_two='a b'; set | grep '^zz_'; f_zz() { :; }; set | grep -c '^f_zz'; (set -o posix; set | grep -c '^f_zz')

### true, false, colon and exit statuses
true x y; echo $?; false x; echo $?; : $(exit 3); echo $?; bash -c 'exit'; echo $?; bash -c 'false; exit'; echo $?; bash -c 'exit 256'; echo $?

### times and SECONDS
times | grep -cE '^[0-9]+m[0-9.]+s [0-9]+m[0-9.]+s$'; SECONDS=100; (( SECONDS >= 100 && SECONDS < 105 )) && echo ok; [[ $EPOCHSECONDS -gt 1700000000 && $EPOCHREALTIME == *.* ]] && echo epoch

### enable
enable -n echo; type -t echo; enable echo; type -t echo; enable -a | head -n 2; enable nosuch; echo $?; enable -n test; test a = a; echo $?; type test

### builtin
builtin echo hi; echo() { printf 'func\n'; }; echo; builtin echo real; builtin ls; builtin printf '%s\n' $?

### compgen
compgen -W 'apple apricot banana' -- ap; compgen -A function; my_f() { :; }; compgen -A function my; compgen -b ec; compgen -k wh; touch x1 x2; mkdir xd; compgen -f x | sort; compgen -d x; compgen -v BASH_VERS; compgen -W 'a b' z; echo $?; compgen -P pre- -S -post -W 'a b'; compgen -c nosuchcommand; echo $?

### complete
complete -W 'start stop' svc; complete -p svc; complete -F _f -o nospace cmd; complete | sort; complete -r svc; complete -p svc; echo $?

### history is off in scripts
echo a; history; echo $?; set +o | grep history; fc -l; echo $?

### help
help true | head -n 1; help nosuch; echo $?; help -d cd pwd; help -s read | head -n 1

### let, test and bracket as commands
let 'x = 3 * 4'; echo $x; test 3 -gt 2 -a 2 -gt 1; echo $?; [ "$(type -t [)" = builtin ] && echo b; let; echo $?

### logout, and login shells
logout; echo $?; bash -lc 'shopt -q login_shell && echo login'; shopt -q login_shell; echo $?

### shift and set with numbers
set -- 1 2 3; shift 0; echo $#; shift -1; echo $?; shift x; echo $?

### bind, without line editing
bind -l 2>/dev/null | head -n 2; bind -v 2>/dev/null | grep -c '^set '; echo done

### echo options under xpg_echo
shopt -s xpg_echo; echo 'a\tb'; shopt -u xpg_echo; echo 'a\tb'

### printf against echo
v=-n; echo $v; printf '%s\n' "$v"; echo -- x; echo -e -- 'x\ty'

### variables of the shell
# isolated: only bash -c has an execution string
echo ${BASH_VERSINFO[0]}.${BASH_VERSINFO[1]} ${BASH_VERSION%%.*}; echo $BASH; echo $OSTYPE; echo $UID $EUID; echo $SHLVL | grep -c '^[0-9]'; echo "$IFS" | od -An -c; echo $OPTIND; echo ${#HOSTNAME} | grep -cv '^0'; bash -c 'echo $BASH_EXECUTION_STRING'

### LINENO
echo $LINENO
echo $LINENO; f() {
  echo $LINENO
}
f
echo \
  $LINENO

### exit status of signals and commands not found
nosuchcmd; echo $?; ./nosuch; echo $?; touch noexec; ./noexec; echo $?; mkdir dir; ./dir; echo $?; /; echo $?; ''; echo $?; nosuch/x; echo $?; noexec/x; echo $?

### command_not_found_handle
command_not_found_handle() { echo "no such thing: $1 ($#)"; return 99; }; frobnicate a b; echo $?

### scripts with an interpreter line
printf '#!/bin/bash -e\nfalse\necho no\n' > a; printf '#!/usr/bin/env bash\necho "env $0 $1"\n' > b; printf 'echo "plain $1"\n' > c; printf '#!/no/such/interp\n' > d; printf '#!/usr/bin/awk -f\nBEGIN { print "awk script" }\n' > e; printf '#! /bin/sh\necho sh $#\n' > f; chmod +x a b c d e f; ./a; echo $?; ./b x; ./c y; ./d; echo $?; ./e; ./f 1 2; PATH=$PWD:$PATH; c z
