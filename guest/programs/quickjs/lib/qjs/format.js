// printf(3) as std has it.
const CONVERSION = /%([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+))?(?:hh|h|ll|l|z|j|t)?([diuoxXcsfFeEgGp%])/g;

exports.sprintf = function sprintf(format, ...args) {
  return String(format).replace(CONVERSION, (_all, flags, width, precision, conversion) => {
    if (conversion === "%") return "%";
    const size = width === "*" ? Number(args.shift()) : Number(width ?? 0);
    const digits =
      precision === "*" ? Number(args.shift()) : precision === undefined ? undefined : Number(precision);
    const has = (flag) => flags.includes(flag);
    const text = convert(conversion, args.shift(), digits, has("#"));
    const signed = /[difFeEgG]/.test(conversion) && !text.startsWith("-");
    const sign = signed ? (has("+") ? "+" : has(" ") ? " " : "") : "";
    const whole = sign + text;
    if (has("-") || size < 0) return whole.padEnd(Math.abs(size));
    const zeros =
      has("0") && !/[cs]/.test(conversion) && !(digits !== undefined && /[diuoxX]/.test(conversion));
    if (!zeros || /^-?(?:inf|nan)/i.test(text)) return whole.padStart(size);
    const prefix = /^[-+ ]?(?:0[xX])?/.exec(whole)[0];
    return prefix + whole.slice(prefix.length).padStart(size - prefix.length, "0");
  });
};

function convert(conversion, value, precision, alternate) {
  switch (conversion) {
    case "d":
    case "i":
      return integer(value, 10, precision, true);
    case "u":
      return integer(value, 10, precision, false);
    case "o":
      return (alternate ? "0" : "") + integer(value, 8, precision, false);
    case "x":
    case "p":
      return (alternate || conversion === "p" ? "0x" : "") + integer(value, 16, precision, false);
    case "X":
      return (alternate ? "0X" : "") + integer(value, 16, precision, false).toUpperCase();
    case "c":
      return typeof value === "number" ? String.fromCodePoint(value) : String(value).slice(0, 1);
    case "s":
      return precision === undefined ? String(value) : String(value).slice(0, precision);
    default:
      return float(conversion, Number(value), precision ?? 6);
  }
}

function integer(value, base, precision, signed) {
  let number = typeof value === "bigint" ? value : BigInt(Math.trunc(Number(value)) || 0);
  if (!signed && number < 0n) number = BigInt.asUintN(typeof value === "bigint" ? 64 : 32, number);
  const digits = (number < 0n ? -number : number).toString(base).padStart(precision ?? 1, "0");
  return number < 0n ? `-${digits}` : digits;
}

function float(conversion, value, precision) {
  const upper = conversion < "a";
  const text = Number.isFinite(value)
    ? finite(conversion.toLowerCase(), value, precision)
    : String(value).replace("Infinity", "inf").replace("NaN", "nan");
  return upper ? text.toUpperCase() : text;
}

function finite(conversion, value, precision) {
  const exponential = (digits) => value.toExponential(digits).replace(/e([-+])(\d)$/, "e$10$2");
  if (conversion === "f") return value.toFixed(precision);
  if (conversion === "e") return exponential(precision);
  const significant = precision || 1;
  const exponent = value === 0 ? 0 : Number(value.toExponential(significant - 1).split("e")[1]);
  const text =
    exponent < -4 || exponent >= significant
      ? exponential(significant - 1)
      : value.toFixed(Math.max(0, significant - 1 - exponent));
  return text.replace(/(\.\d*?)0+(?=e|$)/, "$1").replace(/\.(?=e|$)/, "");
}
