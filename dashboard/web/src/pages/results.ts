import "./results.css";
import type { Performance, PerformanceDetail, ScorePartCheck, Statistics } from "../api";
import { buckets } from "../charts/buckets";
import { Figure, plainTable } from "../charts/figure";
import { scatter } from "../charts/scatter";
import { empty, h, panel, put, seg, type Child } from "../dom";
import { NONE, age, num, percent, signClass, signed, words } from "../format";
import { BasePage, type Context } from "../page";
import { csvLine, download } from "../parts";
import { Equity, PERIODS, PERIOD_DAYS, RATE_FROM, interval, verdict, type Period } from "../panels/results";
import { groupName, whiskers } from "../panels/whiskers";

type Group = "Strategy" | "Regime" | "Side" | "Symbol";
type Other = "Hour" | "Score" | "Agreement" | "Month";
const VERDICTS: Record<string, string> = { cannot_say: "cannot say", in_order: "in order", inverted: "inverted", never_fires: "never fires" };
const SCALES: Record<string, string> = { core: "Core", action_price: "AP" };

/** What the closed trades say, and how far that may be believed. */
export class ResultsPage extends BasePage {
  readonly title = "Results";
  private period: Period = "All";
  private group: Group = "Strategy";
  private other: Other = "Hour";
  private scale = "core";
  private data: Performance | null = null;
  private detail: PerformanceDetail | null = null;
  private ends: (() => void)[] = [];

  private readonly figures = h("section", { class: "kpis rkpis", "aria-label": "Statistics" });
  private readonly equity = new Equity(null);
  private readonly scales = h("span", "sub");
  private readonly calibration = new Figure("Does the score predict the result?", "", () => plainTable(["Score", "n", "Mean R", "95 %"],
    (this.calibrated()?.buckets ?? []).map((b) => [b.label, b.n, signed(b.mean_r, 2), interval(b.mean_r_ci95)])), { tools: [this.scales] });
  private readonly excursions = new Figure("Best and worst moment of each trade", "MAE × MFE, R", () => plainTable(["Signal", "Worst, R", "Best, R", "Net, R", "Result"],
    (this.detail?.excursions.points ?? []).slice(0, 300).map((p) => [p.signal_id.slice(0, 12), signed(p.mae_r, 2), signed(p.mfe_r, 2), signed(p.r, 2), words(p.outcome)])));
  private readonly groups = panel("Net R per trade", "95 %", { flush: true, tools: [seg<Group>(["Strategy", "Regime", "Side", "Symbol"], "Strategy", "Group by", (group) => { this.group = group; this.drawGroups(); }).root] });
  private readonly others = panel("Net R per trade", "95 %", { flush: true, tools: [seg<Other>(["Hour", "Score", "Agreement", "Month"], "Hour", "Group by", (other) => { this.other = other; this.drawGroups(); }).root] });
  private readonly sentinel = panel("Score sentinel", "looks for inverted or dead parts", { flush: true });

  constructor(context: Context) {
    super(context, "results");
  }

  protected begin(): void {
    const bar = h("div", "flt", seg(PERIODS, this.period, "Period", (period) => this.choose(period)).root, h("span", "grow"),
      h("span", "sub honest", "Every win rate comes with its count, its 95 % interval and the net result per trade"),
      h("button", { class: "btn", type: "button", click: () => this.export() }, "Export CSV"));
    this.root.append(bar, this.figures, h("div", "row3", this.equity.root, this.calibration.root, this.excursions.root),
      h("div", "row3", this.groups.root, this.others.root, this.sentinel.root));
    this.choose(this.period);
  }

  private choose(period: Period): void {
    this.period = period;
    for (const end of this.ends.splice(0)) end();
    const detail = this.model.resource<PerformanceDetail>(`/api/performance/detail?days=${PERIOD_DAYS[period]}`, { least: 3_000, most: 15_000, on: ["signal"] });
    this.detail = detail.data;
    this.ends = [
      this.watch(this.model.performance(PERIOD_DAYS[period]), (data) => { this.data = data; this.equity.set(data); this.drawFigures(); }, this.equity.body),
      this.watch(detail, (data) => { this.detail = data; this.draw(); }, this.calibration.body),
      this.watch(detail, () => undefined, this.excursions.body),
      this.watch(detail, () => undefined, this.sentinel.body),
    ];
  }

  private draw(): void {
    this.drawFigures();
    this.drawCalibration();
    const points = this.detail?.excursions.points ?? [];
    this.excursions.show((w, height) => scatter(points, w, height));
    const total = this.detail?.excursions.points_total ?? 0;
    this.excursions.subtitle.textContent = total > points.length ? `MAE × MFE, R · newest ${points.length} of ${total}` : "MAE × MFE, R · ● won × lost ○ even";
    this.drawGroups();
    this.drawSentinel();
  }

  private calibrated() {
    const all = this.detail?.calibration ?? [];
    return all.find((one) => one.scale === this.scale) ?? all[0];
  }

  private drawCalibration(): void {
    const names = (this.detail?.calibration ?? []).map((one) => one.scale);
    const shown = this.calibrated();
    this.calibration.subtitle.textContent = shown ? `rank corr. ${signed(shown.rank_correlation, 2)}` : "";
    put(this.scales, names.length > 1 ? seg(names, shown?.scale ?? names[0], "Scale", (scale) => { this.scale = scale; this.drawCalibration(); }, SCALES).root : null);
    this.calibration.show((w, height) => buckets(shown?.buckets ?? [], w, height));
  }

  private drawFigures(): void {
    const s = this.data?.all ?? this.detail?.all;
    if (!s) return;
    const [d, r] = [this.detail?.drawdown, this.detail?.ratios];
    const tile = (name: string, right: string, value: Child[], below: Child[], tone = ""): HTMLElement =>
      h("div", "kpi", h("div", "k", h("span", {}, name), h("span", "ell", right)), h("div", `v ${tone}`, ...value), h("div", "d", ...below));
    const unit = (text: string): HTMLElement => h("span", "unit", text);
    const few = s.n < RATE_FROM || s.win_rate === null;
    put(this.figures,
      tile("Closed trades", "n", [String(s.n)], [`${s.wins} won · ${s.break_evens} even · ${s.losses} lost`]),
      tile("Net per trade", "block bootstrap", [signed(s.expectancy_r_net, 2), unit("R")], [s.n === 0 ? "no trade yet" : `95 % ${interval(s.expectancy_r_net_ci95)} R · `, s.n === 0 ? null : verdict(s)]),
      tile("Win rate", "Wilson", few ? [h("span", "s t3", `n = ${s.n}, no rate below ${RATE_FROM}`)] : [num((s.win_rate ?? 0) * 100, 1), unit("%")],
        few ? [""] : [`95 % ${s.win_rate_ci95 ? `${num(s.win_rate_ci95[0] * 100, 1)} – ${num(s.win_rate_ci95[1] * 100, 1)} %` : NONE} · n = ${s.n} · ${signed(s.expectancy_r_net, 2)} R`]),
      tile("Profit factor", "net", [s.profit_factor_net === null ? NONE : num(s.profit_factor_net, 2)], [r ? `costs ${num(r.cost_r, 2)} R per trade` : `sum ${signed(s.net_r, 1)} R`]),
      tile("Worst drawdown", "R", [signed(this.data?.max_drawdown_r ?? d?.depth_r, 1)], [d ? `longest dip ${age(d.longest_ms)} · now ${signed(d.now_r, 1)}` : `now ${signed(this.data?.drawdown_now_r, 1)}`], signClass(this.data?.max_drawdown_r)),
      tile("Deflated Sharpe", r ? (r.trials === null ? "trials ?" : `${r.trials} trials`) : "", [r ? num(r.deflated_sharpe, 2) : NONE],
        [r ? `Sharpe ${num(r.sharpe, 2)} before that` : "unavailable"]),
      tile("Track record", "95 %", r && r.minimum_track_record_days !== null ? [num(r.minimum_track_record_days, 0), unit("days needed")] : [NONE],
        [r ? `most in a row: ${r.wins_in_row} won, ${r.losses_in_row} lost` : "unavailable"]));
  }

  private drawGroups(): void {
    const d = this.detail;
    const by: Record<Group, Statistics[] | undefined> = { Strategy: d?.by_strategy ?? this.data?.by_strategy, Regime: d?.by_regime ?? this.data?.by_regime, Side: d?.by_side, Symbol: d?.by_symbol };
    const also: Record<Other, Statistics[] | undefined> = {
      Hour: d?.by_hour, Score: d?.by_score, Agreement: d?.by_confluence, Month: d?.monthly.map((m) => ({ ...m.statistics, name: m.month })),
    };
    whiskers(this.groups.body, by[this.group] ?? []);
    whiskers(this.others.body, also[this.other] ?? [], (s) => (this.other === "Hour" ? `${s.name}:00 Kyiv` : groupName(s)));
  }

  private drawSentinel(): void {
    const rows = this.detail?.score_parts ?? [];
    if (rows.length === 0) {
      put(this.sentinel.body, empty("Nothing to check yet", "Parts of the score appear with the first closed trade."));
      return;
    }
    const row = (p: ScorePartCheck): HTMLElement => h("tr", {}, h("td", {}, p.name === "total" ? `Total, ${(SCALES[p.scale] ?? words(p.scale))}` : words(p.name).charAt(0).toUpperCase() + words(p.name).slice(1)), h("td", "num", p.n),
      h("td", "num", p.fires_share === null ? NONE : percent(p.fires_share, 0)),
      h("td", "num", p.rank_correlation === null ? h("span", "t3", (p.unavailable_share ?? 0) > 0.2 ? `— ${percent(p.unavailable_share, 0)} unavailable` : NONE) : signed(p.rank_correlation, 2)),
      h("td", {}, p.alert ? h("span", "chip warn", `◆ ${VERDICTS[p.verdict] ?? words(p.verdict)}`) : h("span", p.verdict === "in_order" ? "t2" : "t3", VERDICTS[p.verdict] ?? words(p.verdict))));
    put(this.sentinel.body, h("table", "t", h("thead", {}, h("tr", {}, ...([["Part", ""], ["n", "num"], ["Fires", "num"], ["Rank corr.", "num"], ["Verdict", ""]] as const).map(([name, cls]) => h("th", { class: cls, scope: "col" }, name)))),
      h("tbody", {}, ...rows.map(row))));
  }

  private export(): void {
    const d = this.detail;
    if (!d) return;
    const groups: [string, Statistics[]][] = [["all", [d.all]], ["strategy", d.by_strategy], ["regime", d.by_regime], ["score", d.by_score], ["symbol", d.by_symbol], ["side", d.by_side],
      ["hour_kyiv", d.by_hour], ["agreement", d.by_confluence], ["month", d.monthly.map((m) => ({ ...m.statistics, name: m.month }))]];
    const lines = groups.flatMap(([group, rows]) => rows.map((s) => csvLine([group, s.name, s.n, s.wins, s.break_evens, s.losses, s.n < RATE_FROM ? null : s.win_rate,
      s.win_rate_ci95?.[0], s.win_rate_ci95?.[1], s.expectancy_r_net, s.expectancy_r_net_ci95?.[0], s.expectancy_r_net_ci95?.[1], s.profit_factor_net, s.net_r, s.n < RATE_FROM ? `no rate below ${RATE_FROM} trades` : ""])));
    download("results.csv", "text/csv", ["group,name,n,wins,break_evens,losses,win_rate,win_rate_low,win_rate_high,expectancy_r_net,expectancy_low,expectancy_high,profit_factor_net,net_r,reason", ...lines].join("\r\n") + "\r\n");
  }
}
