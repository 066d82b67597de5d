/** Renew when this share of the remaining life has passed. */
const SHARE = 0.75;
const SOONEST_MS = 20_000;
/** `setTimeout` counts in 32 bits. */
const LONGEST_MS = 2_000_000_000;

export interface RenewalOptions {
  now: () => Date;
  /** Throws where it did not work and may work later. */
  renew: () => Promise<void>;
}

/**
 * Keeps the session of a borrower who is there, and lets the session of one who has left end: it is
 * renewed only if they did something since the last time.
 */
export class Renewal {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private active = true;

  constructor(private readonly options: RenewalOptions) {}

  touch(): void {
    this.active = true;
  }

  /**
   * Plans the renewal of a session that was written just now. Its life is the difference of the
   * server's own two times; the device's clock, which may be hours off, serves only without them.
   */
  schedule(expiresAt: string, issuedAt: number | null): void {
    this.stop();
    const left = Date.parse(expiresAt) - (issuedAt ?? this.options.now().getTime());
    if (!Number.isFinite(left)) return;
    const wait = Math.min(Math.max(left * SHARE, SOONEST_MS), LONGEST_MS);
    this.timer = setTimeout(() => void this.renewOrLeave(left - wait), wait);
  }

  /** Plans the next renewal for a moment from now, whatever was planned. */
  soon(): void {
    this.stop();
    this.timer = setTimeout(() => void this.renew(), SOONEST_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private async renewOrLeave(rest: number): Promise<void> {
    if (!this.active) {
      // The server decides when it is over; the page says so shortly after.
      this.timer = setTimeout(() => void this.renew(), Math.max(rest, 0) + 1_000);
      return;
    }
    await this.renew();
  }

  private async renew(): Promise<void> {
    this.active = false;
    try {
      await this.options.renew();
    } catch {
      this.soon();
    }
  }
}
