CPython with threads: threading, queue, concurrent.futures, asyncio beside threads, signals and processes in threads.

### threads that are started and joined
cat > a.py <<'END'
import threading

results = [None] * 5

def work(i):
    results[i] = (i * i, threading.current_thread().name)

threads = [threading.Thread(target=work, args=(i,), name=f"worker-{i}") for i in range(5)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(results)
print(threading.active_count(), threading.main_thread().name, [t.is_alive() for t in threads])
END
python3 a.py

### sleeping at the same time
cat > a.py <<'END'
import threading, time

start = time.monotonic()
threads = [threading.Thread(target=time.sleep, args=(0.3,)) for _ in range(20)]
for t in threads:
    t.start()
for t in threads:
    t.join()
took = time.monotonic() - start
print(took >= 0.3, took < 3)
END
python3 a.py

### a lock
cat > a.py <<'END'
import threading, time

lock = threading.Lock()
counter = 0

def add():
    global counter
    for _ in range(200):
        with lock:
            value = counter
            if value % 50 == 0:
                time.sleep(0.001)
            counter = value + 1

threads = [threading.Thread(target=add) for _ in range(8)]
for t in threads: t.start()
for t in threads: t.join()
print(counter, lock.locked(), lock.acquire(blocking=False), lock.acquire(timeout=0.01), lock.release())
END
python3 a.py

### kinds of locks
cat > a.py <<'END'
import threading

r = threading.RLock()
with r:
    with r:
        print("twice", r.acquire(blocking=False))
        r.release()

def other():
    print("other", r.acquire(blocking=False))

with r:
    t = threading.Thread(target=other)
    t.start()
    t.join()
try:
    r.release()
except RuntimeError as e:
    print("RuntimeError", e)
try:
    threading.Lock().release()
except RuntimeError as e:
    print("RuntimeError", e)
s = threading.BoundedSemaphore(2)
print(s.acquire(), s.acquire(), s.acquire(blocking=False), s.release(), s.release())
try:
    s.release()
except ValueError as e:
    print("ValueError", e)
END
python3 a.py

### a condition
cat > a.py <<'END'
import threading
from collections import deque

items = deque()
cond = threading.Condition()

def produce():
    for i in range(6):
        with cond:
            items.append(i)
            cond.notify()
    with cond:
        items.append(None)
        cond.notify_all()

taken = []
def consume():
    while True:
        with cond:
            cond.wait_for(lambda: items)
            item = items.popleft()
        if item is None:
            return
        taken.append(item)

c = threading.Thread(target=consume)
p = threading.Thread(target=produce)
c.start(); p.start(); p.join(); c.join()
print(taken)
with cond:
    print(cond.wait(timeout=0.01))
END
python3 a.py

### an event, a barrier and a timer
cat > a.py <<'END'
import threading, time

ready, go = threading.Event(), threading.Event()
log = []

def wait():
    ready.set()
    log.append(go.wait(timeout=5))

t = threading.Thread(target=wait)
t.start()
ready.wait()
print(log, go.is_set(), go.wait(timeout=0.01))
go.set()
t.join()
print(log)

barrier = threading.Barrier(3, action=lambda: log.append("all here"))
def meet(i):
    log.append(barrier.wait() in (0, 1, 2))
threads = [threading.Thread(target=meet, args=(i,)) for i in range(3)]
for t in threads: t.start()
for t in threads: t.join()
print(log, barrier.n_waiting, barrier.broken)
try:
    barrier.wait(timeout=0.01)
except threading.BrokenBarrierError as e:
    print(type(e).__name__, barrier.broken)

fired = []
timer = threading.Timer(0.02, fired.append, ["fired"])
timer.start()
cancelled = threading.Timer(5, fired.append, ["never"])
cancelled.start()
cancelled.cancel()
timer.join()
cancelled.join()
print(fired)
END
python3 a.py

### workers and a queue
cat > a.py <<'END'
import queue, threading

tasks, results = queue.Queue(maxsize=4), queue.Queue()

def worker():
    while True:
        n = tasks.get()
        if n is None:
            tasks.task_done()
            return
        results.put((n, sum(range(n))))
        tasks.task_done()

threads = [threading.Thread(target=worker, daemon=True) for _ in range(4)]
for t in threads: t.start()
for n in range(0, 1000, 100):
    tasks.put(n)
for _ in threads:
    tasks.put(None)
tasks.join()
for t in threads: t.join()
print(sorted(results.queue))
try:
    results2 = queue.Queue()
    results2.get(timeout=0.02)
except queue.Empty:
    print("empty")
q = queue.PriorityQueue()
for item in (3, 1, 2): q.put(item)
print(q.get(), q.get(), q.get(), queue.LifoQueue().empty(), queue.SimpleQueue().qsize())
END
python3 a.py

### a thread pool
cat > a.py <<'END'
from concurrent.futures import ThreadPoolExecutor, as_completed, wait, FIRST_COMPLETED, TimeoutError
import time

with ThreadPoolExecutor(max_workers=4) as pool:
    print(list(pool.map(lambda x: x ** 2, range(10))))
    futures = {pool.submit(time.sleep, d / 50): d for d in (3, 1, 2)}
    print([futures[f] for f in as_completed(futures)])
    f = pool.submit(int, "x")
    try:
        f.result()
    except ValueError as e:
        print("ValueError:", e, f.done(), repr(f.exception()))
    slow = pool.submit(time.sleep, 0.2)
    try:
        slow.result(timeout=0.01)
    except TimeoutError as e:
        print("TimeoutError", slow.done())
    done, rest = wait([slow, pool.submit(str, 5)], return_when=FIRST_COMPLETED)
    print([f.result() for f in done], len(rest))
try:
    pool.submit(print)
except RuntimeError as e:
    print(e)
END
python3 a.py

### a default pool, names of its threads, what they raise from map
cat > a.py <<'END'
from concurrent.futures import ThreadPoolExecutor
import threading

def fail(x):
    if x == 3:
        raise KeyError(x)
    return x

with ThreadPoolExecutor(thread_name_prefix="pool", initializer=lambda: None) as pool:
    print(pool.submit(lambda: threading.current_thread().name).result())
    it = pool.map(fail, range(5))
    try:
        for x in it:
            print(x)
    except KeyError as e:
        print("KeyError", e)
END
python3 a.py

### values of one thread
cat > a.py <<'END'
import threading, contextvars

local = threading.local()
local.x = "main"
var = contextvars.ContextVar("var", default="none")
var.set("main")
seen = []

def look(i):
    seen.append((hasattr(local, "x"), var.get()))
    local.x = i
    seen.append(local.x)

for i in range(2):
    t = threading.Thread(target=look, args=(i,))
    t.start()
    t.join()
print(seen, local.x, var.get())
END
python3 a.py

### an exception in a thread
cat > a.py <<'END'
import threading

def fail():
    return 1 / 0

t = threading.Thread(target=fail, name="failing")
t.start()
t.join()
print("main goes on")

def hook(args):
    print("hook:", args.exc_type.__name__, args.exc_value, args.thread.name)

threading.excepthook = hook
t = threading.Thread(target=fail, name="hooked")
t.start()
t.join()
t = threading.Thread(target=exit, args=(3,))
t.start()
t.join()
END
python3 a.py; echo $?

### daemon threads at the end
cat > a.py <<'END'
import threading, time

def forever():
    while True:
        time.sleep(0.001)

for _ in range(3):
    threading.Thread(target=forever, daemon=True).start()
def last():
    time.sleep(0.05)
    print("last")
threading.Thread(target=last).start()
print("main ends")
END
python3 a.py; echo $?

### a daemon thread that computes at the end
cat > a.py <<'END'
import threading
def spin():
    while True:
        pass
threading.Thread(target=spin, daemon=True).start()
print("main ends")
END
python3 a.py; echo $?

### computing beside sleeping
cat > a.py <<'END'
import threading, time

stop = False
count = 0
def spin():
    global count
    while not stop:
        count += 1

t = threading.Thread(target=spin)
t.start()
for i in range(3):
    time.sleep(0.05)
    print(i, flush=True)
stop = True
t.join()
print(count > 1000)
END
python3 a.py

### two that compute
cat > a.py <<'END'
import threading

def count(name, n):
    total = 0
    for i in range(n):
        total += i
    print(name, total)

a = threading.Thread(target=count, args=("short", 1000))
b = threading.Thread(target=count, args=("long", 300000))
b.start(); a.start()
a.join(); b.join()
END
python3 a.py | sort

### a thousand threads one after the other
python3 -c '
import threading
total = 0
def add(i):
    global total
    total += i
for i in range(1000):
    t = threading.Thread(target=add, args=(i,))
    t.start()
    t.join()
print(total)'

### fifty threads at once
python3 -c '
import threading
barrier = threading.Barrier(51)
def meet():
    barrier.wait()
    barrier.wait()
threads = [threading.Thread(target=meet) for _ in range(50)]
for t in threads: t.start()
barrier.wait()
print(threading.active_count())
barrier.wait()
for t in threads: t.join()
print(threading.active_count())'

### asyncio with threads
cat > a.py <<'END'
import asyncio, time, threading

async def tick(n):
    for i in range(n):
        await asyncio.sleep(0.01)
    return "ticked"

async def main():
    results = await asyncio.gather(
        asyncio.to_thread(time.sleep, 0.05),
        asyncio.to_thread(lambda: threading.current_thread() is threading.main_thread()),
        tick(3))
    print(results)
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, sum, [1, 2, 3]))
    future = loop.create_future()
    threading.Timer(0.01, lambda: loop.call_soon_threadsafe(future.set_result, "from a thread")).start()
    print(await future)
    try:
        await asyncio.wait_for(asyncio.to_thread(time.sleep, 0.2), timeout=0.02)
    except asyncio.TimeoutError:
        print("timeout")

asyncio.run(main())
END
python3 a.py

### a loop in another thread
cat > a.py <<'END'
import asyncio, threading

loop = asyncio.new_event_loop()
t = threading.Thread(target=loop.run_forever)
t.start()
async def answer():
    await asyncio.sleep(0.01)
    return 42
print(asyncio.run_coroutine_threadsafe(answer(), loop).result())
loop.call_soon_threadsafe(loop.stop)
t.join()
loop.close()
END
python3 a.py

### processes of asyncio
cat > a.py <<'END'
import asyncio

async def run(command):
    p = await asyncio.create_subprocess_shell(command, stdout=asyncio.subprocess.PIPE)
    out, _ = await p.communicate()
    return p.returncode, out

async def main():
    print(await asyncio.gather(run("echo one"), run("sleep 0.02; echo two; exit 3"), run("cat /dev/null")))

asyncio.run(main())
END
python3 a.py

### processes in threads
cat > a.py <<'END'
import subprocess
from concurrent.futures import ThreadPoolExecutor

def run(n):
    return subprocess.run(["sh", "-c", f"sleep 0.0{n}; echo {n}; exit {n}"], capture_output=True, text=True)

with ThreadPoolExecutor() as pool:
    print([(r.returncode, r.stdout) for r in pool.map(run, range(5))])
END
python3 a.py

### output of a process with a timeout
cat > a.py <<'END'
import subprocess

try:
    subprocess.run("echo before; sleep 10; echo after", shell=True, capture_output=True, timeout=0.2)
except subprocess.TimeoutExpired as e:
    print(e.timeout, e.output)
print(subprocess.run(["tr", "a-z", "A-Z"], input="words\n" * 3, text=True, capture_output=True, timeout=5).stdout)
p = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
print(len(p.communicate(b"x" * 300000, timeout=5)[0]))
END
python3 a.py

### fork in a thread
cat > a.py <<'END'
import os, threading

def fork():
    pid = os.fork()
    if pid == 0:
        names = [t.name for t in threading.enumerate()]
        os._exit(len(names) + 10 * (threading.current_thread() is threading.main_thread()))
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))

threading.Thread(target=threading.Event().wait, daemon=True).start()
t = threading.Thread(target=fork)
t.start()
t.join()
fork()
END
python3 a.py

### another program in place of the threads
cat > a.py <<'END'
import os, threading, time
def spin():
    while True: pass
threading.Thread(target=time.sleep, args=(60,)).start()
threading.Thread(target=spin, daemon=True).start()
threading.Thread(target=lambda: os.execvp("sh", ["sh", "-c", "echo replaced; exit 5"])).start()
END
python3 a.py; echo $?

### os._exit in a thread
python3 -c '
import os, threading, time
threading.Timer(0.02, os._exit, [7]).start()
time.sleep(10)'; echo $?

### interrupted while waiting for a thread
cat > a.py <<'END'
import signal, threading, time, os

threading.Timer(0.05, os.kill, [os.getpid(), signal.SIGINT]).start()
t = threading.Thread(target=time.sleep, args=(0.3,), daemon=True)
t.start()
try:
    t.join()
except KeyboardInterrupt:
    print("interrupted", t.is_alive())
END
python3 a.py

### interrupted while computing beside a thread
cat > a.py <<'END'
import signal, threading, os

threading.Timer(0.05, os.kill, [os.getpid(), signal.SIGINT]).start()
try:
    while True:
        pass
except KeyboardInterrupt:
    print("interrupted")
END
python3 a.py

### signals are handled by the main thread
cat > a.py <<'END'
import signal, threading, time, os

def handler(number, frame):
    print(signal.Signals(number).name, threading.current_thread().name)

signal.signal(signal.SIGUSR1, handler)
t = threading.Thread(target=lambda: (time.sleep(0.02), os.kill(os.getpid(), signal.SIGUSR1), time.sleep(0.02)))
t.start()
t.join()
signal.raise_signal(signal.SIGUSR1)
signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR1)
t = threading.Thread(target=lambda: signal.signal(signal.SIGUSR2, handler))
t.start()
t.join()
END
python3 a.py 2>&1 | grep -v '^  '

### killed with threads
cat > a.py <<'END'
import threading, time
def spin():
    while True: pass
threading.Thread(target=spin, daemon=True).start()
threading.Thread(target=time.sleep, args=(60,)).start()
print("ready", flush=True)
spin()
END
timeout 3 python3 a.py; echo $?

### recursion in a thread
cat > a.py <<'END'
import threading

def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)

class Nested:
    def __init__(self, depth): self.depth = depth
    def __repr__(self): return f"<{self.depth}>" if self.depth == 0 else repr(Nested(self.depth - 1))

def work():
    print(deep(900), repr(Nested(200)))
    try:
        deep(10000)
    except RecursionError as e:
        print("RecursionError")
    try:
        repr(Nested(10000))
    except RecursionError as e:
        print("RecursionError")

t = threading.Thread(target=work)
t.start()
t.join()
END
python3 a.py

### the size of stacks
cat > a.py <<'END'
import threading
print(threading.stack_size(), threading.stack_size(256 * 1024), threading.stack_size())
def work():
    print("ran")
t = threading.Thread(target=work)
t.start()
t.join()
try:
    threading.stack_size(100)
except ValueError as e:
    print(e)
END
python3 a.py

### a pipe between threads
cat > a.py <<'END'
import os, threading

r, w = os.pipe()
def write():
    with os.fdopen(w, "w") as f:
        for i in range(2000):
            f.write(f"line {i}\n")
t = threading.Thread(target=write)
t.start()
with os.fdopen(r) as f:
    lines = f.readlines()
t.join()
print(len(lines), lines[-1].strip())
END
python3 a.py

### a server and its client
cat > a.py <<'END'
import http.server, threading, urllib.request, urllib.error

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/missing":
            self.send_error(404)
            return
        body = f"you asked for {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *args):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"
for path in ("/a", "/b?c=d"):
    with urllib.request.urlopen(url + path) as answer:
        print(answer.status, answer.read().decode())
try:
    urllib.request.urlopen(url + "/missing")
except urllib.error.HTTPError as e:
    print(e.code, e.reason)
server.shutdown()
server.server_close()
END
python3 a.py

### a socket pair between threads
cat > a.py <<'END'
import socket, threading

a, b = socket.socketpair()
def echo():
    while data := b.recv(100):
        b.sendall(data.upper())
    b.close()
t = threading.Thread(target=echo)
t.start()
for word in (b"one", b"two"):
    a.sendall(word)
    print(a.recv(100))
a.close()
t.join()
END
python3 a.py

### a thread pool of multiprocessing
python3 -c '
from multiprocessing.pool import ThreadPool
with ThreadPool(4) as pool:
    print(pool.map(len, ["a", "bb", "ccc"]), pool.apply(max, (3, 4)))
    print(sorted(pool.imap_unordered(abs, [-1, -2, 3])))'

### a log from threads
cat > a.py <<'END'
import logging, threading, sys
logging.basicConfig(stream=sys.stdout, format="%(threadName)s %(levelname)s %(message)s", level=logging.INFO)
def work(i):
    logging.info("working %d", i)
threads = [threading.Thread(target=work, args=(i,), name=f"T{i}") for i in range(3)]
for t in threads:
    t.start()
    t.join()
logging.warning("done")
END
python3 a.py

### a database in threads
cat > a.py <<'END'
import sqlite3, threading

db = sqlite3.connect("test.db", check_same_thread=False)
db.execute("create table t (x)")
lock = threading.Lock()
def insert(i):
    with lock, db:
        db.execute("insert into t values (?)", (i,))
threads = [threading.Thread(target=insert, args=(i,)) for i in range(10)]
for t in threads: t.start()
for t in threads: t.join()
print(db.execute("select count(*), sum(x) from t").fetchone())
strict = sqlite3.connect(":memory:")
def use():
    try:
        strict.execute("select 1")
    except sqlite3.ProgrammingError as e:
        print(str(e).split(".")[0])
t = threading.Thread(target=use)
t.start()
t.join()
END
python3 a.py

### a scheduler and a lock that times out
cat > a.py <<'END'
import sched, time, threading
s = sched.scheduler()
out = []
s.enter(0.02, 1, out.append, ("second",))
s.enter(0.01, 1, out.append, ("first",))
t = threading.Thread(target=s.run)
t.start()
t.join()
print(out)
lock = threading.Lock()
lock.acquire()
start = time.monotonic()
print(lock.acquire(timeout=0.05), 0.04 < time.monotonic() - start < 1)
END
python3 a.py
