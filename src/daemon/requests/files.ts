import type { FileContent } from "../../machine/calls/files.js";
import { MAX_READ_BYTES } from "../../protocol/limits.js";
import type { RequestOf } from "../../protocol/messages/index.js";
import type { TaskEnd } from "../../session/task.js";
import type { Context } from "../context.js";
import { decode, encode } from "../encoding.js";
import type { InFlight } from "../in-flight.js";
import { quote } from "../responder.js";

export function readFile(context: Context, entry: InFlight, request: RequestOf<"read_file">): void {
  const { path, offset = 0, length = MAX_READ_BYTES + 1 } = request;
  const session = context.session(entry, request);
  if (!session) return;
  // One byte more than is allowed tells a file that is too large from one that fits.
  const file = { path, offset, length: Math.min(length, MAX_READ_BYTES + 1) };
  context.call(entry, session, { name: "readFile", argument: file }, (end) =>
    answerRead(context, entry, request, end),
  );
}

function answerRead(
  { respond }: Context,
  entry: InFlight,
  { id, path, encoding = "text" }: RequestOf<"read_file">,
  end: TaskEnd<FileContent>,
): void {
  if (end.kind === "finished" && end.value.bytes.length > MAX_READ_BYTES) {
    const error = `cannot read ${quote(path)}: it has ${end.value.size} bytes, and one request returns at most ${MAX_READ_BYTES}`;
    return respond.fail(entry, "EFBIG", error, end.stateLost);
  }
  const content =
    end.kind === "finished" ? encode(end.value.bytes, encoding === "base64" ? "base64" : "text") : undefined;
  if (end.kind === "finished" && encoding === "utf8" && content?.encoding !== "utf8") {
    return respond.fail(
      entry,
      "INVALID_UTF8",
      `what was read of ${quote(path)} is not valid UTF-8`,
      end.stateLost,
    );
  }
  respond.settle(
    entry,
    end,
    ({ size, mode, mtimeMs }) => ({
      id,
      type: "read_file",
      success: true,
      content: content?.data ?? "",
      encoding: content?.encoding ?? "utf8",
      size,
      mode: formatMode(mode),
      mtime_ms: mtimeMs,
    }),
    `cannot read ${quote(path)}`,
  );
}

export function writeFile(context: Context, entry: InFlight, request: RequestOf<"write_file">): void {
  const { id, path, content, encoding, mode, append = false, create_dirs = true } = request;
  const bytes = decode(content, encoding);
  if (!bytes) return context.respond.failBase64(entry, "content");
  const session = context.session(entry, request);
  if (!session) return;
  const file = { path, bytes, mode: parseMode(mode), append, createDirs: create_dirs };
  const settle = (end: TaskEnd<number>): void =>
    context.respond.settle(
      entry,
      end,
      (written) => ({ id, type: "write_file", success: true, bytes: written }),
      `cannot write ${quote(path)}`,
    );
  context.call(entry, session, { name: "writeFiles", argument: [file] }, settle, [bytes.buffer]);
}

function formatMode(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, "0");
}

export function parseMode(mode: string | undefined): number | undefined {
  return mode === undefined ? undefined : Number.parseInt(mode, 8);
}
