import type { z } from "zod";
import type { requestId } from "../fields.js";
import { archiveAnswers, archiveRequests } from "./archives.js";
import { controlAnswers, controlRequests } from "./control.js";
import { failureAnswer } from "./failure.js";
import { fileAnswers, fileRequests } from "./files.js";
import { mountAnswers, mountRequests } from "./mounts.js";
import { processAnswers, processRequests } from "./processes.js";
import { searchAnswers, searchRequests } from "./search.js";
import { sessionAnswers, sessionRequests } from "./sessions.js";
import { outputEvent, shellAnswers, shellRequests } from "./shell.js";
import { snapshotAnswers, snapshotRequests } from "./snapshots.js";
import { treeAnswers, treeRequests } from "./tree.js";
import { changeEvent, watchAnswers, watchRequests } from "./watch.js";

/**
 * The messages: one file per area, with its requests and the answers to them, by `type`. These schemas are the one source of the
 * TypeScript types, of protocol.schema.json (which the daemon checks requests against) and of the tables in protocol.md. A
 * `default` says what the daemon does without the field; it may depend on the daemon's options.
 */

export const requests = {
  ...shellRequests,
  ...processRequests,
  ...fileRequests,
  ...treeRequests,
  ...searchRequests,
  ...archiveRequests,
  ...controlRequests,
  ...sessionRequests,
  ...mountRequests,
  ...snapshotRequests,
  ...watchRequests,
};

/** One answer per request that succeeds; one that fails gets a FailureAnswer. */
export const answers = {
  ...shellAnswers,
  ...processAnswers,
  ...fileAnswers,
  ...treeAnswers,
  ...searchAnswers,
  ...archiveAnswers,
  ...controlAnswers,
  ...sessionAnswers,
  ...mountAnswers,
  ...snapshotAnswers,
  ...watchAnswers,
};
export { failureAnswer };

/** What may come before an answer, with its `id`. */
export const events = { output: outputEvent, change: changeEvent };

export type RequestId = z.infer<typeof requestId>;
export type RequestType = keyof typeof requests;
export type RequestOf<Type extends RequestType> = z.infer<(typeof requests)[Type]>;
export type Request = { [Type in RequestType]: RequestOf<Type> }[RequestType];

export type AnswerTo<Type extends RequestType> = z.infer<(typeof answers)[Type]>;
export type SuccessAnswer = { [Type in RequestType]: AnswerTo<Type> }[RequestType];
export type FailureAnswer = z.infer<typeof failureAnswer>;
export type Answer = SuccessAnswer | FailureAnswer;
export type OutputEvent = z.infer<typeof outputEvent>;
export type ChangeEvent = z.infer<typeof changeEvent>;
export type Event = { [Type in keyof typeof events]: z.infer<(typeof events)[Type]> }[keyof typeof events];
export type ServerMessage = Answer | Event;
