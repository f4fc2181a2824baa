Python and other processes.

### subprocess.run
python3 <<'END'
import subprocess
r = subprocess.run(["sh", "-c", "echo out; echo err >&2; exit 3"], capture_output=True, text=True); print(r)
print(subprocess.run("echo $0 | tr a-z A-Z", shell=True, stdout=subprocess.PIPE).stdout)
print(subprocess.check_output(["sort", "-r"], input="a\nb\n", text=True), subprocess.call(["false"]))
try: subprocess.run(["ls", "/nonexistent"], check=True, stderr=subprocess.DEVNULL)
except subprocess.CalledProcessError as e: print(e)
try: subprocess.run(["no-such-command"])
except FileNotFoundError as e: print(e)
try: subprocess.run(["sleep", "5"], timeout=0.1)
except subprocess.TimeoutExpired as e: print(e.cmd, "timed out")
END

### a pipeline of Popen
python3 <<'END'
from subprocess import PIPE, Popen
a = Popen(["seq", "10"], stdout=PIPE); b = Popen(["grep", "1"], stdin=a.stdout, stdout=PIPE, text=True)
a.stdout.close(); print(b.communicate()[0].split(), b.returncode, a.wait())
p = Popen(["cat"], stdin=PIPE, stdout=PIPE); data = b"x" * 300000; print(p.communicate(data)[0] == data)
p = Popen(["sleep", "60"]); p.terminate(); print(p.wait(), p.poll())
END

### the environment and directory of a child
python3 -c '
import subprocess
print(subprocess.run("echo $A; pwd", shell=True, env={"A": "1", "PATH": "/usr/bin"}, cwd="/etc", capture_output=True, text=True).stdout)'

### python within python
python3 -c '
import subprocess, sys
print(subprocess.run([sys.executable, "-c", "import sys; print(sys.stdin.read()[::-1])"], input="abc", text=True, capture_output=True).stdout)'

### os.fork, os.pipe, os.waitpid
python3 <<'END'
import os, sys
r, w = os.pipe()
pid = os.fork()
if pid == 0:
    os.close(r); os.write(w, b"from the child"); os._exit(5)
os.close(w); print(os.read(r, 100)); _, status = os.waitpid(pid, 0)
print(os.WIFEXITED(status), os.waitstatus_to_exitcode(status))
END

### os.exec and os.system and os.popen
python3 -c '
import os
print(os.system("exit 3") >> 8, os.popen("echo popen; exit 1").read(), flush=True)
os.execvp("echo", ["echo", "replaced"])'

### signals
python3 <<'END'
import os, signal, time
signal.signal(signal.SIGUSR1, lambda number, frame: print("got", signal.Signals(number).name))
os.kill(os.getpid(), signal.SIGUSR1)
def late(*_): raise TimeoutError("too late")
signal.signal(signal.SIGALRM, late); signal.setitimer(signal.ITIMER_REAL, 0.05)
try: time.sleep(5)
except TimeoutError as e: print(e)
END

### a trap in the shell and python as its child
( trap 'echo trapped' USR1; python3 -c 'import os, signal; os.kill(os.getppid(), signal.SIGUSR1)'; echo after )

### asyncio
python3 <<'END'
import asyncio
async def work(n):
    await asyncio.sleep(0.02 * n); return n * n
async def main():
    print(await asyncio.gather(*(work(n) for n in (3, 1, 2))))
    try: await asyncio.wait_for(asyncio.sleep(5), 0.02)
    except asyncio.TimeoutError: print("timeout")
    queue = asyncio.Queue(); asyncio.create_task(queue.put("item")); print(await queue.get())
    async with asyncio.TaskGroup() as group: t = group.create_task(work(1))
    print(t.result())
asyncio.run(main())
END

### asyncio with subprocesses
python3 <<'END'
import asyncio
async def run(command):
    p = await asyncio.create_subprocess_shell(command, stdout=asyncio.subprocess.PIPE)
    out, _ = await p.communicate(); return out.decode().strip(), p.returncode
async def main():
    print(await asyncio.gather(run("sleep 0.05; echo a; exit 2"), run("echo b"), run("seq 3 | tail -1")))
    p = await asyncio.create_subprocess_exec("cat", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    print(await p.communicate(b"through cat"))
asyncio.run(main())
END

### select and selectors
python3 -c '
import os, select, selectors
r, w = os.pipe(); print(select.select([r], [], [], 0.01)); os.write(w, b"x"); print(select.select([r], [w], [], 1) == ([r], [w], []))
s = selectors.DefaultSelector(); s.register(r, selectors.EVENT_READ, "data"); print([(k.data, e) for k, e in s.select(1)])'

### socketpair
python3 -c '
import socket
a, b = socket.socketpair(); a.sendall(b"ping"); print(b.recv(10)); b.close(); print(a.recv(10))'

### file locks
python3 -c '
import fcntl, os
f = open("lock", "w"); fcntl.flock(f, fcntl.LOCK_EX)
if os.fork() == 0:
    try: fcntl.flock(open("lock"), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as e: print(e, flush=True)
    os._exit(0)
os.wait()'

### users, groups, permissions
python3 -c '
import grp, os, pwd, stat
print(pwd.getpwuid(0).pw_name, grp.getgrgid(0).gr_name, os.getuid(), oct(os.umask(0)))
os.chmod("/tmp/case", 0o711); print(stat.filemode(os.stat("/tmp/case").st_mode), os.access("/etc/passwd", os.R_OK), os.cpu_count() > 0)'

### multiprocessing.Process
python3 <<'END'
import multiprocessing, os
def work(end, n): end.send(n * 2); end.close()
here, there = multiprocessing.Pipe()
p = multiprocessing.Process(target=work, args=(there, 21)); p.start(); print(here.recv()); p.join(); print(p.exitcode)
END

### in a shell script
set -e
version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
names=$(printf '{"users":[{"name":"ada"},{"name":"alan"}]}' | python3 -c 'import json, sys; print(*(u["name"] for u in json.load(sys.stdin)["users"]))')
for name in $names; do echo "$version $name"; done
if python3 -c 'import sys; sys.exit(0 if 3 > 2 else 1)'; then echo yes; fi

### many short runs
for i in 1 2 3 4 5; do python3 -c "print($i * $i)"; done | paste -sd' '

### as another user
cd /; python3 -c '
import os
pid = os.fork()
if pid == 0:
    os.setgid(1); os.setuid(1)
    try: open("/root/x", "w")
    except PermissionError as e: print(e, os.getuid(), flush=True)
    os._exit(0)
os.wait()'

### signals reach a program that only computes
python3 - <<'PY'
import signal

def late(*_):
    raise TimeoutError("late")

signal.signal(signal.SIGALRM, late)
signal.setitimer(signal.ITIMER_REAL, 0.1)
try:
    while True:
        pass
except TimeoutError as error:
    print(error)
PY
timeout -s INT 0.5 python3 -c 'while True: pass' 2>&1 | tail -n 1; echo "${PIPESTATUS[0]}"
timeout -s USR1 0.5 python3 -c '
import signal, sys
signal.signal(signal.SIGUSR1, lambda *_: sys.exit(7))
n = 0
while True: n += sum(range(10))'; echo $?
