// Long lists of util.inspect.
const MAX_ARRAY = 100;
exports.MAX_ARRAY = MAX_ARRAY;

/** Lines up the elements of a long list in columns; the same list where that makes no sense. */
exports.inColumns = function inColumns(output, listed, value, { indentation, breakLength, compact }) {
  const more = value.length > MAX_ARRAY && listed === MAX_ARRAY + 1 ? 1 : 0;
  const count = listed - more;
  const widths = output.slice(0, count).map((text) => text.length + 2);
  const widest = Math.max(...widths);
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (widest * 3 + indentation >= breakLength || !(total / widest > 5 || widest <= 8)) return output;
  const bias = Math.sqrt(widest - total / listed);
  const biased = Math.max(widest - 3 - bias, 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * biased * count) / biased),
    Math.floor((breakLength - indentation) / widest),
    compact * 4,
    15,
  );
  if (columns <= 1) return output;
  const sizes = Array.from({ length: columns }, (_, column) =>
    Math.max(...widths.filter((_width, index) => index % columns === column)),
  );
  const numbers = [...value].every((each) => typeof each === "number" || typeof each === "bigint");
  const rows = [];
  for (let start = 0; start < count; start += columns) {
    const end = Math.min(start + columns, count);
    const cells = output.slice(start, end).map((text, column) => {
      const last = start + column === end - 1;
      const cell = last ? text : `${text}, `;
      if (numbers) return cell.padStart(last ? sizes[column] - 2 : sizes[column]);
      return last ? cell : cell.padEnd(sizes[column]);
    });
    rows.push(cells.join(""));
  }
  return [...rows, ...output.slice(count)];
};
