/** The machine that the tests are about: what the projects of test/vitest.config.ts differ in. */
export const BACKEND = process.env.LIMPET_TEST_BACKEND === "v86" ? "v86" : "wasi";

/** The value that is right for the machine. */
export function onBackend<T>(values: Readonly<Record<typeof BACKEND, T>>): T {
  return values[BACKEND];
}
