// Puts the base system of the wasi backend (users, profiles, names) over an unpacked Debian, so that both look alike.
//
//   node base-files.mjs DIRECTORY

import fs from "node:fs";
import path from "node:path";
import { importTypeScript } from "./import-ts.mjs";

const tree = process.argv[2];
const { debianImage } = await importTypeScript("src/wasi/fs/base/debian.ts");
const { HOSTNAME } = await importTypeScript("src/protocol/limits.ts");
const { directories, files } = debianImage({ hostname: HOSTNAME });

/** Debian's own packages are the ones to say what version of Debian this is, and what a time zone is. */
const DEBIANS = /^\/etc\/debian_version$|^\/usr\//;

function setAttributes(place, { mode, uid = 0, gid = 0 }) {
  fs.chownSync(place, uid, gid);
  fs.chmodSync(place, mode);
}

for (const [name, attributes] of Object.entries(directories)) {
  const place = path.join(tree, name);
  fs.mkdirSync(place, { recursive: true });
  setAttributes(place, { mode: 0o755, ...attributes });
}
for (const [name, { content, ...attributes }] of Object.entries(files)) {
  const place = path.join(tree, name);
  if (DEBIANS.test(name)) continue;
  fs.rmSync(place, { force: true });
  fs.writeFileSync(place, content);
  setAttributes(place, { mode: 0o644, ...attributes });
}
