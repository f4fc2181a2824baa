/** The memory that one session may use, shared by its programs and its files. */
export class MemoryBudget {
  private used = 0;

  /** `refused` is called when something is not left. */
  constructor(
    readonly limitBytes: number,
    private readonly refused: () => void = () => {},
  ) {}

  get usedBytes(): number {
    return this.used;
  }

  get freeBytes(): number {
    return this.limitBytes - this.used;
  }

  /** False, and nothing changed, when that much is not left. */
  reserve(bytes: number): boolean {
    if (this.used + bytes > this.limitBytes) {
      this.refused();
      return false;
    }
    this.used += bytes;
    return true;
  }

  free(bytes: number): void {
    this.used -= bytes;
  }
}
