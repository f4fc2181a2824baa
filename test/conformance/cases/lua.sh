Lua: one-liners and scripts.

### one-liners
# skip(v86): the guest has no lua
lua -e 'print("hello", 1 + 2, 7 // 2, 7 / 2, 2 ^ 10, 7 % -3, 1e15, 2^53, 10 // 0.0, -0.0, 0x10, 1 << 62)'; lua -v; lua5.4 -e 'print(_VERSION)'; echo 'print(#arg, ...)' > a.lua; lua a.lua x "y z"; echo 'print("from stdin")' | lua -; lua -e 'x = 5' -e 'print(x)'; lua -l string -e 'print(string.rep("ab", 3, "-"))'; lua -W -e 'warn("@on")' -e 'warn("careful")'; lua -e 'print(math.type(1), math.type(1.0), math.maxinteger, math.mininteger, math.pi)'

### strings and patterns
# skip(v86): the guest has no lua
cat > s.lua <<'L'
local s = "key1=val1; key2 = val2;"
for k, v in s:gmatch("(%w+)%s*=%s*(%w+)") do io.write(k, ":", v, " ") end print()
print(s:find("key2", 1, true), s:match("=(%w+)"), (s:gsub("%d", function(d) return d * 2 end)))
print(("%5.2f|%-6s|%06d|%x|%q|%s"):format(3.14159, "ab", 42, 255, 'q"\n', nil))
print(("hello"):upper(), ("Hello"):byte(1, 2), #"héllo", utf8.len("héllo"), ("abc"):rep(2), ("abc"):reverse(), ("abc"):sub(-2))
for p, c in utf8.codes("aé") do io.write(p, "=", c, " ") end print(utf8.char(233, 128512))
print(("x,y,,z"):gsub(",", ";"), ("  trim "):match("^%s*(.-)%s*$") .. "|", ("%bxy"):len(), ("f(a(b)c)d"):match("%b()"))
print(string.pack("<i4", 258):byte(1, -1), string.unpack("<i4", "\2\1\0\0"))
print(tostring(1e100), 100000000000000, 3 | 4, "10" + 5, 10 .. 20, tonumber("ff", 16), tonumber("x"), math.tointeger(3.0))
L
lua s.lua

### tables, closures and metatables
# skip(v86): the guest has no lua
cat > t.lua <<'L'
local t = {5, 2, 8, 1}
table.sort(t, function(a, b) return a > b end) print(table.concat(t, ","))
table.insert(t, 2, 99) print(table.remove(t), #t, table.unpack(t, 1, 3)) print(select("#", table.unpack({1, nil, 3}, 1, 3)))
local V = {} V.__index = V V.__add = function(a, b) return setmetatable({x = a.x + b.x}, V) end V.__tostring = function(v) return "V(" .. v.x .. ")" end
V.__eq = function(a, b) return a.x == b.x end V.__len = function() return 42 end V.__call = function(self, n) return self.x * n end V.__close = function() print("closed") end
local a, b = setmetatable({x = 1}, V), setmetatable({x = 2}, V) print(tostring(a + b), a == b, #a, b(10))
do local c <close> = a; local k <const> = 3 print(k) end
local function counter() local n = 0 return function() n = n + 1 return n end end local c = counter() c() print(c(), c())
local keys = {} for k in pairs({z = 1, a = 2, m = 3}) do keys[#keys + 1] = k end table.sort(keys) print(table.concat(keys, " "))
for i = 10, 1, -4 do io.write(i, " ") end for i, v in ipairs({"a", "b", nil, "d"}) do io.write(i, v, " ") end print()
goto done print("skipped") ::done:: print(next({}), rawlen({1, 2}), rawequal(a, a), type(print), #arg)
L
lua t.lua

### coroutines and errors
# skip(v86): the guest has no lua
cat > c.lua <<'L'
local co = coroutine.wrap(function(a) for i = 1, 3 do a = coroutine.yield(a * i) end return "end" end) print(co(10), co(20), co(30), co(0))
local gen = coroutine.create(function() error({code = 7}) end) local ok, e = coroutine.resume(gen) print(ok, type(e), e.code, coroutine.status(gen))
print(pcall(error, "plain")) print(pcall(function() error("with place") end)) print(pcall(function() local x = nil; return x.y end)) print(select(2, xpcall(function() error("deep", 0) end, function(m) return "handled " .. m end)))
print(pcall(string.rep)) print(pcall(function() return 1 + {} end)) print(pcall(function() return #5 end)) print(pcall(function() return 1 < "2" end)) print(pcall(function() return 1 // 0 end)) print(select(2, load("x = = 1", "chunk"))) print(select(2, pcall(string.format, "%d", 1.5)))
local function f(n) return n == 0 and 0 or f(n - 1) end print(f(100000)) print(pcall(function() local function g(n) return 1 + g(n + 1) end return g(1) end))
print(assert(1, "m"), pcall(assert, false, "msg"), pcall(assert, nil)) for i in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) do io.write(i, " ") end print(coroutine.isyieldable())
L
lua c.lua 2>&1

### exit status and messages
# skip(v86): the guest has no lua
lua -e 'error("boom")'; echo $?; lua -e 'os.exit(3)'; echo $?; lua -e 'os.exit(true)'; echo $?; lua -e 'syntax error here'; echo $?; lua missing.lua; echo $?; lua -z; echo $?; printf 'local function f() error("deep") end\nlocal function g() f() end\ng()\n' > e.lua; lua e.lua; echo $?; lua -e 'io.stderr:write("err\n") return 5'; echo $?; lua -e 'require "nothing.here"' 2>&1 | grep -v x86_64 | grep -v wasm32 | head -n 4

### files and processes
# skip(v86): the guest has no lua
printf 'one\ntwo\n3 4\n' > in.txt; cat > f.lua <<'L'
for line in io.lines("in.txt") do io.write("<", line, ">") end print()
local f = assert(io.open("in.txt")) print(f:read("l"), f:read("L"), f:read("n", "n")) print(f:seek("set", 1), f:read(3), f:read("a")) f:close() print(f, io.type(f))
local o = io.open("out.txt", "w") o:write("x", 1, "\n", 2.5, "\n") o:close() for l in io.lines("out.txt") do print(l) end
print(io.open("/nonexistent/x")) print(pcall(io.lines, "nofile")) local p = io.popen("echo from shell; exit 3") print(p:read("a"), p:close())
print(os.execute("exit 4")) print(os.execute("kill -9 $$")) print(os.execute()) print(os.getenv("HOME"), os.getenv("NOPE")) print(os.rename("out.txt", "o2.txt"), os.remove("o2.txt"), os.remove("o2.txt"))
print(os.date("!%Y-%m-%d %H:%M:%S", 1700000000), os.time({year = 2024, month = 2, day = 30, hour = 12}), os.date("*t", 0).yday, type(os.clock()), #os.tmpname() > 5)
local w = io.popen("tr a-z A-Z", "w") w:write("to the pipe\n") w:close() io.stdout:setvbuf("full") io.write("buffered ") io.stdout:flush() print(io.read and "end")
L
lua f.lua 2>&1 | sed 's/file (0x[0-9a-f]*)/file/'; printf '5\n6\n' | lua -e 'local s = 0 for l in io.lines() do s = s + tonumber(l) end print(s)'; echo "a b" | lua -e 'print(io.read("n"), io.read("a"))'

### modules and compiled chunks
# skip(v86): the guest has no lua
mkdir -p lib; cat > lib/mod.lua <<'L'
local M = {} function M.greet(n) return "hi " .. n end return M
L
lua -e 'package.path = "lib/?.lua;" .. package.path local m = require("mod") print(m.greet("x"), package.loaded.mod == m)'; LUA_PATH='lib/?.lua' lua -l mod -e 'print(mod.greet("env"))'; echo 'print("compiled", ...)' > p.lua; luac -o p.luac p.lua; lua p.luac 1 2; luac -p p.lua && echo fine; echo 'x = = 1' > bad.lua; luac -p bad.lua; echo $?; luac -l p.lua | grep -c CALL; luac -v; LUA_INIT='print("init")' lua -e 'print("main")'; lua -E -e 'print("E")'; printf '#!/usr/bin/env lua\nprint("script", arg[0], arg[1])\n' > run; chmod +x run; ./run A; lua -i < /dev/null > /dev/null; echo $?; echo 'print(load(string.dump(function(a) return a * 2 end))(21))' | lua -; echo 'return 1, 2' > r.lua; lua -e 'print(dofile("r.lua"))'

### a longer program
# skip(v86): the guest has no lua
cat > prog.lua <<'L'
-- word frequencies and a small JSON printer
local text = [[the quick brown fox jumps over the lazy dog the end]]
local freq = {} for w in text:gmatch("%a+") do freq[w] = (freq[w] or 0) + 1 end
local list = {} for w, n in pairs(freq) do list[#list + 1] = {w = w, n = n} end
table.sort(list, function(a, b) if a.n ~= b.n then return a.n > b.n end return a.w < b.w end)
for i = 1, 4 do print(list[i].n, list[i].w) end
local function json(v)
  if type(v) == "table" then
    if #v > 0 then local o = {} for _, x in ipairs(v) do o[#o + 1] = json(x) end return "[" .. table.concat(o, ",") .. "]" end
    local ks, o = {}, {} for k in pairs(v) do ks[#ks + 1] = k end table.sort(ks)
    for _, k in ipairs(ks) do o[#o + 1] = ("%q:%s"):format(k, json(v[k])) end return "{" .. table.concat(o, ",") .. "}"
  end
  return type(v) == "string" and ("%q"):format(v) or tostring(v)
end
print(json({name = "x", list = {1, 2.5, true}, sub = {a = "b"}}))
local primes, sieve = 0, {} for i = 2, 50000 do if not sieve[i] then primes = primes + 1 for j = i * i, 50000, i do sieve[j] = true end end end print(primes)
local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end print(fib(22))
math.randomseed(42) local r = math.random(100) print(r >= 1 and r <= 100, math.random() < 1) collectgarbage() print(collectgarbage("count") > 0, math.ult(1, -1), math.fmod(-7, 3), 5 // -2, -5 % 3, math.floor(-2.5), math.max(1, 5, 3), 7 & 3 ~ 1)
L
lua prog.lua
