import type { FileContent } from "../../machine/calls/files.js";
import { sha256 } from "../../machine/sha256.js";
import { MAX_READ_BYTES } from "../../protocol/limits.js";
import type { AnswerTo, RequestOf } from "../../protocol/messages/index.js";
import type { TaskEnd } from "../../session/task.js";
import type { Context } from "../context.js";
import { encode } from "../encoding.js";
import { formatMode } from "../file-contents.js";
import type { InFlight } from "../in-flight.js";
import { cutLines } from "../lines.js";
import { quote } from "../responder.js";

export function readFile(context: Context, entry: InFlight, request: RequestOf<"read_file">): void {
  const { path, offset, length, first_line, last_line, hash } = request;
  const byLines = (first_line ?? last_line) !== undefined;
  if (byLines && (offset ?? length) !== undefined) {
    const error =
      "read_file: a part is given by `first_line` and `last_line` or by `offset` and `length`, not by both";
    return context.respond.fail(entry, "INVALID_REQUEST", error);
  }
  if (first_line !== undefined && last_line !== undefined && last_line < first_line) {
    const error = `read_file: \`last_line\` must not be before \`first_line\`, got ${last_line} and ${first_line}`;
    return context.respond.fail(entry, "INVALID_REQUEST", error);
  }
  const session = context.session(entry, request);
  if (!session) return;
  // One byte more than is allowed tells a file that is too large from one that fits.
  const most = MAX_READ_BYTES + 1;
  const whole = { path, offset: 0, length: most };
  const file =
    hash || byLines ? whole : { path, offset: offset ?? 0, length: Math.min(length ?? most, most) };
  context.call(entry, session, { name: "readFile", argument: file }, (end) =>
    answerRead(context, entry, request, end),
  );
}

function answerRead(
  { respond }: Context,
  entry: InFlight,
  request: RequestOf<"read_file">,
  end: TaskEnd<FileContent>,
): void {
  const { path, encoding = "text" } = request;
  if (end.kind === "finished" && end.value.bytes.length > MAX_READ_BYTES) {
    const error = `cannot read ${quote(path)}: it has ${end.value.size} bytes, and one request returns at most ${MAX_READ_BYTES}`;
    return respond.fail(entry, "EFBIG", error, end.stateLost);
  }
  const part = end.kind === "finished" ? wantedPart(request, end.value.bytes) : undefined;
  const content = part && encode(part.bytes, encoding === "base64" ? "base64" : "text");
  if (end.kind === "finished" && encoding === "utf8" && content?.encoding !== "utf8") {
    const error = `what was read of ${quote(path)} is not valid UTF-8`;
    return respond.fail(entry, "INVALID_UTF8", error, end.stateLost);
  }
  respond.settle(
    entry,
    end,
    ({ bytes, size, mode, mtimeMs }) => ({
      id: request.id,
      type: "read_file",
      success: true,
      content: content?.data ?? "",
      encoding: content?.encoding ?? "utf8",
      size,
      mode: formatMode(mode),
      mtime_ms: mtimeMs,
      ...(part?.totalLines !== undefined && { total_lines: part.totalLines }),
      ...(request.hash && { sha256: sha256(bytes) }),
    }),
    `cannot read ${quote(path)}`,
  );
}

/** What is to be returned of what was read, which is the whole file when its lines or its hash are asked for. */
function wantedPart(
  { offset = 0, length, first_line, last_line, hash }: RequestOf<"read_file">,
  bytes: Uint8Array,
): { readonly bytes: Uint8Array; readonly totalLines?: number } {
  if ((first_line ?? last_line) !== undefined)
    return cutLines(bytes, first_line ?? 1, last_line ?? Number.POSITIVE_INFINITY);
  if (!hash) return { bytes };
  return { bytes: bytes.subarray(offset, length === undefined ? undefined : offset + length) };
}

export function readFiles(context: Context, entry: InFlight, request: RequestOf<"read_files">): void {
  const { id, paths, encoding = "text" } = request;
  const session = context.session(entry, request);
  if (!session) return;
  const argument = { paths, maxBytes: MAX_READ_BYTES };
  context.call(entry, session, { name: "readFiles", argument }, (end) =>
    context.respond.settle(
      entry,
      end,
      (outcomes): AnswerTo<"read_files"> => ({
        id,
        type: "read_files",
        success: true,
        files: outcomes.map((outcome, index) => {
          const path = paths[index] ?? "";
          if (!outcome.ok)
            return { path, error: `cannot read ${quote(path)}: ${outcome.message}`, code: outcome.code };
          const { bytes, size, mode, mtimeMs } = outcome.content;
          const { data, encoding: written } = encode(bytes, encoding);
          return { path, content: data, encoding: written, size, mode: formatMode(mode), mtime_ms: mtimeMs };
        }),
      }),
      "cannot read the files",
    ),
  );
}
