/** Stands in for the package `strip-ansi` in the command line's bundle, whose texts have no escape sequences. */
export default function stripAnsi(text: string): string {
  return text;
}
