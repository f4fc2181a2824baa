import { describe, expect, test } from "vitest";
import { O_NONBLOCK } from "../../../src/wasi/abi/linux/fcntl.js";
import { FIONREAD } from "../../../src/wasi/abi/linux/ioctl.js";
import { SIG_IGN, SIGPIPE } from "../../../src/wasi/abi/linux/signal.js";
import {
  AF_UNIX,
  MSG_CTRUNC,
  MSG_DONTWAIT,
  MSG_NOSIGNAL,
  MSG_PEEK,
  MSG_TRUNC,
  MSG_WAITALL,
  SHUT_RD,
  SHUT_WR,
  SO_ERROR,
  SO_PEERCRED,
  SO_TYPE,
  SOCK_CLOEXEC,
  SOCK_DGRAM,
  SOCK_NONBLOCK,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  SOL_SOCKET,
} from "../../../src/wasi/abi/linux/socket.js";
import { POLLHUP, POLLIN, POLLOUT, POLLRDHUP } from "../../../src/wasi/kernel/open-file.js";
import { outcome } from "../../support/errno.js";
import { Guest } from "../../support/guest.js";

const AF_INET = 2;

function sockaddr(path: string): Uint8Array {
  const name = new TextEncoder().encode(path);
  return Uint8Array.of(AF_UNIX, 0, ...name, ...(path.startsWith("\0") ? [] : [0]));
}

function send(guest: Guest, fd: number, text: string, flags = 0): number {
  return guest.call("sendto", fd, text, text.length, flags, 0, 0);
}

function receive(guest: Guest, fd: number, size = 1024, flags = 0): string | number {
  const into = guest.buffer(size);
  const count = guest.call("recvfrom", fd, into, size, flags, 0, 0);
  return count < 0 ? outcome(count) : guest.textAt(into, count);
}

function option(guest: Guest, fd: number, name: number, words = 1): number[] {
  const value = guest.buffer(4 * words);
  const length = guest.putWords(4 * words);
  expect(guest.call("getsockopt", fd, SOL_SOCKET, name, value, length)).toBe(0);
  expect(guest.memory.getI32(length)).toBe(4 * words);
  return Array.from({ length: words }, (_, i) => guest.memory.getI32(value + 4 * i));
}

/** struct msghdr with one buffer and room for control messages. */
function message(guest: Guest, data: number, size: number, control: Uint8Array | number): number {
  const controlPtr = typeof control === "number" ? guest.buffer(control) : guest.put(control);
  const controlSize = typeof control === "number" ? control : control.length;
  return guest.putWords(0, 0, guest.putWords(data, size), 1, controlPtr, controlSize, 0);
}

const rights = (...fds: number[]) =>
  new Uint8Array(Int32Array.of(12 + 4 * fds.length, SOL_SOCKET, 1, ...fds).buffer);

const poll = (guest: Guest, fd: number) => guest.process.fds.get(fd).poll();

describe("a pair of stream sockets", () => {
  test("carries bytes both ways", () => {
    const guest = new Guest();
    const [a, b] = guest.pair("socketpair", AF_UNIX, SOCK_STREAM, 0);
    guest.write(a, "to b");
    expect(send(guest, b, "to a")).toBe(4);
    expect(guest.read(b)).toBe("to b");
    expect(receive(guest, a)).toBe("to a");
    expect(option(guest, a, SO_TYPE)).toEqual([SOCK_STREAM]);
    expect(option(guest, a, SO_PEERCRED, 3)).toEqual([guest.pid, 0, 0]);
  });

  test("makes a reader wait and wakes it", () => {
    const guest = new Guest();
    const [a, b] = guest.pair("socketpair", AF_UNIX, SOCK_STREAM, 0);
    const child = guest.fork();
    guest.start("read", a, guest.buffer(8), 8);
    expect(guest.blocked).toBe(true);
    child.write(b, "wake");
    guest.settle();
    expect(guest.result).toBe(4);
  });

  test("makes a writer wait when nobody reads, until all is sent", () => {
    const guest = new Guest();
    const [a, b] = guest.pair("socketpair", AF_UNIX, SOCK_STREAM, 0);
    const child = guest.fork();
    const size = 300_000;
    guest.start("write", a, new Uint8Array(size), size);
    expect(guest.blocked).toBe(true);
    expect(child.call("read", b, child.buffer(250_000), 250_000)).toBeGreaterThan(200_000);
    child.settle();
    expect(guest.result).toBe(size);
  });

  test("ends when the other side is closed", () => {
    const guest = new Guest();
    const [a, b] = guest.pair("socketpair", AF_UNIX, SOCK_STREAM, 0);
    guest.write(b, "last words");
    guest.call("close", b);
    expect(poll(guest, a)).toBe(POLLIN | POLLHUP | POLLRDHUP | POLLOUT);
    expect(guest.read(a)).toBe("last words");
    expect(guest.read(a)).toBe("");
    expect(outcome(send(guest, a, "x", MSG_NOSIGNAL))).toBe("EPIPE");
    guest.call("rt_sigaction", SIGPIPE, guest.putWords(SIG_IGN, 0, 0, 0), 0);
    expect(outcome(guest.write(a, "x"))).toBe("EPIPE");
  });

  test("is reset when the other side is closed with unread data", () => {
    const guest = new Guest();
    const [a, b] = guest.pair("socketpair", AF_UNIX, SOCK_STREAM, 0);
    guest.write(a, "never read");
    guest.call("close", b);
    expect(option(guest, a, SO_ERROR)).toEqual([104]);
    expect(option(guest, a, SO_ERROR), "reported once").toEqual([0]);
  });

  test("can be shut down one way", () => {
    const guest = new Guest();
    const [a, b] = guest.pair("socketpair", AF_UNIX, SOCK_STREAM, 0);
    guest.call("shutdown", a, SHUT_WR);
    expect(guest.read(b)).toBe("");
    expect(poll(guest, b) & (POLLIN | POLLRDHUP | POLLHUP)).toBe(POLLIN | POLLRDHUP);
    guest.write(b, "still open this way");
    expect(guest.read(a)).toBe("still open this way");
    expect(outcome(send(guest, a, "x", MSG_NOSIGNAL))).toBe("EPIPE");
    guest.call("shutdown", b, SHUT_WR);
    expect(poll(guest, a) & POLLHUP).toBe(POLLHUP);
    expect(outcome(guest.call("shutdown", a, 3))).toBe("EINVAL");
    expect(guest.call("shutdown", a, SHUT_RD)).toBe(0);
  });

  test("can be looked into, waited for, and asked without waiting", () => {
    const guest = new Guest();
    const [a, b] = guest.pair("socketpair", AF_UNIX, SOCK_STREAM, 0);
    expect(receive(guest, a, 8, MSG_DONTWAIT)).toBe("EAGAIN");
    guest.write(b, "abcd");
    expect(receive(guest, a, 2, MSG_PEEK)).toBe("ab");
    const ptr = guest.buffer(4);
    guest.call("ioctl", a, FIONREAD, ptr);
    expect(guest.memory.getI32(ptr)).toBe(4);
    const into = guest.buffer(8);
    const child = guest.fork();
    guest.start("recvfrom", a, into, 8, MSG_WAITALL, 0, 0);
    expect(guest.blocked).toBe(true);
    child.write(b, "efgh");
    guest.settle();
    expect(guest.result).toBe(8);
    expect(guest.textAt(into, 8)).toBe("abcdefgh");
  });

  test("takes flags for its descriptors", () => {
    const guest = new Guest();
    const [a, b] = guest.pair("socketpair", AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    expect(guest.process.fds.get(a).flags & O_NONBLOCK).toBe(O_NONBLOCK);
    expect(guest.process.fds.isCloseOnExec(b)).toBe(true);
    expect(outcome(guest.call("read", a, guest.buffer(1), 1))).toBe("EAGAIN");
  });
});

describe("open files sent through a socket", () => {
  test("arrive with new descriptors", () => {
    const guest = new Guest();
    const [a, b] = guest.pair("socketpair", AF_UNIX, SOCK_STREAM, 0);
    const [reader, writer] = guest.pair("pipe2", 0);
    expect(guest.call("sendmsg", a, message(guest, guest.put("x"), 1, rights(reader)), 0)).toBe(1);
    guest.call("close", reader);
    const child = guest.fork();
    const header = message(child, child.buffer(8), 8, 64);
    expect(child.call("recvmsg", b, header, 0)).toBe(1);
    const control = child.memory.getU32(header + 16);
    expect(child.memory.getU32(header + 20)).toBe(16);
    const received = child.memory.getI32(control + 12);
    guest.write(writer, "over there");
    expect(child.read(received)).toBe("over there");
  });

  test("are not mixed with bytes that were sent before or after them", () => {
    const guest = new Guest();
    const [a, b] = guest.pair("socketpair", AF_UNIX, SOCK_STREAM, 0);
    const [reader] = guest.pair("pipe2", 0);
    guest.write(a, "before");
    guest.call("sendmsg", a, message(guest, guest.put("with"), 4, rights(reader)), 0);
    guest.call("sendmsg", a, message(guest, guest.put("more"), 4, rights(reader)), 0);
    expect(receive(guest, b)).toBe("before");
    expect(receive(guest, b)).toBe("with");
    expect(receive(guest, b)).toBe("more");
  });

  test("are closed when there is no room for them, and when nobody receives them", () => {
    const guest = new Guest();
    const [a, b] = guest.pair("socketpair", AF_UNIX, SOCK_STREAM, 0);
    const [reader, writer] = guest.pair("pipe2", 0);
    guest.call("rt_sigaction", SIGPIPE, guest.putWords(SIG_IGN, 0, 0, 0), 0);
    guest.call("sendmsg", a, message(guest, guest.put("x"), 1, rights(reader)), 0);
    guest.call("sendmsg", a, message(guest, guest.put("y"), 1, rights(reader)), 0);
    guest.call("close", reader);
    const header = message(guest, guest.buffer(1), 1, 0);
    guest.call("recvmsg", b, header, 0);
    expect(guest.memory.getI32(header + 24)).toBe(MSG_CTRUNC);
    guest.write(writer, "still in flight once");
    guest.call("close", b);
    expect(outcome(guest.write(writer, "x"))).toBe("EPIPE");
  });

  test("have to be open", () => {
    const guest = new Guest();
    const [a] = guest.pair("socketpair", AF_UNIX, SOCK_STREAM, 0);
    expect(outcome(guest.call("sendmsg", a, message(guest, guest.put("x"), 1, rights(77)), 0))).toBe("EBADF");
  });
});

describe("sockets for messages", () => {
  test.each([
    ["SOCK_DGRAM", SOCK_DGRAM],
    ["SOCK_SEQPACKET", SOCK_SEQPACKET],
  ])("%s keeps boundaries and cuts off what does not fit", (_name, type) => {
    const guest = new Guest();
    const [a, b] = guest.pair("socketpair", AF_UNIX, type, 0);
    send(guest, a, "first");
    send(guest, a, "second");
    expect(receive(guest, b)).toBe("first");
    const into = guest.buffer(3);
    expect(guest.call("recvfrom", b, into, 3, MSG_TRUNC, 0, 0), "the real size").toBe(6);
    expect(guest.textAt(into, 3)).toBe("sec");
    expect(outcome(guest.call("recvfrom", b, into, 3, MSG_DONTWAIT, 0, 0))).toBe("EAGAIN");
    expect(outcome(send(guest, a, "x".repeat(300_000)))).toBe("EMSGSIZE");
  });

  test("only those with a connection end", () => {
    const guest = new Guest();
    const [a, b] = guest.pair("socketpair", AF_UNIX, SOCK_SEQPACKET, 0);
    guest.call("close", a);
    expect(receive(guest, b)).toBe("");
    const [c, d] = guest.pair("socketpair", AF_UNIX, SOCK_DGRAM, 0);
    guest.call("close", c);
    expect(receive(guest, d, 8, MSG_DONTWAIT)).toBe("EAGAIN");
    expect(outcome(send(guest, d, "x"))).toBe("ECONNREFUSED");
  });
});

describe("sockets with names", () => {
  test.each([["/tmp/socket"], ["\0abstract"]])("a server at %j accepts connections", (path) => {
    const server = new Guest();
    const client = server.fork();
    const listener = server.call("socket", AF_UNIX, SOCK_STREAM, 0);
    const address = sockaddr(path);
    expect(server.call("bind", listener, address, address.length)).toBe(0);
    const fd = client.call("socket", AF_UNIX, SOCK_STREAM, 0);
    expect(outcome(client.call("connect", fd, address, address.length))).toBe("ECONNREFUSED");
    expect(server.call("listen", listener, 5)).toBe(0);

    server.start("accept4", listener, 0, 0, 0);
    expect(server.blocked).toBe(true);
    expect(client.call("connect", fd, address, address.length)).toBe(0);
    server.settle();
    const accepted = server.result as number;
    expect(accepted).toBeGreaterThan(listener);
    client.write(fd, "request");
    expect(server.read(accepted)).toBe("request");
    server.write(accepted, "reply");
    expect(client.read(fd)).toBe("reply");
    expect(option(client, fd, SO_PEERCRED, 3)).toEqual([server.pid, 0, 0]);
    expect(option(server, accepted, SO_PEERCRED, 3)).toEqual([client.pid, 0, 0]);

    const name = client.buffer(110);
    const length = client.putWords(110);
    expect(client.call("getpeername", fd, name, length)).toBe(0);
    expect(client.bytesAt(name, client.memory.getI32(length))).toEqual(address);
    expect(client.call("getsockname", fd, name, length)).toBe(0);
    expect(client.memory.getI32(length)).toBe(2);
  });

  test("the name of a socket is taken until the file is removed", () => {
    const guest = new Guest();
    const address = sockaddr("/tmp/s");
    const first = guest.call("socket", AF_UNIX, SOCK_DGRAM, 0);
    guest.call("bind", first, address, address.length);
    const second = guest.call("socket", AF_UNIX, SOCK_DGRAM, 0);
    expect(outcome(guest.call("bind", second, address, address.length))).toBe("EADDRINUSE");
    guest.call("close", first);
    expect(outcome(guest.call("bind", second, address, address.length))).toBe("EADDRINUSE");
    expect(outcome(guest.call("connect", second, address, address.length))).toBe("ECONNREFUSED");
    guest.call("unlinkat", -100, "/tmp/s", 0);
    expect(guest.call("bind", second, address, address.length)).toBe(0);
  });

  test("a datagram carries its sender's name", () => {
    const guest = new Guest();
    const address = sockaddr("\0receiver");
    const from = sockaddr("\0sender");
    const receiver = guest.call("socket", AF_UNIX, SOCK_DGRAM, 0);
    const sender = guest.call("socket", AF_UNIX, SOCK_DGRAM, 0);
    guest.call("bind", receiver, address, address.length);
    guest.call("bind", sender, from, from.length);
    expect(outcome(send(guest, sender, "x"))).toBe("ENOTCONN");
    expect(guest.call("sendto", sender, "hi", 2, 0, address, address.length)).toBe(2);
    const into = guest.buffer(8);
    const name = guest.buffer(110);
    const length = guest.putWords(110);
    expect(guest.call("recvfrom", receiver, into, 8, 0, name, length)).toBe(2);
    expect(guest.bytesAt(name, guest.memory.getI32(length))).toEqual(from);
  });

  test("permission bits of the file count", () => {
    const server = new Guest();
    const address = sockaddr("/tmp/private");
    const listener = server.call("socket", AF_UNIX, SOCK_STREAM, 0);
    server.call("bind", listener, address, address.length);
    server.call("listen", listener, 1);
    server.call("fchmodat", -100, "/tmp/private", 0o600);
    const client = new Guest(server.kernel, { uid: 1000 });
    const fd = client.call("socket", AF_UNIX, SOCK_STREAM, 0);
    expect(outcome(client.call("connect", fd, address, address.length))).toBe("EACCES");
  });

  test("a listener accepts at once or not at all when it must not block", () => {
    const guest = new Guest();
    const address = sockaddr("\0n");
    const listener = guest.call("socket", AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    guest.call("bind", listener, address, address.length);
    guest.call("listen", listener, 0);
    expect(outcome(guest.call("accept4", listener, 0, 0, 0))).toBe("EAGAIN");
    expect(poll(guest, listener)).toBe(0);
    const first = guest.call("socket", AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    const second = guest.call("socket", AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    expect(guest.call("connect", first, address, address.length)).toBe(0);
    expect(outcome(guest.call("connect", second, address, address.length)), "the backlog is full").toBe(
      "EAGAIN",
    );
    expect(poll(guest, listener)).toBe(POLLIN);
    guest.call("close", listener);
    expect(guest.call("read", first, guest.buffer(1), 1), "nobody accepted").toBe(0);
  });
});

test("there are no other kinds of socket", () => {
  const guest = new Guest();
  expect(outcome(guest.call("socket", AF_INET, SOCK_STREAM, 0))).toBe("EAFNOSUPPORT");
  expect(outcome(guest.call("socket", AF_UNIX, 9, 0))).toBe("ESOCKTNOSUPPORT");
  expect(outcome(guest.call("socket", AF_UNIX, SOCK_STREAM, 6))).toBe("EPROTONOSUPPORT");
  const [reader] = guest.pair("pipe2", 0);
  expect(outcome(send(guest, reader, "x"))).toBe("ENOTSOCK");
  const fd = guest.call("socket", AF_UNIX, SOCK_STREAM, 0);
  expect(outcome(send(guest, fd, "x"))).toBe("ENOTCONN");
  expect(outcome(guest.call("recvfrom", fd, guest.buffer(1), 1, 0, 0, 0))).toBe("EINVAL");
  expect(outcome(guest.call("listen", fd, 1)), "it has no name").toBe("EINVAL");
  expect(outcome(guest.call("openat", -100, `/proc/self/fd/${fd}`, 0, 0))).toBe("ENXIO");
});

test("what waits in pipes and sockets counts as memory of the session", () => {
  const guest = new Guest();
  const before = guest.kernel.memory.usedBytes;
  for (const [type, size] of [
    [SOCK_STREAM, 100_000],
    [SOCK_DGRAM, 50_000],
  ] as const) {
    const [a, b] = guest.pair("socketpair", AF_UNIX, type, 0);
    guest.write(a, new Uint8Array(size));
    expect(guest.kernel.memory.usedBytes - before).toBeGreaterThanOrEqual(size);
    guest.call("close", a);
    guest.call("close", b);
    expect(guest.kernel.memory.usedBytes).toBe(before);
  }
  const [reader, writer] = guest.pair("pipe2", 0);
  guest.kernel.memory.reserve(guest.kernel.memory.freeBytes - 1000);
  expect(outcome(guest.write(writer, "x"))).toBe("ENOMEM");
  guest.call("close", reader);
});
