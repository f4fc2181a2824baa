"""Runs a program on a pseudo terminal, as somebody who sits before it: on-terminal.py ARGV STEPS, both JSON.

Steps: ["await", text] until the text has come, ["type", text], ["resize", rows, columns], ["signal", name] to the program,
["close"] of the master. Writes what was shown, how the program ended and whether the terminal is set as it was before.
"""
import fcntl, json, os, pty, select, signal, struct, sys, termios, time

argv, steps = json.loads(sys.argv[1]), json.loads(sys.argv[2])
LIMIT_S = 20
shown, taken = "", 0
master, slave = pty.openpty()


def resize(rows, columns):
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def read(seconds):
    """Takes in what comes within the time; false at the end."""
    global shown
    if not select.select([master], [], [], seconds)[0]:
        return True
    try:
        data = os.read(master, 65536)
    except OSError:
        return False
    shown += data.decode(errors="replace")
    return data != b""


resize(24, 80)
before = termios.tcgetattr(slave)
pid = os.fork()
if pid == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in range(3):
        os.dup2(slave, fd)
    os.close(master)
    os.execvp(argv[0], argv)

for step in steps:
    match step:
        case ["await", text]:
            end = time.monotonic() + LIMIT_S
            while text not in shown[taken:]:
                if time.monotonic() > end or not read(0.5):
                    print(json.dumps({"shown": shown, "missing": text}))
                    os.kill(pid, signal.SIGKILL)
                    sys.exit()
            taken = shown.index(text, taken) + len(text)
        case ["type", text]:
            os.write(master, text.encode())
        case ["resize", rows, columns]:
            resize(rows, columns)
        case ["signal", name]:
            os.kill(pid, signal.Signals[name])
        case ["close"]:
            os.close(slave)
            os.close(master)
            slave = None

status = None
end = time.monotonic() + LIMIT_S
while status is None and time.monotonic() < end:
    if slave is not None:
        read(0.05)
    done, code = os.waitpid(pid, os.WNOHANG)
    if done:
        status = os.waitstatus_to_exitcode(code)
if status is None:
    os.kill(pid, signal.SIGKILL)
while slave is not None and select.select([master], [], [], 0.05)[0] and read(0):
    pass
restored = None if slave is None else termios.tcgetattr(slave) == before
print(json.dumps({"shown": shown, "rest": shown[taken:], "status": status, "restored": restored}))
