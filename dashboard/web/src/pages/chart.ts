import "./chart.css";
import { FRAMES, Problem, get, type Candle, type Frame, type Indicators, type Regime, type Replay, type Signal, type SignalDetail, type Why, type Zones } from "../api";
import { MainChart, type Study } from "../chart";
import { note, openDialog } from "../dialog";
import { h, put, say, seg } from "../dom";
import { compact, num, regimeWord, signClass, signed } from "../format";
import type { News } from "../live";
import { BasePage, type Context } from "../page";
import { WhyPanel } from "../panels/why";
import { ReplayStrip, asKnownAt, closeOf, studiesAt, zonesAt } from "../replay";
import type { Resource } from "../resource";
import type { Route } from "../router";

const BARS = 600;
/** Candles before the decision in a replay. */
const REPLAY_BEFORE = 100;
const STUDIES: Record<Study, [name: string, about: string]> = {
  ema200: ["EMA 200", "the long trend"], ema50: ["EMA 50", ""], ema20: ["EMA 20", ""], vwap: ["VWAP of the UTC day", "with its bands of 1 and 2 σ"],
  vwap_session: ["VWAP of the session", "since the one that started last; up to 1h"], vwap_week: ["VWAP of the week", "since Monday 00:00 UTC; up to 4h"],
  avwap: ["Anchored VWAPs", "since the last 1h and 4h swing; on 15m"], patterns: ["Patterns", "pin bar, engulfing, inside bar, fakey"],
  zones: ["Zones", "support and resistance"], profile: ["Volume profile", "24 hours, with POC and value area"],
};

/** Candles of any symbol and frame, what was found in them, and why a signal came or did not. */
export class ChartPage extends BasePage {
  title = "Chart";
  private readonly chart = new MainChart();
  private readonly why = new WhyPanel();
  private readonly select = h("select", { class: "inp symsel", id: "symbol", "aria-label": "Symbol", change: () => void this.show(this.select.value, this.frame) });
  private readonly last = h("span", "l t1 lastprice");
  private readonly change = h("span", "s nw change");
  private readonly facts = h("span", "q");
  private readonly regimeChip = h("span", "chip");
  private readonly frames = seg<Frame>(FRAMES, "15m", "Time frame", (frame) => void this.show(this.symbol, frame));
  private readonly studyCount = h("span", "t3");

  private symbol = "";
  private frame: Frame = "15m";
  private chosen: string | null = null;
  private detail: SignalDetail | null = null;
  private loading = 0;
  private reads: (() => void)[] = [];
  private replay: { data: Replay; detail: SignalDetail; bar: number } | null = null;
  private readonly strip = new ReplayStrip((bar) => this.replayAt(bar), () => this.endReplay());

  constructor(context: Context) {
    super(context, "chart");
  }

  protected begin(route: Route): void {
    this.chart.onOpenSignal = (id) => void this.chooseSignal(id);
    this.chart.onGap = () => void this.show(this.symbol, this.frame, this.chosen);
    this.root.append(this.bar(), this.chart.root, this.why.root);
    this.chart.root.prepend(this.strip.root);
    put(this.select, ...(this.model.symbols.data ?? []).map((s) => h("option", { value: s.symbol }, s.symbol)));
    this.watch(this.model.open, () => this.drawSignals());
    this.watch(this.model.closed, () => this.drawSignals());
    this.watch(this.model.symbols, () => this.drawFacts());
    this.watch(this.model.regimes, (regimes) => this.drawRegime(regimes));
    this.atEnd(() => {
      this.loading++;
      this.model.follow(null);
      this.chart.dispose();
    });
    this.arrive(route);
  }

  protected override arrive(route: Route): void {
    void this.find(route);
  }

  /** What the address asks for; a signal alone says symbol and frame too. */
  private async find({ query }: Route): Promise<void> {
    const turn = ++this.loading;
    const symbols = this.model.symbols.data ?? [];
    const wanted = query.get("signal");
    await (this.model.open.data ? undefined : this.model.open.read());
    const open = [...(this.model.open.data ?? [])];
    if (wanted && !open.some((s) => s.signal_id === wanted)) {
      const detail = await get<SignalDetail>(`/api/signals/${encodeURIComponent(wanted)}`).catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        note(error.detail);
        return null;
      });
      if (detail) open.push(detail.signal);
    }
    if (turn !== this.loading) return;
    const first = open.find((s) => s.signal_id === wanted) ?? open.find((s) => s.symbol === query.get("symbol"))
      ?? (query.has("symbol") ? undefined : open.find((s) => s.entered_at !== null) ?? open[0]);
    const symbol = symbols.find((s) => s.symbol === query.get("symbol"))?.symbol ?? first?.symbol ?? symbols[0]?.symbol ?? "";
    const frame = FRAMES.find((f) => f === query.get("timeframe")) ?? first?.timeframe ?? "15m";
    this.replay = null;
    await this.show(symbol, frame, wanted ?? undefined);
    if (query.has("replay")) await this.beginReplay();
  }

  override hear(news: News): void {
    if (news.name === "signal" && this.chosen && !this.replay) void this.readDetail(this.chosen);
    if (this.replay || (news.name !== "running" && news.name !== "candle")) return;
    const { symbol, timeframe, candle } = news.data as { symbol: string; timeframe: Frame; candle: Candle };
    if (symbol !== this.symbol || timeframe !== this.frame) return;
    if (news.name === "running") this.chart.running(candle);
    else this.chart.close(candle);
  }

  override refresh(): void {
    super.refresh();
    if (!this.replay) void this.show(this.symbol, this.frame, this.chosen);
  }

  override tick(now: number): void {
    say(this.last, num(this.model.price(this.symbol), this.model.decimals(this.symbol)));
    if (!this.replay) this.why.tick(this.model.price(this.detail?.signal.symbol ?? ""), now);
  }

  override key(key: string): boolean {
    const frame = FRAMES[Number(key) - 1];
    if (key === "r") void (this.replay ? this.endReplay() : this.beginReplay());
    else if (this.replay && (key === "ArrowLeft" || key === "ArrowRight")) this.replayAt(this.replay.bar + (key === "ArrowRight" ? 1 : -1));
    else if (this.replay && key === "Escape") this.endReplay();
    else if (frame) void this.show(this.symbol, frame);
    else if (key === "[" || key === "]") this.stepSymbol(key === "[" ? -1 : 1);
    else if (key === "j" || key === "k") this.stepSignal(key === "j" ? 1 : -1);
    else return false;
    return true;
  }

  private bar(): HTMLElement {
    const boxes = (Object.keys(STUDIES) as Study[]).map((study) => {
      const [name, about] = STUDIES[study];
      const box = h("input", { type: "checkbox", ...(this.chart.shows(study) ? { checked: true } : {}), change: () => { this.chart.toggle(study); this.countStudies(); } });
      return h("label", "studyrow", box, h("span", "t1", name), h("span", "t3 xs", about));
    });
    const menu = h("details", "menu", h("summary", { class: "btn sm" }, "Studies ", this.studyCount), h("div", "menubox", ...boxes));
    menu.addEventListener("focusout", (event) => { if (!menu.contains(event.relatedTarget as Node | null)) menu.open = false; });
    this.countStudies();
    return h("div", "bar", this.select, this.last, this.change, this.frames.root, this.regimeChip, this.facts, h("span", "grow"), menu,
      h("button", { class: "btn sm", type: "button", title: "The chosen signal bar by bar", click: () => void (this.replay ? this.endReplay() : this.beginReplay()) }, "Replay ", h("kbd", {}, "R")),
      h("button", { class: "btn sm", type: "button", click: () => this.chart.reset() }, "Reset view"),
      h("button", { class: "btn sm", type: "button", click: () => openDialog("Newest 50 closed candles", this.chart.table(), { wide: true, flush: true }) }, "Show as table"));
  }

  private countStudies(): void {
    say(this.studyCount, String((Object.keys(STUDIES) as Study[]).filter((study) => this.chart.shows(study)).length));
  }

  /** Reads a symbol and frame anew. A later choice wins over one that is still under way. */
  private async show(symbol: string, frame: Frame, signalId?: string | null): Promise<void> {
    const turn = ++this.loading;
    this.leaveReplay();
    const same = symbol === this.symbol;
    [this.symbol, this.frame] = [symbol, frame];
    this.select.value = symbol;
    this.frames.set(frame);
    this.root.dataset.frame = frame;
    const id = signalId !== undefined ? signalId : same && this.chosen ? this.chosen : this.model.open.data?.find((s) => s.symbol === symbol)?.signal_id ?? null;
    this.context.router.amend({ symbol, timeframe: frame, signal: id });
    const query = `symbol=${encodeURIComponent(symbol)}&timeframe=${frame}`;
    try {
      const [bars, studies, zones] = await Promise.all([
        get<Candle[]>(`/api/candles?${query}&limit=${BARS}`), get<Indicators>(`/api/indicators?${query}&limit=${BARS}`), get<Zones>(`/api/zones?${query}`),
      ]);
      if (turn !== this.loading) return;
      this.chart.load(frame, this.model.decimals(symbol), bars, studies, zones);
      this.model.follow(symbol, frame);
      this.watchStudies(query, symbol);
      this.drawFacts();
      this.drawRegime(this.model.regimes.data ?? []);
      await this.readDetail(id);
      if (id === null && !same) this.why.choose("No signal");
      this.chart.say(null);
    } catch (error) {
      // The bars of the choice before must not stand under the new name.
      if (turn === this.loading) this.chart.say(error instanceof Problem ? error : new Problem(0, "The chart could not be drawn", String(error)));
    }
  }

  /** After a close studies, zones and near misses come anew; the view stays where it is. */
  private watchStudies(query: string, symbol: string): void {
    for (const end of this.reads.splice(0)) end();
    const cadence = { least: 500, most: 60_000, on: ["candle"] };
    const studies: Resource<Indicators> = this.model.resource(`/api/indicators?${query}&limit=${BARS}`, cadence);
    const zones: Resource<Zones> = this.model.resource(`/api/zones?${query}`, cadence);
    const why: Resource<Why> = this.model.resource(`/api/why?symbol=${encodeURIComponent(symbol)}`, { least: 1_000, most: 60_000, on: ["candle", "signal"] });
    const redraw = (): void => { if (studies.data && zones.data && !this.replay) this.chart.refresh(studies.data, zones.data); };
    this.reads = [this.watch(studies, redraw), this.watch(zones, redraw), this.watch(why, (data) => this.why.setWhy(data))];
  }

  private async chooseSignal(id: string): Promise<void> {
    const signal = this.signals().find((s) => s.signal_id === id);
    this.why.choose("Signal");
    if (signal && (signal.symbol !== this.symbol || signal.timeframe !== this.frame)) await this.show(signal.symbol, signal.timeframe, id);
    else {
      this.context.router.amend({ symbol: this.symbol, timeframe: this.frame, signal: id });
      await this.readDetail(id);
    }
  }

  private async readDetail(id: string | null): Promise<void> {
    const before = this.chosen;
    this.chosen = id;
    const detail = id === null ? null : await get<SignalDetail>(`/api/signals/${encodeURIComponent(id)}`).catch((error: unknown) => {
      // A signal that is gone has no detail; when the program is away, what was read last stays.
      if (error instanceof Problem && error.status === 404) return null;
      if (error instanceof Problem) return this.detail;
      throw error;
    });
    if (this.chosen !== id || this.replay) return;
    this.detail = detail?.signal.symbol === this.symbol ? detail : null;
    this.why.setSignal(detail, this.model.decimals(detail?.signal.symbol ?? ""), this.model.price(detail?.signal.symbol ?? ""), this.model.now());
    if (id !== null && before !== id) this.why.choose("Signal");
    this.drawSignals();
  }

  private async beginReplay(): Promise<void> {
    const id = this.chosen;
    const detail = this.detail;
    if (id === null || !detail) {
      note("Choose a signal first: its mark on the chart, or J and K.");
      return;
    }
    try {
      const data = await get<Replay>(`/api/signals/${encodeURIComponent(id)}/replay?before=${REPLAY_BEFORE}`);
      if (this.chosen !== id) return;
      if (data.candles.length === 0 || data.decision_bar < 0) {
        note("The candles of this signal are not stored any more.");
        return;
      }
      this.replay = { data, detail, bar: data.decision_bar };
      this.loading++;
      this.why.choose("Signal");
      this.context.router.amend({ symbol: this.symbol, timeframe: data.timeframe, signal: id, replay: 1 });
      this.replayAt(data.decision_bar);
    } catch (error) {
      note(error instanceof Problem ? error.detail : String(error));
    }
  }

  /** Shows the chart as it stood at a bar's close; everything later is left out. */
  private replayAt(bar: number): void {
    const replay = this.replay;
    if (!replay) return;
    const { data, detail } = replay;
    replay.bar = Math.max(0, Math.min(data.candles.length - 1, bar));
    const known = asKnownAt(detail, data, replay.bar);
    const decimals = this.model.decimals(this.symbol);
    this.chart.load(data.timeframe, decimals, data.candles.slice(0, replay.bar + 1), studiesAt(data, replay.bar), zonesAt(data, replay.bar));
    this.chart.showSignals(known ? [known.signal] : [], known && (known.signal.entered_at !== null || known.signal.entry_type !== "market") ? known : null);
    if (known) this.why.setSignal(known, decimals, data.candles[replay.bar].close, closeOf(data, replay.bar));
    else this.why.setNothing("Before the decision", "Nothing of this signal was known on this bar.");
    this.strip.show(data, replay.bar);
  }

  private endReplay(): void {
    if (this.replay) void this.show(this.symbol, this.frame, this.chosen);
  }

  private leaveReplay(): void {
    this.replay = null;
    this.strip.hide();
  }

  private signals(): Signal[] {
    return (this.model.open.data ?? []).concat(this.model.closed.data ?? []);
  }

  private drawSignals(): void {
    if (this.replay) return;
    this.chart.showSignals(this.signals().filter((s) => s.symbol === this.symbol), this.detail);
  }

  private drawFacts(): void {
    const info = this.model.info(this.symbol);
    if (!info) return;
    this.change.className = `s nw change ${signClass(info.change24h_percent)}`;
    say(this.change, info.change24h_percent === null ? "" : `${signed(info.change24h_percent, 2)} %`);
    put(this.facts, h("span", {}, "24 h volume", h("b", {}, `${compact(info.quote_volume24h)} USDT`)));
  }

  private drawRegime(regimes: Regime[]): void {
    const regime = regimes.find((r) => r.symbol === this.symbol);
    this.regimeChip.hidden = !regime;
    if (!regime) return;
    const name = regimeWord(regime.label, regime.direction);
    put(this.regimeChip, h("span", name.cls, name.text), regime.confidence === null ? null : h("span", "t3", num(regime.confidence * 100, 0)));
  }

  private stepSymbol(by: number): void {
    const symbols = this.model.symbols.data ?? [];
    const index = symbols.findIndex((s) => s.symbol === this.symbol);
    const next = symbols[(index + by + symbols.length) % symbols.length];
    if (next) void this.show(next.symbol, this.frame);
  }

  private stepSignal(by: number): void {
    const open = this.model.open.data ?? [];
    const index = open.findIndex((s) => s.signal_id === this.chosen);
    const next = open[Math.min(open.length - 1, Math.max(0, index + by))];
    if (next) void this.chooseSignal(next.signal_id);
  }
}
