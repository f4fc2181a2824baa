/** What commands work on, in a folder of this machine; the sandbox gets a copy. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The same pseudo-random lines every time (mulberry32). */
function makeLines(count) {
  let state = 42;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  const words = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet"];
  const line = () =>
    `${random() % 1_000_000} ${words[random() % 10]} ${words[random() % 10]} ${random().toString(36)}`;
  return `${Array.from({ length: count }, line).join("\n")}\n`;
}

export const folder = mkdtempSync(join(tmpdir(), "limpet-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

export const lines = makeLines(100_000);
writeFileSync(join(folder, "lines"), lines);
writeFileSync(join(folder, "zeros"), Buffer.alloc(50_000_000));
