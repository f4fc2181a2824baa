import { expect, test } from "vitest";
import { Guest, testKernel } from "../../support/guest.js";

test("messages are taken in after a turn that took long", () => {
  const kernel = testKernel();
  const events: string[] = [];
  kernel.host.poll = () => void events.push("poll");
  for (const name of ["first", "second"]) {
    const guest = new Guest(kernel);
    guest.onTurn = () => {
      events.push(name);
      const end = performance.now() + 15;
      while (performance.now() < end);
    };
    kernel.scheduler.wake(guest.process);
  }
  kernel.scheduler.run();
  expect(events).toEqual(["first", "poll"]);
  kernel.scheduler.run();
  expect(events).toEqual(["first", "poll", "second", "poll"]);
});
