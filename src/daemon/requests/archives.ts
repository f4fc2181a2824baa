import type { KeptOutput } from "../../machine/messages.js";
import { MAX_READ_BYTES } from "../../protocol/limits.js";
import type { RequestOf } from "../../protocol/messages/index.js";
import type { Context } from "../context.js";
import { decode } from "../encoding.js";
import type { InFlight } from "../in-flight.js";
import { programTask } from "../program.js";
import { quote } from "../responder.js";

export function upload(context: Context, entry: InFlight, request: RequestOf<"upload">): void {
  const { id, path, content } = request;
  const stdin = decode(content, "base64");
  if (!stdin) return context.respond.failBase64(entry, "content");
  const session = context.session(entry, request);
  if (!session) return;
  const program = {
    // tar finds out about compression by itself where it can look at the file.
    script: 'mkdir -p -- "$1" && cd -- "$1" && exec tar -x -f /dev/stdin --no-same-owner',
    arguments: [path],
    stdin,
    attempt: `cannot unpack into ${quote(path)}`,
    answer: () => ({ id, type: "upload", success: true }) as const,
  };
  context.enqueue(entry, session, programTask(context, entry, program));
}

/** tar(1): files have changed while they were read, but the archive is whole. */
const SOME_FILES_DIFFER = 1;

export function download(context: Context, entry: InFlight, request: RequestOf<"download">): void {
  const { id, path, gzip = false } = request;
  const session = context.session(entry, request);
  if (!session) return;
  const attempt = `cannot pack ${quote(path)}`;
  const compress = gzip ? "-z" : "";
  const program = {
    script: `cd -- "$1" || exit 2; exec tar -c -f - ${compress} --sort=name .`,
    arguments: [path],
    maxBytes: MAX_READ_BYTES,
    good: [0, SOME_FILES_DIFFER],
    attempt,
    answer: ({ head, tail, total }: KeptOutput) =>
      ({
        id,
        type: "download",
        success: true,
        content: Buffer.concat([head, tail]).toString("base64"),
        size: total,
      }) as const,
  };
  context.enqueue(entry, session, programTask(context, entry, program));
}
