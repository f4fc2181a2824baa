/**
 * The part of memfs that stores things: its core, published by the memfs project at memfs's own version, without the imitation
 * of `node:fs` around it, which takes most of the time that loading memfs takes. Loaded late, at the first write.
 */
export { Link, Node, Superblock } from "@jsonjoy.com/fs-core";
export { Buffer } from "@jsonjoy.com/fs-node-builtins/lib/internal/buffer.js";
