import { z } from "zod";
import { requestId, stateLost } from "../fields.js";

export const failureAnswer = z
  .strictObject({
    id: z.union([requestId, z.null()]).describe("Null if the line had no valid `id`."),
    type: z.string().nullable().describe("The request's `type`; null if the line had none."),
    success: z.literal(false),
    error: z.string().describe("A sentence that says what was wrong and what was wanted."),
    code: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/)
      .describe("One of the codes below, or an errno name such as `ENOENT`."),
    hint: z.string().optional().describe("What to do about it."),
    cancelled: z.literal(true).optional().describe("Only there with code CANCELLED."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to a request that failed." });
