/**
 * What `limpet` runs first: starts the first session's thread before anything else is loaded, because the thread needs longer to
 * boot than all the rest.
 */
import { join } from "node:path";
import { loadBundle } from "../machine/load-bundle.js";
import { startWorker } from "../session/start-worker.js";

const onlyInforms = process.argv.some((argument) => ["--help", "-h", "--version"].includes(argument));
const worker = onlyInforms ? undefined : startWorker(join(__dirname, "worker.js"));
const { main } = loadBundle(join(__dirname, "main.js")) as typeof import("./main.js");

main(worker);
