/**
 * Loaded before each test file of a project that runs a sample: skips the other tests. The places of a test and of the groups
 * around it are added up, so that the sample takes from every area, and other cases in one form than in the other.
 */
import { beforeEach } from "vitest";

/** One in so many: acceptance cases, of which there are many of a kind, and tests of the daemon. */
const RATE = { conformance: 8, others: 3 };

beforeEach(({ task, skip }) => {
  const rate = task.file.filepath.includes("/test/conformance/") ? RATE.conformance : RATE.others;
  const [_file, ...places] = task.id.split("_").map(Number);
  skip(places.reduce((sum, place) => sum + place, 0) % rate !== 0);
});
