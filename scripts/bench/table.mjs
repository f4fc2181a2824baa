/** Takes the measurements and prints them, one line each. */
import { options } from "./options.mjs";

export const results = [];

export const wanted = (name) => name.includes(options.only);

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function time(action) {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

export function quantile(values, q) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

export const median = (values) => quantile(values, 0.5);

/** `target`: the most that `value` should be, or the least with `atLeast`; a row without one is for information. */
export function report(result) {
  results.push(result);
  const { name, value, unit, target, atLeast, ours, native } = result;
  const detail = native === undefined ? "" : `${ours.toFixed(1)} against ${native.toFixed(1)} ms`;
  const reached = atLeast ? value >= target : value <= target;
  const verdict = target === undefined ? "" : reached ? "ok" : "MISSED";
  const bound = target === undefined ? "" : `${atLeast ? ">=" : "<="} ${target}`;
  const figure = `${value.toFixed(2)} ${unit}`;
  console.log(`${name.padEnd(44)} ${figure.padStart(11)}  ${bound.padEnd(8)} ${verdict.padEnd(7)} ${detail}`);
}

/** Measures both sides in turn and reports the ratio of their medians. */
export async function compare(name, target, ours, theirs, times = options.rounds) {
  if (!wanted(name)) return;
  const samples = { ours: [], native: [] };
  await ours();
  await theirs();
  for (let round = 0; round < times; round++) {
    samples.ours.push(await time(ours));
    samples.native.push(await time(theirs));
  }
  const [mine, other] = [median(samples.ours), median(samples.native)];
  report({ name, value: mine / other, unit: "x", target, ours: mine, native: other });
}

export async function measure(name, target, q, action, times) {
  if (!wanted(name)) return;
  for (let round = 0; round < Math.min(20, times); round++) await action();
  const samples = [];
  for (let round = 0; round < times; round++) samples.push(await time(action));
  report({ name, value: quantile(samples, q), unit: "ms", target });
}
