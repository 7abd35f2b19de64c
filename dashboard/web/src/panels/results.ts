import type { Performance, Portfolio, Statistics } from "../api";
import { Figure, plainTable, ticks } from "../charts/figure";
import { empty, h, put, seg, svg, type Child } from "../dom";
import { date, num, percent, signClass, signed, when } from "../format";

export const RATE_FROM = 10;
export const SOLID_FROM = 20;
export type Period = "7d" | "30d" | "90d" | "All";
export const PERIODS: readonly Period[] = ["7d", "30d", "90d", "All"];
export const PERIOD_DAYS: Record<Period, number> = { "7d": 7, "30d": 30, "90d": 90, All: 0 };
export const periodWords = (period: Period): string => (period === "All" ? "whole run" : `${PERIOD_DAYS[period]} days`);

/** A rate with its count and interval, or why there is none. */
function rate(s: Statistics): Child[] {
  if (s.n < RATE_FROM || s.win_rate === null) return [h("span", "t3", `n = ${s.n}, no rate below ${RATE_FROM}`)];
  const ci = s.win_rate_ci95;
  return [h("span", "t2", `Win rate ${percent(s.win_rate)}`), ci ? ` [${num(ci[0] * 100, 1)} – ${num(ci[1] * 100, 1)}]` : ""];
}

export function verdict(s: Statistics): HTMLElement {
  if (s.n === 0) return h("span", "t3", "no trade yet");
  if (s.edge_proven) return h("span", "t2", "interval above 0");
  const below = s.expectancy_r_net_ci95 !== null && s.expectancy_r_net_ci95[1] < 0;
  return h("span", "warn nw", below ? "◆ loses: interval below 0" : "◆ edge not proven");
}

export const interval = (ci: [number, number] | null, digits = 2): string => (ci ? `${signed(ci[0], digits)} … ${signed(ci[1], digits)}` : "no interval");

/** How much of a limit is used, as a bar; words alone where there is no limit. */
function used(value: number | null, limit: number | null, otherwise: string): Child[] {
  if (value === null || limit === null || limit === 0) return [` · ${otherwise}`];
  const fill = h("i", value / limit >= 0.8 ? "warn" : "");
  fill.style.width = `${Math.min(100, (value / limit) * 100)}%`;
  return [h("span", "meter grow", fill), `${num((value / limit) * 100, 0)} % used`];
}

/** The five figures. */
export class Figures {
  readonly root = h("section", { class: "kpis", id: "figures", "aria-label": "Account and statistics" });

  set(portfolio: Portfolio, performance: Performance, period: Period): void {
    const s = performance.all;
    const tile = (cls: string, name: string, right: string, value: Child[], detail: Child[], tone = ""): HTMLElement =>
      h("div", `kpi ${cls}`, h("div", "k", h("span", {}, name), h("span", "ell", right)), h("div", `v ${tone}`, ...value), h("div", "d", ...detail));
    const unit = (text: string): HTMLElement => h("span", "unit", text);
    const p = portfolio;
    put(this.root,
      tile("", `Equity, ${periodWords(period)}`, "net of costs", [signed(s.net_r, 1), unit("R")], [`${num(p.equity_usdt, 2)} USDT, began with ${num(p.starting_usdt, 0)}`], signClass(s.net_r)),
      tile("", "Today, since 00:00 UTC", p.day_limit_percent === null ? "" : `limit ${num(p.day_limit_percent, 2)} %`, [signed(p.today_r, 2), unit("R")], [`${signed(p.today_percent, 2)} %`, ...used(p.today_percent === null ? null : Math.max(0, -p.today_percent), p.day_limit_percent === null ? null : Math.abs(p.day_limit_percent), `open ${signed(p.open_r, 2)} R`)], signClass(p.today_r)),
      tile("", "Open risk", p.open_risk_limit_percent === null ? "" : `limit ${num(p.open_risk_limit_percent, 2)} %`, [num(p.open_risk_percent, 2), unit("%")],
        [`+${num(p.pending_risk_percent, 2)} pending`, ...used(p.open_risk_percent, p.open_risk_limit_percent, `${p.open_positions} open · ${p.waiting_signals} waiting`)]),
      tile("", "Drawdown now", "closed trades", [signed(performance.drawdown_now_r, 1), unit("R")], [`worst ${signed(performance.max_drawdown_r, 1)} R`], signClass(performance.drawdown_now_r)),
      tile("w", `Closed trades, ${periodWords(period)}`, `n = ${s.n} · ${s.wins} won · ${s.break_evens} even · ${s.losses} lost`,
        [signed(s.expectancy_r_net, 2), unit("R per trade"), h("span", "ci", s.n === 0 ? "" : ` 95 % ${interval(s.expectancy_r_net_ci95)}`)],
        [...rate(s), s.profit_factor_net === null ? " · " : ` · profit factor ${num(s.profit_factor_net, 2)} · `, verdict(s)]));
  }
}

/** Equity in R with the drawdown below on the same axis. */
export class Equity {
  private data: Performance | null = null;
  private readonly figure: Figure;

  /** @param choose null when the page has a choice of its own */
  constructor(choose: ((period: Period) => void) | null) {
    this.figure = new Figure("Equity and drawdown", "R, solid net, dotted gross", () => this.table(),
      { class: "eqpanel", tools: choose ? [seg(PERIODS, "All", "Period", choose).root] : [] });
  }

  get root(): HTMLElement {
    return this.figure.root;
  }

  get body(): HTMLElement {
    return this.figure.body;
  }

  set(data: Performance): void {
    this.data = data;
    this.figure.show((width, height) => this.draw(data, width, height));
  }

  private table(): HTMLTableElement | null {
    const data = this.data;
    if (!data) return null;
    const now = data.equity[data.equity.length - 1]?.time ?? 0;
    return plainTable(["Closed, Kyiv", "Net, R", "Gross, R"], data.equity.map((p, i) => [when(p.time, now), signed(p.r, 2), signed(data.equity_gross[i]?.r, 2)]).reverse().slice(0, 500));
  }

  private draw(data: Performance, w: number, hgt: number): Node {
    if (data.equity.length < 2) return empty("Fewer than two closed trades", "The curve begins with the second.");
    const net = [0, ...data.equity.map((p) => p.r)];
    const gross = data.equity_gross.length === data.equity.length ? [0, ...data.equity_gross.map((p) => p.r)] : [];
    let peak = 0;
    const under = net.map((v) => { peak = Math.max(peak, v); return v - peak; });
    const right = 44;
    const upper = (hgt - 28) * 0.7;
    const lower = hgt - 28 - upper;
    const [top, bottom] = [Math.max(...net, ...gross), Math.min(...net, ...gross)];
    const span = top - bottom || 1;
    const x = (i: number): number => (i / (net.length - 1)) * (w - right);
    const y = (v: number): number => 6 + ((top - v) / span) * (upper - 12);
    const worst = Math.min(...under, -0.01);
    const dy = (v: number): number => upper + 10 + (v / worst) * (lower - 6);
    const line = (values: number[], at: (v: number) => number): string => values.map((v, i) => `${i ? "L" : "M"}${x(i).toFixed(1)} ${at(v).toFixed(1)}`).join("");
    const text = (tx: number, ty: number, words: string, cls: string, anchor = "start") => svg("text", { x: tx, y: ty, class: cls, "text-anchor": anchor }, words);
    const root = svg("svg", {
      width: w, height: hgt, viewBox: `0 0 ${w} ${hgt}`, role: "img", class: "eq",
      "aria-label": `Equity ${signed(net[net.length - 1], 1)} R after ${data.equity.length} trades, worst drawdown ${signed(worst, 1)} R`,
    });
    for (const v of ticks(bottom, top)) {
      root.append(svg("path", { d: `M0 ${y(v)}H${w - right}`, class: v === 0 ? "e-zero" : "e-grid" }));
      if (Math.abs(y(v) - y(net[net.length - 1])) > 13) root.append(text(w - right + 6, y(v) + 4, signed(v, Math.abs(top - bottom) < 4 ? 1 : 0) + (v === 0 ? " R" : ""), "e-text"));
    }
    const end = net.length - 1;
    root.append(svg("path", { d: `${line(net, y)}L${x(end)} ${y(Math.max(bottom, Math.min(0, top)))}L0 ${y(Math.max(bottom, Math.min(0, top)))}Z`, class: "e-area" }));
    if (gross.length > 0) root.append(svg("path", { d: line(gross, y), class: "e-gross" }));
    root.append(svg("path", { d: line(net, y), class: "e-net" }),
      svg("rect", { x: w - right + 2, y: y(net[end]) - 9, width: right - 2, height: 18, rx: 3, class: "e-tag" }),
      text(w - right / 2 + 1, y(net[end]) + 4, signed(net[end], 1), "e-tagtext", "middle"),
      svg("path", { d: `M0 ${dy(0)}${line(under, dy).replace("M", "L")}L${x(end)} ${dy(0)}Z`, class: "e-ddarea" }),
      svg("path", { d: line(under, dy), class: "e-dd" }), text(w - right + 6, dy(0) + 9, "DD, R", "e-text"));
    const at = under.indexOf(Math.min(...under));
    root.append(svg("circle", { cx: x(at), cy: dy(under[at]), r: 2.5, class: "e-dot" }), text(w - right + 6, dy(worst) + 2, num(worst, 1), "e-dn"));
    const times = data.equity.map((p) => p.time);
    for (const share of [0.04, 0.5, 0.96]) {
      const i = Math.round(share * (times.length - 1));
      root.append(text(x(i + 1), hgt - 4, date(times[i]), "e-text", share < 0.1 ? "start" : share > 0.9 ? "end" : "middle"));
    }
    return root;
  }
}

export function totals(s: Statistics): Child[] {
  return [h("span", "t3", "Closed trades"), h("b", {}, `n = ${s.n}`), h("span", {}, `${s.wins} won · ${s.break_evens} even · ${s.losses} lost`),
    h("span", {}, "Per trade ", h("b", signClass(s.expectancy_r_net), `${signed(s.expectancy_r_net, 2)} R`), h("span", "t3", s.n === 0 ? "" : ` 95 % ${interval(s.expectancy_r_net_ci95)}`)),
    h("span", {}, ...rate(s)), verdict(s)];
}
