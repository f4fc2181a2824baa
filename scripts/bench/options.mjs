import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    backend: { type: "string" },
    rounds: { type: "string", default: "11" },
    only: { type: "string", default: "" },
    json: { type: "string", default: "bench.json" },
  },
});

if (![undefined, "wasi", "v86"].includes(values.backend)) throw new Error("--backend is wasi or v86");

/** `backend`: undefined for both. */
export const options = { ...values, rounds: Number(values.rounds) };
