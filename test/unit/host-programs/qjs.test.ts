import { afterAll, describe, expect, test } from "vitest";
import { Daemon } from "../../support/daemon.js";

// Debian 12 has no qjs to record fixtures with: what is expected here is what QuickJS-ng's documentation says. Scripts need the
// stack that a daemon's workers have.

const daemon = new Daemon();
afterAll(() => daemon.close());

const run = (text: string) =>
  daemon.request({ type: "shell", command: `mkdir -p /tmp/q; cd /tmp/q\n${text}` });

async function stdout(text: string): Promise<string | undefined> {
  const { stdout, stderr } = await run(text);
  expect(stderr).toBe("");
  return stdout;
}

describe("the command line of qjs", () => {
  test("evaluates an expression, with arguments", async () => {
    expect(await stdout("qjs -e 'print(1 + 1, [1, 2], {}); console.log(scriptArgs)' a b")).toBe(
      "2 1,2 [object Object]\na,b\n",
    );
  });

  test("runs a file, which sees its name and arguments", async () => {
    expect(await stdout("echo 'print(scriptArgs.join())' > f.js; qjs f.js x 'y z'; qjs ./f.js")).toBe(
      "f.js,x,y z\n./f.js\n",
    );
  });

  test("runs what is in its input", async () => {
    expect(await stdout("echo 'print(scriptArgs)' | qjs - a; echo 'print(2)' | qjs; qjs < f.js")).toBe(
      "-,a\n2\n\n",
    );
  });

  test("runs scripts that name it as their interpreter", async () => {
    expect(
      await stdout("printf '#!/usr/bin/env qjs\\nprint(scriptArgs[1])\\n' > t; chmod +x t; ./t arg"),
    ).toBe("arg\n");
  });

  test("says what it is and what it can do", async () => {
    expect(await stdout("qjs --version")).toMatch(/^0\.\d+\.\d+\n$/);
    expect(await stdout("qjs --help")).toMatch(/^QuickJS-ng version 0\.\d+\.\d+\nusage: qjs /);
    const wrong = await run("qjs --nonsense; qjs -i; qjs -e; qjs nofile.js");
    expect(wrong.exit_code).toBe(1);
    expect(wrong.stderr).toContain("qjs: unknown option '--nonsense'\n");
    expect(wrong.stderr).toContain("qjs: no interactive mode: there is no terminal\n");
    expect(wrong.stderr).toContain("nofile.js: No such file or directory\n");
  });

  test("includes files, and makes std and os global", async () => {
    expect(
      await stdout("echo 'var inc = 5' > i.js; qjs -I i.js --std -e 'std.puts(inc, os.platform, \"\\n\")'"),
    ).toBe("5linux\n");
  });

  test("takes a script as classic or as a module", async () => {
    expect(
      await stdout("qjs -C -e 'var x = 1; print(this === globalThis)'; qjs -m -e 'print(this, await 5)'"),
    ).toBe("true\nundefined 5\n");
  });
});

describe("errors of scripts", () => {
  test("an uncaught exception is shown with its stack, and is exit code 1", async () => {
    const { stderr, exit_code } = await run(
      "echo 'function f() { throw new TypeError(\"bad\") }\nf()' > e.js; qjs e.js",
    );
    expect(stderr).toBe("TypeError: bad\n    at f (e.js:1:26)\n    at <anonymous> (e.js:2:1)\n");
    expect(exit_code).toBe(1);
  });

  test("so is a syntax error, and a rejection that nobody handles", async () => {
    const { stdout, stderr } = await run(
      "qjs -e 'let = 1 +'; echo $?; qjs -e 'Promise.reject(new Error(\"late\"))'; echo $?; qjs -e 'Promise.reject(1).catch(() => print(\"fine\"))'",
    );
    expect(stdout).toBe("1\n1\nfine\n");
    expect(stderr).toMatch(/^SyntaxError: /);
    expect(stderr).toContain("Possibly unhandled promise rejection: Error: late\n");
  });

  test("endless recursion and too much memory can be caught", async () => {
    expect(
      await stdout("qjs -e 'function f() { return f() + 1 } try { f() } catch (e) { print(e.name) }'"),
    ).toBe("RangeError\n");
    expect(
      await stdout(
        "qjs -e 'try { const a = []; for (;;) a.push(new Uint8Array(5e7)) } catch (e) { print(e) }'",
      ),
    ).toBe("InternalError: out of memory\n");
  });

  test("what computes without end is stopped: loops, regular expressions, functions of the engine", async () => {
    for (const code of [
      "for (;;);",
      '/^(a+)+$/.test("a".repeat(40) + "b")',
      "new Array(1e9).fill(0).sort()",
    ]) {
      expect(await stdout(`timeout 0.3 qjs -e '${code}'; echo $?`)).toBe("124\n");
    }
  });
});

describe("modules", () => {
  test("import files, JSON and the built-in modules", async () => {
    expect(
      await stdout(`mkdir -p lib; echo 'export const x = 1; export default () => "f"' > lib/m.js; echo '{"k":[1]}' > d.json
echo 'import f, { x } from "./lib/m.js"; import d from "./d.json"; import * as std from "qjs:std"; import { platform } from "os";
std.printf("%s %d %s %s\\n", f(), x, JSON.stringify(d), platform); print(import.meta.url)' > main.mjs; qjs main.mjs`),
    ).toBe('f 1 {"k":[1]} linux\nfile:///tmp/q/main.mjs\n');
  });

  test("wait at the top level, and import while they run", async () => {
    expect(
      await stdout(
        'echo \'const { x } = await import("./lib/m.js"); await 1; print(x); await import("./none.js").catch(e => print(e.message))\' > t.mjs; qjs t.mjs',
      ),
    ).toBe("1\ncould not load module filename '/tmp/q/none.js': No such file or directory\n");
  });
});

describe("std", () => {
  test("reads standard input by lines, as a whole and by bytes", async () => {
    expect(
      await stdout(
        "printf 'a\\nb\\n\\nc' | qjs --std -e 'let l; while ((l = std.in.getline()) !== null) print(`[${l}]`)'",
      ),
    ).toBe("[a]\n[b]\n[]\n[c]\n");
    expect(
      await stdout(
        "printf 'é!' | qjs --std -e 'print(std.in.getByte(), std.in.getByte(), std.in.readAsString(), std.in.eof())'",
      ),
    ).toBe("195 169 ! true\n");
  });

  test("waits for input that comes late", async () => {
    expect(
      await stdout(
        "(echo one; sleep 0.05; echo two) | qjs --std -e 'print(std.in.getline()); print(std.in.getline(), std.in.getline())'",
      ),
    ).toBe("one\ntwo null\n");
  });

  test("opens, writes, reads and seeks in files", async () => {
    expect(
      await stdout(`qjs --std -e '
const f = std.open("f.txt", "w+"); f.puts("hello ", 5, "\\n"); f.printf("%03d|%-4s|\\n", 7, "x"); f.seek(0, std.SEEK_SET); print(f.getline(), f.tell()); f.close();
print(JSON.stringify(std.loadFile("f.txt")), std.loadFile("none")); const e = {}; print(std.open("none", "r", e), e.errno, std.strerror(e.errno));
try { std.open("f.txt", "q") } catch (x) { print(x.message) }'`),
    ).toBe('hello 5 8\n"hello 5\\n007|x   |\\n" null\nnull 2 No such file or directory\ninvalid file mode\n');
  });

  test("formats as printf does", async () => {
    expect(
      await stdout(
        `qjs --std -e 'std.printf("%d %5d|%-5d|%05d %x %X %#o %c %s %.2f %8.3f %e %g %g %%\\n", -3, 42, 42, 42, 255, 255, 8, 65, "s", 1.005, Math.PI, 12345.678, 1e-5, 100000); print(std.sprintf("%+d % d %*d", 1, 2, 4, 3))'`,
      ),
    ).toBe("-3    42|42   |00042 ff FF 010 A s 1.00    3.142 1.234568e+04 1e-05 100000 %\n+1  2    3\n");
  });

  test("knows the environment, evaluates scripts and exits", async () => {
    expect(
      await stdout(
        'A=1 qjs --std -e \'print(std.getenv("A"), std.getenv("NOPE")); std.setenv("B", 2); print(std.popen("echo $B", "r").readAsString(), std.evalScript("1 + 2")); std.exit(7)\'; echo $?',
      ),
    ).toBe("1 undefined\n2\n 3\n7\n");
  });
});

describe("os", () => {
  test("files and directories", async () => {
    expect(
      await stdout(`qjs --std -e '
print(os.mkdir("d"), os.mkdir("d"), os.readdir("d")[0].sort(), os.readdir("none")); print(os.symlink("d", "l"), os.readlink("l"), os.realpath("l"), os.getcwd());
const [s] = os.stat("/etc/passwd"); print((s.mode & os.S_IFMT) === os.S_IFREG, s.size > 0, s.mtime > 1e12, os.stat("none"), (os.lstat("l")[0].mode & os.S_IFMT) === os.S_IFLNK);
const fd = os.open("b", os.O_RDWR | os.O_CREAT); const b = new Uint8Array([104, 105]); print(os.write(fd, b.buffer, 0, 2), os.seek(fd, 0, 0), os.read(fd, b.buffer, 1, 1), b); os.close(fd); print(os.rename("b", "c"), os.remove("c"), os.remove("l"), os.remove("d"), os.remove("none"))'`),
    ).toBe("0 -17 .,.. ,2\n0 d,0 /tmp/q/d,0 /tmp/q,0\ntrue true true ,2 true\n2 0 1 104,104\n0 0 0 0 -2\n");
  });

  test("timers and promises, in order", async () => {
    expect(
      await stdout(
        "qjs --std -e 'os.setTimeout(() => print(3), 10); const t = os.setTimeout(() => print(\"never\"), 1); os.clearTimeout(t); setTimeout(() => print(2), 1); Promise.resolve().then(() => print(1)); print(0); os.sleepAsync(20).then(() => print(4))'",
      ),
    ).toBe("0\n1\n2\n3\n4\n");
  });

  test("runs programs, waiting for them or not", async () => {
    expect(
      await stdout(`qjs --std -e '
print(os.exec(["sh", "-c", "echo out; exit 3"]), os.exec(["nosuchcommand"]), os.exec(["sh", "-c", "kill -9 $$"]), os.exec(["pwd"], { cwd: "/etc" }));
const [r, w] = os.pipe(); const pid = os.exec(["echo", "piped"], { block: false, stdout: w }); os.close(w); print(std.fdopen(r, "r").readAsString(), os.waitpid(pid, 0)[1])'`),
    ).toBe("out\n/etc\n3 127 -9 0\npiped\n 0\n");
  });

  test("calls handlers when descriptors are ready", async () => {
    expect(
      await stdout(
        "(sleep 0.02; echo late) | qjs --std -e 'os.setReadHandler(0, () => { const l = std.in.getline(); print(l); if (l === null) os.setReadHandler(0, null) }); print(\"waiting\")'",
      ),
    ).toBe("waiting\nlate\nnull\n");
  });

  test("calls handlers of signals, and dies of others", async () => {
    expect(
      await stdout(
        "qjs --std -e 'os.signal(os.SIGUSR1, () => { print(\"caught\"); os.clearInterval(t) }); const t = os.setInterval(() => {}, 1000); os.kill(os.getpid(), os.SIGUSR1)'; qjs --std -e 'os.signal(os.SIGTERM, undefined); os.kill(os.getpid(), os.SIGTERM); print(\"ignored\")'; timeout 0.05 qjs --std -e 'os.sleep(5000)'; echo $?",
      ),
    ).toBe("caught\nignored\n124\n");
  });
});

describe("several scripts at once", () => {
  test("in a pipeline, with more than a pipe holds", async () => {
    expect(
      await stdout(
        "qjs -e 'for (let i = 1; i <= 20000; i++) print(i)' | qjs --std -e 'let l; while ((l = std.in.getline()) !== null) print(l * 2)' | qjs --std -e 'let s = 0, l; while ((l = std.in.getline()) !== null) s += +l; print(s)'",
      ),
    ).toBe("400020000\n");
  });

  test("each waiting for what comes late", async () => {
    expect(
      await stdout(
        "(sleep 0.05; seq 3) | qjs --std -e 'print(std.in.readAsString().length)' | qjs --std -e 'print(\"got \" + std.in.getline())'",
      ),
    ).toBe("got 6\n");
  });

  test("a script that waits for others", async () => {
    expect(
      await stdout(
        'echo \'print(std.in.readAsString().length)\' > n.js; qjs --std -e \'print(os.exec(["sh", "-c", "qjs -e \\"for (let i = 0; i < 30000; i++) print(i)\\" | qjs --std n.js"]))\'',
      ),
    ).toBe("168890\n0\n");
  });

  test("that recurse and compute while they take turns", async () => {
    const fib = "function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) }";
    expect(
      await stdout(
        `qjs -e '${fib} print(fib(19))' | qjs --std -e '${fib} print(fib(19)); function deep(n) { return n ? deep(n - 1) + 1 : +std.in.getline() } print(deep(100))'`,
      ),
    ).toBe("4181\n4281\n");
  });

  test("stops when nobody wants the output any more", async () => {
    expect(
      await stdout("qjs -e 'for (let i = 0; ; i++) print(i)' | qjs --std -e 'print(std.in.getline())'"),
    ).toBe("0\n");
    expect(await stdout("qjs -e 'for (let i = 0; ; i++) print(i)' | head -n 2")).toBe("0\n1\n");
  });
});
