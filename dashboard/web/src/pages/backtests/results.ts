import { get, type Backtest, type BacktestTrade, type BacktestTrades, type Interval, type Num } from "../../api";
import { ticks } from "../../charts/figure";
import { empty, h, svg } from "../../dom";
import { NONE, date, num, percent, signClass, signed } from "../../format";
import { RATE_FROM } from "../../panels/results";
import { LINES, nameOf } from "./runs";

/** The curve is drawn from so many pages of so many trades at most. */
export const CURVE_PAGES = 5;
export const PAGE = 1_000;
export const PRIMARY = "primary";

export interface Summary {
  trades: number; wins: number; break_evens: number; losses: number; win_rate: Num; win_rate_ci95: Interval; profit_factor_net: Num; expectancy_r_net: Num;
  expectancy_r_net_ci95: Interval; max_drawdown_r: Num; sharpe: Num; deflated_sharpe: Num; trials: Num; cost_r: Num; ledger_hash: string | null;
}
/** Trades of the statistics alone: those in the shadow of another are left out. */
export interface Curve { points: { time: number; r: number }[]; cut: boolean }
export interface Result { summary: Summary; curve: Curve }

export async function readResult(id: string): Promise<Result> {
  const path = `/api/backtests/${encodeURIComponent(id)}`;
  const summary = await get<Summary>(`${path}/summary`);
  const curve: Curve = { points: [], cut: false };
  let sum = 0;
  for (let i = 0; i < CURVE_PAGES; i++) {
    const page = await get<BacktestTrades>(`${path}/trades?offset=${i * PAGE}&limit=${PAGE}`);
    curve.cut = page.total > (i + 1) * PAGE;
    for (const trade of page.trades.filter((one) => one.execution === PRIMARY)) curve.points.push({ time: closed(trade), r: sum += trade.pnl_r_net });
    if (page.trades.length < PAGE) break;
  }
  return { summary, curve };
}

const closed = (trade: BacktestTrade): number => Date.parse(trade.exits.at(-1)?.time ?? trade.entry_time);


/** Sums of net R on one time axis; each run has its own kind of line. */
export function curves(runs: Curve[], w: number, height: number): Node {
  const drawn = runs.filter((run) => run.points.length > 0);
  if (drawn.length === 0) return empty("No trade was closed", "Not one of these runs has a result to draw.");
  const times = drawn.flatMap((run) => [run.points[0].time, run.points[run.points.length - 1].time]);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  let [low, high] = [0, 0];
  for (const run of drawn) for (const point of run.points) { low = Math.min(low, point.r); high = Math.max(high, point.r); }
  if (high - low < 1) high = low + 1;
  const right = 52;
  const x = (t: number): number => ((t - from) / Math.max(1, to - from)) * (w - right - 4);
  const y = (v: number): number => 8 + ((high - v) / (high - low)) * (height - 36);
  const root = svg("svg", { width: w, height, viewBox: `0 0 ${w} ${height}`, role: "img", class: "eq", "aria-label": `Net R of ${drawn.length} runs: ${drawn.map((run) => signed(run.points.at(-1)?.r, 1)).join(", ")}` });
  // Labels never cover each other: they move apart, the lines stay.
  const tags = runs.flatMap((run, i) => (run.points.length === 0 ? [] : [{ i, r: run.points[run.points.length - 1].r, at: y(run.points[run.points.length - 1].r) }])).sort((a, b) => a.at - b.at);
  for (let i = 1; i < tags.length; i++) tags[i].at = Math.max(tags[i].at, tags[i - 1].at + 19);
  for (const v of ticks(low, high, 5)) {
    root.append(svg("path", { d: `M0 ${y(v)}H${w - right}`, class: v === 0 ? "e-zero" : "e-grid" }));
    if (tags.every((tag) => Math.abs(tag.at - y(v)) > 14)) root.append(svg("text", { x: w - right + 6, y: y(v) + 4, class: "e-text" }, v === 0 ? "0 R" : signed(v, high - low < 5 ? 1 : 0)));
  }
  runs.forEach((run, i) => {
    if (run.points.length === 0) return;
    const step = Math.max(1, Math.floor(run.points.length / 1_200));
    const d = run.points.filter((_, at) => at % step === 0 || at === run.points.length - 1).map((point, at) => `${at ? "L" : `M${x(run.points[0].time).toFixed(1)} ${y(0).toFixed(1)}L`}${x(point.time).toFixed(1)} ${y(point.r).toFixed(1)}`).join("");
    root.append(svg("path", { d, class: `bline ${LINES[i]}` }));
  });
  for (const tag of tags) root.append(svg("rect", { x: w - right + 2, y: tag.at - 9, width: right - 2, height: 18, rx: 3, class: `btag ${LINES[tag.i]}` }), svg("text", { x: w - right / 2 + 1, y: tag.at + 4, class: "e-tagtext", "text-anchor": "middle" }, signed(tag.r, 1)));
  for (const share of [0, 0.25, 0.5, 0.75, 1]) root.append(svg("text", { x: share * (w - right - 4), y: height - 4, class: "e-text", "text-anchor": share === 0 ? "start" : share === 1 ? "end" : "middle" }, date(from + share * (to - from))));
  return root;
}

/** The figures of each run; of two, whether the data can tell them apart. */
export function figures(shown: { run: Backtest; result: Result }[]): (Node | null)[] {
  const heads: [string, string][] = [["Run", ""], ["n", "num"], ["Won / even / lost", "num"], ["Net per trade, R (95 %)", "num"], ["Win rate, % (95 %)", "num"], ["PF net", "num"], ["Worst DD, R", "num"], ["Sharpe", "num"], ["Deflated", "num"], ["Cost, R", "num"], ["Trials", "num"]];
  return [h("div", "lscroll", h("table", "t", h("thead", {}, h("tr", {}, ...heads.map(([name, cls]) => h("th", { class: cls, scope: "col" }, name)))), h("tbody", "plain", ...shown.map(({ run, result: { summary: s } }, i) => h("tr", {},
    h("td", "bname", h("i", `bkey ${LINES[i]}`), h("b", {}, nameOf(run))), h("td", "num", num(s.trades, 0)), h("td", "num", `${s.wins} / ${s.break_evens} / ${s.losses}`),
    h("td", "num", h("b", signClass(s.expectancy_r_net), signed(s.expectancy_r_net, 2)), span(s.expectancy_r_net_ci95, (v) => signed(v, 2), " … ")),
    h("td", "num", s.trades < RATE_FROM || s.win_rate === null ? h("span", "t3", `no rate below ${RATE_FROM}`) : [percent(s.win_rate).replace(" %", "")].map((text) => h("span", {}, text, span(s.win_rate_ci95, (v) => num(v * 100, 1), " – ")))[0]),
    h("td", "num", num(s.profit_factor_net, 2)), h("td", "num", s.max_drawdown_r === null ? NONE : num(-Math.abs(s.max_drawdown_r), 1)), h("td", "num", num(s.sharpe, 2)), h("td", "num", num(s.deflated_sharpe, 2)), h("td", "num", num(s.cost_r, 2)), h("td", "num", num(s.trials, 0))))))),
  shown.length === 2 ? gap(shown) : null];
}

function gap(shown: { run: Backtest; result: Result }[]): HTMLElement {
  const [a, b] = shown.map(({ result }) => result.summary);
  const [x, y] = [a.expectancy_r_net_ci95, b.expectancy_r_net_ci95];
  const apart = x && y && (x[0] > y[1] || y[0] > x[1]);
  return h("p", "bgap s", apart ? "The intervals of net R per trade do not meet: these runs differ." : h("span", {}, h("span", "warn", "◆ "), "The intervals of net R per trade meet: the data cannot tell these runs apart."));
}

function span(of: Interval, text: (v: number) => string, between: string): HTMLElement | null {
  return of && of[0] !== null && of[1] !== null ? h("span", "t3", ` [${text(of[0])}${between}${text(of[1])}]`) : null;
}
