What the tools say when something is wrong: file errors and option errors, word for word.

### a missing file
for c in cat 'head -n 1' 'tail -n 1' 'wc -l' sort uniq 'cut -c1' 'paste' 'comm x' 'join x' 'nl' 'od' 'md5sum' 'sha256sum' 'base64' 'cksum' 'tac' 'rev' 'fold' 'fmt' 'expand' 'split' 'shuf' 'tsort' 'stat' 'ls' 'du' 'readlink -v' 'realpath' 'rm' 'rmdir' 'unlink' 'chmod 644' 'chown 0' 'truncate -c -s0' 'touch -c' 'cmp x' 'diff x' 'grep p' 'sed p' 'awk 1' 'find' 'hexdump' 'column' 'numfmt' 'factor' 'basename' 'dirname' 'pr' 'ptx' 'csplit -s' 'sum' 'b2sum' 'dd status=none if=' 'test -e' 'source' 'bash' 'cp x' 'mv x' 'install' 'ls -l' 'cat -n' 'unexpand' 'sha1sum -c' 'sort -c' 'look x' 'date -r' 'run-parts' 'egrep x' 'fgrep x' 'tee' 'xargs -a'; do if [[ $c == *= ]]; then $c""nosuch; else $c nosuch; fi < /dev/null > /dev/null; echo "$? $c"; done 2>&1

### an unknown long option
for c in cat head tail wc sort uniq cut paste comm join nl od md5sum sha256sum base64 cksum tac rev fold fmt expand split shuf tsort stat ls du readlink realpath rm rmdir unlink chmod chown truncate touch cmp diff grep sed awk find ln hexdump column numfmt factor basename dirname pr csplit dd cp mv install mkdir mktemp tr tee seq date env nice nohup timeout sleep id whoami uname xargs expr true false yes link mkfifo mknod sync nproc printenv pwd df getopt run-parts; do timeout 1 env $c --no-such-option < /dev/null 2>&1 | head -n 1; done; /bin/true --no-such-option; echo $?

### an unknown short option
for c in cat head tail wc sort uniq cut paste comm join nl od md5sum base64 tac fold fmt expand split shuf stat ls du readlink realpath rm rmdir chmod chown truncate touch cmp diff grep ln column numfmt basename pr csplit cp mv install mkdir mktemp tr tee seq date env nice timeout id uname xargs rev hexdump getopt; do timeout 1 env $c -: < /dev/null 2>&1 | head -n 2; done

### no operands where some are needed
for c in cut join comm chmod chown chgrp ln link unlink mkdir rmdir rm cp mv mkfifo mknod basename dirname readlink realpath stat touch truncate split csplit tr expr sleep timeout nohup seq factor pathchk test paste install diff cmp grep sed awk xargs find getopt; do timeout 1 env $c < /dev/null 2>&1 | head -n 1; done

### the texts of system errors
mkdir d; touch d/x f; ln -s loop loop; cat nosuch; cat d; cat f/x; cat loop; rmdir d; mkdir f; ln f d/x; mv d/x d/x/y; cp d f; : > d/nosuch/x; n=$(printf '%0300d' 1); cat $n 2>&1 | cut -c 1-8,300-; kill -0 1000000; kill -99 $$; mkdir /proc/x; echo x > /dev/full; rm -d d; cd f; ./d; ./f; chmod x f; exec 3<f; echo x >&3; read -u 44; sleep x; umask 9; ulimit -n -5

### --version and --help begin as expected
for c in ls grep sed awk find diff sort bash xargs; do $c --version | head -n 1 | sed 's/ (Debian[^)]*)//; s/, API.*//; s/-release.*/-release/'; done; ls --help | head -n 2; sort --help | sed -n 1,2p; bash --help | sed -n 2,3p; true --help > /dev/null; /bin/true --help | head -n 1; grep --help | head -n 2; cp --help | wc -l; find --help | head -n 1

### writing to a closed pipe
(seq 100000; echo "seq $?" >&2) | head -n 1; (set -o pipefail; seq 100000 | head -n 1 > /dev/null; echo $?); (cat /dev/zero; echo $? >&2) | head -c 1 | od -An -c; yes | head -n 1 | cat; (trap '' PIPE; seq 100000 2>&1; echo "status $?" >&2) | head -n 1

### writing to a full device
cat /etc/passwd > /dev/full; echo $?; echo a | tee /dev/full > /dev/null; echo $?; seq 5 > /dev/full; echo $?; sort /etc/passwd > /dev/full; echo $?; ls / > /dev/full; echo $?; awk 'BEGIN{print "x"}' > /dev/full; echo $?; sed p <<< a > /dev/full; echo $?; grep root /etc/passwd > /dev/full; echo $?; printf x > /dev/full; echo $?; /bin/echo x > /dev/full; echo $?; cp /etc/passwd /dev/full; echo $?; head -n 1 /etc/passwd > /dev/full; date > /dev/full; find / -maxdepth 0 > /dev/full; echo $?; diff <(echo a) <(echo b) > /dev/full; echo $?

### closed standard streams
cat <&-; echo $?; echo x >&-; echo $?; /bin/echo x >&-; echo $?; ls >&-; echo $?; sort <&- ; echo $?; head -n 1 <&-; wc <&-; grep x <&-; echo $?; sed p <&-; echo $?; awk 1 <&-; echo $?; cat nosuch 2>&-; echo $?; true >&- <&- 2>&-; echo $?; date >&-; echo $?; tr a b <&-; seq 3 >&-; echo $?

### output and errors in one pipe come in the order of a buffered program
echo 1 > a; echo 2 > b
for c in 'wc -l' 'md5sum' 'stat -c %n' 'cksum' 'cut -c1' 'grep .' 'find' 'sed p' 'awk 1' 'ls' 'cat' 'head -n 1' 'tail -n 1' 'sort' 'nl' 'du -b' 'readlink -f' 'factor' 'expand' 'fold' 'tac' 'paste' 'base64' 'diff a' 'od -c' 'realpath' 'sha256sum -c' 'basename' 'sum' 'uniq' 'touch -c' 'chmod -v 644' 'rm -v'; do echo "> $c"; $c a nosuch b; done 2>&1

### the first line of a long output does not come early
{ seq 3 5; env printf '%s\n' x y; /bin/echo z; } | cat; (seq 3; echo err >&2) 2>&1; bash -c 'echo out; echo err >&2; echo out2' 2>&1; awk 'BEGIN { print "a"; print "b" > "/dev/stderr"; print "c" }' 2>&1; sed -n -e 's/x/y/w /dev/stderr' -e p <<< x 2>&1; printf 'a\nb\n' | tee /dev/stderr 2>&1 | sort
