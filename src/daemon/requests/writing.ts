import { MAX_FILES } from "../../protocol/limits.js";
import type { RequestOf } from "../../protocol/messages/index.js";
import type { Context } from "../context.js";
import { decode } from "../encoding.js";
import { decodeFiles, parseMode } from "../file-contents.js";
import type { InFlight } from "../in-flight.js";
import { quote } from "../responder.js";

export function writeFile(context: Context, entry: InFlight, request: RequestOf<"write_file">): void {
  const { id, path, content, encoding, mode, append = false, create_dirs = true, if_match } = request;
  const bytes = decode(content, encoding);
  if (!bytes) return context.respond.failBase64(entry, "content");
  const session = context.session(entry, request);
  if (!session) return;
  const file = {
    path,
    bytes,
    mode: parseMode(mode),
    append,
    createDirs: create_dirs,
    ...(if_match !== undefined && { ifMatch: if_match }),
  };
  context.call(
    entry,
    session,
    { name: "writeFiles", argument: [file] },
    (end) =>
      context.respond.settle(
        entry,
        end,
        (written) => ({ id, type: "write_file", success: true, bytes: written }),
        `cannot write ${quote(path)}`,
      ),
    [bytes.buffer],
  );
}

export function writeFiles(context: Context, entry: InFlight, request: RequestOf<"write_files">): void {
  const { id, files, create_dirs } = request;
  const count = Object.keys(files).length;
  if (count === 0 || count > MAX_FILES) {
    const error = `write_files: \`files\` must have 1 to ${MAX_FILES} files, got ${count}`;
    return context.respond.fail(entry, "INVALID_REQUEST", error);
  }
  const argument = decodeFiles(context, entry, files, create_dirs);
  if (!argument) return;
  const session = context.session(entry, request);
  if (!session) return;
  context.call(entry, session, { name: "writeFiles", argument }, (end) => {
    const failed =
      end.kind === "failed" && end.error.path !== undefined ? quote(end.error.path) : "the files";
    context.respond.settle(
      entry,
      end,
      (bytes) => ({ id, type: "write_files", success: true, files: count, bytes }),
      `cannot write ${failed}`,
    );
  });
}

export function editFile(context: Context, entry: InFlight, request: RequestOf<"edit_file">): void {
  const { id, path, edits, if_match } = request;
  const session = context.session(entry, request);
  if (!session) return;
  const argument = {
    path,
    edits: edits.map(({ old, new: replacement, count = 1 }) => ({ old, new: replacement, count })),
    ...(if_match !== undefined && { ifMatch: if_match }),
  };
  context.call(entry, session, { name: "editFile", argument }, (end) =>
    context.respond.settle(
      entry,
      end,
      (edited) => ({ id, type: "edit_file", success: true, ...edited }),
      `cannot edit ${quote(path)}`,
    ),
  );
}
