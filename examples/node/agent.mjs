// An agent's loop over Limpet's client: one session, one command per step, output bounded, errors told to the model.
//
//   npm install limpet && node agent.mjs
import { FileError, Limpet } from "limpet";

/** Stands for your model: looks at what has happened, returns the next step, or nothing when it is done. */
async function nextStep(history) {
  const plan = [
    { command: "printf '%s\\n' pear apple fig | sort | paste -sd ' '" },
    { write: "/tmp/notes.txt", content: "remember the milk\n" },
    { command: "cat /tmp/notes.txt; exit 3" },
    { background: "for i in 1 2 3; do echo tick $i; sleep 0.1; done" },
    { read: "/tmp/missing" },
  ];
  return plan[history.length];
}

/** Carries one step out and says in words how it went. */
async function carryOut(session, step) {
  if (step.command !== undefined) {
    const result = await session.shell(step.command, { time_limit_ms: 10_000, max_output_bytes: 16_000 });
    const how = result.timed_out ? "time limit" : `exit code ${result.exit_code}`;
    return `${result.stdout}${result.stderr}${how}`;
  }
  if (step.write !== undefined) {
    const { bytes } = await session.writeFile(step.write, step.content);
    return `wrote ${bytes} bytes`;
  }
  if (step.background !== undefined) {
    // A process goes on beside the shell; its output can be read while it does.
    const background = await session.start(step.background);
    for await (const { data } of background.output()) process.stdout.write(data);
    const { outcome, exit_code } = await background.wait();
    return `process ended: ${outcome} ${exit_code}`;
  }
  return (await session.readFile(step.read)).content;
}

const limpet = await Limpet.start();
const session = await limpet.open("task", { user: "user" });
const history = [];
for (let step = await nextStep(history); step; step = await nextStep(history)) {
  let outcome;
  try {
    outcome = await carryOut(session, step);
  } catch (error) {
    // What the sandbox refuses is for the model to read; anything else is for us.
    if (!(error instanceof FileError)) throw error;
    outcome = `${error.code}: ${error.message}`;
  }
  console.log(outcome);
  history.push({ step, outcome });
}
await limpet.close();
