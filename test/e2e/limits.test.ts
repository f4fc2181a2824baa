import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BACKEND } from "../support/backend.js";
import { Daemon } from "../support/daemon.js";

let daemon: Daemon;

beforeEach(() => {
  daemon = new Daemon();
});

afterEach(async () => {
  daemon.child.kill("SIGTERM");
  await daemon.ended;
});

type Limits = NonNullable<Parameters<typeof daemon.request<"open">>[0]["limits"]>;

/** A session with these limits, as a function that runs commands in it. */
async function sessionWith(limits: Limits) {
  await daemon.request({ type: "open", session: "s", backend: BACKEND, limits });
  return (command: string) => daemon.request({ type: "shell", session: "s", command });
}

// What the machine of `v86` is refused, its kernel does not tell; there the guest's errors are the same.
describe.runIf(BACKEND === "wasi")(
  "a limit that is reached is an error in the guest and named in the answer",
  () => {
    it("processes: EAGAIN", async () => {
      const shell = await sessionWith({ processes: 4 });
      const answer = await shell("for i in 1 2 3 4 5 6; do sleep 0.3 & done; wait");
      expect(answer).toMatchObject({
        stderr: expect.stringContaining("Resource temporarily unavailable"),
        limit: "processes",
      });
      expect(await shell("echo fine")).not.toHaveProperty("limit");
    });

    it("open_files: EMFILE, and ulimit tells", async () => {
      const shell = await sessionWith({ open_files: 32 });
      const answer = await shell(
        'for i in {3..40}; do eval "exec $i</dev/null" || break; done; ulimit -n; ulimit -Hn',
      );
      expect(answer.stderr).toContain("Too many open files");
      expect(answer).toMatchObject({ stdout: "32\n32\n", limit: "open_files" });
      expect((await shell("bash -c 'ulimit -n'")).stdout).toBe("32\n");
    });

    it("file_size_bytes: SIGXFSZ and EFBIG", async () => {
      const shell = await sessionWith({ file_size_bytes: 60_000 });
      const answer = await shell(
        "head -c 70000 /dev/zero > /tmp/a; echo $?; stat -c %s /tmp/a; (trap '' XFSZ; echo x >> /tmp/a)",
      );
      expect(answer).toMatchObject({ stdout: "153\n60000\n", limit: "file_size_bytes" });
      expect(answer.stderr).toContain("File too large");
    });

    it("files: ENOSPC, until some are removed", async () => {
      const shell = await sessionWith({ files: 20 });
      const answer = await shell(
        "cd /tmp; for i in {1..30}; do : > f$i || break; done; rm f*; : > g && echo removed",
      );
      expect(answer).toMatchObject({ stdout: "removed\n", limit: "files" });
      expect(answer.stderr).toContain("No space left on device");
    });

    it("file_bytes: ENOSPC, as df says", async () => {
      const shell = await sessionWith({ file_bytes: 1 << 20 });
      const answer = await shell(
        "head -c 2000000 /dev/zero > /tmp/a; df -B1 --output=size / | tail -n 1 | tr -d ' '; rm /tmp/a; echo x > /tmp/b && echo fits",
      );
      expect(answer).toMatchObject({ stdout: "1048576\nfits\n", limit: "file_bytes" });
      expect(answer.stderr).toContain("No space left on device");
    });

    it("memory_bytes: ENOMEM for programs", async () => {
      await daemon.request({ type: "open", session: "s", memory_limit_bytes: 64 << 20 });
      const command = "x=$(head -c 100000000 /dev/zero | tr '\\0' a); echo ${#x}";
      const answer = await daemon.request({ type: "shell", session: "s", command });
      expect(answer).toMatchObject({ limit: "memory_bytes" });
      expect(answer.stdout).not.toBe("100000000\n");
      expect((await daemon.request({ type: "shell", session: "s", command: "echo fine" })).stdout).toBe(
        "fine\n",
      );
    });
  },
);

describe("limits", () => {
  it("cpu_ms: SIGXCPU to all of the command, SIGKILL to what goes on", async () => {
    const shell = await sessionWith({ cpu_ms: 200 });
    expect(await shell("while :; do :; done")).toMatchObject({
      signal: "SIGXCPU",
      limit: "cpu_ms",
      timed_out: false,
    });
    const stubborn = await shell("bash -c 'trap : XCPU; while :; do :; done' & wait; echo waited");
    expect(stubborn).toMatchObject({ limit: "cpu_ms" });
    expect(await shell("echo fine")).not.toHaveProperty("limit");
  });

  it("output_bytes: SIGXFSZ to what writes more", async () => {
    const shell = await sessionWith({ output_bytes: 5000 });
    expect(await shell("yes")).toMatchObject({ stdout_bytes: 5000, limit: "output_bytes" });
    expect(await shell("yes >&2 | cat")).toMatchObject({ stderr_bytes: 5000, limit: "output_bytes" });
    expect(await shell("yes | head -c 100000 | wc -c")).toMatchObject({ stdout: "100000\n" });
  });

  it("is the outcome of a process that it ends", async () => {
    await sessionWith({ cpu_ms: 200 });
    await daemon.request({ type: "start", session: "s", command: "while :; do :; done", process: "busy" });
    const end = await daemon.request({ type: "wait", session: "s", process: "busy" });
    expect(end).toMatchObject({ outcome: "limit", limit: "cpu_ms", signal: "SIGXCPU", exit_code: null });
  });

  it("are told by status, with what is used of each", async () => {
    const shell = await sessionWith({ files: 100, processes: 50 });
    await shell("mkdir /tmp/d; sleep 100 &");
    const { usage } = await daemon.request({ type: "status", session: "s" });
    const of = (name: string) => usage.find(({ limit }) => limit === name);
    expect(of("processes")).toMatchObject({ maximum: 50 });
    expect(of("processes")?.used).toBeGreaterThanOrEqual(1);
    expect(of("files")).toMatchObject({ maximum: 100 });
    expect(of("files")?.used).toBeGreaterThanOrEqual(1);
    expect(of("memory_bytes")?.used).toBeGreaterThan(0);
  });

  it("that make no sense are refused", async () => {
    const answer = await daemon.ask({ type: "open", session: "s", limits: { processes: 0 } });
    expect(answer).toMatchObject({
      success: false,
      error: "open: `limits.processes` must be an integer from 1 to 4096, got the number 0",
    });
    const unknown = await daemon.ask({ type: "open", session: "s", limits: { procs: 3 } as object });
    expect(unknown).toMatchObject({ success: false, code: "INVALID_REQUEST" });
  });
});
