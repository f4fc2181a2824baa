m4.

### macros
# skip(v86): m4 is not there
cat > t <<'END'
define(`hello', `Hello, $1!')dnl
hello(`world')
define(`x', `y')define(`y', `z')x `x' ``x''
define(`sum', `eval($1 + $2)')sum(2, 3)
$# define(`count', `$#')count(a, b, c) count() count
ifelse(`a', `a', `yes', `no') ifelse(x, w, 1, x, z, 2, 3)
ifdef(`hello', `defined', `not') undefine(`hello') ifdef(`hello', `defined', `not')
END
m4 t

### eval, strings, loops
# skip(v86): m4 is not there
m4 <<'END'
eval(`2 ** 10') eval(`7 / 2') eval(`0xff') eval(255, 16) eval(10, 2, 8) eval(`1 < 2 && 3 != 4')
incr(4) decr(4) len(`hello') index(`hello', `l') substr(`hello', 1, 3) translit(`hello', `a-z', `A-Z')
regexp(`hello world', `w\(or\)', `<\1>') patsubst(`a b c', ` ', `-') format(`%05d|%-5s|%.2f', 42, ab, 3.14159)
define(`for', `ifelse($#, 0, ``$0'', eval($2 <= $3), 1, `pushdef(`$1', `$2')$4`'popdef(`$1')$0(`$1', incr($2), $3, `$4')')')dnl
for(`i', 1, 5, `i*i=eval(i*i) ')
END

### options, includes, diversions
# skip(v86): m4 is not there
echo 'included FOO' > inc; echo 'FOO include(`inc'"'"')sinclude(`nosuch'"'"')' > t; m4 -DFOO=bar t; mkdir d; echo 'from d' > d/x; echo "include(x)" | m4 -I d; cat > u <<'END'
divert(1)second
divert(0)first
divert(-1)nothing
divert(0)undivert(1)last
changequote([, ])define([q], [$1])q([a `b'])
changecom(`/*', `*/')/* define */
END
m4 u; echo 'dnl gone' | m4; echo 'm4_define(`a'"', b)a define(x)" | m4 -P; printf 'a b\nFOO\n' > f; echo FOO | m4 -DFOO='x y' f -; echo a | m4 -s; m4 -DA -UA <<< 'A'; m4 -G <<< '__gnu__ builtin'

### the shell and files
# skip(v86): m4 is not there
cat > t <<'END'
syscmd(`echo from the shell')sysval esyscmd(`printf %s text') sysval
syscmd(`exit 3')sysval
define(`f', maketemp(`/tmp/case/tXXXXXX'))ifelse(len(f), 17, ok, no)
__file__ __line__ __program__
m4wrap(`at the end
')body
define(`a', `b')dnl
errprint(`to stderr
')traceon(`a')a dumpdef(`len')
m4exit(7)
END
m4 t; echo $?; m4 -d t > /dev/null; echo 'a(1,2)' | m4 -Da=x -dV

### errors
# skip(v86): m4 is not there
m4 nosuch; echo $?; for t in 'define(`a' 'include(nosuch)after' 'eval(1/0)' 'eval(1 +)' 'foo(`unclosed' 'format(%z)' 'substr(a)' 'incr(x)' 'm4exit(3)' 'undefine(x)pushdef'; do echo "$t" > t; echo "== $t"; m4 t; echo $?; done; m4 -E -E t > /dev/null; echo $?; m4 --nosuch; echo $?; m4 --version | head -n 1; m4 -Q t

### a configuration is made
# skip(v86): m4 is not there
cat > t.m4 <<'END'
divert(-1)
define(`PORT', `8080')
define(`site', `server {
  listen PORT;
  server_name $1;
}')
divert(0)dnl
# generated
site(`a.example')
site(`b.example')
END
m4 t.m4; m4 -DPORT=9 t.m4 | grep -c 8080; m4 t.m4 > conf && wc -l < conf; m4 -F frozen t.m4 > /dev/null; echo 'site(c)' | m4 -R frozen | head -n 1
