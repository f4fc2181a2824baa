"""Types each case of cases.json at a pseudo terminal of this machine and writes what the master reads to recorded.json.

On Debian 12 as root, with the packages that scripts/record-fixtures asks for: python3 test/conformance/terminal/record.py [WORD],
for the cases with that word in their name, or all.
"""
import fcntl, json, os, pty, re, select, shutil, struct, sys, termios

HERE = os.path.dirname(os.path.abspath(__file__))
DIRECTORY = "/tmp/case"
QUIET_S = 0.5
IUTF8 = 0o40000
ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "USER": "root",
    "LOGNAME": "root",
    "SHELL": "/bin/bash",
    "LANG": "C.UTF-8",
    "TERM": "xterm-256color",
    "HISTFILE": "/dev/null",
    "INPUTRC": "/dev/null",
}


def run(case):
    """What is shown before the first key and after each, and the exit status."""
    shutil.rmtree(DIRECTORY, ignore_errors=True)
    os.mkdir(DIRECTORY)
    pid, master = pty.fork()
    if pid == 0:
        settings = termios.tcgetattr(0)
        settings[0] |= IUTF8
        termios.tcsetattr(0, termios.TCSANOW, settings)
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.chdir(DIRECTORY)
        os.execve("/bin/bash", ["bash", "-c", case["command"]], ENVIRONMENT)
    quiet = case.get("wait", 0) / 1000 + QUIET_S

    def shown():
        data = b""
        while select.select([master], [], [], quiet)[0]:
            try:
                piece = os.read(master, 65536)
            except OSError:
                break
            if not piece:
                break
            data += piece
        return data.decode()

    parts = [shown()]
    for key in case["keys"]:
        os.write(master, key.encode())
        parts.append(shown())
    _, status = os.waitpid(pid, 0)
    os.close(master)
    hide = case.get("hide")
    if hide:
        parts = [re.sub(hide, "", part) for part in parts]
    return {"shown": parts, "status": os.waitstatus_to_exitcode(status)}


with open(os.path.join(HERE, "cases.json")) as file:
    cases = json.load(file)
path = os.path.join(HERE, "recorded.json")
before = json.load(open(path)) if os.path.exists(path) else {}
wanted = sys.argv[1] if len(sys.argv) > 1 else ""
recorded, unstable = {}, 0
for case in cases:
    if wanted not in case["name"]:
        recorded[case["name"]] = before[case["name"]]
        continue
    recorded[case["name"]] = run(case)
    if run(case) != recorded[case["name"]]:
        unstable += 1
        print("not the same twice:", case["name"], file=sys.stderr)
shutil.rmtree(DIRECTORY)
with open(path, "w") as file:
    json.dump(recorded, file, indent=1)
    file.write("\n")
sys.exit(1 if unstable else 0)
