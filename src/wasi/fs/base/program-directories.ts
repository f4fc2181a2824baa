import type { BaseImage } from "./image.js";

/** Directories that belong to programs and have nothing in them. */
export const PROGRAM_DIRECTORIES: BaseImage = {
  // `git init` makes .git/branches of it.
  directories: { "/usr/share/git-core/templates/branches": {} },
};
