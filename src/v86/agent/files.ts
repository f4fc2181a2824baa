import { createHash } from "node:crypto";
import {
  type EditedFile,
  type EditFile,
  type FileCalls,
  type FileContent,
  FileFailure,
  type FileStatus,
  type ListDirectory,
  type Listing,
  type MakeDirectory,
  type MoveFile,
  type ReadFile,
  type ReadFiles,
  type ReadOutcome,
  type RemoveFile,
  type StatFile,
  type WriteFile,
} from "../../machine/calls/files.js";
import { RefusedCall } from "../../machine/calls/refused-call.js";
import { applyEdits } from "../../machine/files/edits.js";
import { changedMeanwhile, demandMatch, fileExists } from "../../machine/files/if-match.js";
import { concatenate } from "../../wasi/bytes.js";
import { Errno } from "../../wasi/errno.js";
import { decodeName } from "../../wasi/vfs/name.js";
import type { AgentChannel } from "./channel.js";
import { errnoOf } from "./errors.js";
import { type Frame, u32, u64, viewOf } from "./frames.js";
import { decodeEntries, ListingCollector } from "./listing.js";

const TO_THE_END = 0xffff_ffff_ffff_ffffn;

/** Flags of `P` frames. */
const APPEND = 1;
const CREATE_DIRECTORIES = 2;
const MODE_GIVEN = 4;
const MUST_BE_NEW = 8;
const MUST_BE_SAME = 16;

/** Operations of `F` frames, and their flags. */
const STAT = 1;
const LIST = 2;
const MAKE_DIRECTORY = 3;
const REMOVE = 4;
const RENAME = 5;
const FLAG = 1;
const WITH_MODE = 2;

/** How often an edit is tried while others write the file. */
const ATTEMPTS = 5;

/** Bytes that tell whether a file is still the one that was read. */
type Version = Uint8Array;
const VERSION_BYTES = 24;

interface VersionedContent extends FileContent {
  readonly version: Version;
}

/** The files of the guest, through its agent. Errors that the guest reports are of class Errno. */
export class AgentFiles implements FileCalls {
  constructor(private readonly channel: AgentChannel) {}

  async readFile(file: ReadFile): Promise<FileContent> {
    const { version: _, ...content } = await this.read(file);
    return content;
  }

  async readFiles({ paths, maxBytes }: ReadFiles): Promise<readonly ReadOutcome[]> {
    let room = maxBytes;
    const outcomes: ReadOutcome[] = [];
    for (const path of paths) {
      try {
        const content = await this.readFile({ path, offset: 0, length: room + 1 });
        if (content.bytes.length > room) throw Errno.EFBIG;
        room -= content.bytes.length;
        outcomes.push({ ok: true, content });
      } catch (error) {
        if (!(error instanceof Errno)) throw error;
        outcomes.push({ ok: false, code: error.code, message: error.message });
      }
    }
    return outcomes;
  }

  async writeFiles(files: readonly WriteFile[]): Promise<number> {
    const versions = await Promise.all(files.map((file) => failingWith(file, this.demandedVersion(file))));
    await this.replace(files, versions);
    return files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  async editFile(file: EditFile): Promise<EditedFile> {
    for (let attempt = 1; ; attempt++) {
      const { bytes, version } = await this.read({ path: file.path, offset: 0, length: undefined });
      if (file.ifMatch !== undefined) demandMatch(file.ifMatch, sha256(bytes));
      const { content, replacements } = applyEdits(bytes, file.edits);
      const written = { path: file.path, bytes: content, mode: undefined, append: false, createDirs: false };
      try {
        await this.replace([written], [version]);
        return { replacements, size: content.length, sha256: sha256(content) };
      } catch (error) {
        const cause = error instanceof FileFailure ? error.cause : error;
        if (!(cause instanceof RefusedCall) || attempt === ATTEMPTS) throw cause;
      }
    }
  }

  async stat({ path, follow }: StatFile): Promise<FileStatus> {
    let status: FileStatus | undefined;
    await this.change(STAT, follow ? FLAG : 0, 0, [path], (payload) => {
      for (const entry of decodeEntries(payload)) status = entry.status;
      return true;
    });
    if (status === undefined) throw Errno.EIO;
    return status;
  }

  async listDirectory(request: ListDirectory): Promise<Listing> {
    const collector = new ListingCollector(request);
    const { path, depth } = request;
    await this.change(LIST, Math.min(depth, 0xffff_ffff), 0, [path], (payload) => collector.take(payload));
    return collector.listing;
  }

  makeDirectory({ path, parents, mode }: MakeDirectory): Promise<void> {
    const flags = (parents ? FLAG : 0) | (mode === undefined ? 0 : WITH_MODE);
    return this.change(MAKE_DIRECTORY, flags, mode ?? 0, [path]);
  }

  remove({ path, recursive }: RemoveFile): Promise<void> {
    return this.change(REMOVE, recursive ? FLAG : 0, 0, [path]);
  }

  move({ from, to, overwrite }: MoveFile): Promise<void> {
    return this.change(RENAME, overwrite ? FLAG : 0, 0, [from, to]);
  }

  private read({ path, offset, length }: ReadFile): Promise<VersionedContent> {
    return new Promise((resolve, reject) => {
      const parts: Uint8Array[] = [];
      const receive = ({ type, payload }: Frame): boolean => {
        if (type === "d") {
          parts.push(payload);
          return true;
        }
        const error = viewOf(payload).getInt32(0, true);
        if (error !== 0) reject(errnoOf(error));
        else resolve({ bytes: concatenate(parts), ...decodeSummary(payload) });
        return false;
      };
      this.channel.begin({ receive, lose: reject }, "G", [u64(offset, length ?? TO_THE_END), path]);
    });
  }

  /** Throws a RefusedCall when the file is not the one that is wanted, and says which version of it that is. */
  private async demandedVersion({ path, ifMatch }: WriteFile): Promise<Version | "new" | undefined> {
    if (ifMatch === undefined) return undefined;
    if (ifMatch === null) return "new";
    const content = await this.read({ path, offset: 0, length: undefined }).catch((error: unknown) => {
      if (error !== Errno.ENOENT) throw error;
      return undefined;
    });
    demandMatch(ifMatch, content && sha256(content.bytes));
    return content?.version;
  }

  /** Has the content of all files received, and then put in place at once. */
  private async replace(
    files: readonly WriteFile[],
    versions: readonly (Version | "new" | undefined)[],
  ): Promise<void> {
    const prepared = files.map((file, index) => this.prepare(file, versions[index]));
    const results = await Promise.allSettled(
      prepared.map(({ received }, index) => failingWith(files[index] as WriteFile, received)),
    );
    const failed = results.find((result) => result.status === "rejected");
    const verdict = failed === undefined ? 1 : 0;
    const { payload } = await this.channel.ask("W", [u32(verdict, ...prepared.map(({ id }) => id))]);
    if (failed !== undefined) throw failed.reason;
    const error = viewOf(payload).getInt32(0, true);
    if (error === 0) return;
    const file = files[viewOf(payload).getUint32(4, true)];
    throw new FileFailure(file?.path ?? "", refusalOf(errnoOf(error)));
  }

  /** `received` is settled when the agent has all of the content, in a file of its own. */
  private prepare(
    { path, bytes, mode, append, createDirs }: WriteFile,
    version: Version | "new" | undefined,
  ): { readonly id: number; readonly received: Promise<void> } {
    const flags =
      (append ? APPEND : 0) |
      (createDirs ? CREATE_DIRECTORIES : 0) |
      (mode === undefined ? 0 : MODE_GIVEN) |
      (version === "new" ? MUST_BE_NEW : version === undefined ? 0 : MUST_BE_SAME);
    const known = version instanceof Uint8Array ? version : new Uint8Array(VERSION_BYTES);
    let id = 0;
    const received = new Promise<void>((resolve, reject) => {
      const receive = ({ payload }: Frame): boolean => {
        this.channel.cancelBulk(id);
        const error = viewOf(payload).getInt32(0, true);
        if (error === 0) resolve();
        else reject(errnoOf(error));
        return false;
      };
      const parts = [u32(flags, mode ?? 0), u64(bytes.length), known, path];
      id = this.channel.begin({ receive, lose: reject }, "P", parts, bytes);
    });
    return { id, received };
  }

  /** An `F` frame; `take` gets what comes before the result until it returns false. */
  private change(
    operation: number,
    argument: number,
    mode: number,
    paths: readonly string[],
    take: (payload: Uint8Array) => boolean = () => true,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const receive = ({ type, id, payload }: Frame): boolean => {
        if (type === "l") {
          if (take(payload)) return true;
          this.channel.tell("X", id);
          resolve();
          return false;
        }
        const error = viewOf(payload).getInt32(0, true);
        const inner = payload.subarray(4, -1);
        if (error === 0) resolve();
        else reject(inner.length > 0 ? new FileFailure(decodeName(inner), errnoOf(error)) : errnoOf(error));
        return false;
      };
      this.channel.begin({ receive, lose: reject }, "F", [u32(operation, argument, mode), ...paths]);
    });
  }
}

/** An `s` frame: error, size, mode with the type's bits, time of change in ns, version. */
function decodeSummary(payload: Uint8Array): Omit<VersionedContent, "bytes"> {
  const view = viewOf(payload);
  return {
    size: Number(view.getBigUint64(4, true)),
    mode: view.getUint32(12, true) & 0o7777,
    mtimeMs: Number(view.getBigInt64(16, true) / 1_000_000n),
    version: payload.slice(24, 24 + VERSION_BYTES),
  };
}

async function failingWith<Value>({ path }: WriteFile, promise: Promise<Value>): Promise<Value> {
  try {
    return await promise;
  } catch (error) {
    throw error instanceof Errno || error instanceof RefusedCall ? new FileFailure(path, error) : error;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** What the agent has found when it was to put a file in place: it may have become another since it was looked at. */
function refusalOf(error: Errno): Errno | RefusedCall {
  switch (error) {
    case Errno.EEXIST:
      return fileExists();
    case Errno.ESTALE:
      return changedMeanwhile();
    default:
      return error;
  }
}
