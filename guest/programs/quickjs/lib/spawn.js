// Child processes: execvp(3) over the host's spawn.
const { numbers } = require("errors");

const list = (strings) => strings.map((text) => `${text}\0`).join("");

/**
 * Starts a program. Returns its pid, or a negative error.
 * `descriptors`: pairs of the child's descriptor and ours. `search`: a name without a slash is looked for in PATH.
 */
exports.spawn = function spawn({
  file,
  argv,
  env,
  cwd,
  descriptors = [],
  search = true,
  newSession = false,
}) {
  const variables = list(Object.entries(env).map(([name, value]) => `${name}=${value}`));
  const pairs = new Int32Array(descriptors.flat());
  const start = (path, args) => host.spawn(path, list(args), variables, cwd, pairs, newSession ? 1 : 0);
  let error = -numbers.ENOENT;
  for (const path of candidates(file, env, search)) {
    let pid = start(path, argv);
    // A script that names no interpreter is the shell's.
    if (pid === -numbers.ENOEXEC) pid = start("/bin/sh", ["sh", path, ...argv.slice(1)]);
    if (pid >= 0) return pid;
    if (pid !== -numbers.ENOENT && pid !== -numbers.ENOTDIR) error = pid;
    if (pid !== -numbers.ENOENT && pid !== -numbers.ENOTDIR && pid !== -numbers.EACCES) break;
  }
  return error;
};

function candidates(file, env, search) {
  if (!search || file.includes("/")) return [file];
  return (env.PATH ?? "/usr/local/bin:/usr/bin:/bin")
    .split(":")
    .map((directory) => `${directory || "."}/${file}`);
}

/** The exit code and the signal's number of a wait status; one of them is undefined. */
exports.decodeStatus = function decodeStatus(status) {
  const signal = status & 0x7f;
  return signal === 0 ? { code: (status >> 8) & 0xff } : { signal };
};
