import {
  FRAME_MS, keepToken, get, Problem, type Frame, type Journal, type Performance, type Portfolio, type Refusals, type Regime, type Session,
  type Signal, type Status, type SymbolInfo,
} from "./api";
import { Live, type News } from "./live";
import { Resource, type Cadence } from "./resource";

/** Answers kept at most; the ones nobody watches go first. */
const RESOURCES_MAX = 48;
const SIGNALS_MAX = 200;
/** Without a symbol the stream would send every candle of this frame; the longest one is the quietest. */
const QUIET_FRAME: Frame = "1d";
/** After so much silence the clock stands: nothing is invented (design 7). */
const SILENCE_MS = 3_000;

export interface Silence { silentMs: number; nextTryMs: number | null }

/** What was read from the API, and the one stream of news. Pages watch it; they never poll themselves. */
export class Model {
  // The first field: the ones below enter themselves here.
  private readonly resources = new Map<string, Resource<unknown>>();
  readonly prices = new Map<string, number>();
  readonly status = this.resource<Status>("/api/status", { least: 2_000, most: 10_000 });
  readonly symbols = this.resource<SymbolInfo[]>("/api/symbols", { least: 2_000, most: 5_000 });
  readonly open = this.resource<Signal[]>("/api/signals?state=open&limit=100", { least: 1_000, most: 2_000, on: ["signal"] });
  readonly closed = this.resource<Signal[]>(`/api/signals?state=closed&limit=${SIGNALS_MAX}`, { least: 1_000, most: 10_000, on: ["signal"] });
  readonly portfolio = this.resource<Portfolio>("/api/portfolio", { least: 1_000, most: 5_000, on: ["signal"] });
  readonly regimes = this.resource<Regime[]>("/api/regimes", { least: 2_000, most: 10_000, on: ["regime", "signal"] });
  readonly refusals = this.resource<Refusals>("/api/refusals", { least: 2_000, most: 10_000, on: ["refusal"] });
  readonly journal = this.resource<Journal[]>("/api/journal?limit=60", { least: 2_000, most: 10_000, on: ["journal", "signal", "refusal"] });
  session: Session = { user: "local", role: "trader", csrf: "", sign_in_required: false };
  silence: Silence = { silentMs: 0, nextTryMs: null };

  /** News of one animation frame, in their order; `reset` among them means: read everything again. */
  onNews: (news: News[]) => void = () => undefined;
  onSilence: (silence: Silence) => void = () => undefined;

  private readonly live = new Live((news) => this.hear(news), (silentMs, nextTryMs) => {
    this.silence = { silentMs, nextTryMs };
    this.onSilence(this.silence);
  });
  private queue: News[] = [];
  private frameAsked = false;
  private market = { time: 0, heardAt: 0, speed: 1 };

  /** The resource of a path: one for all who watch it. */
  resource<T>(path: string, cadence: Cadence): Resource<T> {
    const all = this.resources;
    const known = all.get(path) as Resource<T> | undefined;
    if (known) return known;
    for (const [old, one] of all) {
      if (all.size < RESOURCES_MAX) break;
      if (!one.watched) all.delete(old);
    }
    const made = new Resource<T>(path, cadence);
    all.set(path, made as Resource<unknown>);
    return made;
  }

  /** @param days 0 = the whole run */
  performance(days: number): Resource<Performance> {
    return this.resource<Performance>(`/api/performance?days=${days}`, { least: 2_000, most: 10_000, on: ["signal"] });
  }

  async start(): Promise<void> {
    await this.readSession();
    this.status.watch(({ data }) => { if (data) this.clockFrom(data.market_time, data.speed); });
    this.symbols.watch(({ data }) => data?.forEach((s) => { if (s.last !== null && !this.prices.has(s.symbol)) this.prices.set(s.symbol, s.last); }));
    this.follow(null, QUIET_FRAME);
    setInterval(() => this.flush(), 250);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.reset(); });
    await Promise.all([this.status.read(), this.symbols.read()]);
  }

  /** Who is there. A process without sign-in has no such route: then it is the machine's own user. */
  async readSession(): Promise<void> {
    try {
      this.session = await get<Session>("/api/session");
      keepToken(this.session.csrf);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }

  /** The symbol whose running candle comes along; null for none. With levels its order book comes too, at most 4 times a second. */
  follow(symbol: string | null, frame: Frame = QUIET_FRAME, levels = 0): void {
    this.live.follow(symbol === null ? { timeframe: frame } : { symbol, timeframe: frame, ...(levels > 0 ? { book: String(levels) } : {}) });
  }

  /** Opens the stream anew at once. */
  tryNow(): void {
    this.live.tryNow();
  }

  /** The exchange's clock, carried on between two heartbeats and no further; 0 before the first. */
  now(): number {
    const { time, heardAt, speed } = this.market;
    return time === 0 ? 0 : time + Math.min(performance.now() - heardAt, SILENCE_MS) * speed;
  }

  closesInMs(frame: Frame): number {
    return FRAME_MS[frame] - (this.now() % FRAME_MS[frame]);
  }

  info(symbol: string): SymbolInfo | undefined {
    return this.symbols.data?.find((s) => s.symbol === symbol);
  }

  decimals(symbol: string): number {
    return this.info(symbol)?.price_decimals ?? 2;
  }

  price(symbol: string): number | null {
    return this.prices.get(symbol) ?? null;
  }

  /** Everything is read again, each thing once and only what is watched. */
  reset(): void {
    this.resources.forEach((one) => one.mark());
    this.onNews([{ name: "reset", data: null }]);
  }

  private clockFrom(time: number, speed: number): void {
    this.market = { time, heardAt: performance.now(), speed };
  }

  private flush(): void {
    if (document.hidden) return;
    const now = performance.now();
    this.resources.forEach((one) => one.flush(now));
  }

  private hear(news: News): void {
    if (news.name === "heartbeat") this.clockFrom((news.data as { market_time: number }).market_time, this.market.speed);
    if (news.name === "prices") {
      for (const [symbol, price] of Object.entries(news.data as Record<string, number | null>)) if (price !== null) this.prices.set(symbol, price);
    }
    // A hidden tab draws nothing; on its return everything is read once.
    if (document.hidden) return;
    this.queue.push(news);
    if (this.frameAsked) return;
    this.frameAsked = true;
    requestAnimationFrame(() => this.deliver());
  }

  private deliver(): void {
    this.frameAsked = false;
    const news = this.queue;
    this.queue = [];
    for (const name of new Set(news.map((one) => one.name))) {
      this.resources.forEach((one) => one.mark(name === "reset" ? undefined : name));
    }
    this.onNews(news);
  }
}
