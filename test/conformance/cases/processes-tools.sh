ps, pgrep, pkill, kill and the others that look at processes and the system. The text of a case may be an argument of its shell,
so that patterns for whole command lines begin with ^.

### ps of the shell itself
ps -o comm= -p $$; ps -o stat= -p $$ | cut -c1; ps -o user=,uid=,ruser=,group= -p $$ | tr -s ' '; ps -o nice=,pri= -p $$ | tr -s ' '; ps -o pid= -p $$ | tr -d ' ' | grep -qx $$ && echo my pid; ps -o ppid= -p $BASHPID | grep -q '[0-9]' && echo a parent; ps | awk 'NR == 1 {print $1, $2, $3, $4}'; ps -o comm= -p $BASHPID; bash -c 'ps -o comm= -p $$; :'; sh -c 'ps -o comm= -p $$; :'

### ps of a child
sleep 1030 & p=$!; sleep 0.1; ps -o comm=,args= -p $p; ps -p $p -o comm=; ps -o ppid= -p $p | tr -d ' ' | grep -qx $$ && echo my child; ps --ppid $$ -o comm= | grep -x sleep; ps -C sleep -o args= | grep -c '^sleep 1030'; ps h -p $p -o comm; kill $p; wait $p; echo $?; ps h -p $p; echo $?

### ps headers and formats
sleep 1031 & p=$!; sleep 0.1; ps -p $p -o comm=NAME -o nice=N | tr -s ' '; ps -p $p -o pid,comm | awk 'NR == 1 {print $1, $2} NR == 2 {print $2}'; ps -f -p $p | awk '{print $1, $8, $9}'; ps u -p $p | head -n 1 | tr -s ' '; ps -l -p $p | head -n 1 | tr -s ' '; ps -p $p -F | head -n 1 | tr -s ' '; ps -p $p -o tty=,class=,nlwp= | tr -s ' '; ps ax | awk 'NR == 1 {print $1, $2, $3, $4, $5}'; ps aux | awk '$11 == "sleep" && $12 == 1031 {print $1, $11, $12}'; ps -ef | awk '$8 == "sleep" && $9 == 1031 {print $1, $8, $9}'; ps -eo args= | grep -c '^sleep 1031'; ps -o etimes= -p $p | awk '{print ($1 < 60)}'; ps -o etime=,time=,pcpu=,wchan= -p $p | wc -w; ps -o lstart= -p $p | wc -w; ps -o rss=,vsz= -p $p | awk '{print ($1 > 0), ($2 >= $1)}'; kill $p; wait

### ps errors
ps h -p 99999999; echo $?; ps -o nosuch; echo $?; ps -p abc; echo $?; ps --nonsense 2>&1 | head -n 2; ps h -C no-such-program; echo $?; ps -o comm= -u nosuchuser; echo $?; ps -V; ps --help simple | head -n 4

### ps sorting and selecting
sleep 1041 & a=$!; sleep 1042 & b=$!; sleep 1043 & c=$!; sleep 0.1; ps -p $c,$a,$b -o args=; ps -p "$a $b" -o args= --sort=-pid; ps -o args= --sort -args -p $a -p $b -p $c; ps -q $b -o args=; ps -N -p $a -o args= | grep -c '^sleep 1041'; ps -o args= $a $b; ps --no-headers -o comm -p $a; ps -o %p -p $a | head -n 1 | tr -d ' '; kill $a $b $c; wait

### a tree
bash -c 'sleep 1051 & wait' & p=$!; until pgrep -P $p -x sleep > /dev/null; do sleep 0.02; done; ps --forest -o args= -p $p -p "$(pgrep -P $p)"; ps -H -o args= -p $p -p "$(pgrep -P $p)"; ps -o args= --ppid $p; pkill -P $p; wait $p; echo $?

### states and priorities
sleep 1030 & p=$!; sleep 0.1; ps -o stat= -p $p | cut -c1; kill -STOP $p; sleep 0.1; ps -o stat= -p $p | cut -c1; kill -CONT $p; sleep 0.1; ps -o state= -p $p; kill $p; wait $p; echo $?; nice -n 5 sleep 1032 & p=$!; sleep 0.1; ps -o ni= -p $p | tr -d ' '; ps -o stat= -p $p | cut -c2; renice -n 7 -p $p | sed "s/^[0-9]*/PID/"; ps -o ni= -p $p | tr -d ' '; kill $p; wait $p; (renice -n 3 $BASHPID > /dev/null; nice)

### pgrep
sleep 1061 & a=$!; sleep 1062 & b=$!; sleep 0.1; pgrep -f '^sleep 106[12]' -a | cut -d' ' -f2-; [ "$(pgrep -f '^sleep 1061$')" = $a ] && echo found; pgrep -P $$ -x sleep -c; pgrep -P $$ -x slee; echo $?; pgrep -f '^sleep 106[12]' -d , | tr -d 0-9; pgrep -n -f '^sleep 106[12]' -a | cut -d' ' -f2-; pgrep -o -f '^sleep 106[12]' -a | cut -d' ' -f2-; pgrep -l -f '^sleep 1061' | cut -d' ' -f2; pgrep -u root -f '^sleep 1062' -a | cut -d' ' -f2-; pgrep -u games; echo $?; kill $a $b; wait; pgrep; echo $?; pgrep a b; echo $?; pgrep '[' 2> /dev/null; echo $?; pgrep -V

### pkill
pkill -f '^no such process ever'; echo $?; sleep 1071 & a=$!; sleep 1072 & b=$!; sleep 0.1; pkill -f '^sleep 1071'; echo $?; wait $a; echo $?; pkill -INT -f '^sleep 107[0-9]'; echo $?; kill $b; wait $b; echo $?; sleep 1073 & c=$!; sleep 0.1; pkill -e -f '^sleep 1073' | sed 's/[0-9][0-9]*)/N)/'; wait $c; pkill; echo $?; pkill -NOSUCH x; echo $?; pkill -0 -f '^never there'; echo $?

### pkill and a trap
cat > target.sh <<'S'
trap "echo got HUP; exit 3" HUP; echo ready; while :; do :; done
S
bash target.sh > out & d=$!; until [ -s out ]; do sleep 0.02; done; pkill -HUP -f '^bash target.sh'; wait $d; echo $?; cat out

### kill as a program
sleep 1081 & p=$!; /bin/kill $p; wait $p; echo $?; sleep 1083 & p=$!; env kill -s TERM $p; wait $p; /bin/kill -0 $p 2> /dev/null; echo $?; /bin/kill -l; /bin/kill -l 9; /bin/kill -l TERM; /bin/kill -L; /bin/kill 99999999; echo $?; /bin/kill -NOSUCH 1; echo $?; /bin/kill; echo $?; /bin/kill abc; echo $?; /bin/kill -V; sleep 1084 & p=$!; sleep 1085 & q=$!; /bin/kill -TERM $p $q; wait; echo done; xargs kill 2>&1 <<< 99999999; echo $?

### free
free | awk '{print NF, $1}'; free | head -n 1 | tr -s ' '; free -m | awk 'NR == 2 {exit !($2 > 0 && $2 >= $3 + $4)}' && echo consistent; free -h | awk 'NR == 2 {print ($2 ~ /^[0-9.]+[KMGT]i$/)}'; free -b | awk '/Mem/ {b = $2} END {print (b > 1e6)}'; [ "$(free -k | awk '/Mem/ {print $2}')" = "$(awk '/MemTotal/ {print $2}' /proc/meminfo)" ] && echo as meminfo; free -t | tail -n 1 | awk '{print $1}'; free -w | head -n 1 | tr -s ' '; free --si -m | head -n 1 | tr -s ' '; free -s 0.05 -c 2 | grep -c Mem; free --nonsense 2>&1 | head -n 1; free -V

### uptime
uptime -p | cut -c1-3; uptime -s | sed 's/[0-9]/N/g'; uptime | grep -Ec 'load average: [0-9.]+, [0-9.]+, [0-9.]+$'; uptime | grep -Ec '^ [0-9:]{8} up '; uptime -V; awk '{exit !($1 > 0)}' /proc/uptime && echo running; w -h | wc -l; w | tail -n 1 | tr -s ' '

### pwdx and sysctl
cd /usr/lib && pwdx $$ | cut -d: -f2; pwdx 99999999; echo $?; pwdx nonsense; echo $?; sysctl -n kernel.ostype; sysctl kernel.ostype; sysctl kernel.nosuch; echo $?; sysctl -n kernel.hostname | grep -qx "$(hostname)" && echo same; sysctl -b kernel.ostype; echo; sysctl -e kernel.nosuch; echo $?

### vmstat and pmap
vmstat | head -n 2 | tail -n 1 | tr -s ' '; vmstat | awk 'END {print NF}'; vmstat 1 1 | wc -l; vmstat -V; pmap $$ | tail -n 1 | awk '{print $1}'; pmap 99999999; echo $?

### names of programs that were copied or renamed
(exec -a renamed sleep 1091) & p=$!; sleep 0.1; ps -o comm=,args= -p $p; kill $p; wait $p; cp /bin/sleep ./my-sleeper; ./my-sleeper 1092 & p=$!; sleep 0.1; pgrep -x my-sleeper > /dev/null && echo by name; ps -o comm= -p $p; pkill -x my-sleeper || kill $p; wait $p; echo $?

### a server that is started, found and stopped
cat > server.sh <<'S'
#!/bin/bash
echo $$ > server.pid
trap 'echo stopped; rm server.pid; exit 0' TERM
while :; do sleep 0.05; done
S
chmod +x server.sh; ./server.sh > server.log 2>&1 & until [ -s server.pid ]; do sleep 0.02; done; pid=$(cat server.pid); ps -p "$pid" > /dev/null && echo up; ps -p "$pid" -o comm=,args=; kill -0 "$pid" && echo alive; pgrep -f '^/bin/bash ./server.sh' > /dev/null && echo found; pgrep -x server.sh > /dev/null && echo by name; pkill -TERM -f '^/bin/bash ./server.sh'; wait; cat server.log; ps -p "$pid" > /dev/null || echo down; [ -e server.pid ] || echo cleaned

### children, limits and processors
for i in 1 2 3; do sleep 109$i & done; sleep 0.1; pgrep -P $$ -c sleep; pkill -P $$ sleep; wait; pgrep -P $$ -c sleep; echo $?; prlimit --nofile --noheadings -o RESOURCE -p $$; prlimit --nofile=100:200 bash -c 'ulimit -n; ulimit -Hn'; taskset -p $$ | sed 's/[0-9][0-9]*/PID/' | cut -d: -f1; taskset 1 nproc

### small tools of util-linux
mcookie | grep -Ec '^[0-9a-f]{32}$'; uuidgen | grep -Ec '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'; uuidgen -s -n @dns -N example.org; uuidgen -m -n @url -N http://x/; [ "$(uuidgen)" != "$(uuidgen)" ] && echo different; fallocate -l 10K f; stat -c %s f; fallocate -l 1x f; echo $?; mkdir -p d/e; ln -s d/e l; touch d/e/f; namei l/f; namei -l d | tail -n 1 | cut -c1-10; namei nosuch; echo $?; whereis -b bash | tr ' ' '\n' | grep -x /usr/bin/bash; whereis nosuchprogram

### top once
# skip(v86): its top is of a terminal
top -b -n 1 | sed -n '1s/^top - .*/top/p; 2s/[0-9]\+/N/gp; 3s/ *[0-9.]\+/ N/gp; 4s/[0-9.]\+/N/gp; 5s/[0-9.]\+/N/gp; 7p' | tr -s ' '; top -bn1 | awk 'NR > 7 && $12 == "top" {print "itself", NF}'; sleep 1061 & p=$!; sleep 0.1; top -b -n 1 -p $p | awk 'NR == 8 {print $12, ($1 == '$p')}'; top -bn1 -c -w 200 | grep -c '[s]leep 1061$'; top -bn2 -d 0.1 | grep -c '^top -'; top -bn1 -o PID | awk 'NR > 7 {print $1}' | sort -rnc && echo sorted; top -b -n1 -u nosuchuser; echo $?; kill $p; top < /dev/null; echo $?; top -n1 > /dev/null; echo $?; top -h | head -1

### watch needs a terminal
# skip(v86): TERM differs there
TERM=xterm watch -n 0.1 date < /dev/null | head -c 0; unset TERM; watch date; echo $?; watch; echo $?; watch -v; watch -n x date; echo $?
