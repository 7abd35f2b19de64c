import type { Num, Side, Signal } from "../api";
import { h, panel, put, sayNumber, type Child } from "../dom";
import { NONE, age, base, checked, num, sideClass, sideWord, sign, signClass, signed, words } from "../format";
import { track } from "../track";

const STATE: Record<string, string> = {
  created: "Created", refused: "⊘ Refused", pending_entry: "◔ Waiting", expired: "Expired", cancelled: "Cancelled", rejected: "Rejected",
  partial: "Part filled", open: "● Open", tp1_done: "✓ TP1", tp2_done: "✓ TP2", closed: "Closed",
};
const REASON: Record<string, string> = {
  SL: "Stop", BE: "Break-even", TP1: "TP1", TP2: "TP2", TRAIL: "TP2 + runner", TIME: "Time stop", MANUAL: "By hand", KILL: "Kill switch",
};

export function stateChip(s: Signal): HTMLElement {
  const going = s.closed_at === null;
  const text = s.state === "closed" && s.close_reason ? REASON[s.close_reason.toUpperCase()] ?? words(s.close_reason) : STATE[s.state] ?? words(s.state);
  return h("span", going ? "chip" : "chip line", text);
}

/** Where the price stands between stop and target, in R. */
export function priceR(s: Signal, price: Num): Num {
  const risk = Math.abs(s.entry_price - s.initial_stop);
  return price === null || risk === 0 ? null : (sign(s.direction) * (price - s.entry_price)) / risk;
}

export function trackOf(s: Signal, price: Num, width: number): Node {
  const stop = priceR(s, s.stop) ?? -1;
  const entered = s.entered_at !== null;
  const last = s.tp2 === null ? Math.max(priceR(s, s.tp1) ?? 1, 1) : Math.max(priceR(s, s.tp2) ?? 2, 1.2);
  if (!entered && s.closed_at === null) {
    const away = price === null ? "" : ` · ${num(Math.abs(price / s.entry_price - 1) * 100, 2)} % away`;
    return h("span", "s t2 ell trackline", `${words(s.entry_type)} ${checkedPrice(s)}`, h("span", "t3", away));
  }
  if (!entered) return h("span", "s t3 ell trackline", `never filled${s.close_reason ? `: ${words(s.close_reason)}` : ""}`);
  const at = s.closed_at === null ? priceR(s, price) : s.now_r ?? s.pnl_r_gross;
  return track({ width, price: at, mfe: s.mfe_r, mae: s.mae_r, stop, last, tp1Done: s.state === "tp1_done" || s.state === "tp2_done" || (s.mfe_r ?? 0) >= 1 && s.closed_at !== null && s.close_reason?.toUpperCase() !== "SL" });
}

const checkedPrice = (s: Signal): string => String(s.entry_price);
export const score = (s: Signal): Child[] => (words(s.strategy) === "Action Price" ? [num(s.score, 0), h("span", "t3", " AP")] : [s.score === null ? NONE : checked(s.score)]);

interface Row { root: HTMLTableRowElement; key: string; track: HTMLElement; now: HTMLElement; age: HTMLElement }

/** The cells that name a signal. */
export function nameCells(signal: { symbol: string; direction: Side; strategy: string; mode?: string; timeframe: string }): HTMLElement[] {
  return [
    h("td", "c-sym", h("b", {}, base(signal.symbol)), h("span", "t3 xs", "USDT")),
    h("td", "c-side", h("span", sideClass(signal.direction), sideWord(signal.direction))),
    h("td", "c-strat", words(signal.strategy), signal.mode ? ` · ${words(signal.mode)}` : "", h("span", "t3", ` ${signal.timeframe}`)),
  ];
}

/** Open signals on the track. */
export class SignalTable {
  private readonly rows = new Map<string, Row>();
  private readonly tbody = h("tbody");
  private readonly panel;
  private chosen: string | null = null;
  private signals: Signal[] = [];

  constructor(private readonly open: (s: Signal) => void, tools: Child[] = []) {
    const heads: [string, string][] = [["Symbol", ""], ["Side", ""], ["Strategy", ""], ["Score", "num"], ["State", ""], ["Stop … TP2", "wide"], ["Now, R", "num"], ["Risk, %", "num"], ["Age", "num"]];
    this.panel = panel("Open signals", "", { id: "open-signals", flush: true, class: "opentable cards", tools });
    this.panel.body.append(h("table", "t", h("thead", {}, h("tr", {}, ...heads.map(([name, cls]) => h("th", { class: cls, scope: "col" }, name)))), this.tbody));
    this.panel.body.setAttribute("aria-live", "off");
  }

  get root(): HTMLElement {
    return this.panel.root;
  }

  get body(): HTMLElement {
    return this.panel.body;
  }

  say(sub: string): void {
    this.panel.subtitle.textContent = sub;
  }

  set(signals: Signal[], prices: Map<string, number>, now: number): void {
    this.signals = signals;
    const ids = new Set(signals.map((s) => s.signal_id));
    for (const [id, row] of this.rows) {
      if (ids.has(id)) continue;
      row.root.remove();
      this.rows.delete(id);
    }
    signals.forEach((signal, index) => {
      // What may change at rest; the rest moves in tick().
      const key = [signal.state, signal.stop, signal.entry_price, signal.close_reason, signal.replayed, signal.shadowed_by].join("|");
      let row = this.rows.get(signal.signal_id);
      if (!row || row.key !== key) {
        const made = this.row(signal, key);
        row?.root.replaceWith(made.root);
        row = made;
        this.rows.set(signal.signal_id, row);
      }
      if (this.tbody.children[index] !== row.root) this.tbody.insertBefore(row.root, this.tbody.children[index] ?? null);
    });
    if (signals.length === 0) put(this.tbody, h("tr", {}, h("td", { colspan: 9, class: "t3 none" }, "No signal is open. The refusals and near misses say why.")));
    else this.tbody.querySelector("td.none")?.parentElement?.remove();
    this.mark();
    this.tick(prices, now);
  }

  tick(prices: Map<string, number>, now: number): void {
    const width = trackWidth(196);
    for (const signal of this.signals) {
      const row = this.rows.get(signal.signal_id);
      if (!row) continue;
      put(row.track, trackOf(signal, prices.get(signal.symbol) ?? null, width));
      row.now.className = `rnow ${signClass(signal.now_r)}`;
      sayNumber(row.now, signed(signal.now_r, 2));
      row.age.textContent = age(now - signal.decided_at);
    }
  }

  /** J and K. */
  step(by: number): void {
    const index = this.signals.findIndex((s) => s.signal_id === this.chosen);
    const next = this.signals[Math.min(this.signals.length - 1, Math.max(0, index + by))];
    if (!next) return;
    this.chosen = next.signal_id;
    this.mark();
    this.rows.get(next.signal_id)?.root.scrollIntoView({ block: "nearest" });
  }

  /** Opens the chosen row. */
  enter(): void {
    const signal = this.signals.find((s) => s.signal_id === this.chosen);
    if (signal) this.open(signal);
  }

  private mark(): void {
    this.rows.forEach((row, key) => row.root.classList.toggle("sel", key === this.chosen));
  }

  private row(signal: Signal, key: string): Row {
    const [trackCell, now, ageCell] = [h("td", "c-track"), h("b", "rnow"), h("td", "num c-age")];
    const open = (): void => this.open(signal);
    const root = h("tr", { tabindex: 0, click: open, keydown: (event) => { if ((event as KeyboardEvent).key === "Enter") { event.stopPropagation(); open(); } } },
      ...nameCells(signal), h("td", "num t1 c-score", ...score(signal)), stateCell(signal), trackCell, h("td", "num c-now", now), h("td", "num c-risk", num(signal.risk_percent, 2)), ageCell);
    return { root, key, track: trackCell, now, age: ageCell };
  }
}

/** A track fills a phone's card. */
export const trackWidth = (width: number): number => (window.innerWidth < 768 ? Math.min(window.innerWidth - 44, 700) : width);

export function stateCell(signal: Signal): HTMLElement {
  return h("td", "c-state", stateChip(signal), signal.replayed ? h("span", { class: "t3 xs rep", title: "Decided while the past days were lived through at start" }, "replayed") : null,
    signal.shadowed_by ? h("span", { class: "t3 xs rep", title: `Another signal holds the position: ${signal.shadowed_by}` }, "shadowed") : null);
}
