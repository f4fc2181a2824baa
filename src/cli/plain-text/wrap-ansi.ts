/** Stands in for the package `wrap-ansi` in the command line's bundle, whose texts have no escape sequences. */
export default function wrapText(text: string, columns: number): string {
  return text
    .split("\n")
    .map((line) => wrapLine(line, columns))
    .join("\n");
}

function wrapLine(line: string, columns: number): string {
  let wrapped = "";
  let length = 0;
  for (const [index, word] of line.split(" ").entries()) {
    if (index > 0 && length + 1 + word.length > columns) {
      wrapped += `\n${word}`;
      length = word.length;
    } else {
      wrapped += index > 0 ? ` ${word}` : word;
      length += (index > 0 ? 1 : 0) + word.length;
    }
  }
  return wrapped;
}
