// Boots the machine, warms it up, and saves its state as images/v86/state.bin.br.

import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync, constants } from "node:zlib";
import { root } from "../recipe-hash.mjs";
import { importTypeScript } from "./import-ts.mjs";

const { AgentChannel } = await importTypeScript("src/v86/agent/channel.ts");
const { ChunkedDisk } = await importTypeScript("src/v86/chunked-disk.ts");
const { Emulator } = await importTypeScript("src/v86/emulator.ts");
const { encodeState } = await importTypeScript("src/v86/machine-state.ts");
const { HOSTNAME, V86_MEMORY_BYTES } = await importTypeScript("src/protocol/limits.ts");
const { sessionEnvironment, sessionUser } = await importTypeScript("src/machine/session-environment.ts");

/** The kernel and the BIOS keep part of it for themselves; what sessions can have at most is what remains to be there. */
const MEMORY_BYTES = V86_MEMORY_BYTES.most + (64 << 20);

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
  let before = emulator.instructions;
  for (let quiet = 0; quiet < 4; ) {
    await sleep(250);
    const now = emulator.instructions;
    quiet = (now - before) >>> 0 < IDLE_INSTRUCTIONS ? quiet + 1 : 0;
    before = now;
  }
}

function shell(channel, text, isolated) {
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
    channel.run({ text, isolated, stdin: new Uint8Array() }, observer);
  });
}

/** The last session stays open in the state: one that is opened with the same settings has its shell at once. */
async function warmUp(emulator, channel) {
  const options = { user: "root", env: {} };
  const openSession = () =>
    channel.openSession({ ...sessionUser(options.user), env: sessionEnvironment(options), limits: {} });
  await channel.connect();
  await channel.setHostname(HOSTNAME);
  await openSession();
  const { totalBytes } = await channel.status();
  await emulator.takeMemory(totalBytes - V86_MEMORY_BYTES.most);
  for (const text of WARM_UP) for (const isolated of [true, false]) await shell(channel, text, isolated);
  await openSession();
}

function read(file) {
  return Uint8Array.from(fs.readFileSync(file)).buffer;
}

async function makeState() {
  const messages = [];
  const late = setTimeout(() => {
    console.error(`make-state: the guest does not answer; its console says:\n${Buffer.from(messages)}`);
    process.exit(1);
  }, 300_000);
  const shape = {
    memoryBytes: MEMORY_BYTES,
    disk: new ChunkedDisk(fs.openSync(path.join(images, "root.img"), "r")),
    firmware: {
      bios: read(path.join(work, "bios.bin")),
      kernel: read(path.join(work, "bzImage")),
      // The disk is there once the kernel is: no time goes into looking for others.
      commandLine: "console=ttyS0 quiet tsc=reliable panic=-1",
    },
  };
  let channel;
  let listens;
  const listening = new Promise((resolve) => {
    listens = resolve;
  });
  const emulator = await Emulator.create(
    new WebAssembly.Module(fs.readFileSync(path.join(root, "node_modules/v86/build/v86.wasm"))),
    shape,
    {
      messages: (byte) => messages.push(byte),
      channel: (bytes) => {
        listens();
        channel?.receive(bytes);
      },
    },
  );
  await emulator.run();
  // The agent greets when it begins to listen; what is sent before that is lost.
  await listening;
  channel = new AgentChannel({ send: (bytes) => emulator.send(bytes) });
  await warmUp(emulator, channel);
  clearTimeout(late);
  await untilIdle(emulator);
  return encodeState(await emulator.save());
}

const state = await makeState();
const packed = brotliCompressSync(state, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: state.length,
  },
});
fs.writeFileSync(path.join(images, "state.bin.br"), packed);
console.error(`make-state: ${state.length} bytes, compressed ${packed.length}`);
process.exit();
