import type { Request, RequestId } from "../protocol/messages/index.js";
import type { Session } from "../session/session.js";

/** A request that has been taken in and not yet answered. */
export interface InFlight {
  readonly request: Request;
  /** Size of its line. */
  readonly bytes: number;
  /** Where it is done, if it takes time. `cancel`: false if it is about to be answered anyway. */
  work?: { readonly session: Session; cancel(): boolean };
  /** A cancel request took effect on it. */
  cancelled: boolean;
  /** Called after the answer has been written. */
  readonly whenAnswered: (() => void)[];
}

/** All requests that have no answer yet, by id. The ids 1 and "1" are different. */
export class InFlightTable {
  private readonly entries = new Map<RequestId, InFlight>();
  private totalBytes = 0;

  get size(): number {
    return this.entries.size;
  }

  get bytes(): number {
    return this.totalBytes;
  }

  get(id: RequestId): InFlight | undefined {
    return this.entries.get(id);
  }

  add(request: Request, bytes: number): InFlight {
    const entry: InFlight = { request, bytes, cancelled: false, whenAnswered: [] };
    this.entries.set(request.id, entry);
    this.totalBytes += bytes;
    return entry;
  }

  remove(entry: InFlight): void {
    this.entries.delete(entry.request.id);
    this.totalBytes -= entry.bytes;
    for (const callback of entry.whenAnswered) callback();
  }
}
