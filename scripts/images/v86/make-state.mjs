// Boots the machine, warms it up, and saves its state as images/v86/state-MEGABYTES.bin.br.
//
//   node make-state.mjs MEGABYTES...

import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync, constants } from "node:zlib";
import { root } from "../recipe-hash.mjs";
import { boot } from "./emulator.mjs";
import { importTypeScript } from "./import-ts.mjs";

const { AgentChannel } = await importTypeScript("src/v86/agent/channel.ts");

const work = process.env.LIMPET_V86_DIR;
const images = path.join(root, "images/v86");

/** What sessions begin with or do often: its pages are in the guest's memory from the start. */
const WARM_UP = [
  "ls -la / | sort | head -3 | wc -l; cat /etc/passwd | grep root | sed s/r/R/ | tr a-z A-Z",
  "python3 -c 'import json, os, re, subprocess, sys; print(1)'",
  "git --version; awk 'BEGIN { print 1 }'; date; id; find /etc -name hosts | xargs ls; stat /; mkdir -p /tmp/w; rm -r /tmp/w",
];

const IDLE_INSTRUCTIONS = 300_000;

/** Resolves when the guest has done next to nothing for a second. */
async function untilIdle(emulator) {
  let before = emulator.get_instruction_counter();
  for (let quiet = 0; quiet < 4; ) {
    await sleep(250);
    const now = emulator.get_instruction_counter();
    quiet = (now - before) >>> 0 < IDLE_INSTRUCTIONS ? quiet + 1 : 0;
    before = now;
  }
}

function shell(channel, text) {
  return new Promise((resolve, reject) => {
    const output = [];
    const observer = {
      output: (_stream, bytes) => output.push(bytes) > 0,
      failed: reject,
      done: (outcome) =>
        outcome.code === 0
          ? resolve()
          : reject(new Error(`${text}: ${JSON.stringify(outcome)}\n${Buffer.concat(output)}`)),
    };
    channel.run({ text, isolated: true, stdin: new Uint8Array() }, observer);
  });
}

/** A session is needed to run anything; its shell stays in the state, and the next session to be opened ends it. */
async function warmUp(channel) {
  await channel.connect();
  await channel.openSession({
    uid: 0,
    gid: 0,
    home: "/root",
    cwd: "/root",
    env: {
      PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      HOME: "/root",
      LANG: "C.UTF-8",
    },
  });
  for (const text of WARM_UP) await shell(channel, text);
}

async function makeState(megabytes) {
  let messages = "";
  let channel;
  let listens;
  const listening = new Promise((resolve) => {
    listens = resolve;
  });
  const files = {
    kernel: path.join(work, "bzImage"),
    bios: path.join(work, "bios.bin"),
    drive: path.join(images, "root.img"),
  };
  const { emulator, send } = await boot(
    { megabytes, ...files },
    {
      console: (text) => {
        messages += text;
      },
      channel: (bytes) => {
        listens();
        channel?.receive(bytes);
      },
    },
  );
  const late = setTimeout(() => {
    console.error(`make-state: the guest does not answer; its console says:\n${messages}`);
    process.exit(1);
  }, 60_000);
  // The agent greets when it begins to listen; what is sent before that is lost.
  await listening;
  channel = new AgentChannel({ send });
  await warmUp(channel);
  clearTimeout(late);
  await untilIdle(emulator);
  await emulator.stop();
  const state = Buffer.from(await emulator.save_state());
  await emulator.destroy();
  return state;
}

for (const megabytes of process.argv.slice(2).map(Number)) {
  const state = await makeState(megabytes);
  const packed = brotliCompressSync(state, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: state.length,
    },
  });
  fs.writeFileSync(path.join(images, `state-${megabytes}.bin.br`), packed);
  console.error(`make-state: ${megabytes} MB of memory: ${state.length} bytes, compressed ${packed.length}`);
}
process.exit();
