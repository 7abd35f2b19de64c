import "./portfolio.css";
import type { Allocation, PortfolioDetail } from "../api";
import { Figure, plainTable, ticks } from "../charts/figure";
import { empty, h, panel, put, seg, svg, type Child } from "../dom";
import { NONE, base, date, num, sideClass, sideWord, signClass, signed, words } from "../format";
import { BasePage, type Context } from "../page";
import { href } from "../router";

type Unit = "R" | "USDT";
type Share = "Symbol" | "Strategy" | "Side";
const DAYS_SHOWN = 60;

/** The paper account: what it is worth, what stands at risk, and what moves together. */
export class PortfolioPage extends BasePage {
  readonly title = "Portfolio";
  private data: PortfolioDetail | null = null;
  private unit: Unit = "R";
  private share: Share = "Symbol";

  private readonly figures = h("section", { class: "kpis pkpis", "aria-label": "Account" });
  private readonly equity = new Figure("Paper equity", "after each closed trade", () => this.equityTable(), { tools: [seg<Unit>(["R", "USDT"], "R", "Unit", (unit) => { this.unit = unit; this.draw(); }).root] });
  private readonly days = new Figure("Result of each day", "UTC days, net", () => this.daysTable());
  private readonly positions = panel("Positions and waiting entries", "", { flush: true, class: "cards" });
  private readonly allocation = panel("Allocation", "of equity", { flush: true, tools: [seg<Share>(["Symbol", "Strategy", "Side"], "Symbol", "By", (share) => { this.share = share; this.drawAllocation(); }).root] });
  private readonly clusters = panel("What moves together", "", { flush: true });
  private readonly limits = panel("Limits", "how much is used", {});

  constructor(context: Context) {
    super(context, "portfolio");
  }

  protected begin(): void {
    this.root.append(h("div", "flt", h("span", "sub", "Paper money: no order leaves this machine"), h("span", "grow"), h("a", { class: "btn", href: "/api/portfolio/export.csv", download: "portfolio.csv" }, "Export CSV")),
      this.figures, h("div", "prow", this.equity.root, this.days.root, this.limits.root), h("div", "prow2", this.positions.root, this.allocation.root, this.clusters.root));
    const detail = this.model.resource<PortfolioDetail>("/api/portfolio/detail", { least: 1_000, most: 5_000, on: ["signal"] });
    this.watch(detail, (data) => { this.data = data; this.draw(); }, this.equity.body);
    for (const box of [this.days.body, this.positions.body, this.allocation.body, this.clusters.body, this.limits.body]) this.watch(detail, () => undefined, box);
    // The figures are there even where the details are not.
    this.watch(this.model.portfolio, () => this.drawFigures());
  }

  private draw(): void {
    const data = this.data;
    if (!data) return;
    this.drawFigures();
    this.equity.show((w, height) => this.drawCurve(data, w, height));
    this.days.show((w, height) => this.drawDays(data, w, height));
    this.drawPositions(data);
    this.drawAllocation();
    this.drawClusters(data);
    this.drawLimits(data);
  }

  private drawFigures(): void {
    const p = this.data?.now ?? this.model.portfolio.data;
    if (!p) return;
    const tile = (name: string, right: string, value: Child[], below: Child[], tone = ""): HTMLElement =>
      h("div", "kpi", h("div", "k", h("span", {}, name), h("span", "ell", right)), h("div", `v ${tone}`, ...value), h("div", "d", ...below));
    const unit = (text: string): HTMLElement => h("span", "unit", text);
    put(this.figures,
      tile("Result so far", "net of costs", [signed(p.equity_r, 1), unit("R")], [`${num(p.equity_usdt, 2)} USDT, began with ${num(p.starting_usdt, 0)}`], signClass(p.equity_r)),
      tile("Today", "since 00:00 UTC", [signed(p.today_r, 2), unit("R")], [`${signed(p.today_percent, 2)} %`], signClass(p.today_r)),
      tile("Open result", `${p.open_positions} positions`, [signed(p.open_r, 2), unit("R")], ["at the last price"], signClass(p.open_r)),
      tile("Open risk", p.open_risk_limit_percent === null ? "no limit set" : `limit ${num(p.open_risk_limit_percent, 2)} %`, [num(p.open_risk_percent, 2), unit("%")], [`+${num(p.pending_risk_percent, 2)} pending, ${p.waiting_signals} waiting`]));
  }

  private drawCurve(data: PortfolioDetail, w: number, height: number): Node {
    const points = data.curve.map((p) => (this.unit === "R" ? p.r : p.usdt));
    if (points.length < 2) return empty("Fewer than two closed trades", "The curve begins with the second.");
    const start = this.unit === "R" ? 0 : data.now.starting_usdt;
    const all = [start, ...points];
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const right = this.unit === "R" ? 44 : 62;
    const x = (i: number): number => (i / (all.length - 1)) * (w - right);
    const y = (v: number): number => 8 + ((high - v) / (high - low || 1)) * (height - 36);
    const text = this.unit === "R" ? (v: number): string => signed(v, 1) : (v: number): string => num(v, 0);
    const d = all.map((v, i) => `${i ? "L" : "M"}${x(i).toFixed(1)} ${y(v).toFixed(1)}`).join("");
    const last = all[all.length - 1];
    const root = svg("svg", { width: w, height, viewBox: `0 0 ${w} ${height}`, role: "img", class: "eq", "aria-label": `Paper equity ${text(last)} ${this.unit} after ${points.length} trades` });
    for (const v of ticks(low, high)) {
      root.append(svg("path", { d: `M0 ${y(v)}H${w - right}`, class: v === start ? "e-zero" : "e-grid" }));
      if (Math.abs(y(v) - y(last)) > 13) root.append(svg("text", { x: w - right + 6, y: y(v) + 4, class: "e-text" }, text(v)));
    }
    root.append(svg("path", { d: `${d}L${x(all.length - 1)} ${y(Math.max(low, Math.min(high, start)))}L0 ${y(Math.max(low, Math.min(high, start)))}Z`, class: "e-area" }), svg("path", { d, class: "e-net" }),
      svg("rect", { x: w - right + 2, y: y(last) - 9, width: right - 2, height: 18, rx: 3, class: "e-tag" }), svg("text", { x: w - right / 2 + 1, y: y(last) + 4, class: "e-tagtext", "text-anchor": "middle" }, text(last)));
    for (const share of [0.05, 0.5, 0.95]) {
      const i = Math.round(share * (points.length - 1));
      root.append(svg("text", { x: x(i + 1), y: height - 4, class: "e-text", "text-anchor": share < 0.1 ? "start" : share > 0.9 ? "end" : "middle" }, date(data.curve[i].time)));
    }
    return root;
  }

  private drawDays(data: PortfolioDetail, w: number, height: number): Node {
    const days = data.daily.slice(-DAYS_SHOWN);
    if (days.length === 0) return empty("No day yet", "Each UTC day gets a bar: R net.");
    const [low, high] = [Math.min(-0.5, ...days.map((d) => d.r)), Math.max(0.5, ...days.map((d) => d.r))];
    const right = 44;
    const step = (w - right) / days.length;
    const y = (v: number): number => 6 + ((high - v) / (high - low)) * (height - 30);
    const root = svg("svg", { width: w, height, viewBox: `0 0 ${w} ${height}`, role: "img", class: "eq",
      "aria-label": `Results of ${days.length} days: ${days.filter((d) => d.r > 0).length} above zero, ${days.filter((d) => d.r < 0).length} below, ${days.filter((d) => d.trades === 0).length} without a trade` });
    for (const v of ticks(low, high)) root.append(svg("path", { d: `M0 ${y(v)}H${w - right}`, class: v === 0 ? "e-zero" : "e-grid" }), svg("text", { x: w - right + 6, y: y(v) + 4, class: "e-text" }, signed(v, 1)));
    days.forEach((day, i) => {
      const bar = svg("rect", { x: i * step + step * 0.18, y: Math.min(y(0), y(day.r)), width: Math.min(26, Math.max(1.5, step * 0.64)), height: Math.max(day.trades === 0 ? 0 : 1.5, Math.abs(y(day.r) - y(0))), class: day.r >= 0 ? "m-upfill" : "m-dnfill" });
      bar.append(svg("title", {}, `${date(day.day)}: ${signed(day.r, 2)} R, ${signed(day.usdt, 2)} USDT, ${day.trades} trades`));
      root.append(bar);
    });
    for (const share of [0, 0.5, 1]) {
      const i = Math.round(share * (days.length - 1));
      root.append(svg("text", { x: share === 0 ? 0 : (i + 0.5) * step, y: height - 4, class: "e-text", "text-anchor": share === 0 ? "start" : share === 1 ? "end" : "middle" }, date(days[i].day)));
    }
    return root;
  }

  private drawPositions(data: PortfolioDetail): void {
    const open = data.positions.filter((p) => !p.waiting).length;
    this.positions.subtitle.textContent = `${open} open · ${data.positions.length - open} waiting`;
    if (data.positions.length === 0) {
      put(this.positions.body, empty("Nothing is open", "Signals that are entered, or wait to be, stand here."));
      return;
    }
    const heads: [string, string][] = [["Symbol", ""], ["Side", ""], ["Strategy", ""], ["State", ""], ["Size, USDT", "num"], ["Risk, %", "num"], ["Now, R", "num"], ["Now, USDT", "num"], ["Cluster", "num"]];
    put(this.positions.body, h("table", "t", h("thead", {}, h("tr", {}, ...heads.map(([name, cls]) => h("th", { class: cls, scope: "col" }, name)))), h("tbody", {}, ...data.positions.map((p) => {
      const open = (): void => this.context.router.go("chart", { symbol: p.symbol, signal: p.signal_id });
      return h("tr", { tabindex: 0, click: open, keydown: (event) => { if ((event as KeyboardEvent).key === "Enter") open(); } },
        h("td", "c-sym", h("b", {}, base(p.symbol)), h("span", "t3 xs", "USDT")), h("td", "c-side", h("span", sideClass(p.direction), sideWord(p.direction))), h("td", "c-strat", words(p.strategy)),
        h("td", "c-state", h("span", "chip", p.waiting ? "◔ Waiting" : "● Open")), h("td", "num c-size", num(p.notional_usdt, 2)), h("td", "num c-risk", num(p.risk_percent, 2)),
        h("td", "num c-now", p.now_r === null ? h("span", "t3", NONE) : h("b", signClass(p.now_r), signed(p.now_r, 2))), h("td", "num t3 c-money", signed(p.now_usdt, 2)), h("td", "num t3 c-score", p.cluster === null ? NONE : p.cluster));
    }))));
  }

  private drawAllocation(): void {
    const data = this.data;
    if (!data) return;
    const rows = { Symbol: data.by_symbol, Strategy: data.by_strategy, Side: data.by_side }[this.share];
    if (rows.length === 0) {
      put(this.allocation.body, empty("Nothing is open", "Parts of the account appear with the first position."));
      return;
    }
    const most = Math.max(...rows.map((row) => row.notional_percent ?? 0), 1);
    const bar = (row: Allocation): HTMLElement => {
      const fill = h("i");
      fill.style.width = `${((row.notional_percent ?? 0) / most) * 100}%`;
      return h("span", "cbar", fill);
    };
    put(this.allocation.body, h("table", "t", h("thead", {}, h("tr", {}, ...([[this.share, ""], ["", "wide"], ["Size, %", "num"], ["Risk, %", "num"], ["Open, R", "num"]] as const).map(([name, cls]) => h("th", { class: cls, scope: "col" }, name)))),
      h("tbody", {}, ...rows.map((row) => h("tr", {}, h("td", {}, h("b", {}, this.share === "Symbol" ? base(row.name) : words(row.name)), h("span", "t3", row.positions > 1 ? ` × ${row.positions}` : "")), h("td", "wide", bar(row)),
        h("td", "num", num(row.notional_percent, 1)), h("td", "num", num(row.risk_percent, 2)), h("td", "num", h("b", signClass(row.open_r), signed(row.open_r, 2))))))));
  }

  private drawClusters(data: PortfolioDetail): void {
    const c = data.clusters;
    this.clusters.subtitle.textContent = `above ${num(c.threshold, 2)}, ${c.days} d of ${c.timeframe}`;
    if (!c.available || c.clusters.length === 0) {
      put(this.clusters.body, empty(c.available ? "No two symbols move together" : "Unavailable", c.reason ?? "No pair is above the threshold."));
      return;
    }
    put(this.clusters.body, ...c.clusters.map((one) => h("div", "cluster", h("div", "cl1", h("b", {}, `Cluster ${one.number}`), h("span", "t3", `mean ${num(one.correlation_mean, 2)}, least ${num(one.correlation_min, 2)}`), h("span", "grow"),
      h("span", one.positions >= c.positions_max ? "warn" : "t2", one.positions >= c.positions_max ? "◆ " : "", `${one.positions} of ${c.positions_max} positions · ${num(one.risk_percent, 2)} % risk`)),
    h("div", "cl2", ...one.symbols.map((symbol) => h("a", { class: `chip ${data.positions.some((p) => p.symbol === symbol && !p.waiting) ? "held" : "line"}`, href: href("chart", { symbol }) }, base(symbol)))))),
    ...(c.reason ? [h("div", "t3 xs clnote", c.reason)] : []));
  }

  private drawLimits(data: PortfolioDetail): void {
    if (data.limits.length === 0) {
      put(this.limits.body, empty("No limit is set", "Limits of day, week, drawdown and risk stand here."));
      return;
    }
    put(this.limits.body, ...data.limits.map((limit) => {
      const share = limit.used === null || limit.limit === null || limit.limit === 0 ? null : limit.used / limit.limit;
      const fill = h("i", share !== null && share >= 0.8 ? "warn" : "");
      fill.style.width = `${Math.min(1, share ?? 0) * 100}%`;
      const digits = limit.unit === "%" ? 2 : 0;
      return h("div", "limit", h("div", "cl1 nowrap", h("span", { class: "t2 ell grow", title: limit.title }, limit.title.charAt(0).toUpperCase() + limit.title.slice(1)), h("span", "t1", limit.used === null ? NONE : num(limit.used, digits)), h("span", "t3", ` of ${num(limit.limit, digits)} ${limit.unit}`)),
        share === null ? h("span", "hatch limbar") : h("span", "meter limbar", fill), limit.enforced ? null : h("div", "t3 xs", "not enforced by this run"));
    }));
  }

  private equityTable(): HTMLTableElement | null {
    return this.data && plainTable(["Closed, Kyiv", "Sum, R", "USDT"], this.data.curve.map((p) => [date(p.time), signed(p.r, 2), num(p.usdt, 2)]).reverse().slice(0, 500));
  }

  private daysTable(): HTMLTableElement | null {
    return this.data && plainTable(["Day, UTC", "Trades", "R", "USDT"], this.data.daily.map((d) => [date(d.day), d.trades, signed(d.r, 2), signed(d.usdt, 2)]).reverse());
  }
}
