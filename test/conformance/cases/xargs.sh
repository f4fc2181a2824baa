xargs.

### words from lines
printf 'a b\nc\n' | xargs; printf 'a b\nc\n' | xargs echo pre; printf '1\n2\n3\n' | xargs -n 1 echo; printf '1 2 3 4 5' | xargs -n2; seq 5 | xargs -L 2; echo | xargs; echo | xargs -r echo none

### replacing
printf 'a b\nc\n' | xargs -I{} echo '[{}]'; printf 'x\ny\n' | xargs -I % sh -c 'echo % %'; seq 3 | xargs -i echo item {}; printf '  lead\n' | xargs -I{} echo '<{}>'; ls | xargs -I{} mv {} {}.bak; touch f1 f2; ls f* | xargs -I{} mv {} {}.bak; ls

### NUL separated
printf 'a b\0c\nd\0' | xargs -0 printf '<%s>'; echo; printf 'x\0y\0z' | xargs -0 -n 1 echo; touch 'one two' three; find . -type f -print0 | sort -z | xargs -0 ls; printf 'a\0\0b\0' | xargs -0 printf '[%s]'; echo

### quotes and backslashes in the input
echo '"a b" c\ d '"'e f'" | xargs -n 1; echo "it's" | xargs; echo $?; printf 'a\\\nb\n' | xargs -n1 echo

### delimiters
printf 'a,b c,d' | xargs -d , -n 1 echo; printf 'l 1\nl 2\n' | xargs -d '\n' -n 1 echo; printf 'a:b\n' | xargs -d: printf '<%s>'; echo

### end marker
printf 'a\nb\nEND\nc\n' | xargs -E END; printf 'a _ b' | xargs -E _ ; printf 'x\n_\ny\n' | xargs

### parallel
seq 6 | xargs -P 3 -n 1 sh -c 'sleep 0.0$0; echo $0' | sort | paste -sd,; seq 4 | xargs -P 0 -I{} sh -c 'echo {}' | sort | xargs; printf '3\n1\n2\n' | xargs -P 3 -I{} sh -c 'sleep 0.{}; echo {}'

### tracing and asking
echo a b | xargs -t -n 1 echo; echo a | xargs -t true; echo a | xargs -p echo < /dev/null

### statuses
echo a | xargs false; echo $?; echo a | xargs sh -c 'exit 3'; echo $?; echo a | xargs sh -c 'exit 255'; echo $?; echo a | xargs nosuch; echo $?; touch f; echo a | xargs ./f; echo $?; echo a | xargs sh -c 'kill -9 $$'; echo $?; seq 3 | xargs -n 1 sh -c 'test $0 = 2'; echo $?

### size limits
seq 1 20000 | xargs echo | wc -l; seq 10 | xargs -s 20 echo; seq 5 | xargs -n 2 -s 100 echo; echo aaaaaaaaaaaaaaaaaaaaaaa | xargs -s 10 echo; echo $?; seq 5 | xargs -x -n 3 -s 9 echo; echo $?

### from a file
printf '1 2\n' > in; xargs -a in echo from; xargs -a in sh -c 'cat; echo "$@"' _ <<< "stdin stays"; xargs -a nosuch echo; echo $?

### several arguments in a command
echo "a b c" | xargs sh -c 'echo "$0-$1-$2"'; echo 5 | xargs seq; echo x y | xargs -n1 -I{} echo {}; printf '%s\n' one two | xargs -I{} -n1 echo {} {}

### counting lines of many files
for i in 1 2 3; do seq $i > f$i; done; ls f* | xargs wc -l; ls f* | xargs cat | sort | uniq -c | sort -k1,1rn -k2 | head -n 2; printf '%s\n' f1 f2 | xargs grep -c . 

### building commands
printf 'k1 v1\nk2 v2\n' | xargs -L1 bash -c 'echo "$0=$1"'; seq 3 | xargs -I N echo mkdir -p dir/N | sh; ls dir; echo 'f1 f2' | xargs -n1 | xargs -I{} touch {}.new; ls *.new

### bad options
xargs -n x < /dev/null; echo $?; xargs -n 0 < /dev/null; echo $?; xargs --nosuch < /dev/null; echo $?; xargs -I < /dev/null; echo $?; xargs -d ab < /dev/null; echo $?

### a quoted newline is an error
printf '"a\nb"\n' | xargs; echo $?; printf 'a\0b\n' | xargs; echo $?
