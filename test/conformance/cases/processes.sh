env, timeout, nice, nohup, sleep, kill, FIFOs, run-parts, environment of processes.

### env
env -i A=1 B='x y' env | sort; env -i /bin/sh -c 'echo "[$HOME]"'; A=1 env -u A sh -c 'echo "[${A-unset}]"'; env X=1 Y=2 sh -c 'echo $X$Y'; env -C / pwd; env nosuch; echo $?; env -i; env -S 'printf %s\n a "b c"'; env A=1 -i B=2 2>&1 | head -n 1; env -- echo dash; env / ; echo $?; env -0 -i A=1 B=2 | tr '\0' '|'; echo; env --nosuch; echo $?; env -u; echo $?; env =x true; echo $?

### printenv
A=1 B=2 printenv A B; printenv NOSUCH; echo $?; A='multi
line' printenv A; env -i X=1 printenv; A=1 printenv -0 A | od -c | head -n 1; export E=; printenv E; echo $?

### timeout
timeout 1 echo fine; timeout 0.1 sleep 5; echo $?; bash -c 'timeout -s KILL 0.1 sleep 5; echo $?' 2>/dev/null; timeout 5 sh -c 'exit 7'; echo $?; timeout --preserve-status 0.1 sleep 5; echo $?; bash -c 'timeout -k 0.1 0.1 bash -c "trap : TERM; while :; do sleep 0.02; done"; echo $?' 2>/dev/null; timeout 0 echo none; timeout 1 nosuch; echo $?; timeout x true; echo $?; timeout -s NOSUCH 1 true; echo $?; timeout; echo $?; timeout -v 0.05 sleep 1; timeout --foreground 0.05 sleep 1; echo $?; timeout 1m true; echo $?

### timeout of a pipeline and of a loop
timeout 0.2 bash -c 'while :; do :; done'; echo $?; timeout 0.2 awk 'BEGIN{while(1);}'; echo $?; timeout 0.2 bash -c 'yes | cat > /dev/null'; echo $?; yes | timeout 0.1 cat > /dev/null; echo "${PIPESTATUS[1]}"; timeout 0.1 bash -c 'trap "echo cleaned; exit 3" TERM; sleep 2 & wait'; echo $?

### sleep
sleep 0; echo $?; sleep 0.01 0.01; echo $?; sleep 0.001s; sleep -1; echo $?; sleep x; echo $?; s=$EPOCHREALTIME; sleep 0.1; e=$EPOCHREALTIME; awk -v s=$s -v e=$e 'BEGIN{d=e-s; print (d>=0.1 && d<1)}'; sleep 1e-3; sleep 0m; sleep infinity & kill $!; wait $!; echo $?

### nice
nice; nice -n 5 nice; nice -n 5 sh -c 'nice -n 3 nice'; nice -n x true; echo $?; nice nosuch; echo $?; nice -19 nice; nice sh -c 'exit 4'; echo $?

### nohup
nohup echo hi 2>/dev/null; nohup sh -c 'exit 3' > /dev/null 2>&1; echo $?; nohup nosuch 2>&1 | tail -n 1; nohup bash -c 'kill -HUP $$; echo survived' 2>/dev/null; nohup; echo $?

### kill the program
bash 2> /dev/null <<'K'
sleep 5 & env kill $!; wait $!; echo $?
sleep 5 & env kill -s HUP $!; wait $!; echo $?
env kill -0 $$ && echo alive
sleep 5 & env kill -9 $!; wait $!; echo $?
(trap 'echo usr1; exit 4' USR1; while :; do sleep 0.02; done) & p=$!; sleep 0.1; env kill -USR1 $p; wait $p; echo $?
K

### FIFOs
mkfifo p; echo data > p & cat p; wait; (cat p > out) & echo one > p; wait; cat out; mkfifo q; exec 3<> q; echo kept >&3; read -r x <&3; echo $x; exec 3>&-; (sleep 0.05; echo slow > p) & read -r l < p; echo $l; wait; { sed 's/^/> /' < p & }; printf '1\n2\n' > p; wait; rm p q

### run-parts
mkdir d; for n in 10-a 20-b README.txt; do printf '#!/bin/sh\necho %s $1\n' $n > d/$n; chmod +x d/$n; done; echo 'not executable' > d/30-c; run-parts d; run-parts --test d; run-parts --list d; run-parts -a arg d; run-parts --reverse --list d; run-parts --regex '\.txt$' --list d; printf '#!/bin/sh\nexit 3\n' > d/15-fail; chmod +x d/15-fail; run-parts d; echo $?; run-parts --exit-on-error d; echo $?; run-parts -v d 2>&1 | head -n 1; run-parts nosuch; echo $?

### the exit status of programs
{ sh -c 'exit 0'; echo $?; sh -c 'exit 200'; echo $?; sh -c 'kill -9 $$'; echo $?; sh -c 'kill -15 $$' ; echo $?; (exit 255); echo $?; true; echo $?; false; echo $?; bash -c 'kill -SEGV $$'; echo $?; bash -c 'kill -PIPE $$'; echo $?; bash -c 'ulimit -c 0; kill -ABRT $$'; echo $?; } 2>&1 | sed -E 's/(line [0-9]+): +[0-9]+ /\1: PID /'

### the environment reaches children, changes do not come back
export A=1; bash -c 'A=2; export A; bash -c "echo \$A"'; echo $A; B=local; bash -c 'echo "[$B]"'; unset A; bash -c 'echo "[$A]"'; C='a=b "c"' bash -c 'echo "$C"'; export D=$'new\nline'; bash -c 'echo "$D"'; env 'odd-name=1' printenv odd-name; (cd / && bash -c 'echo $PWD $OLDPWD' | cut -d' ' -f1)

### working directory that is gone
mkdir d; cd d; rmdir ../d; pwd; /bin/pwd; echo $?; ls; touch f; echo $?; cd .; cd ..; pwd; ls

### /proc of the process itself
[[ $(readlink /proc/self/cwd) == "$PWD" ]] && echo cwd; tr '\0' ' ' < /proc/self/cmdline; echo; bash -c 'tr "\0" "|" < /proc/$$/cmdline; echo' ; [[ -e /proc/$$/status ]] && echo status; grep -c '^Name:' /proc/self/status; [[ $(cat /proc/self/comm) == cat ]] && echo comm; ls -d /proc/self/fd > /dev/null && echo fd; readlink /proc/self/fd/0 | grep -cE 'pipe|/dev/null|fifo|stdin'; A=xyz cat /proc/self/environ | tr '\0' '\n' | grep '^A='; [[ $(awk '{print $1}' /proc/self/stat) =~ ^[0-9]+$ ]] && echo pid; [ -r /proc/meminfo ] && grep -c '^MemTotal:' /proc/meminfo; grep -c '^processor' /proc/cpuinfo | grep -c '^[1-9]'; awk '{print NF}' /proc/uptime; awk '{print NF}' /proc/loadavg

### devices
echo gone > /dev/null; echo $?; head -c 3 /dev/zero | od -An -tx1; cat /dev/null; echo $?; [ -c /dev/null ] && echo char; test -r /dev/urandom && echo random; ls -l /dev/stdin | grep -c fd/0; : > /dev/full; echo $?; echo x 2>&1 > /dev/full | cat; cp /dev/null empty; wc -c < empty; wc -c < /dev/null; echo hi | tee /dev/null; dd if=/dev/zero of=/dev/null count=10 2>&1 | head -n 1

### etc files everyone reads
head -n 1 /etc/passwd; grep '^root:' /etc/passwd | cut -d: -f1,3,4,6,7; grep '^root:' /etc/group; [ -f /etc/os-release ] && . /etc/os-release && echo "${ID:+has id}"; [ -s /etc/hostname ] && echo hostname; [[ $(cat /etc/hostname) == $(hostname) ]] && echo same; stat -c '%a %F' /tmp /etc/passwd; [ -d /root ] && [ -d /home ] && [ -d /var/tmp ] && [ -d /usr/bin ] && echo dirs; ls -ld /bin/sh > /dev/null && echo sh; test -x /bin/bash && echo bash

### stdbuf-free line by line output
(for i in 1 2 3; do echo $i; sleep 0.02; done) | while read -r l; do echo "at once $l"; done; (echo a; sleep 0.05; echo b) | sed -u 's/^/> /'; (echo a; sleep 0.05; echo b) | grep --line-buffered . ; (echo a; sleep 0.05; echo b) | awk '{print; fflush()}'

### programs with an empty argument and a hundred thousand bytes of arguments
printf '<%s>' "" a ""; echo; /bin/echo "" x "" | cat -A; x=$(printf 'y%.0s' {1..100000}); /bin/echo "$x" | wc -c; env V="$x" sh -c 'echo ${#V}'; /bin/true $(seq 10000); echo $?; /bin/echo $(seq 10000) | wc -w

### an argument list that is too long
x=$(head -c 200000 /dev/zero | tr '\0' x); /bin/echo "$x" | wc -c; echo "${PIPESTATUS[0]}"; echo "$x" | wc -c

### chroot, su and other tools that need more than a sandbox has
unshare --nosuch 2>/dev/null; chroot nosuch true; echo $?; chroot; echo $?

### a copy of a tool under another name
cp /bin/ls x; mkdir d; touch d/f; ./x d; cp /usr/bin/sort 'my sort'; printf 'b\na\n' | './my sort'; ln -s /bin/wc y; printf abc | ./y -c; cp x z; ./z d; ./x --nosuch 2>&1 | head -n 1; cp /bin/bash b; ./b -c 'echo $0'; cp /bin/grep g; echo hi | ./g -c h; mv x w; PATH=. w d
