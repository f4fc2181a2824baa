import type { RequestOf } from "../../protocol/messages/index.js";
import type { Context } from "../context.js";
import type { InFlight } from "../in-flight.js";
import { quote } from "../responder.js";

/** `target` is the request in flight that is to be stopped, if there is one. It is answered first. */
export function cancel(
  { respond }: Context,
  entry: InFlight,
  request: RequestOf<"cancel">,
  target: InFlight | undefined,
): void {
  const { session: name } = request;
  if (!target || (name !== undefined && target.work?.session.name !== name)) {
    const where = name === undefined ? "" : ` in session ${quote(name)}`;
    const error = `no request with id ${JSON.stringify(request.target)} is under way${where}`;
    return respond.fail(entry, "NOT_FOUND", error);
  }
  target.whenAnswered.push(() => {
    const { cancelled } = target;
    respond.answer(entry, {
      id: request.id,
      type: "cancel",
      success: true,
      target: request.target,
      cancelled,
    });
  });
  if (!target.work) return;
  // It may be answered at once.
  const before = target.cancelled;
  target.cancelled = true;
  if (!target.work.cancel()) target.cancelled = before;
}
