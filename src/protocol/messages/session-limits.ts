import { z } from "zod";
import { count } from "../fields.js";
import { SESSION_LIMITS } from "../limits.js";

type Name = keyof typeof SESSION_LIMITS;
const names = Object.keys(SESSION_LIMITS) as Name[];

export const limitName = z.enum(["memory_bytes", ...names]);

/** What a session may use besides memory: a limit that is not there is none. */
export const sessionLimits = z.strictObject(
  Object.fromEntries(
    names.map((name) => [name, z.int().min(SESSION_LIMITS[name][0]).max(SESSION_LIMITS[name][1]).optional()]),
  ) as Record<Name, z.ZodOptional<z.ZodInt>>,
);

export const limitUse = z.strictObject({
  limit: limitName,
  used: count.nullable(),
  maximum: count.nullable(),
});

/** Of the answer to a command. */
export const limitReached = limitName
  .optional()
  .describe(
    "Only there if the command, or something it started, was refused something by a limit of the session: which one, the first if several.",
  );
