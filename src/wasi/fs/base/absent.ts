import type { BaseImage } from "./image.js";

const SCRIPT = "/usr/libexec/limpet/absent";

/** Commands that people reach for and that cannot be here, with what is so and what to do instead. */
const ABSENT: Readonly<Record<string, string>> = {
  "apt apt-get":
    'there is no network and nothing can be installed; "compgen -c" lists the commands there are, and a session with the backend v86 has more',
  docker: "this sandbox runs no containers; open one more session instead: each is a machine of its own",
  npm: "there is no network and nothing can be installed; write what is needed into files",
  "pip pip3":
    "there is no network and nothing can be installed; write pure Python modules into files and set PYTHONPATH",
  ssh: "there is no network and no other machine to reach; open one more session instead",
  systemctl: "no services run here; start a program in the background with &",
};

/** A script that says so under each of these names. A real program of the same name takes its place. */
export function absentCommands(): BaseImage {
  const links = Object.keys(ABSENT)
    .flatMap((names) => names.split(" "))
    .map((name) => [`/usr/bin/${name}`, SCRIPT] as const);
  return {
    files: { [SCRIPT]: { content: script(), mode: 0o755 } },
    symlinks: Object.fromEntries(links),
  };
}

function script(): string {
  const cases = Object.entries(ABSENT).map(
    ([names, reason]) => `  ${names.replaceAll(" ", " | ")}) reason='${reason}' ;;\n`,
  );
  return `#!/bin/sh
# Stands for commands that this sandbox does not have.
name=\${0##*/}
case $name in
${cases.join("")}esac
printf '%s: not in this sandbox: %s\\n' "$name" "$reason" >&2
exit 127
`;
}
