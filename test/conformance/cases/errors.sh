What bash says when something is wrong, word for word.

### command not found
foo; echo $?; foo-bar baz; /no/such/cmd; echo $?

### syntax errors
for s in 'if true' 'fi' 'echo (' 'for x in a; echo' 'case x in' '((1+' 'echo "unclosed' "echo 'unclosed" 'a && ; b' '| x' 'x |' 'done' '}' 'while' '$(' 'echo `x' '{ echo' 'f( {' '! ' 'a ;; b' '>' '<<' 'x=(1 2' 'for 1x in a; do :; done' 'function' 'select'; do bash -c "$s"; echo "$? <- $s"; done 2>&1

### the line of a syntax error
bash -c 'echo one
echo two
if true; then
  echo three
done
echo four'; echo $?

### a syntax error in a script file
printf 'echo before\nfor i in 1 2\necho $i\ndone\n' > s.sh; bash s.sh; echo $?; printf 'echo a\necho "b\n' > t.sh; bash t.sh; echo $?

### the line of a runtime error
printf '\n\nnosuch\n\nf() {\n  nosuch2\n}\nf\n' > s.sh; bash s.sh

### bad substitutions
bash -c 'echo ${a b}'; echo $?; bash -c 'echo ${!}'; echo $?; bash -c 'echo ${x@Z}'; echo $?; bash -c 'x=1; echo ${x:a b}'; echo $?; bash -c 'echo ${}'; echo $?; bash -c 'echo ${#x:1}'; echo $?

### too many levels
bash -c 'f() { (( $1 > 3 )) && nosuch_at_depth; (( $1 > 3 )) || f $(( $1 + 1 )); }; f 0'; echo $?

### bad options to builtins
for c in 'cd -z' 'export -z' 'read -z' 'unset -z' 'alias -z' 'type -z' 'hash -z' 'trap -z' 'umask -z' 'wait -z' 'jobs -z' 'pwd -z' 'local -z' 'shopt -z' 'getopts' 'let' 'printf -z' 'mapfile -z' 'kill -z 1' 'exec -z' 'source -z' 'command -z' 'builtin -z' 'enable -z' 'complete -z' 'set -z' 'ulimit -y' 'dirs -z' 'history -z' 'times -z' 'shift z' 'readonly -z'; do (eval "$c"; echo "$? <- $c") 2>&1; done

### invalid identifiers
for c in '1a=2' 'export a-b=1' 'read a-b <<< x' 'unset a-b' 'declare a.b=1' 'for a-b in x; do :; done' 'getopts a a-b' 'readonly 1' 'local x' 'printf -v a-b x' 'mapfile a-b < /dev/null'; do (eval "$c"; echo "$? <- $c") 2>&1; done

### numbers where numbers are needed
for c in 'exit x' 'return x' 'shift x' 'break x' 'sleep' 'let x=1+' 'read -n x' 'umask x' 'ulimit -n x' 'wait x' 'kill -x 1' 'test 1 -eq x' '[ -t x ]' 'trap : x' 'head -n x /dev/null' 'sleep x'; do (eval "$c"; echo "$? <- $c") 2>&1; done

### permission denied
touch f; chmod 644 f; ./f; echo $?; mkdir d; d/; echo $?; bash d; echo $?; . ./d; echo $?

### arguments too long for names
n=$(printf 'x%.0s' {1..300}); touch "$n"; echo $?; cd "$n"; echo $?; [ -e "$n" ]; echo $?; echo x > "$n"; echo $?

### loops of links
ln -s a b; ln -s b a; cat a; echo $?; cd a; echo $?; [ -e a ] || echo no; echo x > a; echo $?; ls -d a

### an alias to an error
shopt -s expand_aliases; alias e='nosuch'
e x; echo $?

### messages of a sourced file
printf 'nosuch_in_lib\n\n\ncd /nosuch\n' > lib.sh; . ./lib.sh; echo $?; f() { . ./lib.sh; }; f

### xtrace and errors together
set -x; cd /nosuch; nosuch; set +x

### division, subscripts, octal in context
a=(1 2); echo ${a[1/0]}; echo "next $?"; b[08]=1; echo "next $?"

### reading a directory and writing to one
mkdir d; cat d; echo $?; echo > d; wc -l d; grep x d; echo $?; sed p d; echo $?; awk 1 d; echo $?; sort d; echo $?; head d; cp d e; echo $?; mv d/ e; rm e; echo $?; cut -c1 e; tee e < /dev/null; tail e; md5sum e; tr a b < e; echo $?; paste e; join e e; comm e e; uniq e; od e; split e; nl e; fold e; fmt e; rev e; while read -r x; do :; done < e
