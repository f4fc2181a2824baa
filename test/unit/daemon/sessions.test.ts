import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ProgramCache } from "../../../src/session/program-cache.js";
import { FakeDaemon, settings } from "../session/fake-daemon.js";

let daemon: FakeDaemon;

beforeEach(() => {
  daemon = new FakeDaemon({ maxSessions: 3 });
});

afterEach(async () => {
  daemon.daemon.stop(143);
  await daemon.exited;
});

const sessionNames = async (id: number) =>
  ((await daemon.ask({ id, type: "status" })).sessions as { session: string }[]).map(
    ({ session }) => session,
  );

describe("named sessions", () => {
  it("come into being with their first request, each with its own state", async () => {
    await daemon.shell(1, "count", { session: "a" });
    expect(await daemon.shell(2, "count", { session: "a" })).toMatchObject({ stdout: "2" });
    expect(await daemon.shell(3, "count")).toMatchObject({ stdout: "1" });
    expect(await sessionNames(4)).toEqual(["default", "a"]);
  });

  it("may be called anything", async () => {
    for (const [index, session] of ["__proto__", "constructor", " ü/\u0000"].entries()) {
      expect(await daemon.shell(index, "count", { session })).toMatchObject({ stdout: "1" });
      await daemon.ask({ id: `close ${index}`, type: "close", session });
    }
  });

  it("are limited in number", async () => {
    await daemon.shell(1, "count", { session: "a" });
    await daemon.shell(2, "count", { session: "b" });
    const refused = await daemon.shell(3, "count", { session: "c" });
    expect(refused).toMatchObject({ success: false, code: "TOO_MANY_SESSIONS" });
    await daemon.ask({ id: 4, type: "close", session: "a" });
    expect(await daemon.shell(5, "count", { session: "c" })).toMatchObject({ success: true });
  });
});

describe("open", () => {
  it("makes a session with settings and files", async () => {
    const answer = await daemon.ask({
      id: 1,
      type: "open",
      session: "a",
      env: { COLOUR: "blue" },
      user: "user",
      memory_limit_bytes: 64 << 20,
      files: { "/a": "text", "/b": { content: "AAE=", encoding: "base64", mode: "0600" } },
    });
    expect(answer).toEqual({
      id: 1,
      type: "open",
      success: true,
      session: "a",
      backend: "wasi",
      user: "user",
      memory_limit_bytes: 64 << 20,
    });
    expect(await daemon.shell(2, "env COLOUR", { session: "a" })).toMatchObject({ stdout: "blue" });
    expect(await daemon.ask({ id: 3, type: "read_file", session: "a", path: "/a" })).toMatchObject({
      content: "text",
    });
    const file = await daemon.ask({ id: 4, type: "read_file", session: "a", path: "/b", encoding: "base64" });
    expect(file).toMatchObject({ content: "AAE=", encoding: "base64", size: 2 });
  });

  it("takes requests for the new session at once", async () => {
    daemon.send(
      { id: 1, type: "open", session: "a" },
      { id: 2, type: "shell", command: "count", session: "a" },
    );
    expect(await daemon.answer(2)).toMatchObject({ stdout: "1" });
    expect(daemon.messages.map(({ id }) => id)).toEqual([1, 2]);
  });

  it.each([
    ["a name that is taken", { session: "default" }, "SESSION_EXISTS"],
    ["a directory that is not there", { session: "a", cwd: "/missing" }, "ENOENT"],
    ["a file that cannot be written", { session: "a", files: { "/full": "x" } }, "ENOSPC"],
    [
      "a file that is not base64",
      { session: "a", files: { "/x": { content: "?", encoding: "base64" } } },
      "INVALID_REQUEST",
    ],
  ])("refuses %s", async (_what, fields, code) => {
    expect(await daemon.ask({ id: 1, type: "open", ...fields })).toMatchObject({ success: false, code });
    expect(await sessionNames(2)).toEqual(["default"]);
  });

  it("fails what was sent for a session that could not be opened", async () => {
    daemon.send(
      { id: 1, type: "open", session: "a", cwd: "/missing" },
      { id: 2, type: "shell", command: "count", session: "a" },
    );
    expect(await daemon.answer(2)).toMatchObject({ success: false, code: "SESSION_NOT_FOUND" });
  });

  it("uses the spare machine only as its settings say", async () => {
    await daemon.shell(1, "count");
    await new Promise((resolve) => setTimeout(resolve, 400));
    await daemon.ask({ id: 2, type: "open", session: "a", env: { COLOUR: "red" } });
    expect(await daemon.shell(3, "env COLOUR", { session: "a" })).toMatchObject({ stdout: "red" });
    expect(await daemon.shell(4, "env COLOUR", { session: "b" })).toMatchObject({ stdout: "undefined" });
  });
});

describe("programs", () => {
  it("are made ready in quiet moments once a session has use for them", async () => {
    const loadNext = vi.spyOn(ProgramCache.prototype, "loadNext");
    const quiet = () => new Promise((resolve) => setTimeout(resolve, 150));
    const other = new FakeDaemon({ machine: { ...settings.machine, backend: "v86" } });
    await other.shell(1, "count");
    await quiet();
    expect(loadNext).not.toHaveBeenCalled();
    await other.ask({ id: 2, type: "open", session: "a", backend: "wasi" });
    await quiet();
    expect(loadNext).toHaveBeenCalled();
    loadNext.mockRestore();
    await other.close();
  });
});

describe("close", () => {
  it("ends a session after what it has to do; the name is free again", async () => {
    daemon.send(
      { id: 1, type: "shell", command: "sleep 100", session: "a" },
      { id: 2, type: "close", session: "a" },
      { id: 3, type: "shell", command: "count", session: "a" },
    );
    expect(await daemon.answer(2)).toMatchObject({ success: true, session: "a" });
    expect(await daemon.answer(1)).toMatchObject({ exit_code: 0 });
    expect(await daemon.answer(3)).toMatchObject({ stdout: "1" });
  });

  it("of a session that does not exist is SESSION_NOT_FOUND", async () => {
    expect(await daemon.ask({ id: 1, type: "close", session: "a" })).toMatchObject({
      code: "SESSION_NOT_FOUND",
    });
    expect(await daemon.ask({ id: 2, type: "status", session: "a" })).toMatchObject({
      code: "SESSION_NOT_FOUND",
    });
  });

  it("of the default session leaves a fresh one", async () => {
    await daemon.shell(1, "count");
    await daemon.ask({ id: 2, type: "close", session: "default" });
    expect(await daemon.ask({ id: 3, type: "status" })).toMatchObject({ success: true, ready: true });
    expect(await daemon.shell(4, "count")).toMatchObject({ stdout: "1" });
  });
});

describe("files", () => {
  it("are written and read in text and base64", async () => {
    expect(await daemon.ask({ id: 1, type: "write_file", path: "/a", content: "käse" })).toMatchObject({
      bytes: 5,
    });
    expect(await daemon.ask({ id: 2, type: "read_file", path: "/a" })).toMatchObject({
      content: "käse",
      encoding: "utf8",
      size: 5,
      mode: "0644",
    });
    const part = await daemon.ask({ id: 3, type: "read_file", path: "/a", offset: 1, length: 2 });
    expect(part).toMatchObject({ content: "ä", size: 5 });
    const half = await daemon.ask({ id: 4, type: "read_file", path: "/a", offset: 1, length: 1 });
    expect(half).toMatchObject({ content: "ww==", encoding: "base64" });
    const strict = await daemon.ask({
      id: 5,
      type: "read_file",
      path: "/a",
      offset: 1,
      length: 1,
      encoding: "utf8",
    });
    expect(strict).toMatchObject({ success: false, code: "INVALID_UTF8" });
  });

  it("fail with their errno", async () => {
    expect(await daemon.ask({ id: 1, type: "read_file", path: "/none" })).toMatchObject({
      success: false,
      code: "ENOENT",
      error: 'cannot read "/none": No such file or directory',
    });
  });

  it.each(["AA", "AA==A", "A===", "AA=A", "A A=", "AAE-", "A\n==", "ÄÄÄÄ"])(
    "refuse %j as base64",
    async (content) => {
      const answer = await daemon.ask({ id: 1, type: "write_file", path: "/a", content, encoding: "base64" });
      expect(answer).toMatchObject({ success: false, code: "INVALID_REQUEST" });
    },
  );

  it("take empty base64", async () => {
    const answer = await daemon.ask({
      id: 1,
      type: "write_file",
      path: "/a",
      content: "",
      encoding: "base64",
    });
    expect(answer).toMatchObject({ bytes: 0 });
  });
});
