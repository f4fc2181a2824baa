/** What a session's worker thread runs first: as little as possible. */
import { join } from "node:path";
import { loadBundle } from "./load-bundle.js";

loadBundle(join(__dirname, "worker-main.js"));
