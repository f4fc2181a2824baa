/**
 * Whether a name matches a shell pattern (glob(7)): `*` any characters, `?` one, `[a-z]` one of these, `[!a-z]` none of these, `\`
 * takes what follows as it is. A leading period is matched like any other character, as find(1) does.
 */
export function namePattern(pattern: string): (name: string) => boolean {
  const steps = parse([...pattern]);
  return (name) => matches(steps, [...name]);
}

/** Matches one character, or any number of them. */
type Step = "*" | ((character: string) => boolean);

function parse(pattern: readonly string[]): readonly Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string; // `at` is inside
    const end = character === "[" ? endOfSet(pattern, at) : -1;
    if (character === "*") {
      if (steps.at(-1) !== "*") steps.push("*");
    } else if (character === "?") steps.push(() => true);
    else if (end > 0) {
      steps.push(set(pattern.slice(at + 1, end)));
      at = end;
    } else {
      if (character === "\\" && at + 1 < pattern.length) at++;
      const wanted = pattern[at];
      steps.push((other) => other === wanted);
    }
  }
  return steps;
}

/** The `]` of the set that begins at `start`, or -1: then `[` is a character like any other. */
function endOfSet(pattern: readonly string[], start: number): number {
  const negated = pattern[start + 1] === "!" || pattern[start + 1] === "^";
  return pattern.indexOf("]", start + (negated ? 3 : 2));
}

function set(members: readonly string[]): (character: string) => boolean {
  const negated = members[0] === "!" || members[0] === "^";
  const ranges: [first: string, last: string][] = [];
  for (let at = negated ? 1 : 0; at < members.length; at++) {
    const first = members[at] as string; // `at` is inside
    const last = members[at + 1] === "-" ? members[at + 2] : undefined;
    ranges.push([first, last ?? first]);
    if (last !== undefined) at += 2;
  }
  return (character) => ranges.some(([first, last]) => first <= character && character <= last) !== negated;
}

/** Only the last `*` is ever taken back, so that no pattern takes longer than its length times that of the name. */
function matches(steps: readonly Step[], name: readonly string[]): boolean {
  let step = 0;
  let at = 0;
  let star = -1;
  let afterStar = 0;
  while (at < name.length) {
    const current = steps[step];
    if (current === "*") {
      star = step++;
      afterStar = at;
    } else if (current?.(name[at] as string) === true) {
      step++;
      at++;
    } else {
      if (star < 0) return false;
      step = star + 1;
      at = ++afterStar;
    }
  }
  while (steps[step] === "*") step++;
  return step === steps.length;
}
