import "./signals.css";
import type { Replay, Rows, Side, Signal, SignalDetail, Statistics, WhyNot } from "../api";
import { miniCandles } from "../charts/candles";
import { h, put, say, seg, type Child } from "../dom";
import { NONE, age, checked, num, percent, regimeWord, signClass, signed, when, words } from "../format";
import { BasePage, type Context } from "../page";
import { csvLine, download, failed } from "../parts";
import { checkRow, waterfall } from "../panels/checks";
import { PERIOD_DAYS, totals, type Period } from "../panels/results";
import { nameCells, score, stateCell, trackOf, trackWidth } from "../panels/signals";
import type { Resource } from "../resource";
import { href, type Route } from "../router";

type Tab = "All" | "Open" | "Closed" | "Refused" | "Near misses";
const TABS: readonly Tab[] = ["All", "Open", "Closed", "Refused", "Near misses"];
const PERIODS: readonly Period[] = ["7d", "30d", "90d", "All"];
const ROWS_FIRST = 60;
const ROWS_MORE = 100;
const ROWS_MAX = 500;
const DAY_MS = 86_400_000;
/** The start of a period moves in steps, so that the address, and with it the answer kept, stays the same for a while. */
const STEP_MS = 900_000;

interface Column { name: string; cls: string; sort: string }
const COLUMNS: Column[] = [
  { name: "Time", cls: "num", sort: "time" }, { name: "Symbol", cls: "", sort: "symbol" }, { name: "Side", cls: "", sort: "" }, { name: "Strategy", cls: "", sort: "strategy" },
  { name: "Regime", cls: "", sort: "" }, { name: "Score", cls: "num", sort: "score" }, { name: "State", cls: "", sort: "" }, { name: "Stop … entry … TP2, or the reason", cls: "wide", sort: "" },
  { name: "Result, R", cls: "num", sort: "result" }, { name: "Cost, R", cls: "num", sort: "" }, { name: "Age", cls: "num", sort: "bars" }, { name: "", cls: "c-open", sort: "" },
];
type Item = { id: string; time: number; signal: Signal } | { id: string; time: number; no: WhyNot };
interface Filter { tab: Tab; symbol: string; strategy: string; side: "" | Side; score: string; period: Period; sort: string; order: "asc" | "desc" }

/** Every signal with its track, and every no with its number. */
export class SignalsPage extends BasePage {
  readonly title = "Signals";
  private filter: Filter = { tab: "All", symbol: "", strategy: "", side: "", score: "", period: "All", sort: "time", order: "desc" };
  private limit = ROWS_FIRST;
  private opened: string | null = null;
  private chosen: string | null = null;
  private shown: Item[] = [];
  private waiting: Item[] | null = null;
  private found: Resource<Rows<Signal>> | null = null;
  private nos: Resource<Rows<WhyNot>> | null = null;
  private reads: (() => void)[] = [];
  private detailEnds: (() => void)[] = [];

  private readonly tabs = seg<Tab>(TABS, "All", "What to list", (tab) => this.change({ tab }));
  private readonly periods = seg<Period>(PERIODS, "All", "Decided within", (period) => this.change({ period }));
  private readonly symbol = h("select", { class: "inp", "aria-label": "Symbol", change: () => this.change({ symbol: this.symbol.value }) });
  private readonly strategy = h("select", { class: "inp", "aria-label": "Strategy", change: () => this.change({ strategy: this.strategy.value }) });
  private readonly side = h("select", { class: "inp", "aria-label": "Side", change: () => this.change({ side: this.side.value as "" | Side }) },
    h("option", { value: "" }, "both sides"), h("option", { value: "long" }, "long"), h("option", { value: "short" }, "short"));
  private readonly score = h("input", { class: "inp scoremin", type: "number", step: "0.25", min: "0", max: "20", placeholder: "Score ≥", "aria-label": "Score at least", change: () => this.change({ score: this.score.value }) });
  private readonly head = h("tr");
  private readonly tbody = h("tbody");
  private readonly news = h("button", { class: "btn sm news", type: "button", hidden: true, click: () => { this.root.querySelector(".list")?.scrollTo({ top: 0 }); this.accept(); } });
  private readonly foot = h("div", "totals");
  private readonly more = h("button", { class: "btn sm", type: "button", hidden: true, click: () => { this.limit = Math.min(ROWS_MAX, this.limit + ROWS_MORE); this.read(); } }, "Show more");
  private readonly list = h("div", "pb flush list", h("table", "t", h("thead", {}, this.head), this.tbody));

  constructor(context: Context) {
    super(context, "signals");
  }

  protected begin(route: Route): void {
    this.root.append(
      h("div", "flt", this.tabs.root, this.symbol, this.strategy, this.side, this.score, h("span", "grow"), this.periods.root,
        h("button", { class: "btn", type: "button", click: () => this.export() }, "Export CSV")),
      h("section", { class: "panel cards", "aria-label": "Signals" }, this.news, this.list, this.foot));
    this.watch(this.model.symbols, (symbols) => {
      if (this.symbol.options.length === symbols.length + 1) return;
      put(this.symbol, h("option", { value: "" }, "any symbol"), ...symbols.map((s) => h("option", { value: s.symbol }, s.symbol)));
      this.symbol.value = this.filter.symbol;
    });
    this.watch(this.model.performance(PERIOD_DAYS.All), (data) => this.strategies(data.by_strategy));
    this.arrive(route);
  }

  protected override arrive({ query }: Route): void {
    const tab = TABS.find((one) => one.toLowerCase().replace(" ", "_") === query.get("list")) ?? "All";
    this.filter = {
      tab, symbol: query.get("symbol") ?? "", strategy: query.get("strategy") ?? "", side: (query.get("side") ?? "") as "" | Side, score: query.get("score") ?? "",
      period: PERIODS.find((p) => p === query.get("period")) ?? "All", sort: query.get("sort") ?? "time", order: query.get("order") === "asc" ? "asc" : "desc",
    };
    this.opened = this.chosen = query.get("signal");
    this.read();
  }

  override tick(now: number): void {
    for (const item of this.shown) {
      if (!("signal" in item) || item.signal.closed_at !== null) continue;
      const row = this.tbody.querySelector(`tr[data-id="${CSS.escape(item.id)}"]`);
      const cell = row?.querySelector(".c-track");
      if (cell) put(cell, trackOf(item.signal, this.model.price(item.signal.symbol), trackWidth(220)));
      const old = row?.querySelector(".c-age");
      if (old) say(old, age(now - item.signal.decided_at));
    }
  }

  override key(key: string): boolean {
    const at = this.shown.findIndex((item) => item.id === this.chosen);
    if (key === "j" || key === "k") {
      const next = this.shown[Math.max(0, Math.min(this.shown.length - 1, at + (key === "j" ? 1 : -1)))];
      if (next) this.choose(next.id);
    } else if (key === "Enter" && at >= 0) this.toggle(this.shown[at].id);
    else if (key === "Escape" && this.opened) this.toggle(this.opened);
    else if (key === "c" && at >= 0) this.context.router.go("chart", { signal: this.shown[at].id });
    else return false;
    return true;
  }

  private change(part: Partial<Filter>): void {
    this.filter = { ...this.filter, ...part };
    this.limit = ROWS_FIRST;
    this.opened = null;
    this.read();
  }

  /** The filter as the API and the address take it. */
  private query(): Record<string, string | null> {
    const f = this.filter;
    const start = f.period === "All" || this.model.now() === 0 ? null : Math.floor((this.model.now() - PERIOD_DAYS[f.period] * DAY_MS) / STEP_MS) * STEP_MS;
    return { symbol: f.symbol || null, strategy: f.strategy || null, side: f.side || null, score_min: f.score || null, from: start === null ? null : new Date(start).toISOString() };
  }

  private read(): void {
    const f = this.filter;
    this.tabs.set(f.tab);
    this.periods.set(f.period);
    [this.symbol.value, this.strategy.value, this.side.value, this.score.value] = [f.symbol, f.strategy, f.side, f.score];
    this.context.router.amend({
      list: f.tab === "All" ? null : f.tab.toLowerCase().replace(" ", "_"), symbol: f.symbol, strategy: f.strategy, side: f.side, score: f.score, period: f.period === "All" ? null : f.period,
      sort: f.sort === "time" ? null : f.sort, order: f.order === "desc" ? null : f.order, signal: this.opened,
    });
    this.drawHead();
    for (const end of this.reads.splice(0)) end();
    const ask = (extra: Record<string, string | number | null>): string =>
      new URLSearchParams(Object.entries<string | number | null>({ ...this.query(), ...extra, limit: this.limit }).filter((pair): pair is [string, string | number] => pair[1] !== null).map(([k, v]) => [k, String(v)])).toString();
    const cadence = { least: 1_000, most: 10_000, on: ["signal", "refusal"] };
    const wantsSignals = f.tab === "All" || f.tab === "Open" || f.tab === "Closed";
    this.found = wantsSignals ? this.model.resource<Rows<Signal>>(`/api/signals/search?${ask({ state: f.tab === "All" ? null : f.tab.toLowerCase(), sort: f.sort, order: f.order })}`, cadence) : null;
    // A score and a sort by anything but time are a signal's alone.
    const wantsNos = f.tab === "Refused" || f.tab === "Near misses" || (f.tab === "All" && f.score === "" && f.sort === "time");
    this.nos = wantsNos ? this.model.resource<Rows<WhyNot>>(`/api/refusals/search?${ask({ score_min: null, kind: f.tab === "All" ? null : f.tab === "Refused" ? "refused" : "near_miss" })}`, cadence) : null;
    this.shown = [];
    this.waiting = null;
    let first = true;
    const heard = (): void => {
      if (first && [this.found, this.nos].some((one) => one && one.data === null && !one.problem)) return;
      this.offer(first);
      first = false;
    };
    if (this.found) this.reads.push(this.watch(this.found, heard));
    if (this.nos) this.reads.push(this.watch(this.nos, heard), this.nos.watch(heard));
    if (this.found) this.reads.push(this.found.watch(heard));
  }

  private items(): Item[] {
    const items: Item[] = [
      ...(this.found?.data?.rows ?? []).map((signal): Item => ({ id: signal.signal_id, time: signal.decided_at, signal })),
      ...(this.nos?.data?.rows ?? []).map((no): Item => ({ id: `no-${no.time}-${no.symbol}-${no.strategy}-${no.direction}-${no.reason}`, time: no.time, no })),
    ];
    if (this.filter.sort === "time" && this.nos && this.found) items.sort((a, b) => (this.filter.order === "desc" ? b.time - a.time : a.time - b.time));
    return items.slice(0, this.limit);
  }

  /** New rows never push what somebody looks at: then they wait behind a button. */
  private offer(now: boolean): void {
    const next = this.items();
    const known = new Set(this.shown.map((item) => item.id));
    const fresh = next.filter((item) => !known.has(item.id)).length;
    const busy = this.list.scrollTop > 4 || this.opened !== null || this.list.matches(":hover");
    if (!now && fresh > 0 && busy && this.shown.length > 0) {
      this.waiting = next;
      this.news.hidden = false;
      say(this.news, `${fresh} new ↑`);
      return;
    }
    this.waiting = next;
    this.accept();
  }

  private accept(): void {
    this.shown = this.waiting ?? this.shown;
    this.waiting = null;
    this.news.hidden = true;
    this.draw();
  }

  private drawHead(): void {
    put(this.head, ...COLUMNS.map((column) => {
      const sorted = column.sort !== "" && column.sort === this.filter.sort;
      const arrow = sorted ? (this.filter.order === "desc" ? " ↓" : " ↑") : "";
      return h("th", { class: column.cls, scope: "col", ...(sorted ? { "aria-sort": this.filter.order === "desc" ? "descending" : "ascending" } : {}) },
        column.sort === "" ? column.name : h("button", { class: "sorter", type: "button", click: () => this.change({ sort: column.sort, order: sorted && this.filter.order === "desc" ? "asc" : "desc" }) }, column.name + arrow));
    }));
  }

  private draw(): void {
    const now = this.model.now();
    const problem = this.found?.problem ?? (this.found ? null : this.nos?.problem ?? null);
    const rows: HTMLElement[] = [];
    for (const item of this.shown) {
      rows.push("signal" in item ? this.signalRow(item.signal, now) : this.noRow(item, now));
      if (item.id !== this.opened) continue;
      const box = h("td", { colspan: COLUMNS.length, class: "exp-cell" });
      rows.push(h("tr", "exp-row", box));
      if ("signal" in item) this.drawDetail(box, item.signal);
      else put(box, this.noDetail(item.no));
    }
    if (rows.length === 0) rows.push(h("tr", {}, h("td", { colspan: COLUMNS.length, class: "none" }, problem && this.shown.length === 0 ? failed(problem, () => this.read()) : h("span", "t3", "Nothing passes this filter."))));
    const top = this.list.scrollTop;
    put(this.tbody, ...rows);
    this.list.scrollTop = top;
    const total = (this.found?.data?.total ?? 0) + (this.nos?.data?.total ?? 0);
    this.more.hidden = total <= this.shown.length || this.limit >= ROWS_MAX;
    const closed = this.shown.flatMap((item) => ("signal" in item && item.signal.closed_at !== null && item.signal.pnl_r_net !== null ? [item.signal] : []));
    const all = this.model.performance(PERIOD_DAYS.All).data;
    const plain = this.filter.symbol === "" && this.filter.strategy === "" && this.filter.side === "" && this.filter.score === "" && this.filter.period === "All";
    put(this.foot, ...(plain && all ? totals(all.all) : [h("span", "t3", "Closed in this view"), h("b", {}, `n = ${closed.length}`), h("span", {}, "sum ", h("b", signClass(sum(closed)), `${signed(sum(closed), 1)} R`))]),
      h("span", "grow"), this.more, h("span", "t3 nw", `${this.shown.length === 0 ? 0 : 1} – ${this.shown.length} of ${num(total, 0)}`),
      this.nos?.problem ? h("span", "t3", this.nos.problem.detail) : null, h("span", "keyhint t3", h("kbd", {}, "J"), " ", h("kbd", {}, "K"), " rows ", h("kbd", {}, "Enter"), " open"));
  }

  private row(id: string, cells: HTMLElement[]): HTMLElement {
    const open = id === this.opened;
    return h("tr", { class: open || id === this.chosen ? "sel" : "", tabindex: 0, "data-id": id, "aria-expanded": String(open), click: () => this.toggle(id) }, ...cells, h("td", "t3 c-open", open ? "▾" : "▸"));
  }

  private signalRow(s: Signal, now: number): HTMLElement {
    const over = s.closed_at !== null;
    const result = over ? s.pnl_r_net : s.now_r;
    const cost = s.pnl_r_gross === null || s.pnl_r_net === null ? null : s.pnl_r_gross - s.pnl_r_net;
    const regime = regimeWord(s.regime || "?", 0);
    return this.row(s.signal_id, [h("td", "num t3 c-time", when(s.decided_at, now)), ...nameCells(s), h("td", "c-reg", s.regime ? regime.text : h("span", "na")), h("td", "num t1 c-score", ...score(s)), stateCell(s),
      h("td", "c-track", trackOf(s, over ? null : this.model.price(s.symbol), trackWidth(220))), h("td", "num c-now", h("b", signClass(result), signed(result, 2))),
      h("td", "num c-risk", num(cost, 2)), h("td", "num c-age", over ? age((s.closed_at ?? 0) - (s.entered_at ?? s.decided_at)) : age(now - s.decided_at))]);
  }

  private noRow(item: { id: string; no: WhyNot }, now: number): HTMLElement {
    const no = item.no;
    return this.row(item.id, [h("td", "num t3 c-time", when(no.time, now)), ...nameCells(no), h("td", "c-reg t3", ""), h("td", "num t3 c-score", NONE),
      h("td", "c-state", h("span", "chip line", no.kind === "refused" ? "⊘ Refused" : "Near miss"), no.replayed ? h("span", "t3 xs rep", "replayed") : null),
      h("td", { class: "c-track s t2 ell reason", title: sentence(no) }, sentence(no)), h("td", { class: "num t3 c-now", title: "No trade, so no result" }, NONE), h("td", "num t3 c-risk", NONE), h("td", "num t3 c-age", age(now - no.time))]);
  }

  /** A no from near: the value beside what would have passed. */
  private noDetail(no: WhyNot): HTMLElement {
    const bar = h("div", "nobar");
    if (no.value !== null && no.threshold !== null) {
      const most = Math.max(Math.abs(no.value), Math.abs(no.threshold)) * 1.25 || 1;
      const fill = h("i");
      fill.style.width = `${(Math.abs(no.value) / most) * 100}%`;
      const tick = h("u");
      tick.style.left = `${(Math.abs(no.threshold) / most) * 100}%`;
      bar.append(fill, tick);
    } else bar.classList.add("hatch");
    return h("div", "noexp", h("b", {}, what(no)), bar, h("span", "t2", sentence(no)),
      h("span", "t3", no.kind === "near_miss" ? "All checks of this strategy passed on this bar but this one." : `Refusals of this kind: ${words(no.reason)}.`),
      h("div", {}, h("a", { class: "btn sm", href: href("chart", { symbol: no.symbol, timeframe: no.timeframe }) }, "Open chart")));
  }

  private choose(id: string): void {
    this.chosen = id;
    for (const row of this.tbody.querySelectorAll<HTMLElement>("tr[data-id]")) row.classList.toggle("sel", row.dataset.id === id || row.dataset.id === this.opened);
    this.tbody.querySelector(`tr[data-id="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest" });
  }

  private toggle(id: string): void {
    for (const end of this.detailEnds.splice(0)) end();
    this.opened = this.opened === id ? null : id;
    this.chosen = id;
    if (this.waiting) this.accept();
    else this.draw();
    this.context.router.amend({ list: this.filter.tab === "All" ? null : this.filter.tab.toLowerCase().replace(" ", "_"), signal: this.opened?.startsWith("no-") ? null : this.opened });
  }

  private drawDetail(box: HTMLElement, s: Signal): void {
    const [left, chart, checks, money] = [h("div", "exp-life"), h("div", "exp-chart"), h("div", "exp-checks"), h("div", "exp-money")];
    put(box, h("div", "exp", left, chart, checks, money));
    for (const end of this.detailEnds.splice(0)) end();
    const decimals = this.model.decimals(s.symbol);
    const detail = this.model.resource<SignalDetail>(`/api/signals/${encodeURIComponent(s.signal_id)}`, { least: 1_000, most: 10_000, on: ["signal"] });
    const replay = this.model.resource<Replay>(`/api/signals/${encodeURIComponent(s.signal_id)}/replay?before=50`, { least: 5_000, most: 60_000, on: ["signal"] });
    this.detailEnds = [
      this.watch(detail, (data) => {
        put(left, head("Life of the signal", h("span", "mono", s.signal_id.slice(0, 8))), lifeOf(data, this.model.now()),
          h("div", "exp-buttons", h("a", { class: "btn sm", href: href("chart", { symbol: s.symbol, timeframe: s.timeframe, signal: s.signal_id }) }, "Open chart"),
            h("a", { class: "btn sm", href: href("chart", { symbol: s.symbol, timeframe: s.timeframe, signal: s.signal_id, replay: 1 }) }, "Replay")));
        const known = data.predicates.filter((p) => p.state !== "unavailable").length;
        put(checks, head("What was checked", `${data.predicates.filter((p) => p.state === "passed").length} of ${known} known passed`), ...data.predicates.map(checkRow));
        put(money, head("Score", data.score_threshold === null ? "" : `enters from ${checked(data.score_threshold)}`),
          data.score_parts.length > 0 ? waterfall(data.score_parts, data.score_threshold, s.score) : h("span", "t3 s", "no parts recorded"), moneyOf(data));
      }, left),
      this.watch(replay, (data) => {
        put(chart, head(`${s.timeframe} candles, decision to ${s.closed_at === null ? "now" : "end"}`, s.mfe_r === null ? "" : h("span", {}, "best ", h("span", signClass(s.mfe_r), `${signed(s.mfe_r, 2)} R`), " · worst ", h("span", signClass(s.mae_r), `${signed(s.mae_r, 2)} R`))),
          data.candles.length < 2 ? h("span", "t3 s", "The candles of that time are not stored any more.") : miniCandles(data.candles.slice(0, 140), s, data.decision_bar, (data.studies.ema200 ?? []).slice(0, 140), decimals, Math.max(280, chart.clientWidth - 24), 230));
      }, chart),
    ];
  }

  private strategies(rows: Statistics[]): void {
    const names = [...new Set([...rows.map((row) => row.name), ...(this.filter.strategy ? [this.filter.strategy] : [])])].sort();
    if (this.strategy.options.length === names.length + 1) return;
    put(this.strategy, h("option", { value: "" }, "all strategies"), ...names.map((name) => h("option", { value: name }, words(name))));
    this.strategy.value = this.filter.strategy;
  }

  /** Signals come as a file of the server; refusals and near misses are written from what is shown. */
  private export(): void {
    if (this.filter.tab === "Refused" || this.filter.tab === "Near misses") {
      const rows = (this.nos?.data?.rows ?? []).map((no) => csvLine([new Date(no.time).toISOString(), no.kind, no.symbol, no.timeframe, no.strategy, no.mode, no.direction, no.reason, no.value, no.comparison, no.threshold, no.unit, no.title]));
      download("refusals.csv", "text/csv", ["time_utc,kind,symbol,timeframe,strategy,mode,side,reason,value,comparison,threshold,unit,title", ...rows].join("\r\n") + "\r\n");
      return;
    }
    const f = this.filter;
    const pairs = Object.entries({ ...this.query(), state: f.tab === "All" ? null : f.tab.toLowerCase(), sort: f.sort, order: f.order }).filter((pair): pair is [string, string] => pair[1] !== null);
    const link = h("a", { href: `/api/signals/export.csv?${new URLSearchParams(pairs)}`, download: "signals.csv" });
    document.body.append(link);
    link.click();
    link.remove();
  }
}

const sum = (rows: Signal[]): number => rows.reduce((total, s) => total + (s.pnl_r_net ?? 0), 0);
const head = (left: string, right: Child): HTMLElement => h("h3", {}, h("span", {}, left), h("span", {}, right));

/** What failed: the refusal's own words, or the one check that did. */
function what(no: WhyNot): string {
  const text = no.kind === "near_miss" ? words(no.reason) : no.title;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Value, threshold, and what would have passed. */
function sentence(no: WhyNot): string {
  if (no.value === null) return no.kind === "near_miss" ? `${what(no)}: not met` : what(no);
  const unit = no.unit ? ` ${no.unit}` : "";
  const rule = { "≤": "at most", "<": "below", "≥": "at least", ">": "above" }[no.comparison] ?? no.comparison;
  return no.threshold === null ? `${what(no)}: ${checked(no.value)}${unit}` : `${what(no)}: ${checked(no.value)}${unit}, needs ${rule} ${checked(no.threshold)}${unit}`;
}

function lifeOf(detail: SignalDetail, now: number): HTMLElement {
  return h("div", "life", ...detail.life.slice(-12).map((event) => h("div", "on", h("span", "tm", when(event.time, now)), h("i"), h("span", "ell", words(event.kind)), h("span", { class: "r ell", title: event.text }, event.text))));
}

function moneyOf(detail: SignalDetail): HTMLElement {
  const s = detail.signal;
  const row = (name: string, ...value: Child[]): Child[] => [h("dt", {}, name), h("dd", {}, ...value)];
  return h("dl", "kv",
    ...row("Quantity", detail.quantity === null ? NONE : checked(detail.quantity), detail.notional_usdt === null ? null : h("span", "t3", ` ${num(detail.notional_usdt, 2)} USDT`)),
    ...row("Risk", detail.risk_usdt === null ? NONE : `${num(detail.risk_usdt, 2)} USDT`, s.risk_percent === null ? null : h("span", "t3", ` ${num(s.risk_percent, 2)} % now`)),
    ...row("Round-trip cost", detail.cost_r === null ? NONE : `${num(detail.cost_r, 2)} R`, detail.cost_gate_r === null ? null : h("span", "t3", ` gate ${num(detail.cost_gate_r, 2)}`)),
    ...row("Fees · funding · slippage", detail.fees_r === null ? NONE : `${num(detail.fees_r, 2)} · ${num(detail.funding_r, 2)} · ${num(detail.slippage_r, 2)} R`),
    ...(detail.break_even_win_rate === null ? [] : row("Break-even win rate", percent(detail.break_even_win_rate, 0))));
}
