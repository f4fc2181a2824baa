import { DEFAULT_MAX_OUTPUT_BYTES } from "../../protocol/limits.js";
import type { RequestOf } from "../../protocol/messages/index.js";
import type { Context } from "../context.js";
import { encode } from "../encoding.js";
import { fateFields, findProcess } from "../find-process.js";
import type { InFlight } from "../in-flight.js";
import { OutputEvents } from "../output-events.js";
import { Waiting } from "../waiting.js";

export function readOutput(context: Context, entry: InFlight, request: RequestOf<"read_output">): void {
  const found = findProcess(context, entry, request);
  if (!found) return;
  const { process } = found;
  const { after_seq = 0, max_bytes = DEFAULT_MAX_OUTPUT_BYTES, wait_ms = 0, encoding = "text" } = request;
  const answer = (): void => {
    const { chunks, lastSeq, droppedBytes } = process.output.read(after_seq, max_bytes);
    context.respond.answer(entry, {
      id: request.id,
      type: "read_output",
      success: true,
      process: process.id,
      chunks: chunks.map(({ seq, stream, bytes }) => ({ seq, stream, ...encode(bytes, encoding) })),
      last_seq: lastSeq,
      dropped_bytes: droppedBytes,
      more: lastSeq < process.output.lastSeq,
      closed: process.closed,
      ...fateFields(process),
    });
  };
  const ready = (): boolean => process.output.lastSeq > after_seq || process.closed;
  new Waiting(context, entry, found, { waitMs: wait_ms, ready, answer, stop() {} });
}

export function wait(context: Context, entry: InFlight, request: RequestOf<"wait">): void {
  const found = findProcess(context, entry, request);
  if (!found) return;
  const { process } = found;
  let waiting: Waiting | undefined;
  const events = request.stream
    ? new OutputEvents(context.respond, process, request, () => waiting?.look())
    : undefined;
  events?.pump();
  waiting = new Waiting(context, entry, found, {
    waitMs: request.wait_ms,
    ready: () => process.fate !== undefined && (events?.complete ?? true),
    stop: () => events?.stop(),
    answer: () =>
      context.respond.answer(entry, {
        id: request.id,
        type: "wait",
        success: true,
        process: process.id,
        ...fateFields(process),
        cpu_ms: process.fate?.cpuMs ?? null,
        ...(process.fate?.limit !== undefined && { limit: process.fate.limit }),
        last_seq: events?.seq ?? process.output.lastSeq,
        dropped_bytes: events?.droppedBytes ?? 0,
      }),
  });
}
