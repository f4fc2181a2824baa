import { describe, expect, it } from "vitest";
import { ask, exchange } from "./exchange.js";

/** A request after the bad one: the daemon must go on as if nothing had happened. */
const AFTER = '{"id":"after","type":"shell","command":"echo alive"}\n';

async function refused(line: string | Uint8Array) {
  const result = await exchange(Buffer.concat([Buffer.from(line as string), Buffer.from(`\n${AFTER}`)]));
  expect(result.answer("after")).toMatchObject({ stdout: "alive\n", exit_code: 0 });
  expect(result.code).toBe(0);
  expect(result.stderr).toBe("");
  expect(result.messages).toHaveLength(2);
  const [answer] = result.messages;
  expect(answer).toMatchObject({ success: false });
  return answer;
}

describe("a line that is no request", () => {
  it("not JSON", async () => {
    expect(await refused("ls -l")).toMatchObject({ id: null, type: null, code: "INVALID_JSON" });
  });

  it("JSON that is no object", async () => {
    expect(await refused("[1,2]")).toMatchObject({ id: null, code: "INVALID_REQUEST" });
  });

  it("a line over the limit", async () => {
    const line = JSON.stringify({ id: 1, type: "shell", command: "x".repeat(17 << 20) });
    expect(await refused(line)).toMatchObject({ id: null, code: "LINE_TOO_LONG" });
  });

  it("invalid UTF-8", async () => {
    const line = Buffer.from('{"id":1,"type":"shell","command":"echo \xff"}', "latin1");
    expect(await refused(line)).toMatchObject({ id: null, code: "INVALID_UTF8" });
  });

  it("deep nesting", async () => {
    const line = `{"id":1,"type":"shell","command":"x","env":${"[".repeat(5_000_000)}${"]".repeat(5_000_000)}}`;
    expect(await refused(line)).toMatchObject({ id: null, code: "INVALID_REQUEST" });
  });

  it("a request cut off by the end of the input", async () => {
    const result = await exchange(`${AFTER}{"id":2,"type":"shell","comm`);
    expect(result.answer("after")).toMatchObject({ stdout: "alive\n" });
    expect(result.messages.find(({ id }) => id === null)).toMatchObject({ code: "INVALID_JSON" });
    expect(result.code).toBe(0);
  });
});

describe("a request that is wrong", () => {
  it.each([
    ["missing id", { type: "status" }, null],
    ["odd id: a fraction", { id: 1.5, type: "status" }, null],
    ["odd id: null", { id: null, type: "status" }, null],
    ["odd id: an object", { id: {}, type: "status" }, null],
    ["huge id: a number", { id: 1e300, type: "status" }, null],
    ["huge id: a string", { id: "x".repeat(100_000), type: "status" }, null],
    ["unknown type", { id: 1, type: "exec" }, 1],
    ["unknown field", { id: 1, type: "shell", command: "ls", shell: "zsh" }, 1],
    ["wrong field type: command", { id: 1, type: "shell", command: ["ls"] }, 1],
    ["wrong field type: env", { id: 1, type: "shell", command: "ls", env: "A=B" }, 1],
    ["wrong field type: path", { id: 1, type: "read_file", path: 5 }, 1],
    ["wrong field type: content", { id: 1, type: "write_file", path: "/a", content: null }, 1],
    ["wrong field type: time_limit_ms", { id: 1, type: "shell", command: "ls", time_limit_ms: 1e9 }, 1],
    ["NUL in a command", { id: 1, type: "shell", command: "echo \0" }, 1],
    ["NUL in a path", { id: 1, type: "read_file", path: "/etc/passwd\0.txt" }, 1],
    ["NUL in a variable", { id: 1, type: "shell", command: "ls", env: { A: "\0" } }, 1],
    [
      "content that is not base64",
      { id: 1, type: "write_file", path: "/a", content: "%%%%", encoding: "base64" },
      1,
    ],
    [
      "stdin that is not base64",
      { id: 1, type: "shell", command: "cat", stdin: "=", stdin_encoding: "base64" },
      1,
    ],
  ])("%s", async (_what, request, id) => {
    expect(await refused(JSON.stringify(request))).toMatchObject({ id, code: "INVALID_REQUEST" });
  });

  it("a duplicate id", async () => {
    const result = await ask([
      { id: 1, type: "shell", command: "sleep 0.3; echo first" },
      { id: 1, type: "shell", command: "echo second" },
      { id: 2, type: "shell", command: "echo third" },
    ]);
    expect(result.messages).toMatchObject([
      { id: 1, success: false, code: "DUPLICATE_ID" },
      { id: 1, stdout: "first\n" },
      { id: 2, stdout: "third\n" },
    ]);
  });

  it("an id that is used again after its answer is a new request", async () => {
    const result = await ask([
      { id: 1, type: "nothing" },
      { id: 1, type: "shell", command: "echo x" },
    ]);
    expect(result.messages).toMatchObject([
      { id: 1, success: false },
      { id: 1, success: true },
    ]);
  });
});

describe("files that cannot be had", () => {
  it.each([
    ["writing to a directory", { type: "write_file", path: "/tmp", content: "" }, "EISDIR"],
    ["writing below a file", { type: "write_file", path: "/etc/passwd/x", content: "" }, "ENOTDIR"],
    ["writing to nowhere", { type: "write_file", path: "/a/b/c", content: "", create_dirs: false }, "ENOENT"],
    ["reading a missing file", { type: "read_file", path: "/no/such/file" }, "ENOENT"],
    ["reading a directory", { type: "read_file", path: "/etc" }, "EISDIR"],
    ["reading through a file", { type: "read_file", path: "/etc/passwd/x" }, "ENOTDIR"],
    ["a name that is too long", { type: "read_file", path: `/${"x".repeat(300)}` }, "ENAMETOOLONG"],
  ])("%s", async (_what, request, code) => {
    const result = await ask([request, { type: "shell", command: "echo alive" }]);
    expect(result.answer(1)).toMatchObject({ success: false, type: request.type, code });
    expect(result.answer(2)).toMatchObject({ stdout: "alive\n" });
    expect(result.stderr).toBe("");
  });

  it("symbolic links that go in a circle", async () => {
    const result = await ask([
      { type: "shell", command: "ln -s /tmp/a /tmp/b; ln -s /tmp/b /tmp/a" },
      { type: "read_file", path: "/tmp/a" },
    ]);
    expect(result.answer(2)).toMatchObject({ success: false, code: "ELOOP" });
  });

  it("files that the user may not touch", async () => {
    const result = await ask(
      [
        { type: "write_file", path: "/etc/passwd", content: "" },
        { type: "read_file", path: "/root/x" },
      ],
      ["--user", "user"],
    );
    expect(result.answer(1)).toMatchObject({ success: false, code: "EACCES" });
    expect(result.answer(2)).toMatchObject({ success: false, code: "EACCES" });
  });
});
