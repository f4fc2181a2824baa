// What a Debian package says about its licences.

import fs from "node:fs";
import path from "node:path";

const UNKNOWN = "see its copyright file";

/** The text of a package's copyright file. Its folder may be a link to another package's. */
function copyrightOf(tree, name) {
  const folders = path.join(tree, "usr/share/doc");
  const isLink = fs.lstatSync(path.join(folders, name)).isSymbolicLink();
  const folder = isLink ? path.basename(fs.readlinkSync(path.join(folders, name))) : name;
  return fs.readFileSync(path.join(folders, folder, "copyright"), "utf8");
}

/**
 * The short names of the licences of an installed package, from its copyright file if a machine can read it.
 * @param {string} tree where Debian is unpacked
 * @param {string} name of the package
 * @returns {string[]}
 */
export function licencesOf(tree, name) {
  const text = copyrightOf(tree, name);
  if (!/^Format:.*copyright-format/im.test(text)) return [UNKNOWN];
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => /^Files:/im.test(paragraph));
  const names = paragraphs.flatMap(
    (paragraph) => /^License:[ \t]*(\S.*)$/im.exec(paragraph)?.[1].trim() ?? [],
  );
  return names.length > 0 ? [...new Set(names)].sort() : [UNKNOWN];
}
