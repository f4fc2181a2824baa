import type { BaseImage } from "./image.js";

/** Directories that belong to programs and have nothing in them. */
export const PROGRAM_DIRECTORIES: BaseImage = {
  directories: {
    // `git init` makes .git/branches of it.
    "/usr/share/git-core/templates/branches": {},
    // On python's path.
    "/usr/local/lib/python3.11/dist-packages": {},
  },
};
