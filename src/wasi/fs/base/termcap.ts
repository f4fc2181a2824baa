import type { BaseImage } from "./image.js";

/** Capabilities of one kind of terminal (termcap(5)): names to strings; true for a flag, a number for a number. */
type Capabilities = Readonly<Record<string, string | number | true>>;

/** ECMA-48, as terminals since the VT100 understand it. */
const ECMA_48: Capabilities = {
  am: true,
  mi: true,
  ms: true,
  xn: true,
  co: 80,
  li: 24,
  it: 8,
  cr: "\\r",
  do: "\\n",
  sf: "\\n",
  le: "^H",
  ta: "^I",
  bl: "^G",
  up: "\\E[A",
  nd: "\\E[C",
  ho: "\\E[H",
  cm: "\\E[%i%d;%dH",
  cl: "\\E[H\\E[2J",
  cd: "\\E[J",
  ce: "\\E[K",
  sr: "\\EM",
  sc: "\\E7",
  rc: "\\E8",
  cs: "\\E[%i%d;%dr",
  md: "\\E[1m",
  mr: "\\E[7m",
  mb: "\\E[5m",
  us: "\\E[4m",
  ue: "\\E[24m",
  so: "\\E[7m",
  se: "\\E[27m",
  me: "\\E[0m",
  ks: "\\E[?1h\\E=",
  ke: "\\E[?1l\\E>",
  ku: "\\EOA",
  kd: "\\EOB",
  kr: "\\EOC",
  kl: "\\EOD",
  kb: "\\177",
};

/** What later terminals have besides: parts of a line can be put in and taken out, and there are more keys. */
const EDITING: Capabilities = {
  AL: "\\E[%dL",
  DL: "\\E[%dM",
  DC: "\\E[%dP",
  IC: "\\E[%d@",
  al: "\\E[L",
  dl: "\\E[M",
  dc: "\\E[P",
  im: "\\E[4h",
  ei: "\\E[4l",
  ec: "\\E[%dX",
  UP: "\\E[%dA",
  DO: "\\E[%dB",
  RI: "\\E[%dC",
  LE: "\\E[%dD",
  vi: "\\E[?25l",
  ve: "\\E[?25h",
  kI: "\\E[2~",
  kD: "\\E[3~",
  kP: "\\E[5~",
  kN: "\\E[6~",
};

const XTERM: Capabilities = {
  ...ECMA_48,
  ...EDITING,
  km: true,
  bs: true,
  ti: "\\E[?1049h\\E[22;0;0t",
  te: "\\E[?1049l\\E[23;0;0t",
  ve: "\\E[?12l\\E[?25h",
  vs: "\\E[?12;25h",
  vb: "\\E[?5h\\E[?5l",
  mm: "\\E[?1034h",
  mo: "\\E[?1034l",
  kh: "\\EOH",
  "@7": "\\EOF",
};

const SCREEN: Capabilities = {
  ...ECMA_48,
  ...EDITING,
  ti: "\\E[?1049h",
  te: "\\E[?1049l",
  so: "\\E[3m",
  se: "\\E[23m",
  kh: "\\E[1~",
  "@7": "\\E[4~",
};

const LINUX: Capabilities = {
  ...ECMA_48,
  ...EDITING,
  ks: "",
  ke: "",
  ku: "\\E[A",
  kd: "\\E[B",
  kr: "\\E[C",
  kl: "\\E[D",
  kh: "\\E[1~",
  "@7": "\\E[4~",
};

const TERMINALS: readonly (readonly [names: string, capabilities: Capabilities])[] = [
  ["xterm-256color|xterm|xterm-color", XTERM],
  ["screen-256color|screen|tmux-256color|tmux", SCREEN],
  ["linux", LINUX],
  ["vt100|vt102|vt220|ansi", ECMA_48],
  ["dumb", { am: true, co: 80, do: "\\n", cr: "\\r", sf: "\\n", bl: "^G" }],
];

/** /etc/termcap: how bash and less drive the terminals that ncurses' programs know from /usr/lib/terminfo. */
export const TERMCAP: BaseImage = {
  files: { "/etc/termcap": { content: TERMINALS.map(([names, all]) => entry(names, all)).join("") } },
};

function entry(names: string, capabilities: Capabilities): string {
  const fields = Object.entries(capabilities).map(([name, value]) => {
    if (value === true) return name;
    return typeof value === "number" ? `${name}#${value}` : `${name}=${value}`;
  });
  return `${names}:\\\n\t:${fields.join(":\\\n\t:")}:\n`;
}
