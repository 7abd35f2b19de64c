import type { Signal, SignalDetail, Why, WhyRow } from "../api";
import { h, panel, put, seg, type Child } from "../dom";
import {
  NONE, age, checked, date, num, percent, regimeWord, sideClass, sideWord, sign, signClass, signed, time, when, words,
} from "../format";
import { stateChip, trackOf } from "./signals";
import { against, checkRow, waterfall } from "./checks";

type Tab = "Signal" | "No signal";
const isInteger = (s: Signal): boolean => words(s.strategy) === "Action Price";

/** Beside the chart: why this signal, or why the last bars gave none. */
export class WhyPanel {
  private tab: Tab = "Signal";
  private detail: SignalDetail | null = null;
  private why: Why | null = null;
  private decimals = 2;
  private price: number | null = null;
  private now = 0;
  private readonly opened = new Set<string>();
  private readonly tabs = seg<Tab>(["Signal", "No signal"], "Signal", "What to explain", (tab) => { this.tab = tab; this.draw(); });
  private readonly panel = panel("Why", "", { id: "why", flush: true, class: "why", tools: [this.tabs.root] });
  private top: HTMLElement | null = null;

  get root(): HTMLElement {
    return this.panel.root;
  }

  choose(tab: Tab): void {
    this.tab = tab;
    this.tabs.set(tab);
    this.draw();
  }

  setSignal(detail: SignalDetail | null, decimals: number, price: number | null, now: number): void {
    const same = detail && this.detail && JSON.stringify(detail) === JSON.stringify(this.detail);
    [this.detail, this.decimals, this.price, this.now] = [detail, decimals, price, now];
    if (this.tab === "Signal" && !same) this.draw();
  }

  /** No signal to explain, and why. */
  setNothing(title: string, text: string): void {
    this.detail = null;
    this.top = null;
    if (this.tab === "Signal") put(this.panel.body, h("div", "empty", h("b", {}, title), h("span", {}, text)));
  }

  setWhy(why: Why | null): void {
    this.why = why;
    if (this.tab === "No signal") this.draw();
  }

  /** Only what moves with the price. */
  tick(price: number | null, now: number): void {
    [this.price, this.now] = [price, now];
    if (this.tab === "Signal" && this.detail && this.top) put(this.top, ...this.headline(this.detail));
  }

  private draw(): void {
    const scroll = this.panel.body.scrollTop;
    if (this.tab === "Signal") {
      if (this.detail) put(this.panel.body, ...this.signal(this.detail));
      else put(this.panel.body, this.noSignal());
    } else put(this.panel.body, ...this.misses());
    this.panel.body.scrollTop = scroll;
  }

  private noSignal(): HTMLElement {
    return h("div", "empty", h("span", "t2", "No signal is chosen"), h("span", {}, "This symbol has none. Choose one in a list,"),
      h("button", { class: "btn sm", type: "button", click: () => this.choose("No signal") }, "or see why there is none"));
  }

  private headline(detail: SignalDetail): Child[] {
    const s = detail.signal;
    const result = s.closed_at === null ? s.now_r : s.pnl_r_net;
    return [
      h("div", "wh", h("span", sideClass(s.direction), sideWord(s.direction)), h("b", "ell", words(s.strategy), s.mode ? ` · ${words(s.mode)}` : ""),
        h("span", "grow"),
        result === null ? stateChip(s) : h("b", `l nw ${signClass(result)}`, signed(result, 2), h("span", "unit", s.closed_at === null ? "R" : "R net"))),
      trackOf(s, this.price, 312),
    ];
  }

  private signal(detail: SignalDetail): Child[] {
    const s = detail.signal;
    const d = this.decimals;
    const risk = Math.abs(s.entry_price - s.initial_stop);
    const r = (price: number): string => (risk > 0 ? `${signed((sign(s.direction) * (price - s.entry_price)) / risk, 2)} R` : NONE);
    const fraction = (name: string): string => {
      const target = detail.targets.find((t) => t.name.toUpperCase() === name.toUpperCase());
      return target ? percent(target.fraction, 0) : "";
    };
    this.top = h("div", {}, ...this.headline(detail));
    const level = (name: string, cls: string, price: number, distance: string, note: string): Child[] =>
      [h("span", {}, name), h("span", cls, num(price, d)), h("span", {}, distance), h("span", "t3", note)];
    const runner = detail.targets.find((t) => t.price === null);
    const marks = h("div", "marks", stateChip(s), s.replayed && h("span", { class: "chip line", title: "Decided while the past days were lived through at start" }, "replayed"),
      s.shadowed_by && h("span", { class: "chip line", title: `Another signal holds the position: ${s.shadowed_by}` }, "shadowed, no orders"),
      h("span", "t3 xs nw", `${s.timeframe} · ${when(s.decided_at, this.now)} · ${words(s.category)} · ${s.regime ? words(s.regime.toLowerCase()) : "regime unknown"}`));
    const levels = h("div", "lv",
      ...(s.tp2 === null ? [] : level("TP2", "up", s.tp2, r(s.tp2), fraction("TP2"))),
      ...level("TP1", "up", s.tp1, r(s.tp1), fraction("TP1")),
      ...level("Entry", "t1", s.entry_price, words(s.entry_type), s.entered_at === null ? "not filled" : `filled ${time(s.entered_at)}`),
      ...level("Stop", "dn", s.stop, r(s.stop), s.stop === s.initial_stop ? percent(risk / s.entry_price, 2) : "moved"),
      ...(runner ? [h("span", {}, "Runner"), h("span", "t3", "trails"), h("span", {}, NONE), h("span", "t3", percent(runner.fraction, 0))] : []));
    const known = detail.predicates.filter((p) => p.state !== "unavailable").length;
    const passed = detail.predicates.filter((p) => p.state === "passed").length;
    const unit = isInteger(s) ? " AP" : "";
    return [
      h("div", "sec", this.top, marks, levels),
      h("div", "sec", h("h3", {}, h("span", {}, "What was checked"), h("span", {}, `${passed} of ${known} known passed`)), ...detail.predicates.map(checkRow)),
      h("div", "sec", h("h3", {}, h("span", {}, `Score${unit}`), h("span", {}, detail.score_threshold === null ? "" : `enters from ${checked(detail.score_threshold)}`)),
        detail.score_parts.length > 0 ? waterfall(detail.score_parts, detail.score_threshold, s.score) : h("span", "t3 s", "no parts recorded")),
      h("div", "sec", this.money(detail)),
      h("div", "sec", h("h3", {}, h("span", {}, "Life of the signal"), h("span", "mono", s.signal_id.slice(0, 10))), this.life(detail)),
    ];
  }

  private money(detail: SignalDetail): HTMLElement {
    const s = detail.signal;
    const row = (name: string, ...value: Child[]): Child[] => [h("dt", {}, name), h("dd", {}, ...value)];
    return h("dl", "kv",
      ...row("Round-trip cost", detail.cost_r === null ? NONE : `${num(detail.cost_r, 2)} R `,
        detail.cost_gate_r === null ? null : h("span", "t3", `gate ${num(detail.cost_gate_r, 2)}`)),
      ...(detail.reward_r === null || detail.cost_r === null ? [] : row("Reward : risk", `${num(detail.reward_r, 2)} gross `,
        h("span", "t3", `${num((detail.reward_r - detail.cost_r) / (1 + detail.cost_r), 2)} net`))),
      ...(detail.break_even_win_rate === null ? [] : row("Break-even win rate", percent(detail.break_even_win_rate, 0))),
      ...row("Quantity", detail.quantity === null ? NONE : checked(detail.quantity), detail.notional_usdt === null ? null : h("span", "t3", ` ${num(detail.notional_usdt, 2)} USDT`)),
      ...row("Risk", detail.risk_usdt === null ? NONE : `${num(detail.risk_usdt, 2)} USDT`, s.risk_percent === null ? null : h("span", "t3", ` ${num(s.risk_percent, 2)} % now`)),
      ...row("Best, worst", s.mfe_r === null ? NONE : `${signed(s.mfe_r, 2)} R, ${signed(s.mae_r, 2)} R`),
      ...(s.closed_at === null ? [] : row("Gross, net", `${signed(s.pnl_r_gross, 2)} R, ${signed(s.pnl_r_net, 2)} R`)),
      ...row("Fees, funding, slippage", detail.fees_r === null ? NONE : `${num(detail.fees_r, 2)} ${num(detail.funding_r, 2)} ${num(detail.slippage_r, 2)} R`),
      ...row("Decision", h("span", "mono", detail.decision_hash ? detail.decision_hash.slice(0, 12) : NONE)));
  }

  private life(detail: SignalDetail): HTMLElement {
    return h("div", "life", ...detail.life.map((event) => h("div", { class: "on" },
      h("span", "tm", when(event.time, this.now)), h("i"), h("span", "ell", words(event.kind)), h("span", { class: "r ell", title: event.text }, event.text))));
  }

  private misses(): Child[] {
    const why = this.why;
    if (!why) return [h("div", "empty", "reading …")];
    const regime = why.regime;
    const name = regime ? regimeWord(regime.label, regime.direction) : null;
    const rows = [...why.rows].sort((a, b) => missing(a) - missing(b));
    return [
      h("div", "sec wreg", h("span", "t3", "Regime 4h"), name ? h("b", name.cls, name.text) : h("span", "na", "unavailable"),
        regime && regime.confidence !== null ? h("span", "t3", `confidence ${num(regime.confidence * 100, 0)}`) : null,
        regime?.reason ? h("span", "t3 ell", regime.reason) : null),
      ...why.notes.map((note) => h("div", "sec s t2", note)),
      h("div", "sec wintro", "The nearest miss of each strategy on its last bars. Every no has its number."),
      ...(rows.length === 0 ? [h("div", "empty", "No bar has been judged yet")] : rows.map((row) => this.miss(row, why.market_time))),
    ];
  }

  private miss(row: WhyRow, now: number): HTMLElement {
    const key = `${row.strategy}|${row.direction}|${row.timeframe}`;
    const known = row.predicates.filter((p) => p.state !== "unavailable");
    const passed = known.filter((p) => p.state === "passed").length;
    const first = row.predicates.find((p) => p.state === "failed");
    const more = row.predicates.filter((p) => p.state === "failed").length - 1;
    const blocked = row.predicates.find((p) => p.state === "unavailable");
    const line = row.fired ? h("span", "ms-fired", "✓ fired on this bar", row.note ? `: ${row.note}` : "")
      : row.note && !first ? h("span", "t3", `○ ${row.note}`)
        : first ? checkRow(first)
          : blocked ? checkRow(blocked) : h("span", "t3", row.note ?? "every known check passed");
    const element = h("details", { class: "miss", ...(this.opened.has(key) ? { open: true } : {}) },
      h("summary", { "aria-label": `${words(row.strategy)} ${row.direction}: ${first ? `${words(first.name)} ${against(first)}` : row.note ?? "fired"}` },
        h("div", "ms1", h("span", sideClass(row.direction), sideWord(row.direction)), h("b", "ell", words(row.strategy)),
          h("span", "t3 xs", row.timeframe), h("span", "grow"), h("span", "t3 xs nw", `${passed} of ${known.length} passed · ${row.bars_ago === 0 ? "last bar" : row.bars_ago === 1 ? "1 bar ago" : `${row.bars_ago} bars ago`}`)),
        line, more > 0 ? h("span", "t3 xs", `and ${more} more failed`) : null),
      h("div", "msall", row.note ? h("div", "t3 xs msnote", row.note) : null, ...row.predicates.map(checkRow),
        h("div", "t3 xs msnote", `Bar closed ${date(row.bar_time)} ${time(row.bar_time)}, ${age(now - row.bar_time)} ago; nearest of the last ${row.bars_seen} bars`)));
    element.addEventListener("toggle", () => {
      if (element.open) this.opened.add(key);
      else this.opened.delete(key);
    });
    return element;
  }
}

/** Fired first, then the fewest failures; what was not asked to the end or lacks an input stands last. */
function missing(row: WhyRow): number {
  if (row.fired) return -1;
  const count = (state: string): number => row.predicates.filter((p) => p.state === state).length;
  return count("failed") * 10 + count("unavailable") + (row.note ? (count("failed") > 0 ? 100 : 1_000) : 0);
}
