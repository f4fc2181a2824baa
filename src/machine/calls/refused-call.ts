/** What was asked for does not fit what is there. */
export class RefusedCall extends Error {
  override readonly name = "RefusedCall";

  constructor(
    readonly code: "CONFLICT" | "NO_MATCH",
    message: string,
  ) {
    super(message);
  }
}
