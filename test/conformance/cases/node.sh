node: scripts for Node.js, as agents write them. The fixtures are what Node.js 20 says; what holds for its engine alone, as the
texts of syntax errors and stack traces, is left out.

### print an expression
# skip(v86): there is no Node.js
node -p '1 + 2'; node -p '"a".repeat(3)'; node -p '[1,2,3].map(x => x * 2)'; node -p 'new Date(0).toISOString()'; node -p 'undefined'

### arguments after the code
# skip(v86): there is no Node.js
node -e 'console.log(process.argv.slice(1))' one 'two three'; node -p 'process.argv.length' a b

### a script file with arguments
# skip(v86): there is no Node.js
cat > s.js <<'J'
const [, script, ...args] = process.argv;
console.log(require('path').basename(script), args, __filename === script, __dirname === process.cwd());
J
node s.js x --flag=1 'y z'; node ./s.js; node s

### a script from standard input
# skip(v86): there is no Node.js
echo 'console.log("from stdin", process.argv.slice(2))' | node - a b; echo 'console.log(2 ** 10)' | node

### json from a pipe
# skip(v86): there is no Node.js
echo '{"users":[{"name":"Ada","age":36},{"name":"Bob","age":17}]}' | node -e '
const data = JSON.parse(require("fs").readFileSync(0, "utf8"));
const adults = data.users.filter(u => u.age >= 18).map(u => u.name);
console.log(JSON.stringify({ adults, total: data.users.reduce((s, u) => s + u.age, 0) }, null, 2));'

### json from /dev/stdin
# skip(v86): there is no Node.js
printf '{"a":{"b":[1,2,{"c":null}]}}' | node -p 'JSON.parse(require("fs").readFileSync("/dev/stdin", "utf8")).a.b[2]'

### standard input as a stream of chunks
# skip(v86): there is no Node.js
printf 'a,b\n1,2\n' | node -e 'let text = ""; process.stdin.setEncoding("utf8"); process.stdin.on("data", d => text += d); process.stdin.on("end", () => console.log(text.split("\n").length, text.trim().split("\n").map(l => l.split(","))));'

### standard input with for await
# skip(v86): there is no Node.js
seq 3 | node -e 'async function main() { let all = ""; for await (const chunk of process.stdin) all += chunk; console.log(all.split("\n").filter(Boolean).map(Number)); } main();'

### lines with readline
# skip(v86): there is no Node.js
printf 'name,qty\npen,3\nbook,4\n\nlast' | node -e '
const rl = require("readline").createInterface({ input: process.stdin });
let n = 0; rl.on("line", line => console.log(++n, JSON.stringify(line))); rl.on("close", () => console.log("end", n));'

### lines with for await
# skip(v86): there is no Node.js
printf 'id,price\n1,2.50\n2,3.25\n' > p.csv
cat > sum.js <<'J'
const fs = require('fs'), readline = require('readline');
(async () => {
  let total = 0, header;
  for await (const line of readline.createInterface({ input: fs.createReadStream('p.csv'), crlfDelay: Infinity })) {
    if (!header) { header = line.split(','); continue; }
    const row = Object.fromEntries(line.split(',').map((v, i) => [header[i], v]));
    total += Number(row.price);
  }
  console.log(total.toFixed(2));
})();
J
node sum.js

### files: write, append, read, copy, rename, remove
# skip(v86): there is no Node.js
node -e '
const fs = require("fs");
fs.writeFileSync("a.txt", "one\n"); fs.appendFileSync("a.txt", "two\n");
console.log(fs.readFileSync("a.txt", "utf8").split("\n"), fs.existsSync("a.txt"), fs.existsSync("nope"));
fs.copyFileSync("a.txt", "b.txt"); fs.renameSync("b.txt", "c.txt"); fs.unlinkSync("a.txt");
console.log(fs.readdirSync("."), fs.statSync("c.txt").size, fs.statSync("c.txt").isFile(), fs.readFileSync("c.txt"));'; cat c.txt

### directories: recursive mkdir, readdir, rm
# skip(v86): there is no Node.js
node -e '
const fs = require("fs"), path = require("path");
fs.mkdirSync("x/y/z", { recursive: true }); fs.mkdirSync("x/y", { recursive: true });
fs.writeFileSync("x/f", ""); fs.writeFileSync("x/y/g", "");
console.log(fs.readdirSync("x", { withFileTypes: true }).map(e => [e.name, e.isDirectory()]));
console.log(fs.readdirSync("x", { recursive: true }).sort());
const walk = d => fs.readdirSync(d, { withFileTypes: true }).flatMap(e => e.isDirectory() ? walk(path.join(d, e.name)) : [path.join(d, e.name)]);
console.log(walk("x").sort());
fs.rmSync("x", { recursive: true }); fs.rmSync("nope", { force: true }); console.log(fs.existsSync("x"));'

### errors of the file system
# skip(v86): there is no Node.js
node -e '
const fs = require("fs");
for (const f of [() => fs.readFileSync("nope"), () => fs.mkdirSync("/tmp"), () => fs.readdirSync("/etc/passwd"), () => fs.rmdirSync("/etc"), () => fs.readFileSync("/etc"), () => fs.renameSync("a", "b"), () => fs.statSync("/etc/passwd/x"), () => fs.rmSync("/tmp/case"), () => fs.writeFileSync("f", undefined)])
  try { console.log(f()); } catch (e) { console.log(e.code, e.message, e.syscall, e.errno < 0); }'

### promises of fs
# skip(v86): there is no Node.js
cat > p.mjs <<'J'
import { readFile, writeFile, mkdir, readdir, stat, rm, access } from 'node:fs/promises';
await mkdir('d'); await writeFile('d/a.json', JSON.stringify({ k: [1, 2] }));
console.log(JSON.parse(await readFile('d/a.json', 'utf8')), await readdir('d'), (await stat('d')).isDirectory());
try { await access('nope'); } catch (e) { console.log(e.code); }
await rm('d', { recursive: true });
console.log(await readFile('d/a.json').catch(e => e.message));
J
node p.mjs

### callbacks of fs
# skip(v86): there is no Node.js
node -e 'const fs = require("fs"); fs.writeFile("f", "text", err => { console.log(err); fs.readFile("f", "utf8", (e, d) => { console.log(e, d); fs.stat("nope", (e2, s) => console.log(e2.code, s)); }); }); console.log("first");'

### path
# skip(v86): there is no Node.js
node -p 'const p = require("path"); [p.join("a", "..", "b", "./c"), p.join("/a/", "/b/"), p.resolve("/x", "y", "../z"), p.basename("/a/b.txt", ".txt"), p.dirname("/a/b/c"), p.extname("x.tar.gz"), p.relative("/a/b/c", "/a/d"), p.isAbsolute("/x"), p.normalize("/a//b/../c/."), p.parse("/home/u/f.txt"), p.format({ dir: "/d", base: "b" }), p.sep]'

### execSync and its output
# skip(v86): there is no Node.js
node -e 'const { execSync } = require("child_process"); console.log(execSync("echo hi; pwd").toString()); console.log(execSync("tr a-z A-Z", { input: "shout", encoding: "utf8" })); console.log(execSync("echo $X$Y", { env: { ...process.env, X: "1", Y: "2" }, encoding: "utf8" }).trim(), execSync("pwd", { cwd: "/etc" }).toString().trim());'

### execSync that fails
# skip(v86): there is no Node.js
node -e 'const { execSync } = require("child_process"); try { execSync("echo out; echo err >&2; exit 3", { stdio: "pipe" }); } catch (e) { console.log(e.status, e.signal, e.message, String(e.stdout), String(e.stderr)); } try { execSync("nosuchcommand", { stdio: "pipe" }); } catch (e) { console.log(e.status); }'

### execSync with inherited output stays in order
# skip(v86): there is no Node.js
node -e 'const { execSync } = require("child_process"); console.log("before"); execSync("echo child", { stdio: "inherit" }); console.log("after");'

### spawnSync
# skip(v86): there is no Node.js
node -e 'const { spawnSync } = require("child_process"); const r = spawnSync("sh", ["-c", "cat; echo e >&2; exit 2"], { input: "abc", encoding: "utf8" }); console.log(r.status, r.signal, r.stdout, r.stderr); const m = spawnSync("nosuchcommand", ["a"]); console.log(m.status, m.error.code, m.error.message); console.log(spawnSync("sh", ["-c", "kill -9 $$"]).signal, spawnSync("sleep", ["5"], { timeout: 50 }).error.code);'

### execFileSync passes arguments as they are
# skip(v86): there is no Node.js
node -e 'const { execFileSync } = require("child_process"); console.log(execFileSync("printf", ["%s|", "a b", "$HOME", "*"]).toString());'

### spawn with streams
# skip(v86): there is no Node.js
node -e '
const { spawn } = require("child_process"); const c = spawn("sh", ["-c", "cat; echo err >&2; exit 4"]);
let out = "", err = ""; c.stdout.on("data", d => out += d); c.stderr.on("data", d => err += d);
c.on("exit", code => console.log("exit", code)); c.on("close", (code, signal) => console.log("close", code, signal, out, err));
c.stdin.write("one "); c.stdin.end("two\n");'

### spawn of what is not there
# skip(v86): there is no Node.js
node -e 'const c = require("child_process").spawn("nosuchcommand", ["x"]); c.on("error", e => console.log(e.code, e.message, e.path));'

### exec and execFile with callbacks and promises
# skip(v86): there is no Node.js
node -e '
const { exec, execFile } = require("child_process"), { promisify } = require("util");
exec("echo out; echo err >&2; exit 3", (e, out, err) => { console.log(e.code, JSON.stringify(out), JSON.stringify(err), e.killed);
execFile("echo", ["a b"], async (e, out) => { console.log(e, out); console.log(await promisify(exec)("echo promised")); try { await promisify(execFile)("false"); } catch (x) { console.log(x.code, x.cmd); } }); });'

### children that are node scripts
# skip(v86): there is no Node.js
echo 'let t = ""; process.stdin.on("data", d => t += d).on("end", () => { console.log(t.trim().split("\n").reduce((a, b) => a + +b, 0)); process.exit(7); })' > add.js
seq 10 | node add.js; echo $?; node -e 'const { spawnSync } = require("child_process"); const r = spawnSync(process.execPath, ["add.js"], { input: "1\n2\n3\n", encoding: "utf8" }); console.log(r.stdout.trim(), r.status);'

### node in a pipeline of three
# skip(v86): there is no Node.js
node -e 'for (let i = 1; i <= 20000; i++) console.log(i)' | node -e 'const t = require("fs").readFileSync(0, "utf8").trim().split("\n"); process.stdout.write(t.filter(x => x % 2 == 0).join("\n") + "\n")' | node -e 'let n = 0, s = 0; require("readline").createInterface({ input: process.stdin }).on("line", l => { n++; s += +l }).on("close", () => console.log(n, s))'

### exit codes
# skip(v86): there is no Node.js
node -e 'process.exit(3)'; echo $?; node -e 'process.exitCode = 4'; echo $?; node -e 'throw new Error("x")' 2>/dev/null; echo $?; node -e 'Promise.reject(1)' 2>/dev/null; echo $?; node -e '1 +' 2>/dev/null; echo $?; node nofile.js 2>/dev/null; echo $?; node -e 'process.on("exit", c => { console.log("leaving", c); process.exitCode = 9 })'; echo $?

### uncaught exceptions go to standard error
# skip(v86): there is no Node.js
node -e 'console.log("out"); null.x' 2>err.txt; grep -c '^TypeError: ' err.txt; node -e 'async function f() { throw new RangeError("late") } f()' 2>&1 | grep -c 'RangeError: late'

### handlers of uncaught exceptions
# skip(v86): there is no Node.js
node -e 'process.on("uncaughtException", e => console.log("caught", e.message)); setTimeout(() => console.log("still here"), 5); throw new Error("boom")'; node -e 'process.on("unhandledRejection", r => console.log("rejected", r)); Promise.reject("why")'

### order of ticks, promises, timers
# skip(v86): there is no Node.js
node -e 'setTimeout(() => console.log("timeout 20"), 20); setTimeout(() => console.log("timeout 1"), 1); setImmediate(() => console.log("immediate")); process.nextTick(() => console.log("tick")); Promise.resolve().then(() => console.log("promise")).then(() => process.nextTick(() => console.log("tick 2"))); queueMicrotask(() => console.log("microtask")); console.log("sync");' | grep -v immediate

### intervals and cleared timers
# skip(v86): there is no Node.js
node -e 'let n = 0; const t = setInterval(() => { console.log("tick", ++n); if (n === 3) clearInterval(t); }, 2); clearTimeout(setTimeout(() => console.log("never"), 1)); setTimeout((a, b) => console.log(a, b), 300, "x", "y"); setTimeout(() => {}, 100000).unref();'

### async, await and Promise combinators
# skip(v86): there is no Node.js
node -e '
const sleep = (ms, v) => new Promise(r => setTimeout(r, ms, v));
(async () => {
  console.log(await Promise.all([sleep(10, "a"), sleep(2, "b"), 3])); console.log(await Promise.race([sleep(50, "slow"), sleep(1, "fast")]));
  console.log(await Promise.allSettled([Promise.reject(new Error("no")), 1])
    .then(r => r.map(x => x.status + ":" + (x.value ?? x.reason.message)))); console.log(await Promise.any([Promise.reject(1), sleep(1, "any")]));
  try { await sleep(1).then(() => { throw new TypeError("deep") }) } catch ({ name, message }) { console.log(name, message) } finally { console.log("finally") }
})();'

### require of own modules, json and directories
# skip(v86): there is no Node.js
mkdir -p lib/inner node_modules/pkg/dist node_modules/@s/p
echo 'exports.add = (a, b) => a + b; exports.who = require("./inner").name' > lib/math.js; echo 'module.exports = { name: "inner", up: () => require("../math").add(1, 1) }' > lib/inner/index.js
echo '{"version":"1.2.3"}' > data.json; echo '{"main":"dist/main"}' > node_modules/pkg/package.json; echo 'module.exports = class Pkg { hi() { return "pkg" } }' > node_modules/pkg/dist/main.js
echo '{"exports":{".":{"require":"./c.js"},"./sub":"./s.js"}}' > node_modules/@s/p/package.json; echo 'exports.c = 1' > node_modules/@s/p/c.js; echo 'exports.s = 2' > node_modules/@s/p/s.js
cat > main.js <<'J'
const { add, who } = require('./lib/math'); const Pkg = require('pkg');
console.log(add(2, 3), who, require('./data').version, new Pkg().hi(), require('@s/p').c, require('@s/p/sub').s, require('./lib/inner').up(), require('./lib/math') === require('./lib/math.js'));
console.log(require.resolve('./data.json') === __dirname + '/data.json', require.main === module, module.exports === exports, typeof require.cache[__filename]);
try { require('./missing') } catch (e) { console.log(e.code, e.message.split('\n')[0]) }
try { require('not-installed') } catch (e) { console.log(e.code) }
J
node main.js

### a module that throws is loaded again
# skip(v86): there is no Node.js
echo 'globalThis.n = (globalThis.n || 0) + 1; if (n < 2) throw new Error("first"); module.exports = n' > t.js; node -e 'try { require("./t") } catch (e) { console.log(e.message) } console.log(require("./t"))'

### ES modules: import, export, dynamic import, top-level await
# skip(v86): there is no Node.js
mkdir m; cat > m/lib.mjs <<'J'
export const x = 1; export default function f() { return 'f' } export class C { static s = 2 }
export let count = 0; export const inc = () => { count++ };
J
echo 'module.exports = { legacy: true, n: 5 }' > m/old.cjs
cat > main.mjs <<'J'
import f, { x, C, count, inc } from './m/lib.mjs'; import * as all from './m/lib.mjs'; import old from './m/old.cjs';
import path, { join } from 'node:path'; import { createRequire } from 'module'; import { fileURLToPath } from 'url';
inc(); console.log(f(), x, C.s, count, Object.keys(all), old, join('a', 'b'), path.sep);
const later = await import('./m/lib.mjs'); console.log(later.count, later === all);
console.log(path.basename(fileURLToPath(import.meta.url)), typeof createRequire(import.meta.url)('./m/old.cjs').n, typeof require);
export {};
J
node main.mjs

### "type": "module" in package.json
# skip(v86): there is no Node.js
echo '{"type":"module"}' > package.json; echo 'import os from "os"; import data from "./d.json" with { type: "json" }; console.log(typeof os.cpus, data.a, this)' > i.js; echo '{"a":1}' > d.json; node --no-warnings i.js; node --input-type=module -e 'import { sep } from "path"; console.log(sep, await 5)'

### assert
# skip(v86): there is no Node.js
node -e '
const assert = require("assert"); assert(true); assert.equal(1, "1"); assert.deepStrictEqual({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }); assert.throws(() => { throw new TypeError("bad") }, TypeError); assert.throws(() => { throw new Error("match me") }, /match/); assert.notStrictEqual(1, 2);
for (const f of [() => assert.strictEqual(1, 2), () => assert.deepEqual([1], [2]), () => assert(false, "told so"), () => assert.throws(() => {}), () => assert.fail("failed"), () => assert.deepStrictEqual(new Map([[1, 2]]), new Map([[1, 3]]))]) try { f(); console.log("passed") } catch (e) { console.log(e.name, e.code, e.message.split("\n")[0]) }
assert.rejects(Promise.reject(new Error("r")), { message: "r" }).then(() => console.log("rejects"));'

### a test script
# skip(v86): there is no Node.js
cat > calc.js <<'J'
exports.median = a => { const s = [...a].sort((x, y) => x - y), m = s.length >> 1; return s.length % 2 ? s[m] : (s[m - 1] + s[m]) / 2 };
J
cat > test.js <<'J'
const assert = require('assert'), { median } = require('./calc'); let failed = 0;
const test = (name, f) => { try { f(); console.log('ok', name) } catch (e) { failed++; console.error('not ok', name) } };
test('odd', () => assert.strictEqual(median([3, 1, 2]), 2)); test('even', () => assert.strictEqual(median([1, 2, 3, 10]), 2.5)); test('wrong', () => assert.strictEqual(median([1]), 2));
process.exit(failed ? 1 : 0);
J
node test.js; echo $?

### events
# skip(v86): there is no Node.js
node -e 'const EventEmitter = require("events"); class E extends EventEmitter {} const e = new E(); e.on("x", (...a) => console.log("x", ...a)); e.once("x", () => console.log("once")); e.prependListener("x", () => console.log("first")); console.log(e.emit("x", 1, 2), e.emit("x"), e.emit("none"), e.listenerCount("x"), e.eventNames()); try { e.emit("error", new Error("unheard")) } catch (err) { console.log(err.message) } EventEmitter.once(e, "y").then(v => console.log(v)); e.emit("y", 5);'

### util
# skip(v86): there is no Node.js
node -e 'const util = require("util"); console.log(util.format("%s is %d years, %i, %j %o%%", "Ada", 36, 3.9, { a: 1 }, [1])); console.log(util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: 0 }), util.inspect("x\ny"), util.isDeepStrictEqual([1], [1]), util.types.isDate(new Date())); util.promisify(setTimeout)(1).then(() => console.log("later"), () => console.log("later")); const { values, positionals } = util.parseArgs({ args: ["-v", "--name=x", "f"], options: { v: { type: "boolean", short: "v" }, name: { type: "string" } }, allowPositionals: true }); console.log({ ...values }, positionals);'

### console shows values
# skip(v86): there is no Node.js
node -e 'console.log({ a: 1, "b-c": [1, "two", null, undefined, true], f() {}, g: () => 1, K: class A extends Map {}, d: new Date(0), r: /x/g, n: -0, big: 10n, s: Symbol("q") });
console.log([[1, [2, [3, [4]]]], {}, [], "str", new Map([["k", { v: 1 }]]), new Set([1, "a"])], [undefined, , 3]); console.log(new Error("e").message, [new Error("in array").message], Object.create(null), new (class Point { constructor() { this.x = 1 } })()); console.log("%s=%d", "x", 5, "rest", { y: 1 }); console.log(); console.log("a\nb", ["a\nb"], [`it"s \x27`]); console.log(process.stdout.isTTY, typeof globalThis, null, undefined); const c = { name: "c" }; c.self = c; console.log(c);'

### console breaks long objects
# skip(v86): there is no Node.js
node -e 'console.log({ first: "a long value number one", second: "a long value number two", third: "a long value number three" }); console.log([{ id: 1, name: "first thing", tags: ["a", "b"] }, { id: 2, name: "second thing", tags: [] }, { id: 3, name: "third", tags: ["x"] }]); console.log(Array.from({ length: 30 }, (_, i) => i)); console.log(["apple", "banana", "cherry", "dragonfruit", "elderberry", "fig", "grape", "honeydew"]); console.log("x".repeat(100).split("")); console.log({ a: { b: { c: {} } }, list: Array(120).fill(7) }); console.log(Object.fromEntries(Array.from({ length: 30 }, (_, i) => ["key" + i, i])));'

### console: error, table, group, count, dir
# skip(v86): there is no Node.js
node -e 'console.error("to stderr"); console.warn("warn"); console.table([{ a: 1, b: "x" }, { a: 2, c: true }]); console.group("G"); console.log("inside\ntwo"); console.groupEnd(); console.log("out"); console.count(); console.count(); console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 5 }); console.assert(1 === 2, "math"); console.table([[1, 2], [3, 4]]); console.info("i"); console.debug("d");'

### Buffer
# skip(v86): there is no Node.js
node -e 'const b = Buffer.from("héllo wörld"); console.log(b, b.length, b.toString("hex"), b.toString("base64"), Buffer.from("aGk=", "base64").toString(), Buffer.from("ff00", "hex")); console.log(Buffer.concat([Buffer.from("a"), Buffer.alloc(2, "z")]).toString(), Buffer.byteLength("€"), b.slice(0, 2).toString("latin1"), b.indexOf("w"), Buffer.compare(Buffer.from("a"), Buffer.from("b")), b.equals(Buffer.from("héllo wörld")), Buffer.isBuffer(b)); const w = Buffer.alloc(8); w.writeUInt16BE(258, 0); w.writeInt32LE(-2, 2); console.log(w, w.readUInt16BE(0), w.readInt32LE(2), JSON.stringify(Buffer.from([1, 2])), [...b.subarray(0, 3)], Buffer.from("abc").toString("base64url"));'

### URL and querystring
# skip(v86): there is no Node.js
node -e 'const u = new URL("https://user:pw@example.com:8080/a/b/../c?x=1&y=two%20words#frag"); console.log(u.protocol, u.host, u.hostname, u.port, u.pathname, u.search, u.hash, u.origin, u.username); u.searchParams.append("z", "3 4"); u.searchParams.set("x", "9"); console.log(u.href, [...u.searchParams.keys()]); console.log(new URL("../d?q#h", "http://h.org/a/b/c").href, new URLSearchParams({ a: "1", b: "x y&" }).toString()); try { new URL("nonsense") } catch (e) { console.log(e.code, e.message) } const qs = require("querystring"); console.log(qs.parse("a=1&b=2&b=3").b, qs.stringify({ x: [1, 2], y: "é" }));'

### process
# skip(v86): there is no Node.js
X=1 node -e 'console.log(process.env.X, process.env.NOPE, "HOME" in process.env, process.cwd(), process.platform, typeof process.pid, process.uptime() >= 0, typeof process.hrtime.bigint()); process.chdir("/etc"); console.log(process.cwd()); process.env.Y = 2; console.log(typeof process.env.Y, require("child_process").execSync("echo $Y").toString().trim()); process.stdout.write("no newline"); process.stdout.write("\n"); process.stderr.write("err\n");'

### os
# skip(v86): there is no Node.js
node -p 'const os = require("os"); [os.EOL, os.platform(), os.homedir(), os.tmpdir(), os.userInfo().username, os.type(), typeof os.totalmem(), os.cpus().length > 0]'

### crypto: random values
# skip(v86): there is no Node.js
node -p 'const c = require("crypto"); [c.randomBytes(8).length, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(c.randomUUID()), c.randomBytes(4).toString("hex").length, c.randomInt(5) < 5, crypto.randomUUID().length]'

### Map, Set, regular expressions, dates, numbers
# skip(v86): there is no Node.js
node -e 'const m = new Map([["b", 2], ["a", 1]]); console.log([...m].sort(), new Set([1, 2, 2, 3]).size, [3, 1, 2].toSorted(), [1, 2, 3].at(-1), "2024-01-15".match(/(?<y>\d+)-(?<m>\d+)/).groups.y, "a1b22".replace(/\d+/g, n => `<${n * 2}>`), [..."a-b-c".matchAll(/[a-z]/g)].map(x => x.index), (1234.5678).toFixed(2), 0.1 + 0.2, 2n ** 64n, parseInt("ff", 16), Number("0x10"), [10, 9, 1].sort(), JSON.stringify({ d: new Date(Date.UTC(2024, 0, 15)), u: undefined, n: NaN }), new Date("2024-02-29T12:00:00Z").toISOString(), "ß".toUpperCase(), [..."héé"].length, "abc".padStart(5, "*"), structuredClone({ a: [1] }), "x".localeCompare("y"));'

### classes, generators, destructuring, optional chaining
# skip(v86): there is no Node.js
node -e 'class A { #p = 1; static n = 0; get p() { return this.#p } static { A.n = 5 } } class B extends A { constructor() { super(); this.q = super.p } toString() { return `B(${this.q})` } } function* g() { const x = yield 1; yield x * 2 } const it = g(); console.log(`${new B()}`, A.n, it.next().value, it.next(21).value, [...(function* () { yield* [1, 2] })()]); const { a: { b = 5, ...rest } = {}, ...others } = { a: { c: 1 }, d: 2 }; console.log(b, rest, others, null?.x?.y ?? "default", [..."ab"].entries().next().value, ((a, b = 2, ...c) => a + b + c.length)(1, undefined, 3, 4)); label: for (const i of [1, 2]) for (const j of [1, 2]) { if (j === 2) continue label; console.log(i, j) } console.log(typeof Symbol.iterator, new Proxy({}, { get: (_, k) => k }).hello, Reflect.ownKeys({ z: 1, 1: 1 }), [1, [2, [3]]].flat(Infinity), Object.entries({ x: 1 }));'

### streams: files, pipes, transforms
# skip(v86): there is no Node.js
node -e '
const fs = require("fs"), { Transform, pipeline } = require("stream"); fs.writeFileSync("in", "line one\nline two\n".repeat(3000));
const upper = new Transform({ transform(chunk, enc, done) { done(null, chunk.toString().toUpperCase()) } });
pipeline(fs.createReadStream("in"), upper, fs.createWriteStream("out"), err => { console.log(err, fs.statSync("out").size, fs.readFileSync("out", "utf8").slice(0, 9)); });
const w = fs.createWriteStream("w"); w.write("a"); w.end("b\n", () => console.log("written", fs.readFileSync("w", "utf8")));'

### signals
# skip(v86): there is no Node.js
node -e 'process.on("SIGTERM", () => { console.log("got it"); process.exit(5) }); setTimeout(() => process.kill(process.pid, "SIGTERM"), 5); setTimeout(() => {}, 5000)'; echo $?; (node -e 'setTimeout(() => {}, 5000); process.kill(process.pid, "SIGKILL")'; echo $?) 2>/dev/null; timeout 0.3 node -e 'while (true) {}'; echo $?

### a closed pipe
# skip(v86): there is no Node.js
node -e 'for (let i = 0; i < 100000; i++) process.stdout.write(i + "\n")' 2>/dev/null | head -n 2

### a hash bang script
# skip(v86): there is no Node.js
printf '#!/usr/bin/env node\nconsole.log("hi", process.argv.slice(2).join("+"))\n' > tool; chmod +x tool; ./tool a b; PATH=$PWD:$PATH tool c

### edit a json file in place
# skip(v86): there is no Node.js
echo '{"name":"x","version":"1.0.0","scripts":{"test":"echo"}}' > package.json
node -e 'const fs = require("fs"), f = "package.json", p = JSON.parse(fs.readFileSync(f)); const [a, b, c] = p.version.split(".").map(Number); p.version = [a, b, c + 1].join("."); p.scripts.build = "make"; fs.writeFileSync(f, JSON.stringify(p, null, 2) + "\n");'; cat package.json; node -p 'require("./package.json").scripts'

### check the syntax of a file
# skip(v86): there is no Node.js
echo 'let x = ;' > bad.js; node --check bad.js 2>/dev/null; echo $?; echo 'let x = 1;' > good.js; node --check good.js; echo $?

### preload a module
# skip(v86): there is no Node.js
echo 'globalThis.preloaded = "yes"' > pre.js; node -r ./pre.js -e 'console.log(preloaded)'

### built-in modules without require
# skip(v86): there is no Node.js
node -e 'console.log(path.basename("/a/b"), fs.existsSync("/etc"), typeof os.EOL, util.format("%d", 1))'

### large output through a pipe
# skip(v86): there is no Node.js
node -e 'process.stdout.write("x".repeat(300000) + "\n")' | wc -c; node -e 'console.log(JSON.stringify(Array.from({ length: 20000 }, (_, i) => ({ i }))))' | node -p 'JSON.parse(fs.readFileSync(0)).length'
