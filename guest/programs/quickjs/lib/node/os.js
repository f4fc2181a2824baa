// The module os.
const sys = require("sys");

const text = (path) => {
  const bytes = sys.readAll(path);
  return typeof bytes === "number" ? "" : host.decode(bytes);
};
const memory = (name) =>
  Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(text("/proc/meminfo"))?.[1] ?? 0) * 1024;

function userInfo() {
  const uid = sys.getuid();
  const line =
    text("/etc/passwd")
      .split("\n")
      .find((each) => each.split(":")[2] === String(uid)) ?? `${uid}::${uid}:${uid}::/:/bin/sh`;
  const [username, , , gid, , homedir, shell] = line.split(":");
  return { uid, gid: Number(gid), username, homedir, shell };
}

const cpus = () => [{ model: "wasm32", speed: 0, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } }];

module.exports = {
  EOL: "\n",
  devNull: "/dev/null",
  arch: () => "wasm32",
  platform: () => "linux",
  type: () => "Linux",
  machine: () => "wasm32",
  endianness: () => "LE",
  release: () => text("/proc/sys/kernel/osrelease").trim(),
  version: () => text("/proc/sys/kernel/version").trim(),
  hostname: () => text("/proc/sys/kernel/hostname").trim(),
  homedir: () => process.env.HOME ?? userInfo().homedir,
  tmpdir: () => (process.env.TMPDIR ?? "/tmp").replace(/(.)\/$/, "$1"),
  userInfo,
  cpus,
  availableParallelism: () => cpus().length,
  totalmem: () => memory("MemTotal"),
  freemem: () => memory("MemAvailable"),
  uptime: () => Number(text("/proc/uptime").split(" ")[0]),
  loadavg: () => text("/proc/loadavg").split(" ").slice(0, 3).map(Number),
  networkInterfaces: () => ({}),
  constants: { signals: require("signals"), errno: require("errors").numbers },
};
