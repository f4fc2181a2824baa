import {
  type FileStatus,
  LISTING_MS,
  type ListDirectory,
  type ListedFile,
  type Listing,
} from "../../machine/calls/files.js";
import { fileType } from "../../machine/files/file-type.js";
import { namePattern } from "../../machine/files/name-pattern.js";
import { decodeName } from "../../wasi/vfs/name.js";
import { errnoOf } from "./errors.js";
import { viewOf } from "./frames.js";

/** What the agent says about a file: a structure, its path and, for a symbolic link, where it points to. */
interface Entry {
  /** Why a directory could not be listed, or 0; only the path counts then. */
  readonly error: number;
  readonly path: string;
  readonly status: FileStatus;
}

/** Bytes in front of the path. */
const ENTRY_HEADER = 32;

/** Takes an `l` frame apart. */
export function* decodeEntries(payload: Uint8Array): Generator<Entry> {
  for (let at = 0; at < payload.length; ) {
    const pathEnd = payload.indexOf(0, at + ENTRY_HEADER);
    const targetEnd = payload.indexOf(0, pathEnd + 1);
    const view = viewOf(payload.subarray(at, at + ENTRY_HEADER));
    const mode = view.getUint32(4, true);
    const type = fileType(mode);
    yield {
      error: view.getInt32(0, true),
      path: decodeName(payload.subarray(at + ENTRY_HEADER, pathEnd)),
      status: {
        type,
        size: Number(view.getBigUint64(16, true)),
        mode: mode & 0o7777,
        mtimeMs: Number(view.getBigInt64(24, true) / 1_000_000n),
        uid: view.getUint32(8, true),
        gid: view.getUint32(12, true),
        ...(type === "symlink" && { target: decodeName(payload.subarray(pathEnd + 1, targetEnd)) }),
      },
    };
    at = targetEnd + 1;
  }
}

/** Puts a listing together from the files of a directory, of which it takes those that are asked for. */
export class ListingCollector {
  private readonly entries: ListedFile[] = [];
  private readonly unreadable: { path: string; code: string }[] = [];
  private truncated = false;
  private readonly deadline = performance.now() + LISTING_MS;
  private readonly isWanted: (name: string) => boolean;

  constructor(private readonly request: ListDirectory) {
    this.isWanted = request.glob === undefined ? () => true : namePattern(request.glob);
  }

  /** Returns false when the listing is complete. */
  take(payload: Uint8Array): boolean {
    this.truncated = performance.now() > this.deadline;
    if (this.truncated) return false;
    for (const { error, path, status } of decodeEntries(payload)) {
      if (error !== 0) this.unreadable.push({ path, code: errnoOf(error).code });
      else if (this.isWanted(path.slice(path.lastIndexOf("/") + 1))) {
        this.truncated = this.entries.length === this.request.limit;
        if (this.truncated) return false;
        this.entries.push({ path, ...status });
      }
    }
    return true;
  }

  get listing(): Listing {
    return { entries: this.entries, truncated: this.truncated, unreadable: this.unreadable };
  }
}
