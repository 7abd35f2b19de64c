import { FRAME_MS, type Indicators, type Replay, type SignalDetail, type Zones } from "./api";
import { h, put, say } from "./dom";
import { dayTime, sign, words } from "./format";

/** The close of a bar: what happened up to then was known. */
export const closeOf = (replay: Replay, bar: number): number => replay.candles[bar].open_time + FRAME_MS[replay.timeframe];

/** The signal as it stood at a bar's close; null before its decision. Nothing of later is in it. */
export function asKnownAt(detail: SignalDetail, replay: Replay, bar: number): SignalDetail | null {
  if (bar < replay.decision_bar || replay.decision_bar < 0) return null;
  const s = detail.signal;
  const at = closeOf(replay, bar);
  const steps = replay.steps.filter((step) => step.time <= at);
  const entered = s.entered_at !== null && s.entered_at <= at;
  const closed = s.closed_at !== null && s.closed_at <= at;
  // A market order's price was not known before its fill: then the decision's own close stands for it.
  const entry = entered || s.entry_type !== "market" ? s.entry_price : replay.candles[replay.decision_bar].close;
  const risk = Math.abs(s.entry_price - s.initial_stop);
  const r = (price: number): number => (sign(s.direction) * (price - s.entry_price)) / risk;
  const exits = detail.exits.filter((exit) => exit.time <= at);
  const gone = exits.reduce((sum, exit) => sum + exit.fraction, 0);
  const since = entered ? replay.candles.slice(0, bar + 1).filter((bar) => bar.open_time >= (s.entered_at ?? 0)) : [];
  const reached = since.flatMap((bar) => [r(bar.high), r(bar.low)]);
  const now = entered && risk > 0 ? exits.reduce((sum, exit) => sum + exit.fraction * r(exit.price), 0) + Math.max(0, 1 - gone) * r(replay.candles[bar].close) : null;
  const stops = steps.filter((step) => step.stop !== null);
  return {
    ...detail, exits, life: detail.life.filter((event) => event.time <= at),
    fees_r: closed ? detail.fees_r : null, funding_r: closed ? detail.funding_r : null, slippage_r: closed ? detail.slippage_r : null,
    signal: {
      ...s, entry_price: entry, entered_at: entered ? s.entered_at : null, closed_at: closed ? s.closed_at : null, close_reason: closed ? s.close_reason : null,
      outcome: closed ? s.outcome : null, pnl_r_gross: closed ? s.pnl_r_gross : null, pnl_r_net: closed ? s.pnl_r_net : null,
      stop: stops[stops.length - 1]?.stop ?? s.initial_stop, now_r: closed ? s.now_r : now, risk_percent: null, shadowed_by: s.shadowed_by,
      mfe_r: entered ? Math.max(0, ...reached) : null, mae_r: entered ? Math.min(0, ...reached) : null, bars: Math.max(0, bar - replay.decision_bar),
      state: closed ? s.state : steps.some((step) => step.kind.startsWith("tp1")) ? "tp1_done" : entered ? "open" : "pending_entry",
    },
  };
}

/** Studies up to a bar. */
export function studiesAt(replay: Replay, bar: number): Indicators {
  return {
    symbol: replay.signal.symbol, timeframe: replay.timeframe, open_time: replay.candles.slice(0, bar + 1).map((c) => c.open_time),
    series: Object.fromEntries(Object.entries(replay.studies).map(([name, values]) => [name, values.slice(0, bar + 1)])),
  };
}

/** The zones that stood at a bar; a volume profile of that moment is not kept. */
export function zonesAt(replay: Replay, bar: number): Zones {
  return {
    symbol: replay.signal.symbol, timeframe: replay.timeframe, zones: replay.zones.findLast((one) => one.bar <= bar)?.zones ?? [],
    profile: null, profile_reason: replay.zones_reason ?? "not kept for past bars",
  };
}

/** The strip above a chart that replays: where it stands, what happened, and the keys. */
export class ReplayStrip {
  readonly root = h("div", { class: "replay", hidden: true, role: "group", "aria-label": "Replay" });
  private readonly where = h("b", "nw");
  private readonly what = h("span", { class: "ell grow", role: "status" });
  private readonly slider = h("input", { type: "range", min: 0, step: 1, "aria-label": "Bar", input: () => this.go(Number(this.slider.value)) });

  constructor(private readonly go: (bar: number) => void, private readonly end: () => void) {
    const button = (name: string, label: string, does: () => void) => h("button", { class: "btn sm", type: "button", "aria-label": label, title: label, click: does }, name);
    put(this.root, h("span", "chip line", "REPLAY"), this.where, button("◀", "A bar back (←)", () => this.go(Number(this.slider.value) - 1)), this.slider,
      button("▶", "A bar on (→)", () => this.go(Number(this.slider.value) + 1)), this.what, h("span", "t3 s hideable", "closed bars only; what was unknown is absent"), button("End replay", "End replay (Esc)", () => this.end()));
  }

  show(replay: Replay, bar: number): void {
    this.root.hidden = false;
    this.slider.max = String(replay.candles.length - 1);
    this.slider.value = String(bar);
    const from = bar - replay.decision_bar;
    say(this.where, `${dayTime(closeOf(replay, bar))} · ${from === 0 ? "the deciding bar" : from < 0 ? `${-from} before the decision` : `${from} after it`}`);
    const steps = replay.steps.filter((step) => step.bar === bar);
    say(this.what, steps.map((step) => `${words(step.kind)}: ${step.text}`).join(" · ") || (bar === replay.candles.length - 1 && replay.cut ? "The signal lived on; no more bars are kept in a replay." : ""));
  }

  hide(): void {
    this.root.hidden = true;
  }
}
