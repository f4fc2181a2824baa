CPython as a command: arguments, input, output, exit status, errors.

### -c prints
python3 -c 'print(1 + 1, "text", [1, 2.5, None], {"a": (True,)})'

### version
python3 --version; python3 -V; python3.11 -c 'import sys; print(sys.version_info[:3], sys.implementation.name)'

### a script from standard input
# stdin: "import sys\nprint(sys.argv)\nfor i in range(3):\n    print(i, end=' ')\nprint()\n"
python3 - one 'two words'

### a here-document as a script
python3 <<'END'
def greet(name):
    return f"hello {name!r:>10}"

print(greet("x"))
END

### a script file with arguments
printf '%s\n' 'import sys' 'print(len(sys.argv), sys.argv[1:], __name__, __file__)' > script.py
python3 script.py -a --long=1 ''

### a script that is run by its name
printf '%s\n' '#!/usr/bin/env python3' 'import sys' 'print("run", sys.argv[1])' > tool
chmod +x tool
./tool x

### input line by line
# stdin: "b 2\na 10\nc 3\n"
python3 -c '
import sys
total = 0
for line in sys.stdin:
    name, number = line.split()
    total += int(number)
    print(f"{name:<5}|{number:>5}")
print(total)'

### input() until the end of the file
# stdin: "one\ntwo\n"
python3 -c '
try:
    while True: print(input("? ").upper())
except EOFError:
    print("end")'

### bytes of standard input
printf 'a\0b\377' | python3 -c 'import sys; data = sys.stdin.buffer.read(); print(data, len(data)); sys.stdout.buffer.write(data)' | od -c

### exit status
for code in 'import sys; sys.exit(3)' 'import sys; sys.exit("message")' 'raise SystemExit' 'exit(256 + 7)' '1 / 0' 'import os; os._exit(9)'; do
  python3 -c "$code"; echo "$?"
done

### a traceback through functions
cat > broken.py <<'END'
def inner(values):
    return values["missing"]

def outer():
    return inner({"present": 1}) + 1

outer()
END
python3 broken.py; echo $?

### a traceback through the library
python3 -c 'import json; json.loads("{\"a\": 1,}")'; echo $?

### exceptions with a cause
cat > cause.py <<'END'
try:
    int("x")
except ValueError as error:
    raise RuntimeError("cannot read the number") from error
END
python3 cause.py; echo $?

### syntax errors
python3 -c 'print("a'; echo $?
printf 'def f():\n  x = 1\n   y = 2\n' > s.py; python3 s.py; echo $?
python3 -c 'for = 1'; echo $?

### names that are nearly right
python3 -c 'import maths' ; python3 -c 'pritn(1)'; python3 -c 'import math; math.squrt(2)'; echo $?

### a file that is not there
python3 nothing.py; echo $?

### options
python3 -I -S -c 'import sys; print(sys.flags.isolated, sys.flags.no_site)'
python3 -O -c 'assert False; print(__debug__)'
python3 -W error -c 'import warnings; warnings.warn("x")' 2>&1 | tail -1
python3 -x; python3 --nonsense 2>&1 | head -1; python3 -h | head -2

### where it is
python3 -c 'import sys; print(sys.executable, sys.prefix, sys.platform); print(*sys.path, sep="\n")'

### the environment
PYTHONPATH=/tmp/case/lib GREETING='hi there' python3 -c 'import os, sys; print(os.environ["GREETING"], sys.path[1], os.environ.get("NOPE"))'
python3 -c 'import os; os.environ["NEW"] = "1"; os.system("echo $NEW")'

### modules beside the script
mkdir package
echo 'value = 42' > package/__init__.py
printf 'from . import value\ndef double(): return value * 2\n' > package/sub.py
echo 'print("main of", __package__)' > package/__main__.py
python3 -c 'from package.sub import double; print(double())'
python3 -m package
ls package/__pycache__

### PYTHONDONTWRITEBYTECODE
echo 'x = 1' > m.py
PYTHONDONTWRITEBYTECODE=1 python3 -c 'import m'; ls

### a pipe that nobody reads
python3 -c 'for i in range(100000): print(i)' | head -2

### standard error and standard output
python3 -c 'import sys; print("out"); print("err", file=sys.stderr)' 2>err >out; cat out err

### unbuffered output in order
python3 -u -c 'import sys, os; print("a"); os.system("echo b"); print("c")'

### deep recursion
python3 -c '
def f(n): return 0 if n == 0 else 1 + f(n - 1)
print(f(900))
try: f(5000)
except RecursionError as e: print(e)'

### large numbers and text
python3 -c 'print(2**200, len(str(3**8000)), 7**300 % 1000003, 10**40 // 7); print("ä€😀".encode(), len("ä€😀"), "ß".upper())'

### floating point
python3 -c 'import math; print(0.1 + 0.2, 1e300 * 1e10, math.pi, round(2.675, 2), f"{1/3:.10f}", math.sqrt(2), math.sin(1), -7 // 2, -7 % 3)'

### an interactive shell that is given commands
# stdin: "x = 20\nx + 1\nimport sys\nprint('ok')\n"
python3 -i 2>/dev/null

### killed by a signal
python3 -c 'import os, signal; os.kill(os.getpid(), signal.SIGTERM)'; echo $?

### interrupted
python3 -c '
import os, signal
try: os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt: print("caught")
os.kill(os.getpid(), signal.SIGINT)' 2>&1 | tail -1; echo ${PIPESTATUS[0]}

### a time limit from outside
timeout 0.5 python3 -c 'while True: pass'; echo $?

### match statements, generators, comprehensions, dataclasses
python3 <<'END'
from dataclasses import dataclass, field
@dataclass(order=True)
class Point:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)
def kind(value):
    match value:
        case Point(x=0, y=0): return "origin"
        case Point(x=0): return "on the axis"
        case [first, *rest]: return f"{first} and {len(rest)} more"
        case {"name": str(name)}: return name
        case _: return "something"
print(kind(Point(0)), kind(Point(0, 3)), kind([1, 2, 3]), kind({"name": "n"}), kind(9))
print(sorted([Point(2), Point(1, 5)]), {n: n * n for n in range(3)}, sum(x for x in range(10) if x % 3))
END
