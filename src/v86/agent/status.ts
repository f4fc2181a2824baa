import { viewOf } from "./frames.js";

/** How the guest is, as its agent tells it. */
export interface GuestStatus {
  readonly totalBytes: number;
  readonly availableBytes: number;
  /** What has been made or changed of the files, and the bytes in them. */
  readonly files: number;
  readonly fileBytes: number;
  /** Processes alive, without the agent, the kernel's and the session's shell. */
  readonly processes: number;
}

export function decodeStatus(payload: Uint8Array): GuestStatus {
  const view = viewOf(payload);
  const [totalBytes, availableBytes, files, fileBytes] = [0, 8, 16, 24].map((at) =>
    Number(view.getBigUint64(at, true)),
  ) as [number, number, number, number];
  return { totalBytes, availableBytes, files, fileBytes, processes: view.getUint32(32, true) };
}
