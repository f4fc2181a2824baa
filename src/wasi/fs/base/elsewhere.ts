import manifest from "../../../../images/v86/manifest.json" with { type: "json" };
import type { BaseImage } from "./image.js";

/** The names of the commands of the backend v86, which bash looks through before it gives up on one (guest/programs/bash/not-found.c). */
export const COMMANDS_ELSEWHERE: BaseImage = {
  files: { "/usr/share/limpet/v86-commands": { content: `${manifest.commands.join("\n")}\n` } },
};
