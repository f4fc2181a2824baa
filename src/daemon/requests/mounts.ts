import type { MountChange } from "../../machine/calls/mounts.js";
import { DEFAULT_MAX_CHANGES } from "../../protocol/limits.js";
import type { RequestOf } from "../../protocol/messages/index.js";
import type { Context } from "../context.js";
import { encodeName } from "../file-names.js";
import type { InFlight } from "../in-flight.js";
import { quote } from "../responder.js";

export function diff(context: Context, entry: InFlight, request: RequestOf<"diff">): void {
  const { id, mount, max_changes: limit = DEFAULT_MAX_CHANGES } = request;
  const session = context.session(entry, request);
  if (!session) return;
  const overlays = session.options.mounts.filter(({ mode }) => mode === "overlay").map(({ guest }) => guest);
  if (overlays.length === 0 || (mount !== undefined && !overlays.includes(mount))) {
    const has = overlays.length === 0 ? "it has none" : `it has ${overlays.map(quote).join(", ")}`;
    const wanted = mount === undefined ? "" : ` at ${quote(mount)}`;
    const error = `session ${quote(session.name)} has no overlay mount${wanted}: ${has}`;
    return context.respond.fail(entry, "INVALID_REQUEST", error);
  }
  context.call(entry, session, { name: "diff", argument: { mount, limit } }, (end) =>
    context.respond.settle(
      entry,
      end,
      ({ changes, truncated }) => ({
        id,
        type: "diff",
        success: true,
        changes: changes.map(changeFields),
        truncated,
      }),
      "cannot list the changes",
    ),
  );
}

function changeFields({ path, ...change }: MountChange) {
  const { text, encoding } = encodeName(path);
  return { path: text, ...(encoding && { path_encoding: encoding }), ...change };
}
