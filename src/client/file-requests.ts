import { toBase64, toContent } from "./content.js";
import type { EventStream } from "./event-stream.js";
import type { CallOptions, EventOf, Fields, Options, Result } from "./messages.js";
import { Requests } from "./requests.js";

/** The requests about a session's files. A relative path starts at the shell's directory. */
export class FileRequests extends Requests {
  /** `Buffer.from(content, encoding)` has the bytes. */
  readFile(
    path: string,
    { signal, ...options }: Options<"read_file", "path"> = {},
  ): Promise<Result<"read_file">> {
    return this.request("read_file", { path, ...options }, { signal });
  }

  /** Reads many files, each of them or why it cannot be read. */
  readFiles(
    paths: string[],
    { signal, ...options }: Options<"read_files", "paths"> = {},
  ): Promise<Result<"read_files">> {
    return this.request("read_files", { paths, ...options }, { signal });
  }

  /** Writes text, or bytes as they are. */
  writeFile(
    path: string,
    content: string | Uint8Array,
    { signal, ...options }: Options<"write_file", "path" | "content"> = {},
  ): Promise<Result<"write_file">> {
    return this.request("write_file", { path, ...toContent(content), ...options }, { signal });
  }

  /** Writes many files, all of them or none. */
  writeFiles(
    files: Fields<"write_files">["files"],
    { signal, ...options }: Options<"write_files", "files"> = {},
  ): Promise<Result<"write_files">> {
    return this.request("write_files", { files, ...options }, { signal });
  }

  /** Replaces exact text, all edits or none. */
  editFile(
    path: string,
    edits: Fields<"edit_file">["edits"],
    { signal, ...options }: Options<"edit_file", "path" | "edits"> = {},
  ): Promise<Result<"edit_file">> {
    return this.request("edit_file", { path, edits, ...options }, { signal });
  }

  stat(path: string, { signal, ...options }: Options<"stat", "path"> = {}): Promise<Result<"stat">> {
    return this.request("stat", { path, ...options }, { signal });
  }

  listDir(path = ".", { signal, ...options }: Options<"list_dir", "path"> = {}): Promise<Result<"list_dir">> {
    return this.request("list_dir", { path, ...options }, { signal });
  }

  mkdir(path: string, { signal, ...options }: Options<"mkdir", "path"> = {}): Promise<Result<"mkdir">> {
    return this.request("mkdir", { path, ...options }, { signal });
  }

  remove(path: string, { signal, ...options }: Options<"remove", "path"> = {}): Promise<Result<"remove">> {
    return this.request("remove", { path, ...options }, { signal });
  }

  /** Gives a file or directory another path. */
  move(
    from: string,
    to: string,
    { signal, ...options }: Options<"move", "from" | "to"> = {},
  ): Promise<Result<"move">> {
    return this.request("move", { from, to, ...options }, { signal });
  }

  copy(
    from: string,
    to: string,
    { signal, ...options }: Options<"copy", "from" | "to"> = {},
  ): Promise<Result<"copy">> {
    return this.request("copy", { from, to, ...options }, { signal });
  }

  /** Searches a file, or all files of a directory, for lines that match a regular expression. */
  search(
    pattern: string,
    path = ".",
    { signal, ...options }: Options<"search", "pattern" | "path"> = {},
  ): Promise<Result<"search">> {
    return this.request("search", { pattern, path, ...options }, { signal });
  }

  /** Tells of changes in a directory, given by its absolute path, while the loop goes on; leaving it ends the watch. */
  watch(
    path: string,
    { signal, ...options }: Options<"watch", "path"> = {},
  ): EventStream<EventOf<"watch">, Result<"watch">> {
    return this.events("watch", { path, ...options }, { signal });
  }

  /** Unpacks a tar archive, which may be compressed, into a directory. */
  upload(path: string, archive: Uint8Array, options: CallOptions = {}): Promise<Result<"upload">> {
    return this.request("upload", { path, content: toBase64(archive) }, options);
  }

  /** A directory as a tar archive, whose paths begin at the directory. */
  async download(
    path: string,
    { signal, ...options }: Options<"download", "path"> = {},
  ): Promise<Uint8Array> {
    const { content } = await this.request("download", { path, ...options }, { signal });
    return Buffer.from(content, "base64");
  }
}
