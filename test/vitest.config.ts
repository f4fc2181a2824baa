import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What holds for every backend: the acceptance cases and the daemon as its clients see it. */
const BEHAVIOUR = ["test/conformance/*.test.ts", "test/e2e/*.test.ts", "test/docs/protocol.test.ts"];

/** Of one backend, or about none. */
const oneBackend = ["test/e2e/v86.test.ts", "test/e2e/hibernation.test.ts"];

const v86 = {
  include: BEHAVIOUR,
  exclude: oneBackend,
  env: { LIMPET_TEST_BACKEND: "v86" },
  testTimeout: 60_000,
};

/** Begins with the files that take minutes, so that no processor is idle while the last of them runs alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => moduleId.endsWith("/conformance.test.ts");
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** `npm test` runs `wasi` and `v86-sample`; `npm run test:v86` runs `v86`. */
export default defineConfig({
  test: {
    globalSetup: ["test/build.ts"],
    reporters: ["default", "./test/summary-reporter.ts"],
    pool: "forks",
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { name: "wasi", include: ["test/**/*.test.ts"], testTimeout: 30_000, pool: "forks" } },
      { test: { name: "v86-sample", setupFiles: ["test/support/sample.ts"], ...v86 } },
      { test: { name: "v86", ...v86 } },
    ],
  },
});
