import type { RequestOf, RequestType } from "../../protocol/messages/index.js";
import type { Context } from "../context.js";
import type { InFlight } from "../in-flight.js";
import { download, upload } from "./archives.js";
import { cancel } from "./cancel.js";
import { fork } from "./fork.js";
import { diff } from "./mounts.js";
import { readOutput, wait } from "./process-output.js";
import { kill, processes, resize, start, writeStdin } from "./processes.js";
import { readFile, readFiles } from "./reading.js";
import { search } from "./search.js";
import { close, open, reset, status } from "./sessions.js";
import { shell } from "./shell.js";
import { deleteSnapshot, exportSnapshot, importSnapshot, restore, snapshot, snapshots } from "./snapshots.js";
import { copy, listDir, mkdir, move, remove, stat } from "./tree.js";
import { watch } from "./watch.js";
import { editFile, writeFile, writeFiles } from "./writing.js";

/** Carries out a request and sees to its answer. `target`: the request in flight that a `cancel` names, if there is one. */
export type Handler<Type extends RequestType> = (
  context: Context,
  entry: InFlight,
  request: RequestOf<Type>,
  target: InFlight | undefined,
) => void;

export const handlers: { readonly [Type in RequestType]: Handler<Type> } = {
  shell,
  start,
  write_stdin: writeStdin,
  read_output: readOutput,
  wait,
  kill,
  resize,
  processes,
  read_file: readFile,
  read_files: readFiles,
  write_file: writeFile,
  write_files: writeFiles,
  edit_file: editFile,
  stat,
  list_dir: listDir,
  mkdir,
  remove,
  move,
  copy,
  search,
  upload,
  download,
  status,
  cancel,
  open,
  close,
  reset,
  diff,
  watch,
  snapshot,
  restore,
  fork,
  snapshots,
  delete_snapshot: deleteSnapshot,
  export: exportSnapshot,
  import: importSnapshot,
};
