import Modal from "bootstrap/js/dist/modal";
import {
  FRAMES, FRAME_MS, Problem, get, type Candle, type Frame, type Indicators, type Journal, type Performance, type Portfolio, type Refusals,
  type Regime, type Signal, type SignalDetail, type Status, type SymbolInfo, type Why, type Zones,
} from "./api";
import { MainChart, type Study } from "./chart";
import { h, put, say, seg } from "./dom";
import { base, compact, num, regimeWord, signClass, signed } from "./format";
import { Live } from "./live";
import { Feed, HealthStrip, RefusalsPanel, RegimeBoard } from "./panels/market";
import { Equity, Figures, Groups, PERIOD_DAYS, totals, type Period } from "./panels/results";
import { SignalTable } from "./panels/signals";
import { WhyPanel } from "./panels/why";
import { Shell } from "./shell";

const BARS = 600;
const STUDY_NAMES: Record<Study, [name: string, title: string]> = {
  ema200: ["EMA 200", ""], ema50: ["EMA 50", ""], ema20: ["EMA 20", ""], vwap: ["VWAP", "VWAP of the UTC day with its bands"],
  vwap_session: ["Session", "VWAP since the trading session that started last began; up to 1h"],
  vwap_week: ["Week", "VWAP since Monday 00:00 UTC; up to 4h"],
  avwap: ["Anchored", "VWAPs since the last 1h and 4h swing that price left with an impulse; on 15m"],
  patterns: ["Patterns", "Pin bar, engulfing, inside bar, fakey at the newest 300 closed candles"],
};

/** The page: what is chosen, what was read, and who is told. */
export class App {
  private readonly shell: Shell;
  private readonly chart = new MainChart();
  private readonly why = new WhyPanel();
  private readonly figures = new Figures();
  private readonly openTable: SignalTable;
  private readonly closedTable: SignalTable;
  private readonly refusals = new RefusalsPanel();
  private readonly equity = new Equity((period) => { this.period = period; void this.readAccount(); });
  private readonly groups = new Groups();
  private readonly board: RegimeBoard;
  private readonly feed: Feed;
  private readonly health = new HealthStrip();
  private readonly totals = h("div", "totals");
  private readonly live = new Live((name, data) => this.hear(name, data), (silent, next) => this.shell.liveState(silent, next));

  private readonly select = h("select", { class: "inp symsel", id: "symbol", "aria-label": "Symbol", change: () => this.choose(this.select.value) });
  private readonly last = h("span", "l t1 lastprice");
  private readonly change = h("span", "s");
  private readonly facts = h("span", "q");
  private readonly regimeChip = h("span", "chip");
  private readonly frames = seg<Frame>(FRAMES, "15m", "Time frame", (frame) => void this.show(this.symbol, frame));

  private symbols: SymbolInfo[] = [];
  private readonly prices = new Map<string, number>();
  private symbol = "BTCUSDT";
  private frame: Frame = "15m";
  private period: Period = "All";
  private chosen: string | null = null;
  private detail: SignalDetail | null = null;
  private open: Signal[] = [];
  private closed: Signal[] = [];
  private regimes: Regime[] = [];
  private speed = 1;
  private heardMarket = 0;
  private heardAt = 0;
  private loading = 0;
  private readonly due = new Set<string>();
  private readonly waits = new Map<string, number>();

  constructor(root: HTMLElement) {
    this.shell = new Shell(root, () => this.help());
    const choose = (signal: Signal): void => void this.chooseSignal(signal.signal_id);
    this.openTable = new SignalTable("open", "signals", choose, [h("span", "sub legend3", "◆ now  ▭ worst to best  ", h("span", "dn", "|"), " stop  ", h("span", "t2", "|"), " entry  ", h("span", "up", "| |"), " TP1, TP2")]);
    this.closedTable = new SignalTable("closed", "closed", choose);
    this.board = new RegimeBoard((symbol) => { this.choose(symbol); this.shell.go("chart"); });
    this.feed = new Feed((id) => { void this.chooseSignal(id); this.shell.go("chart"); });
    this.chart.onOpenSignal = (id) => void this.chooseSignal(id);
    this.chart.onGap = () => void this.show(this.symbol, this.frame);
    this.layOut();
    this.keys();
  }

  async start(): Promise<void> {
    try {
      const [status, symbols] = await Promise.all([get<Status>("/api/status"), get<SymbolInfo[]>("/api/symbols")]);
      this.setStatus(status);
      this.symbols = symbols;
      put(this.select, ...symbols.map((s) => h("option", { value: s.symbol }, s.symbol)));
      symbols.forEach((s) => { if (s.last !== null) this.prices.set(s.symbol, s.last); });
      await this.readSignals();
      const wanted = new URLSearchParams(location.hash.slice(1));
      const first = this.open.find((s) => s.entered_at !== null) ?? this.open[0];
      this.symbol = symbols.find((s) => s.symbol === wanted.get("symbol"))?.symbol ?? first?.symbol ?? symbols[0]?.symbol ?? this.symbol;
      this.frame = FRAMES.find((f) => f === wanted.get("timeframe")) ?? first?.timeframe ?? "15m";
      await this.show(this.symbol, this.frame);
      await Promise.all([this.readAccount(), this.readMarket()]);
      this.shell.error(null);
    } catch (error) {
      this.shell.error(`${(error as Error).message}. The page tries again in 3 s.`);
      setTimeout(() => void this.start(), 3_000);
      return;
    }
    setInterval(() => this.second(), 250);
    setInterval(() => this.flush(), 500);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.readAll(); });
  }

  private layOut(): void {
    const studies = h("span", { class: "seg sm", role: "group", "aria-label": "Studies" }, ...(Object.keys(STUDY_NAMES) as Study[]).map((study) => {
      const [name, title] = STUDY_NAMES[study];
      const button = h("button", { type: "button", title, class: this.chart.shows(study) ? "on" : "", "aria-pressed": String(this.chart.shows(study)), click: () => {
        const on = this.chart.toggle(study);
        button.classList.toggle("on", on);
        button.setAttribute("aria-pressed", String(on));
      } }, name);
      return button;
    }));
    const bar = h("div", "bar", this.select, this.last, this.change, this.frames.root, this.regimeChip, this.facts, h("span", "grow"), studies,
      h("button", { class: "btn sm", type: "button", click: () => this.chart.reset() }, "Reset view"),
      h("button", { class: "btn sm", type: "button", click: () => this.modal("Newest 50 closed candles", this.chart.table()) }, "Show as table"));
    this.closedTable.root.append(this.totals);
    put(this.shell.page, this.shell.alerts,
      h("div", { class: "sect s-chart", id: "chart" }, this.figures.root, bar, this.chart.root, this.openTable.root, this.why.root),
      h("div", "sect s-history", this.closedTable.root, this.feed.root),
      h("div", "sect s-market", this.refusals.root, this.board.root),
      h("div", "sect s-results", this.equity.root, this.groups.root),
      this.health.root);
  }

  private now(): number {
    return this.heardMarket === 0 ? 0 : this.heardMarket + Math.min(performance.now() - this.heardAt, 3_000) * this.speed;
  }

  private info(): SymbolInfo | undefined {
    return this.symbols.find((s) => s.symbol === this.symbol);
  }

  private decimals(): number {
    return this.info()?.price_decimals ?? 2;
  }

  private setStatus(status: Status): void {
    this.speed = status.speed;
    [this.heardMarket, this.heardAt] = [status.market_time, performance.now()];
    this.shell.status(status);
    this.health.set(status.health);
  }

  private choose(symbol: string): void {
    const signal = this.open.find((s) => s.symbol === symbol);
    void this.show(symbol, this.frame, signal?.signal_id ?? null);
  }

  /** Reads a symbol and frame anew. A later choice wins over one that is still under way. */
  private async show(symbol: string, frame: Frame, signalId?: string | null): Promise<void> {
    const turn = ++this.loading;
    const same = symbol === this.symbol;
    [this.symbol, this.frame] = [symbol, frame];
    this.select.value = symbol;
    this.frames.set(frame);
    const query = `symbol=${encodeURIComponent(symbol)}&timeframe=${frame}`;
    history.replaceState(null, "", `#${query}`);
    try {
      const [bars, studies, zones, why] = await Promise.all([
        get<Candle[]>(`/api/candles?${query}&limit=${BARS}`), get<Indicators>(`/api/indicators?${query}&limit=${BARS}`),
        get<Zones>(`/api/zones?${query}`), get<Why>(`/api/why?symbol=${encodeURIComponent(symbol)}`),
      ]);
      if (turn !== this.loading) return;
      this.chart.load(frame, this.decimals(), bars, studies, zones);
      this.why.setWhy(why);
      this.live.follow(symbol, frame);
      this.drawBar();
      const id = signalId !== undefined ? signalId : same && this.chosen ? this.chosen : this.open.find((s) => s.symbol === symbol)?.signal_id ?? null;
      await this.readDetail(id);
      if (id === null && !same) this.why.choose("No signal");
      this.drawBoard();
      this.shell.error(null);
    } catch (error) {
      if (turn === this.loading) this.shell.error((error as Error).message);
    }
  }

  private async chooseSignal(id: string): Promise<void> {
    const signal = this.open.concat(this.closed).find((s) => s.signal_id === id);
    this.why.choose("Signal");
    if (signal && (signal.symbol !== this.symbol || signal.timeframe !== this.frame)) await this.show(signal.symbol, signal.timeframe, id);
    else await this.readDetail(id);
    if (window.innerWidth < 1024) this.shell.go("why");
  }

  private async readDetail(id: string | null): Promise<void> {
    const before = this.chosen;
    this.chosen = id;
    const detail = id === null ? null : await get<SignalDetail>(`/api/signals/${encodeURIComponent(id)}`).catch((error: unknown) => {
      // A signal that is gone has no detail; when the program is away, what was read last stays.
      if (error instanceof Problem && error.status === 404) return null;
      throw error;
    });
    if (this.chosen !== id) return;
    this.detail = detail?.signal.symbol === this.symbol ? detail : null;
    this.why.setSignal(detail, this.symbols.find((s) => s.symbol === detail?.signal.symbol)?.price_decimals ?? 2,
      this.prices.get(detail?.signal.symbol ?? "") ?? null, this.now());
    if (id !== null && before !== id) this.why.choose("Signal");
    this.openTable.select(id);
    this.closedTable.select(id);
    this.drawSignals();
  }

  private async readSignals(): Promise<void> {
    const [open, closed] = await Promise.all([get<Signal[]>("/api/signals?state=open&limit=100"), get<Signal[]>("/api/signals?state=closed&limit=200")]);
    [this.open, this.closed] = [open, closed];
    this.openTable.set(open, this.prices, this.now());
    this.closedTable.set(closed.slice(0, 60), this.prices, this.now());
    const waiting = open.filter((s) => s.entered_at === null).length;
    this.openTable.say(`${open.length - waiting} open · ${waiting} waiting for entry`);
    this.closedTable.say(closed.length > 60 ? `newest 60 of ${closed.length >= 200 ? "200 and more" : closed.length}` : `${closed.length}`);
    this.shell.count("signals", open.length);
    const first = open.find((s) => s.now_r !== null);
    document.title = first ? `${signed(first.now_r, 2)} R · ${base(first.symbol)} · FuturesBot` : "FuturesBot";
    this.drawSignals();
  }

  private async readAccount(): Promise<void> {
    const [performance, portfolio] = await Promise.all([get<Performance>(`/api/performance?days=${PERIOD_DAYS[this.period]}`), get<Portfolio>("/api/portfolio")]);
    this.figures.set(portfolio, performance, this.period);
    this.equity.set(performance);
    this.groups.set(performance);
    put(this.totals, ...totals(performance.all));
  }

  private async readMarket(): Promise<void> {
    const [regimes, refusals, journal] = await Promise.all([get<Regime[]>("/api/regimes"), get<Refusals>("/api/refusals"), get<Journal[]>("/api/journal?limit=60")]);
    this.regimes = regimes;
    this.refusals.set(refusals, this.now());
    this.feed.set(journal, this.now());
    this.drawBoard();
    this.drawBar();
  }

  private async readStudies(): Promise<void> {
    const turn = this.loading;
    const query = `symbol=${encodeURIComponent(this.symbol)}&timeframe=${this.frame}`;
    const [studies, zones, why] = await Promise.all([
      get<Indicators>(`/api/indicators?${query}&limit=${BARS}`), get<Zones>(`/api/zones?${query}`), get<Why>(`/api/why?symbol=${encodeURIComponent(this.symbol)}`),
    ]);
    if (turn !== this.loading) return;
    this.chart.refresh(studies, zones);
    this.why.setWhy(why);
  }

  private readAll(): void {
    for (const name of ["signals", "detail", "account", "market", "status", "symbols"]) this.due.add(name);
    void this.show(this.symbol, this.frame, this.chosen);
  }

  /** News of the stream. Lists are read again by name, each at most once in its time, never per event. */
  private hear(name: string, data: unknown): void {
    if (name === "heartbeat") {
      const beat = data as { market_time: number; ready: boolean; replay_progress: number | null };
      [this.heardMarket, this.heardAt] = [beat.market_time, performance.now()];
      if (beat.ready) this.shell.caughtUp();
      else this.shell.catchUp(beat.replay_progress);
    } else if (name === "prices") {
      for (const [symbol, price] of Object.entries(data as Record<string, number | null>)) if (price !== null) this.prices.set(symbol, price);
    } else if (name === "reset") this.readAll();
    else if (name === "running" || name === "candle") this.hearCandle(name, data as { symbol: string; timeframe: Frame; candle: Candle });
    else if (name === "signal") ["signals", "detail", "account", "market"].forEach((list) => this.due.add(list));
    else if (name === "refusal" || name === "regime" || name === "journal") this.due.add("market");
  }

  private hearCandle(name: string, news: { symbol: string; timeframe: Frame; candle: Candle }): void {
    if (news.symbol !== this.symbol || news.timeframe !== this.frame || document.hidden) return;
    if (name === "running") this.chart.running(news.candle);
    else {
      this.chart.close(news.candle);
      ["studies", "market"].forEach((list) => this.due.add(list));
    }
  }

  /** Reads what is due; some things come due by themselves. */
  private flush(): void {
    if (document.hidden) return;
    const reads: [string, number, number, () => Promise<void>][] = [
      ["signals", 1_000, 2_000, () => this.readSignals()], ["detail", 1_000, 2_000, () => this.readDetail(this.chosen)],
      ["studies", 500, 60_000, () => this.readStudies()], ["account", 2_000, 5_000, () => this.readAccount()],
      ["market", 2_000, 10_000, () => this.readMarket()], ["symbols", 2_000, 5_000, () => this.readSymbols()],
      ["status", 2_000, 10_000, async () => this.setStatus(await get<Status>("/api/status"))],
    ];
    const now = performance.now();
    for (const [name, least, most, read] of reads) {
      const since = now - (this.waits.get(name) ?? 0);
      if (since < (this.due.has(name) ? least : most)) continue;
      this.due.delete(name);
      this.waits.set(name, now);
      // A failed read keeps the last good data; the stream's silence is what the page shows.
      read().catch(() => this.due.add(name));
    }
  }

  private async readSymbols(): Promise<void> {
    this.symbols = await get<SymbolInfo[]>("/api/symbols");
    this.drawBar();
  }

  private second(): void {
    if (document.hidden) return;
    const now = this.now();
    if (now > 0) this.shell.clockAt(now, this.frame, FRAME_MS[this.frame] - (now % FRAME_MS[this.frame]));
    const price = this.prices.get(this.symbol);
    say(this.last, num(price, this.decimals()));
    this.openTable.tick(this.prices, now);
    this.why.tick(this.prices.get(this.detail?.signal.symbol ?? "") ?? null, now);
  }

  private drawBar(): void {
    const info = this.info();
    if (!info) return;
    this.change.className = `s nw ${signClass(info.change24h_percent)}`;
    say(this.change, info.change24h_percent === null ? "" : `${signed(info.change24h_percent, 2)} %`);
    put(this.facts, h("span", {}, "24 h volume", h("b", {}, `${compact(info.quote_volume24h)} USDT`)));
    const regime = this.regimes.find((r) => r.symbol === this.symbol);
    this.regimeChip.hidden = !regime;
    if (!regime) return;
    const name = regimeWord(regime.label, regime.direction);
    put(this.regimeChip, h("span", name.cls, name.text), regime.confidence === null ? null : h("span", "t3", num(regime.confidence * 100, 0)));
  }

  private drawBoard(): void {
    this.board.set(this.regimes, new Set(this.open.map((s) => s.symbol)), this.symbol);
  }

  private drawSignals(): void {
    const here = this.open.concat(this.closed).filter((s) => s.symbol === this.symbol);
    this.chart.showSignals(here, this.detail);
  }

  private modal(title: string, body: HTMLElement): void {
    const root = h("div", { class: "modal", tabindex: -1, "aria-label": title }, h("div", "modal-dialog modal-lg modal-dialog-scrollable", h("div", "modal-content panel",
      h("div", "ph", h("h2", {}, title), h("span", "sp"), h("button", { class: "btn sm", type: "button", "data-bs-dismiss": "modal", click: () => Modal.getOrCreateInstance(root).hide() }, "Close ", h("kbd", {}, "Esc"))),
      h("div", "pb flush modal-body", body))));
    root.addEventListener("hidden.bs.modal", () => root.remove());
    document.body.append(root);
    Modal.getOrCreateInstance(root).show();
  }

  private help(): void {
    const rows: [string, string][] = [["1 … 6", "time frame"], ["[  ]", "symbol before, after"], ["J  K", "open signal after, before"], ["/", "choose a symbol"], ["Esc", "close"], ["?", "this list"]];
    this.modal("Keys", h("table", "t", h("tbody", {}, ...rows.map(([key, does]) => h("tr", {}, h("td", {}, h("kbd", {}, key)), h("td", {}, does))))));
  }

  private keys(): void {
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest("input, select, textarea, .modal")) return;
      const step = (by: number): void => {
        const index = this.symbols.findIndex((s) => s.symbol === this.symbol);
        const next = this.symbols[(index + by + this.symbols.length) % this.symbols.length];
        if (next) this.choose(next.symbol);
      };
      const frame = FRAMES[Number(event.key) - 1];
      if (frame) void this.show(this.symbol, frame);
      else if (event.key === "[") step(-1);
      else if (event.key === "]") step(1);
      else if (event.key === "j") this.openTable.step(1);
      else if (event.key === "k") this.openTable.step(-1);
      else if (event.key === "?") this.help();
      else if (event.key === "/") {
        event.preventDefault();
        this.select.focus();
      }
    });
  }
}
