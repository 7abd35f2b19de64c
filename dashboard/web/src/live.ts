/** One message of the stream. */
export interface News { name: string; data: unknown }

/** Every name the server sends; a new one is added here. */
const NAMES = ["heartbeat", "running", "prices", "candle", "signal", "refusal", "regime", "journal", "reset", "book", "backtest", "setting", "log", "data", "chat"];
const STALE_MS = 3_000;
const RETRY_MS = [500, 1_000, 2_000, 5_000];

/** One event stream: it follows what is asked for, comes back by itself, and says when it is silent. */
export class Live {
  private source: EventSource | null = null;
  private lastId = "";
  private heard = performance.now();
  private tries = 0;
  private retryAt = 0;
  private query = "";

  constructor(private readonly handle: (news: News) => void, private readonly onState: (silentMs: number, nextTryMs: number | null) => void) {
    setInterval(() => this.watch(), 500);
  }

  follow(what: Record<string, string>): void {
    const query = new URLSearchParams(what).toString();
    if (query === this.query) return;
    this.query = query;
    this.open();
  }

  tryNow(): void {
    this.tries = 0;
    this.open();
  }

  private open(): void {
    this.source?.close();
    this.retryAt = 0;
    const resume = this.lastId ? `&last_event_id=${encodeURIComponent(this.lastId)}` : "";
    const source = new EventSource(`/api/events?${this.query}${resume}`);
    this.source = source;
    for (const name of NAMES) {
      source.addEventListener(name, (event) => {
        const message = event as MessageEvent<string>;
        this.heard = performance.now();
        this.tries = 0;
        if (message.lastEventId) this.lastId = message.lastEventId;
        this.handle({ name, data: JSON.parse(message.data) });
      });
    }
    source.onerror = () => {
      if (this.source !== source) return;
      source.close();
      this.source = null;
      const wait = RETRY_MS[Math.min(this.tries++, RETRY_MS.length - 1)];
      this.retryAt = performance.now() + wait;
    };
  }

  private watch(): void {
    const now = performance.now();
    if (!this.source && this.query && now >= this.retryAt) this.open();
    const silent = now - this.heard;
    this.onState(silent > STALE_MS ? silent : 0, this.source ? null : Math.max(0, this.retryAt - now));
  }
}
