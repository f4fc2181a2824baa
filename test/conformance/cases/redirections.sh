Redirections of every form.

### output, append, input
echo one > f; echo two >> f; cat < f; > f; wc -c < f; : > g; ls

### standard error apart and together
both() { echo out; echo err >&2; }
both > o 2> e; cat o e; both > a 2>&1; cat a; both 2>&1 > only | cat; cat only; both &> x; cat x; both &>> x; wc -l < x; both >& y; cat y; both |& sort

### the order matters
{ echo out; echo err >&2; } 2>&1 >/dev/null | sed 's/^/piped: /'; { echo out; echo err >&2; } >/dev/null 2>&1; echo none

### swapping the two streams
{ { echo out; echo err >&2; } 3>&1 1>&2 2>&3 3>&- | sed 's/^/now stdout: /'; } 2>&1 | sort

### discarding
echo x >/dev/null; ls nofile 2>/dev/null; echo $?; { echo a; echo b >&2; } &>/dev/null; cat /dev/null | wc -c

### own descriptors
exec 3> log; echo "to 3" >&3; echo "more" >&3; exec 3>&-; cat log; exec 4< log; read -r l <&4; echo "$l"; cat <&4; exec 4<&-

### descriptors chosen by the shell
exec {fd}> f; (( fd >= 10 )) && echo ok; echo hi >&$fd; exec {fd}>&-; cat f; exec {in}< f; read -r x <&$in; echo $x; exec {in}<&-; echo y >&$fd; echo $?

### moving descriptors
exec 5> f; exec 6>&5-; echo six >&6; echo five >&5; echo $?; exec 6>&-; cat f

### reading and writing one descriptor
printf 'abcdef\n' > f; exec 3<> f; read -r -n 2 x <&3; echo "$x"; echo -n XY >&3; exec 3>&-; cat f

### a closed descriptor
echo x >&9; echo $?; cat <&9; echo $?; exec 1>&-; echo gone; echo "status $?" >&2

### closing input
cat <&- ; echo $?; read x <&-; echo $?

### noclobber
set -C; echo a > f; echo b > f; echo $?; cat f; echo c >| f; cat f; echo d >> f; cat f; set +C; echo e > f; cat f; set -C; echo x > /dev/null && echo device

### errors opening files
echo x > /nonexistent/f; echo $?; cat < missing; echo $?; mkdir d; echo x > d; echo $?; echo x > ""; echo $?; cat < d; echo $?; echo a > f; echo x > f/g; echo $?

### an ambiguous target
v="a b"; echo x > $v; echo $?; touch 1.t 2.t; echo x > *.t; echo $?; unset u; echo x > $u; echo $?

### redirections anywhere in the command
>f echo a b; echo c >>f d; <f cat; 2>/dev/null ls nofile; > g < f cat; cat g

### on compound commands
{ echo 1; echo 2; } > f; (echo 3; echo 4) >> f; for i in 5 6; do echo $i; done >> f; if true; then echo 7; fi >> f; while read -r x; do printf '%s' $x; done < f; echo; case a in a) echo 8;; esac > g; cat g; [[ -f g ]] > h; wc -c < h; (( 1 )) > i; ls

### on functions
f() { echo out; echo err >&2; } > fo 2> fe; f; cat fo fe; g() { cat; }; g < fo; g <<< str

### exec redirects the rest
exec > out.txt; echo captured; exec >&2; echo "to stderr"; cat out.txt

### saving and restoring stdout
exec 3>&1 1> f; echo hidden; exec 1>&3 3>&-; echo shown; cat f

### a block with stderr to a file and back
{ ls nofile; echo fine; } 2> err; sed 's/^/E: /' err

### tee with several outputs
echo data | tee a b | sed s/a/A/; cat a b; echo more | tee -a a > /dev/null; cat a; echo x | tee /dev/stderr 2>&1 >/dev/null

### /dev/stdin, /dev/stdout, /dev/fd
echo in | cat /dev/stdin; echo out > /dev/stdout; echo err > /dev/stderr; cat /dev/fd/3 3<<< three; echo a | cat - /dev/fd/4 4<<< b; printf 'x\ny\n' | wc -l /dev/stdin

### appending from two writers
(for i in 1 2 3; do echo a >> f; done) & (for i in 1 2 3; do echo b >> f; done) & wait; sort f | uniq -c

### truncation while a reader holds the file
printf 'one\ntwo\n' > f; exec 3< f; read -r x <&3; echo "$x"; : > f; read -r y <&3; echo "$? [$y]"

### an unlinked file stays readable
echo secret > f; exec 3< f; rm f; cat <&3; ls -A

### offsets are shared between copies of a descriptor
printf 'a\nb\nc\n' > f; exec 3< f 4<&3; read -r x <&3; read -r y <&4; echo $x $y; (read -r z <&3; echo $z); read -r w <&3; echo "[$w]"

### reading and overwriting the same file
printf 'b\na\n' > f; sort f -o f; cat f; cat f > f; wc -c < f

### numbers glued to words are not descriptors
echo a2>f; cat f; echo 2>f b; cat f; echo "2">f; cat f

### redirecting to a variable name
target=out.log; echo x > "$target"; echo y >> "${target%.log}.txt"; cat out.*

### many descriptors open at once
for i in {10..40}; do eval "exec $i> f$i"; echo $i >&$i; done; cat f* | paste -sd ' '; for i in {10..40}; do eval "exec $i>&-"; done; echo x >&20 || echo closed

### a descriptor too big
(ulimit -n 100; exec 200> f; echo "status $?"; exec 50> f && echo ok)

### redirection failure stops only the command
echo a > /no/such/dir/x && echo no; echo continues; : < nofile; echo $?; { echo skipped; } < nofile; echo after

### a failed redirection on exec
exec < /no/such/file; echo "status $?"; bash --posix -c 'exec < /no/such/file; echo "not reached"'; echo $?

### no terminal
echo x > /dev/tty; echo $?; tty; echo $?

### the full device
echo x > /dev/full; echo $?; printf 'data' | dd of=/dev/full 2>&1 | head -1

### zero device and sizes
head -c 5 /dev/zero | od -An -tx1; dd if=/dev/zero of=z bs=1024 count=3 status=none; wc -c < z
