/**
 * Starts the first session's thread before anything else is loaded: the thread needs longer to boot than all the rest.
 * Imported first by main.ts.
 */
import { join } from "node:path";
import { startWorker } from "../session/start-worker.js";

export const workerPath = join(__dirname, "worker.js");

const onlyInforms = process.argv.some((argument) => ["--help", "-h", "--version"].includes(argument));

export const firstWorker = onlyInforms ? undefined : startWorker(workerPath);
