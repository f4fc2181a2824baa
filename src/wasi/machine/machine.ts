import type { FileCalls } from "../../machine/calls/files.js";
import type { DiffRequest, MountDiff } from "../../machine/calls/mounts.js";
import type { MachineStatus } from "../../machine/calls/session.js";
import type { Frozen, FrozenWasi } from "../../machine/calls/snapshot.js";
import type {
  Command,
  CommandObserver,
  Machine,
  MachineOptions,
  RunningCommand,
} from "../../machine/machine.js";
import type { ProcessObserver, ProcessSettings, RunningProcess } from "../../machine/process.js";
import { sessionEnvironment, sessionUser } from "../../machine/session-environment.js";
import type { WasiHost } from "../../machine/wasi-host.js";
import { AT_FDCWD } from "../abi/linux/fcntl.js";
import { SIGKILL } from "../abi/linux/signal.js";
import { Errno } from "../errno.js";
import { type Credentials, credentialsOf } from "../kernel/credentials.js";
import { executeProgram } from "../kernel/exec.js";
import { Job } from "../kernel/job.js";
import { Kernel } from "../kernel/kernel.js";
import { exitProcess } from "../kernel/lifecycle.js";
import { MemoryBudget } from "../kernel/memory-budget.js";
import type { Process, WaitStatus } from "../kernel/process.js";
import { StringVector } from "../kernel/string-vector.js";
import { type DirectoryInode, isDirectory } from "../vfs/inode.js";
import { demand, MAY_EXEC } from "../vfs/permission.js";
import type { FsContext } from "../vfs/vfs.js";
import type { Checkpoint } from "./checkpoint.js";
import { CommandFiles } from "./command-files.js";
import { FileTree } from "./file-tree.js";
import { listDirectory } from "./files/list.js";
import { readFile, readFiles } from "./files/read.js";
import { stat } from "./files/status.js";
import { makeDirectory, move, remove } from "./files/tree.js";
import { editFile, writeFiles } from "./files/write.js";
import { LeftBehind } from "./left-behind.js";
import { kernelLimits, limitUses } from "./limits.js";
import type { Manifest } from "./manifest.js";
import { toOutcome } from "./outcome.js";
import { SessionShell } from "./session-shell.js";
import { ShellImages } from "./shell-images.js";
import { StartedProcess } from "./started-process.js";
import { whenQuiet } from "./when-quiet.js";

const PAGE = 65536;

const DEFAULT_HOSTNAME = "limpet";

/** The `wasi` backend: real programs in WebAssembly on the kernel in TypeScript. */
export class WasiMachine implements Machine {
  readonly backend = "wasi";
  private readonly kernel: Kernel;
  private readonly memory: MemoryBudget;
  private readonly manifest: Manifest;
  private readonly files: FileTree;
  private readonly credentials: Credentials;
  private readonly home: string;
  private readonly environ: readonly string[];
  private readonly images: ShellImages;
  private shell: SessionShell;

  constructor(
    private readonly options: MachineOptions,
    private readonly host: WasiHost,
    /** Where to go on; undefined: from the beginning. */
    from?: FrozenWasi,
  ) {
    this.memory = new MemoryBudget(options.memoryLimitBytes, () => this.kernel.limitReached("memory_bytes"));
    this.manifest = host.manifest as Manifest; // the file that ships with this code
    this.files = new FileTree(options, host, this.manifest);
    this.kernel = new Kernel(
      host,
      {
        hostname: options.hostname,
        memoryLimitBytes: options.memoryLimitBytes,
        ...kernelLimits(options.limits, OWN_PROCESSES),
        maxProgramPages: Math.min(65536, Math.ceil(options.memoryLimitBytes / PAGE) + STACK_PAGES),
        ...(host.trace === undefined ? {} : { trace: host.trace }),
      },
      this.memory,
      (kernel) => this.files.create(kernel, from?.files),
    );
    const { uid, gid, home } = sessionUser(options.user);
    this.credentials = credentialsOf(uid, gid);
    this.images = new ShellImages(this.kernel, this.credentials, this.manifest);
    this.home = home;
    this.environ = Object.entries(sessionEnvironment(options)).map(([name, value]) => `${name}=${value}`);
    this.shell = from === undefined ? this.startShell() : this.images.restore(from.shell);
  }

  run(command: Command, observer: CommandObserver): RunningCommand {
    const job = new Job(this.kernel);
    const owner = this.shell.process;
    const files = new CommandFiles(owner, command.stdin, observer);
    const finish = (status: WaitStatus) => {
      whenQuiet(job, this.kernel, () => {
        const isLeft = job.size > 0 && !job.ended;
        if (!isLeft) files.detach();
        observer.done(toOutcome(status), {
          limit: job.limit,
          ...(isLeft && { adopt: (by) => new LeftBehind(this.kernel, job, files, by) }),
        });
      });
    };
    const cwd = command.cwd === undefined ? undefined : this.directory(owner, command.cwd);
    if (command.isolated) this.runIsolated(command, cwd, files, job, finish);
    else this.shell.run(command, this.pathOf(cwd), files, job, finish);
    return { kill: () => job.end(), resume: () => files.resume() };
  }

  startProcess(settings: ProcessSettings, observer: ProcessObserver): RunningProcess {
    const owner = this.shell.process;
    const cwd = settings.cwd === undefined ? undefined : this.directory(owner, settings.cwd);
    return new StartedProcess(this.kernel, this.shell, settings, this.pathOf(cwd), observer);
  }

  readonly readFile: FileCalls["readFile"] = (file) => readFile(this.shell.process, file);
  readonly readFiles: FileCalls["readFiles"] = (request) => readFiles(this.shell.process, request);
  readonly writeFiles: FileCalls["writeFiles"] = (files) => writeFiles(this.shell.process, files);
  readonly editFile: FileCalls["editFile"] = (file) => editFile(this.shell.process, file);
  readonly stat: FileCalls["stat"] = (request) => stat(this.shell.process, request);
  readonly listDirectory: FileCalls["listDirectory"] = (request) =>
    listDirectory(this.shell.process, request);
  readonly makeDirectory: FileCalls["makeDirectory"] = (request) =>
    makeDirectory(this.shell.process, request);
  readonly remove: FileCalls["remove"] = (request) => remove(this.shell.process, request);
  readonly move: FileCalls["move"] = (request) => move(this.shell.process, request);

  reset({ keepFiles }: { readonly keepFiles: boolean }): void {
    this.endProcesses();
    const shell = this.shell.process;
    if (!keepFiles) this.kernel.vfs = this.files.create(this.kernel);
    if (this.shell.reset(this.startContext(shell))) this.kernel.scheduler.run();
    else this.shell = this.startShell();
  }

  /** At once, but in the moment between the end of a command and the shell's waiting for the next. EOPNOTSUPP when overlays have changes. */
  freeze(): FrozenWasi | Promise<FrozenWasi> {
    if (this.files.mounts.hasChanges) throw Errno.EOPNOTSUPP;
    return this.frozen() ?? new Promise((resolve) => this.host.defer(() => resolve(this.freeze())));
  }

  thaw(frozen: Frozen): void {
    if (frozen.backend !== this.backend)
      throw new TypeError(`a machine of ${frozen.backend} for ${this.backend}`);
    this.files.demandRoom(this.kernel, frozen.files);
    this.endProcesses();
    this.shell.stop();
    this.kernel.vfs = this.files.create(this.kernel, frozen.files);
    this.shell = this.images.restore(frozen.shell);
  }

  diff(request: DiffRequest): MountDiff {
    return this.files.mounts.diff(request);
  }

  status(): MachineStatus {
    return {
      memoryUsedBytes: this.memory.usedBytes,
      memoryLimitBytes: this.memory.limitBytes,
      limits: limitUses(this.kernel, this.files, this.options.limits, OWN_PROCESSES),
      processes: this.processCount,
      unknownSyscalls: Object.fromEntries(this.kernel.syscalls.unknown),
    };
  }

  /** The initial state of the session's shell, to be kept as `WasiHost.sessionImage`; undefined until it has started. */
  sessionImage(): Uint8Array | undefined {
    const state = this.shell.initialState;
    return state && new Uint8Array(this.images.take(this.shell.process, state));
  }

  private frozen(): FrozenWasi | undefined {
    const state = this.shell.waitingState;
    if (state === undefined) return undefined;
    const shell = this.images.take(this.shell.process, state);
    return { backend: "wasi", files: this.files.freeze(), shell, processesDropped: this.processCount };
  }

  /** Without init and the session's shell. */
  private get processCount(): number {
    return this.kernel.processes.all().filter((process) => process.alive).length - OWN_PROCESSES;
  }

  /** All but init and the session's shell. */
  private endProcesses(): void {
    for (const process of this.kernel.processes.all()) {
      if (process === this.shell.process || process === this.kernel.init) continue;
      process.onExit = undefined;
      exitProcess(process, SIGKILL);
    }
  }

  private startShell(): SessionShell {
    const process = this.createProcess();
    const shell = new SessionShell(this.kernel, process);
    const image = this.usableImage(process.fs);
    if (image === undefined) this.start(process, ["bash"], this.environ);
    else shell.restore(image, true);
    this.kernel.scheduler.run();
    return shell;
  }

  /** The image is of a shell with root's default environment. */
  private usableImage(fs: FsContext): Checkpoint | undefined {
    const { user, env, cwd, hostname } = this.options;
    const isDefault =
      user === "root" && cwd === undefined && hostname === DEFAULT_HOSTNAME && Object.keys(env).length === 0;
    if (!isDefault || this.host.sessionImage === undefined) return undefined;
    const image = this.images.begin(this.host.sessionImage, fs);
    return image && { ...image, limits: this.kernel.options.resourceLimits.clone() };
  }

  private runIsolated(
    command: Command,
    cwd: DirectoryInode | undefined,
    files: CommandFiles,
    job: Job,
    finish: (status: WaitStatus) => void,
  ): void {
    const process = this.createProcess();
    job.add(process);
    files.installIn(process);
    if (cwd !== undefined) process.fs.cwd = cwd;
    process.onExit = finish;
    this.start(process, ["bash", "-c", command.text], withChanges(this.environ, command.env ?? {}));
  }

  private createProcess(): Process {
    const process = this.kernel.createProcess(
      this.kernel.init,
      this.credentials,
      this.kernel.vfs.rootContext(),
    );
    process.fs = this.startContext(process);
    return process;
  }

  /** Where the session's shell and isolated commands begin. */
  private startContext(process: Process): FsContext {
    const context = this.kernel.vfs.rootContext();
    context.cwd = context.root;
    const before = process.fs;
    process.fs = context;
    context.cwd = this.directory(process, this.options.cwd ?? this.home);
    process.fs = before;
    return context;
  }

  /** ENOENT, ENOTDIR or EACCES where `cd` would fail. */
  private directory(who: Process, path: string): DirectoryInode {
    const inode = this.kernel.vfs.lookup(who, AT_FDCWD, path);
    if (!isDirectory(inode)) throw Errno.ENOTDIR;
    demand(inode, who.credentials, MAY_EXEC);
    return inode;
  }

  private pathOf(directory: DirectoryInode | undefined): string {
    if (directory === undefined) return "";
    return this.kernel.vfs.pathOf(directory, this.kernel.vfs.root) ?? "";
  }

  private start(process: Process, argv: readonly string[], environ: readonly string[]): void {
    const bash = { dirfd: AT_FDCWD, path: "/bin/bash", flags: 0 };
    executeProgram(process, bash, StringVector.of(argv), StringVector.of(environ));
    process.nextProgram?.(process);
    process.nextProgram = undefined;
    this.kernel.scheduler.enqueue(process);
  }
}

/** Pages for the stack and static data of a program on top of the session's memory limit. */
const STACK_PAGES = 512;
/** Init and the session's shell. */
const OWN_PROCESSES = 2;

function withChanges(
  environ: readonly string[],
  changes: Readonly<Record<string, string | null>>,
): readonly string[] {
  const kept = environ.filter((entry) => !Object.hasOwn(changes, entry.slice(0, entry.indexOf("="))));
  const added = Object.entries(changes).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${value}`],
  );
  return [...kept, ...added];
}
