import {
  CandlestickSeries, ColorType, CrosshairMode, HistogramSeries, LineSeries, LineStyle, createChart, createSeriesMarkers,
  type AutoscaleInfo, type CandlestickData, type IChartApi, type IPriceLine, type ISeriesApi, type ISeriesMarkersPluginApi, type LineData,
  type SeriesMarker, type Time, type UTCTimestamp, type WhitespaceData,
} from "lightweight-charts";
import { FRAME_MS, type Problem, type Candle, type Frame, type Indicators, type Num, type Signal, type SignalDetail, type Zones } from "./api";
import { h, put, say } from "./dom";
import { compact, dayTime, num, percent, sign, signClass, signed } from "./format";
import { Overlay, type Box } from "./overlay";

const DAY_MS = 86_400_000;
const VISIBLE_BARS = 150;
const BARS_RIGHT = 32;
const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Kyiv's distance from UTC at that moment. The chart's axis knows UTC alone, so its times are moved by it. */
function kyivOffsetMs(ms: number): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/Kyiv", hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric",
    hour: "numeric", minute: "numeric", second: "numeric",
  }).formatToParts(ms);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second")) - Math.floor(ms / 1000) * 1000;
}

export type Study = "ema20" | "ema50" | "ema200" | "vwap" | "vwap_session" | "vwap_week" | "avwap" | "patterns" | "zones" | "profile";

/** Candle patterns as the API's bits name them. */
const PATTERNS: [bit: number, letter: string, name: string][] = [[1, "P", "pin bar"], [2, "E", "engulfing"], [4, "I", "inside bar"], [8, "F", "fakey"]];
const INSIDE = 4;
const PATTERN_BARS = 300;

/** The button that a line belongs to. */
function studyOf(line: string): Study {
  if (line.startsWith("avwap")) return "avwap";
  if (line === "vwap_session" || line === "vwap_week") return line;
  return (line.startsWith("vwap") ? "vwap" : line) as Study;
}

/** The main chart: closed candles solid, the running one outlined and in no study. */
export class MainChart {
  readonly root = h("section", { class: "panel chartwrap", "aria-label": "Price chart" });
  onOpenSignal: (id: string) => void = () => undefined;

  private readonly head = h("div", "legend");
  private readonly studyHead = h("div", "legend2");
  private readonly note = h("div", "chartnote");
  private readonly trouble = h("div", { class: "charttrouble", hidden: true, role: "alert" });
  private readonly host = h("div", { class: "charthost", role: "img", "aria-label": "Candles with studies, zones and signals" });
  private readonly chart: IChartApi;
  private readonly candles: ISeriesApi<"Candlestick">;
  private readonly volume: ISeriesApi<"Histogram">;
  private readonly volumeMean: ISeriesApi<"Line">;
  private readonly lines = new Map<string, ISeriesApi<"Line">>();
  private readonly markers: ISeriesMarkersPluginApi<Time>;
  private readonly patterns: ISeriesMarkersPluginApi<Time>;
  private readonly overlay: Overlay;
  private readonly colors = { up: token("--up"), dn: token("--dn"), line: token("--line"), grid: token("--grid"), t1: token("--t1"), t3: token("--t3"), panel: token("--bg-1"), ema: token("--ema200"), sand: token("--vwap") };
  private priceLines: IPriceLine[] = [];
  private bars: Candle[] = [];
  private runningBar: Candle | null = null;
  private studies: Indicators | null = null;
  private offset = 0;
  private decimals = 2;
  private frame: Frame = "15m";
  private signals: Signal[] = [];
  private detail: SignalDetail | null = null;
  private zones: Zones | null = null;
  private hovered: number | null = null;
  private readonly hidden = new Set<Study>(["ema20", "ema50", "vwap_session", "vwap_week", "avwap", "patterns"]);

  constructor() {
    const { colors } = this;
    this.root.append(this.head, this.studyHead, this.note, this.trouble, this.host);
    this.chart = createChart(this.host, {
      autoSize: true,
      layout: {
        background: { type: ColorType.Solid, color: colors.panel }, textColor: colors.t3, fontSize: 11, fontFamily: token("--font"),
        // The library's own mark writes a style element, which the content policy forbids; the foot names it instead.
        attributionLogo: false, panes: { separatorColor: colors.line, enableResize: false },
      },
      grid: { vertLines: { color: colors.grid }, horzLines: { color: colors.grid } },
      crosshair: { mode: CrosshairMode.Normal, vertLine: { color: colors.t3, labelBackgroundColor: "#343e4e" }, horzLine: { color: colors.t3, labelBackgroundColor: "#343e4e" } },
      rightPriceScale: { borderColor: colors.line, scaleMargins: { top: 0.15, bottom: 0.06 }, minimumWidth: 72 },
      timeScale: { borderColor: colors.line, timeVisible: true, secondsVisible: false, rightOffset: BARS_RIGHT },
      localization: { timeFormatter: (t: Time) => dayTime((t as number) * 1000 - this.offset) },
    });
    this.candles = this.chart.addSeries(CandlestickSeries, {
      upColor: colors.up, downColor: colors.dn, wickUpColor: colors.up, wickDownColor: colors.dn,
      borderVisible: true, borderUpColor: colors.up, borderDownColor: colors.dn,
      priceLineStyle: LineStyle.Dotted, priceLineColor: colors.t3,
      autoscaleInfoProvider: (original: () => AutoscaleInfo | null) => this.scale(original()),
    });
    const study = (name: string, color: string, width: 1 | 2, style: LineStyle): void => {
      this.lines.set(name, this.chart.addSeries(LineSeries, {
        color, lineWidth: width, lineStyle: style, priceLineVisible: false, lastValueVisible: false, crosshairMarkerVisible: false,
        autoscaleInfoProvider: () => null,   // candles and levels set the scale
      }));
    };
    study("ema20", "#6f7f96", 1, LineStyle.Solid);
    study("ema50", "#8f9bad", 1, LineStyle.Dashed);
    for (const band of ["vwap_upper2", "vwap_lower2"]) study(band, "#e6cf8b59", 1, LineStyle.Dotted);
    for (const band of ["vwap_upper1", "vwap_lower1"]) study(band, "#e6cf8bb0", 1, LineStyle.Dotted);
    study("vwap_week", "#e6cf8b90", 1, LineStyle.LargeDashed);
    study("vwap_session", "#e6cf8bb0", 1, LineStyle.Solid);
    study("avwap_4h", colors.sand, 2, LineStyle.Dashed);
    study("avwap_1h", colors.sand, 1, LineStyle.Dashed);
    study("vwap", colors.sand, 2, LineStyle.Solid);
    study("ema200", colors.ema, 2, LineStyle.Solid);
    this.volume = this.chart.addSeries(HistogramSeries, { priceFormat: { type: "volume" }, priceLineVisible: false, lastValueVisible: false }, 1);
    this.volumeMean = this.chart.addSeries(LineSeries, {
      color: colors.t3, lineWidth: 1, lineStyle: LineStyle.Dashed, priceFormat: { type: "volume" },
      priceLineVisible: false, lastValueVisible: false, crosshairMarkerVisible: false,
    }, 1);
    this.volume.priceScale().applyOptions({ scaleMargins: { top: 0.18, bottom: 0 } });
    this.chart.panes()[1]?.setStretchFactor(0.16);
    this.chart.panes()[0]?.setStretchFactor(0.84);
    this.patterns = createSeriesMarkers(this.candles, []);
    this.markers = createSeriesMarkers(this.candles, []);
    this.overlay = new Overlay({
      up: colors.up, dn: colors.dn, sand: colors.sand, text: colors.t1, ground: colors.panel,
      zoneS: token("--zone-s"), zoneR: token("--zone-r"), font: token("--font"),
    });
    this.candles.attachPrimitive(this.overlay);
    this.chart.subscribeCrosshairMove((at) => {
      this.hovered = at.time === undefined ? null : this.indexOf(((at.time as number) * 1000) - this.offset);
      this.drawHead();
    });
    this.chart.subscribeClick((at) => {
      if (typeof at.hoveredObjectId === "string") this.onOpenSignal(at.hoveredObjectId);
    });
    this.host.addEventListener("dblclick", () => this.reset());
  }

  load(frame: Frame, decimals: number, bars: Candle[], studies: Indicators, zones: Zones): void {
    this.frame = frame;
    this.decimals = decimals;
    this.bars = bars;
    this.studies = studies;
    this.zones = zones;
    this.runningBar = null;
    this.offset = bars.length > 0 ? kyivOffsetMs(bars[bars.length - 1].open_time) : 0;
    this.candles.applyOptions({ priceFormat: { type: "custom", formatter: (price: number) => num(price, this.decimals), minMove: 10 ** -decimals } });
    this.candles.setData(bars.map((bar) => this.point(bar)));
    this.volume.setData(bars.map((bar) => this.volumePoint(bar, "73")));
    this.drawStudies();
    this.drawFound();
    this.drawSignals();
    this.drawHead();
    this.reset();
  }

  /** What keeps the chart from being drawn; null when nothing does. */
  say(problem: Problem | null): void {
    this.trouble.hidden = problem === null;
    if (problem) put(this.trouble, h("b", "crit", `■ ${problem.title}`), h("span", {}, problem.detail));
  }

  dispose(): void {
    this.chart.remove();
  }

  /** After a close: studies and zones anew, the view stays where it is. */
  refresh(studies: Indicators, zones: Zones): void {
    this.studies = studies;
    this.zones = zones;
    this.drawStudies();
    this.drawFound();
    this.drawSignals();
    this.drawHead();
  }

  close(bar: Candle): void {
    const last = this.bars[this.bars.length - 1];
    if (last && bar.open_time < last.open_time) return;
    if (last && bar.open_time === last.open_time) this.bars[this.bars.length - 1] = bar;
    else this.bars.push(bar);
    if (this.runningBar && this.runningBar.open_time <= bar.open_time) this.runningBar = null;
    if (this.runningBar) return;   // the next one runs already: it stays the newest point
    this.candles.update(this.point(bar));
    this.volume.update(this.volumePoint(bar, "73"));
  }

  running(bar: Candle): void {
    const last = this.bars[this.bars.length - 1];
    if (!last || bar.open_time <= last.open_time) return;
    const before = this.runningBar;
    if (before && before.open_time < bar.open_time && before.open_time > last.open_time) {
      // A close was missed: the page reads everything again rather than show a guess.
      this.runningBar = null;
      this.onGap();
      return;
    }
    this.runningBar = bar;
    const color = bar.close >= bar.open ? this.colors.up : this.colors.dn;
    this.candles.update({ ...this.point(bar), color: this.colors.panel, borderColor: color, wickColor: color } as CandlestickData);
    this.volume.update(this.volumePoint(bar, "30"));
    this.drawHead();
  }

  onGap: () => void = () => undefined;

  showSignals(signals: Signal[], detail: SignalDetail | null): void {
    this.signals = signals;
    this.detail = detail;
    this.drawSignals();
  }

  toggle(study: Study): boolean {
    if (this.hidden.has(study)) this.hidden.delete(study);
    else this.hidden.add(study);
    this.drawStudies();
    this.drawFound();
    this.drawHead();
    return !this.hidden.has(study);
  }

  /** It is switched on, and there is such a thing on this frame. */
  private knows(study: Study, line: string = study): boolean {
    return this.shows(study) && this.studies?.series[line] !== undefined;
  }

  shows(study: Study): boolean {
    return !this.hidden.has(study);
  }

  reset(): void {
    const count = this.bars.length;
    this.chart.priceScale("right").applyOptions({ autoScale: true });
    const seen = this.host.clientWidth < 600 ? 60 : VISIBLE_BARS;
    this.chart.timeScale().setVisibleLogicalRange({ from: Math.max(0, count - seen), to: count + (seen === 60 ? 14 : BARS_RIGHT) });
  }

  /** The newest rows as a table: the chart's text alternative. */
  table(): HTMLTableElement {
    const head = ["Open, Kyiv", "Open", "High", "Low", "Close", "Volume", "EMA 200", "VWAP"];
    const rows = this.bars.map((bar, i) => ({ bar, i })).slice(-50).reverse().map(({ bar, i }) => h("tr", {},
      h("td", {}, dayTime(bar.open_time)),
      ...[bar.open, bar.high, bar.low, bar.close].map((price) => h("td", "num", num(price, this.decimals))),
      h("td", "num", compact(bar.volume)),
      h("td", "num", num(this.study("ema200", i), this.decimals)), h("td", "num", num(this.study("vwap", i), this.decimals))));
    return h("table", "t", h("thead", {}, h("tr", {}, ...head.map((name, i) => h("th", i ? "num" : "", name)))), h("tbody", {}, ...rows));
  }

  /** Room for the chosen signal's levels, and for EMA 200 and VWAP while they are not far away. */
  private scale(info: AutoscaleInfo | null): AutoscaleInfo | null {
    const range = info?.priceRange;
    if (!info || !range) return info;
    let [low, high] = [range.minValue, range.maxValue];
    const reach = (high - low) * 0.6;
    const near = ["ema200", "vwap"].filter((name) => this.shows(name as Study)).map((name) => this.study(name, this.bars.length - 1));
    for (const value of near) {
      if (value === null || value < range.minValue - reach || value > range.maxValue + reach) continue;
      [low, high] = [Math.min(low, value), Math.max(high, value)];
    }
    const signal = this.detail?.signal;
    if (signal && signal.closed_at === null) {
      const levels = [signal.stop, signal.initial_stop, signal.entry_price, signal.tp1, ...(signal.tp2 === null ? [] : [signal.tp2])];
      [low, high] = [Math.min(low, ...levels), Math.max(high, ...levels)];
    }
    return { ...info, priceRange: { minValue: low, maxValue: high } };
  }

  private at(ms: number): UTCTimestamp {
    return ((ms + this.offset) / 1000) as UTCTimestamp;
  }

  private point(bar: Candle): CandlestickData {
    return { time: this.at(bar.open_time), open: bar.open, high: bar.high, low: bar.low, close: bar.close };
  }

  private volumePoint(bar: Candle, alpha: string) {
    return { time: this.at(bar.open_time), value: bar.volume, color: (bar.close >= bar.open ? this.colors.up : this.colors.dn) + alpha };
  }

  private study(name: string, index: number): Num {
    const studies = this.studies;
    if (!studies || studies.open_time.length === 0) return null;
    // Studies and candles are read one after the other: align by time, never by position.
    const shift = this.bars.findIndex((bar) => bar.open_time === studies.open_time[0]);
    return studies.series[name]?.[index - shift] ?? null;
  }

  private drawStudies(): void {
    const studies = this.studies;
    if (!studies) return;
    const rows = (name: string, ofDay: boolean): (LineData | WhitespaceData)[] => (studies.series[name] ?? []).map((value, i) => {
      const time = this.at(studies.open_time[i]);
      if (value === null) return { time };
      // A study that starts anew: no line joins two days, two anchors. A point's colour is that of the line to the next one.
      const next = studies.open_time[i + 1];
      const since = studies.series[`${name}_since`];
      const last = next !== undefined && (since ? since[i + 1] !== since[i]
        : ofDay && Math.floor(next / DAY_MS) !== Math.floor(studies.open_time[i] / DAY_MS));
      return last ? { time, value, color: "transparent" } : { time, value };
    });
    for (const [name, line] of this.lines) {
      const kind = studyOf(name);
      // On frames of a day and more a daily VWAP is one bar's own price: nothing to draw.
      const senseless = kind === "vwap" && FRAME_MS[this.frame] >= DAY_MS;
      line.setData(this.hidden.has(kind) || senseless ? [] : rows(name, kind === "vwap"));
    }
    this.volumeMean.setData(rows("volume_mean20", false));
    this.drawPatterns();
  }

  /** Below a candle what speaks for long, above it what speaks for short; an inside bar has no side. */
  private drawPatterns(): void {
    const studies = this.studies;
    const marks: SeriesMarker<Time>[] = [];
    const from = this.hidden.has("patterns") || !studies ? Infinity : Math.max(0, studies.open_time.length - PATTERN_BARS);
    for (let i = from; studies && i < studies.open_time.length; i++) {
      const [long, short] = [studies.series.pattern_long?.[i] ?? 0, studies.series.pattern_short?.[i] ?? 0];
      const mark = (bits: number, position: "aboveBar" | "belowBar", color: string): void => {
        if (bits === 0) return;
        const text = PATTERNS.filter(([bit]) => (bits & bit) !== 0).map(([, letter]) => letter).join("");
        marks.push({ time: this.at(studies.open_time[i]), position, shape: "circle", size: 0, color, text });   // the letter alone
      };
      mark(long & ~INSIDE, "belowBar", this.colors.up);
      mark(short & ~INSIDE, "aboveBar", this.colors.dn);
      mark((long | short) & INSIDE, "aboveBar", this.colors.t3);
    }
    this.patterns.setMarkers(marks);
  }

  /** The patterns of one candle in words. */
  private patternWords(index: number): string {
    const names = (name: string): string[] => {
      const bits = this.study(name, index) ?? 0;
      return PATTERNS.filter(([bit]) => bit !== INSIDE && (bits & bit) !== 0).map(([, , word]) => `${word} ${name === "pattern_long" ? "▲" : "▼"}`);
    };
    const inside = ((this.study("pattern_long", index) ?? 0) & INSIDE) !== 0 ? ["inside bar"] : [];
    return [...names("pattern_long"), ...names("pattern_short"), ...inside].join(", ");
  }

  private indexOf(openMs: number): number {
    let [low, high] = [0, this.bars.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.bars[middle].open_time <= openMs) low = middle;
      else high = middle - 1;
    }
    if (this.runningBar && openMs >= this.runningBar.open_time) return this.bars.length;
    return low;
  }

  /** What was found in the candles: zones and the volume profile. */
  private drawFound(): void {
    const zones = this.zones;
    if (!zones) return;
    this.overlay.set({ zones: this.shows("zones") ? this.placed(zones) : [], profile: this.shows("profile") ? zones.profile : null });
  }

  private placed(zones: Zones) {
    return zones.zones.map((zone) => ({ ...zone, index: this.indexOf(zone.since) }));
  }

  private drawSignals(): void {
    if (this.bars.length === 0) return;
    const step = FRAME_MS[this.frame];
    const oldest = this.bars[0]?.open_time ?? 0;
    const marks: SeriesMarker<Time>[] = this.signals
      .filter((signal) => signal.decided_at - step >= oldest)
      .map((signal) => {
        const bar = this.bars[this.indexOf(signal.decided_at - FRAME_MS[signal.timeframe])];
        const long = signal.direction === "long";
        const over = signal.closed_at !== null;
        return {
          time: this.at(bar.open_time), id: signal.signal_id, position: long ? "belowBar" as const : "aboveBar" as const,
          shape: long ? "arrowUp" as const : "arrowDown" as const, size: over ? 0.7 : 1.2,
          color: (long ? this.colors.up : this.colors.dn) + (over ? "a0" : ""),
          text: signal.replayed && !over ? "replayed" : undefined,
        };
      })
      .sort((a, b) => (a.time as number) - (b.time as number));
    this.markers.setMarkers(marks);
    for (const line of this.priceLines) this.candles.removePriceLine(line);
    this.priceLines = [];
    this.overlay.set({ box: this.box() });
  }

  private box(): Box | null {
    const detail = this.detail;
    if (!detail) return null;
    const s = detail.signal;
    const d = this.decimals;
    const label = (price: number, background: string): void => {
      this.priceLines.push(this.candles.createPriceLine({
        price, title: "", color: background, lineVisible: false, axisLabelVisible: true, axisLabelColor: background, axisLabelTextColor: "#0b0e13",
      }));
    };
    if (s.tp2 !== null) label(s.tp2, this.colors.up);
    label(s.tp1, this.colors.up);
    label(s.entry_price, this.colors.t1);
    label(s.stop, this.colors.dn);
    const risk = Math.abs(s.entry_price - s.initial_stop);
    const r = (price: number): string => risk > 0 ? `${signed((sign(s.direction) * (price - s.entry_price)) / risk, 2)} R` : "";
    const fraction = (name: string): string => {
      const target = detail.targets.find((t) => t.name === name);
      return target ? ` · ${percent(target.fraction, 0)}` : "";
    };
    const long = s.direction === "long";
    const start = s.entered_at ?? s.decided_at;
    const from = this.indexOf(start - (start % FRAME_MS[this.frame]));
    return {
      from, to: s.closed_at === null ? null : Math.max(from + 1, this.indexOf(s.closed_at)), long,
      entry: s.entry_price, stop: s.stop, initialStop: s.initial_stop, tp1: s.tp1, tp2: s.tp2,
      labels: [
        ...(s.tp2 === null ? [] : [{ price: s.tp2, text: `TP2${fraction("TP2")} · ${r(s.tp2)}`, kind: "target" as const, below: !long }]),
        { price: s.tp1, text: `TP1${fraction("TP1")} · ${r(s.tp1)}`, kind: "target", below: !long },
        { price: s.entry_price, text: s.entered_at === null ? `Entry, waiting · ${num(s.entry_price, d)}` : "Entry", kind: "entry", below: !long },
        { price: s.stop, text: `Stop · ${r(s.stop)}`, kind: "stop", below: long },
      ],
    };
  }

  private drawHead(): void {
    const isRunning = this.hovered === null ? this.runningBar !== null : this.hovered >= this.bars.length;
    const index = isRunning ? this.bars.length : this.hovered ?? this.bars.length - 1;
    const bar = isRunning ? this.runningBar : this.bars[index];
    if (!bar) {
      put(this.head, "no candles");
      return;
    }
    const before = this.bars[index - 1];
    const change = before ? (bar.close / before.close - 1) * 100 : null;
    const cell = (name: string, value: string) => h("span", {}, `${name} `, h("b", {}, value));
    const d = this.decimals;
    put(this.head, h("span", {}, dayTime(bar.open_time)), cell("O", num(bar.open, d)), cell("H", num(bar.high, d)),
      cell("L", num(bar.low, d)), cell("C", num(bar.close, d)), cell("V", compact(bar.volume)),
      h("span", signClass(change), `${signed(change, 2)} %`), h("span", isRunning ? "chip line" : "t3", isRunning ? "not closed" : "closed"));
    // Studies know closed candles only.
    const at = Math.min(index, this.bars.length - 1);
    const study = (cls: string, name: string, key: string) => h("span", "ind", h("i", cls), `${name} `, h("b", "t1", num(this.study(key, at), d)));
    put(this.studyHead,
      this.shows("ema200") && study("s-ema200", "EMA 200", "ema200"), this.shows("ema50") && study("s-ema50", "EMA 50", "ema50"),
      this.shows("ema20") && study("s-ema20", "EMA 20", "ema20"),
      this.shows("vwap") && FRAME_MS[this.frame] < DAY_MS && study("s-vwap", "VWAP day", "vwap"),
      this.shows("vwap") && FRAME_MS[this.frame] < DAY_MS && h("span", "ind", h("i", "s-band"), "± 1, 2 σ"),
      this.knows("vwap_session") && study("s-session", "VWAP session", "vwap_session"),
      this.knows("vwap_week") && study("s-week", "VWAP week", "vwap_week"),
      this.knows("avwap", "avwap_1h") && study("s-avwap1", "VWAP from 1h swing", "avwap_1h"),
      this.knows("avwap", "avwap_4h") && study("s-avwap4", "from 4h swing", "avwap_4h"),
      this.shows("patterns") && h("span", "ind", PATTERNS.map(([, letter, name]) => `${letter} ${name}`).join(" · "), h("b", "t1", this.patternWords(at))),
      h("span", "ind t3", `ATR 14 ${num(this.study("atr14", at), d)}`), h("span", "ind t3", `ADX ${num(this.study("adx14", at), 1)}`),
      h("span", "ind t3", `Volume mean ${compact(this.study("volume_mean20", at))}`));
    say(this.note, this.zones?.profile === null && this.zones.profile_reason ? `Volume profile unavailable: ${this.zones.profile_reason}` : "");
  }
}
