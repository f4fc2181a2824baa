import { CAPABILITY_LAST } from "../../abi/linux/prctl.js";
import {
  RLIMIT_AS,
  RLIMIT_CORE,
  RLIMIT_CPU,
  RLIMIT_DATA,
  RLIMIT_FSIZE,
  RLIMIT_LOCKS,
  RLIMIT_MEMLOCK,
  RLIMIT_MSGQUEUE,
  RLIMIT_NICE,
  RLIMIT_NOFILE,
  RLIMIT_NPROC,
  RLIMIT_RSS,
  RLIMIT_RTPRIO,
  RLIMIT_RTTIME,
  RLIMIT_SIGPENDING,
  RLIMIT_STACK,
} from "../../abi/linux/resource.js";
import { NSIG, SIG_DFL, SIG_IGN, SIGCHLD } from "../../abi/linux/signal.js";
import { CLK_TCK } from "../../abi/linux/time.js";
import { isPrivileged } from "../../kernel/credentials.js";
import type { Process } from "../../kernel/process.js";
import { CPU_COUNT, PAGE_SIZE } from "../../kernel/system-information.js";
import { SLAVE_MAJOR } from "../dev/devices.js";

/** The letter for a process state in `ps`, and its name. */
function stateOf(process: Process): readonly [letter: string, name: string] {
  switch (process.state) {
    case "ready":
    case "running":
      return ["R", "running"];
    case "blocked":
      return ["S", "sleeping"];
    case "stopped":
      return ["T", "stopped"];
    case "zombie":
      return ["Z", "zombie"];
    case "dead":
      return ["X", "dead"];
  }
}

interface MemoryUse {
  /** Bytes of address space. */
  readonly size: number;
  /** Bytes that the process is charged for. */
  readonly resident: number;
}

function memoryUse(process: Process): MemoryUse {
  const { instance } = process;
  return { size: instance?.memory.u8.length ?? 0, resident: instance?.chargedBytes ?? 0 };
}

interface SignalSets {
  readonly pending: bigint;
  readonly blocked: bigint;
  readonly ignored: bigint;
  readonly caught: bigint;
}

function signalSets({ signals }: Process): SignalSets {
  let ignored = 0n;
  let caught = 0n;
  for (let signal = 1; signal <= NSIG; signal++) {
    const handler = signals.handler(signal);
    const bit = 1n << BigInt(signal - 1);
    if (handler === SIG_IGN) ignored |= bit;
    else if (handler !== SIG_DFL) caught |= bit;
  }
  return { pending: signals.pending, blocked: signals.mask, ignored, caught };
}

const ticks = (ms: number) => Math.floor((ms * CLK_TCK) / 1000);
const kib = (bytes: number) => Math.ceil(bytes / 1024);
const pages = (bytes: number) => Math.ceil(bytes / PAGE_SIZE);
const hex64 = (value: bigint) => value.toString(16).padStart(16, "0");

/** /proc/PID/stat, in the order of proc(5). */
export function statText(process: Process): string {
  const { kernel, niceness, leader } = process;
  const { size, resident } = memoryUse(process);
  const sets = signalSets(process);
  const low = (set: bigint) => (set & 0x7fff_ffffn).toString();
  const started = kernel.clock.uptime() - (kernel.clock.monotonic() - process.startedAt);
  const stackLimit = process.limits.get(RLIMIT_RSS).soft;
  const fields: (string | number)[] = [
    process.tid,
    `(${process.comm})`,
    stateOf(process)[0],
    process.ppid,
    leader.pgid,
    leader.sid,
    leader.terminal === undefined ? 0 : (SLAVE_MAJOR << 8) | leader.terminal.number,
    leader.terminal === undefined ? -1 : leader.terminal.foreground,
    0x400000, // PF_RANDOMIZE, as ordinary processes have
    ...[0, 0, 0, 0], // page faults
    ticks(kernel.scheduler.cpuMs(process)),
    0,
    ticks(leader.childrenCpuMs),
    0,
    20 + niceness,
    niceness,
    process.threads.size,
    0,
    ticks(Math.max(0, started)),
    size,
    pages(resident),
    stackLimit === Number.POSITIVE_INFINITY ? "4294967295" : stackLimit,
    ...[0, 0, 0, 0, 0], // addresses
    ...[low(sets.pending), low(sets.blocked), low(sets.ignored), low(sets.caught)],
    ...[0, 0, 0],
    SIGCHLD,
    ...[0, 0], // processor, real-time priority
    process.attributes.schedulingPolicy,
    ...[0, 0, 0], // delays and guests
    ...[0, 0, 0, 0, 0, 0, 0], // addresses
    process.exitStatus ?? 0,
  ];
  return `${fields.join(" ")}\n`;
}

/** /proc/PID/statm, in pages. */
export function statmText(process: Process): string {
  const { size, resident } = memoryUse(process);
  return `${pages(size)} ${pages(resident)} 0 0 0 ${pages(resident)} 0\n`;
}

/** /proc/PID/status. */
export function statusText(process: Process): string {
  const { credentials, attributes, fds, limits } = process;
  const [letter, name] = stateOf(process);
  const sets = signalSets(process);
  const { ruid, euid, suid, rgid, egid, sgid, groups } = credentials;
  const capabilities = hex64(isPrivileged(credentials) ? 2n ** BigInt(CAPABILITY_LAST + 1) - 1n : 0n);
  const lines: [string, string | number][] = [
    ["Name", process.comm],
    ["Umask", process.fs.umask.toString(8).padStart(4, "0")],
    ["State", `${letter} (${name})`],
    ["Tgid", process.pid],
    ["Ngid", 0],
    ["Pid", process.tid],
    ["PPid", process.ppid],
    ["TracerPid", 0],
    ["Uid", [ruid, euid, suid, euid].join("\t")],
    ["Gid", [rgid, egid, sgid, egid].join("\t")],
    ["FDSize", Math.max(64, (fds.descriptors().at(-1) ?? 0) + 1)],
    ["Groups", `${groups.join(" ")} `],
    ["NStgid", process.pid],
    ["NSpid", process.tid],
    ["NSpgid", process.leader.pgid],
    ["NSsid", process.leader.sid],
    ...memoryLines(process),
    ["CoreDumping", 0],
    ["Threads", process.threads.size],
    ["SigQ", `0/${limits.get(RLIMIT_SIGPENDING).soft}`],
    ["SigPnd", hex64(sets.pending & ~process.signals.pendingForProcess)],
    ["ShdPnd", hex64(process.signals.pendingForProcess)],
    ["SigBlk", hex64(sets.blocked)],
    ["SigIgn", hex64(sets.ignored)],
    ["SigCgt", hex64(sets.caught)],
    ["CapInh", hex64(0n)],
    ["CapPrm", capabilities],
    ["CapEff", capabilities],
    ["CapBnd", hex64(2n ** BigInt(CAPABILITY_LAST + 1) - 1n)],
    ["CapAmb", hex64(0n)],
    ["NoNewPrivs", Number(attributes.noNewPrivileges)],
    ["Seccomp", 0],
    ["Cpus_allowed", (2 ** CPU_COUNT - 1).toString(16)],
    ["Cpus_allowed_list", CPU_COUNT === 1 ? "0" : `0-${CPU_COUNT - 1}`],
    ["Mems_allowed", 1],
    ["Mems_allowed_list", 0],
    ["voluntary_ctxt_switches", 0],
    ["nonvoluntary_ctxt_switches", 0],
  ];
  return lines.map(([key, value]) => `${key}:\t${value}\n`).join("");
}

function memoryLines(process: Process): [string, string][] {
  if (process.instance === undefined) return [];
  const { size, resident } = memoryUse(process);
  const line = (key: string, bytes: number): [string, string] => [
    key,
    `${String(kib(bytes)).padStart(8)} kB`,
  ];
  return [
    line("VmPeak", size),
    line("VmSize", size),
    line("VmLck", 0),
    line("VmPin", 0),
    line("VmHWM", resident),
    line("VmRSS", resident),
    line("RssAnon", resident),
    line("RssFile", 0),
    line("RssShmem", 0),
    line("VmData", size),
    line("VmStk", 0),
    line("VmExe", 0),
    line("VmLib", 0),
    line("VmPTE", 0),
    line("VmSwap", 0),
  ];
}

/** /proc/PID/maps: a program has one linear memory, and its code lies outside it. */
export function mapsText(process: Process): string {
  if (process.instance === undefined) return "";
  const end = memoryUse(process).size.toString(16).padStart(8, "0");
  return `00000000-${end} rw-p 00000000 00:00 0 ${" ".repeat(26)}[heap]\n`;
}

const LIMIT_LINES: readonly [resource: number, name: string, unit: string][] = [
  [RLIMIT_CPU, "Max cpu time", "seconds"],
  [RLIMIT_FSIZE, "Max file size", "bytes"],
  [RLIMIT_DATA, "Max data size", "bytes"],
  [RLIMIT_STACK, "Max stack size", "bytes"],
  [RLIMIT_CORE, "Max core file size", "bytes"],
  [RLIMIT_RSS, "Max resident set", "bytes"],
  [RLIMIT_NPROC, "Max processes", "processes"],
  [RLIMIT_NOFILE, "Max open files", "files"],
  [RLIMIT_MEMLOCK, "Max locked memory", "bytes"],
  [RLIMIT_AS, "Max address space", "bytes"],
  [RLIMIT_LOCKS, "Max file locks", "locks"],
  [RLIMIT_SIGPENDING, "Max pending signals", "signals"],
  [RLIMIT_MSGQUEUE, "Max msgqueue size", "bytes"],
  [RLIMIT_NICE, "Max nice priority", ""],
  [RLIMIT_RTPRIO, "Max realtime priority", ""],
  [RLIMIT_RTTIME, "Max realtime timeout", "us"],
];

/** /proc/PID/limits. */
export function limitsText({ limits }: Process): string {
  const row = (name: string, soft: string, hard: string, unit: string) =>
    `${name.padEnd(25)} ${soft.padEnd(20)} ${hard.padEnd(20)} ${unit.padEnd(10)}\n`;
  const show = (value: number) => (value === Number.POSITIVE_INFINITY ? "unlimited" : String(value));
  const rows = LIMIT_LINES.map(([resource, name, unit]) => {
    const { soft, hard } = limits.get(resource);
    return row(name, show(soft), show(hard), unit);
  });
  return row("Limit", "Soft Limit", "Hard Limit", "Units") + rows.join("");
}
