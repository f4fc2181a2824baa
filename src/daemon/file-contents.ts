import type { z } from "zod";
import type { WriteFile } from "../machine/calls/files.js";
import type { fileContents } from "../protocol/fields.js";
import type { Context } from "./context.js";
import { decode } from "./encoding.js";
import type { InFlight } from "./in-flight.js";

type FileContents = z.infer<typeof fileContents> & { readonly if_match?: string | null | undefined };

/** The field `files` of a request: by path, the text or more. Undefined after the request has been answered with a failure. */
export function decodeFiles(
  context: Context,
  entry: InFlight,
  files: Readonly<Record<string, string | FileContents>>,
  createDirs = true,
): WriteFile[] | undefined {
  const decoded: WriteFile[] = [];
  for (const [path, file] of Object.entries(files)) {
    const { content, encoding, mode, if_match }: FileContents =
      typeof file === "string" ? { content: file } : file;
    const bytes = decode(content, encoding);
    if (!bytes) {
      context.respond.failBase64(entry, `files.${path}`);
      return undefined;
    }
    decoded.push({
      path,
      bytes,
      mode: parseMode(mode),
      append: false,
      createDirs,
      ...(if_match !== undefined && { ifMatch: if_match }),
    });
  }
  return decoded;
}

export function parseMode(mode: string | undefined): number | undefined {
  return mode === undefined ? undefined : Number.parseInt(mode, 8);
}

export function formatMode(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, "0");
}
