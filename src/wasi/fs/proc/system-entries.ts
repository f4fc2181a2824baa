import { CAPABILITY_LAST } from "../../abi/linux/prctl.js";
import { S_IFDIR, S_IFLNK, S_IFREG } from "../../abi/linux/stat.js";
import type { Kernel } from "../../kernel/kernel.js";
import { NR_OPEN } from "../../kernel/limits.js";
import { MAX_PIPE_CAPACITY } from "../../kernel/pipe-budget.js";
import { PID_MAX } from "../../kernel/process-table.js";
import { DOMAIN_NAME, KERNEL_NAME, KERNEL_RELEASE, KERNEL_VERSION } from "../../kernel/system-information.js";
import { type EntryMaker, ProcDirectory, ProcFile, ProcLink } from "./nodes.js";
import {
  cpuInfoText,
  loadAverageText,
  memoryInfoText,
  statText,
  uptimeText,
  versionText,
  vmStatText,
} from "./system-texts.js";

const FILE = S_IFREG | 0o444;

function file(text: (kernel: Kernel) => string): EntryMaker {
  return (fs) => new ProcFile(fs, FILE, () => text(fs.kernel));
}

/** A file with one value, as under /proc/sys. */
function value(get: (kernel: Kernel) => string | number): EntryMaker {
  return file((kernel) => `${get(kernel)}\n`);
}

function directory(entries: Readonly<Record<string, EntryMaker>>): EntryMaker {
  return (fs) => new ProcDirectory(fs, S_IFDIR | 0o555, entries);
}

const randomEntries: Readonly<Record<string, EntryMaker>> = {
  boot_id: (fs) => {
    const id = crypto.randomUUID();
    return new ProcFile(fs, FILE, () => `${id}\n`);
  },
  entropy_avail: value(() => 256),
  poolsize: value(() => 256),
  uuid: value(() => crypto.randomUUID()),
};

const sysEntries: Readonly<Record<string, EntryMaker>> = {
  fs: directory({
    "file-max": value(() => NR_OPEN),
    "file-nr": value((kernel) => `${openFiles(kernel)}\t0\t${NR_OPEN}`),
    nr_open: value(() => NR_OPEN),
    "pipe-max-size": value(() => MAX_PIPE_CAPACITY),
  }),
  kernel: directory({
    cap_last_cap: value(() => CAPABILITY_LAST),
    domainname: value(() => DOMAIN_NAME),
    hostname: value((kernel) => kernel.options.hostname),
    ngroups_max: value(() => 65536),
    osrelease: value(() => KERNEL_RELEASE),
    ostype: value(() => KERNEL_NAME),
    overflowgid: value(() => 65534),
    overflowuid: value(() => 65534),
    pid_max: value(() => PID_MAX),
    random: directory(randomEntries),
    "threads-max": value((kernel) => kernel.options.maxProcesses),
    version: value(() => KERNEL_VERSION),
  }),
  vm: directory({
    max_map_count: value(() => 65530),
    overcommit_memory: value(() => 2),
    overcommit_ratio: value(() => 100),
    swappiness: value(() => 0),
  }),
};

function openFiles(kernel: Kernel): number {
  const files = new Set(
    kernel.processes.all().flatMap(({ fds }) => fds.descriptors().map((fd) => fds.get(fd))),
  );
  return files.size;
}

/** What lies in /proc besides the processes. */
export const systemEntries: Readonly<Record<string, EntryMaker>> = {
  cmdline: value(() => "limpet"),
  cpuinfo: file(cpuInfoText),
  devices: file(
    () => "Character devices:\n  1 mem\n  5 /dev/tty\n  5 /dev/ptmx\n136 pts\n\nBlock devices:\n",
  ),
  filesystems: file((kernel) =>
    [...new Set(kernel.vfs.mounts.list().map(({ fs }) => fs.type))]
      .map((type) => `nodev\t${type}\n`)
      .join(""),
  ),
  loadavg: file(loadAverageText),
  meminfo: file(memoryInfoText),
  mounts: (fs) => new ProcLink(fs, S_IFLNK | 0o777, { text: () => "self/mounts" }),
  partitions: file(() => "major minor  #blocks  name\n\n"),
  stat: file(statText),
  swaps: file(() => "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"),
  sys: directory(sysEntries),
  uptime: file(uptimeText),
  version: file(versionText),
  vmstat: file(vmStatText),
};
