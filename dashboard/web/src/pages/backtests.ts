import "./backtests.css";
import { del, type Backtest, type BacktestData, type Settings } from "../api";
import { Figure, plainTable } from "../charts/figure";
import { confirm, note, openDialog } from "../dialog";
import { empty, h, panel, put, say, type Child } from "../dom";
import { NONE, compact, date, num, signed } from "../format";
import { BasePage, type Context } from "../page";
import { sentence } from "../parts";
import type { Route } from "../router";
import type { Resource } from "../resource";
import { OrderForm } from "./backtests/form";
import { CURVE_PAGES, PAGE, curves, figures, readResult, type Result } from "./backtests/results";
import { LINES, STATES, describe, lasting, nameOf, spanText, stamp } from "./backtests/runs";
import { showTrades } from "./backtests/trades";

const COMPARED_MAX = 4;
const CURVES_KEPT = 16;
const RUNS_SHOWN = 60;
/** By run and the moment it ended: a run that is done does not change, but may be done again. */
const results = new Map<string, Result>();

/** Runs over recorded candles: order one, watch the queue, read and compare what came of them. */
export class BacktestsPage extends BasePage {
  readonly title = "Backtests";
  private runs: Backtest[] = [];
  private chosen: string[] = [];
  /** Runs are neither started nor ended here. */
  private elsewhere = false;
  private turn = 0;
  private knownDone = new Set<string>();
  private resource!: Resource<Backtest[]>;

  private readonly order = new OrderForm({
    readOnly: () => this.readOnly, rate: () => this.runs.find((run) => (run.candles_per_second ?? 0) > 0)?.candles_per_second ?? null, started: () => this.resource.read(),
  });
  private readonly queue = panel("Runs", "", { flush: true, class: "bqueue" });
  private readonly compare = new Figure("Compare", "", () => this.curveTable(), { class: "bcurve" });
  private readonly figures = panel("Results", "every rate with its n and interval", { flush: true, class: "bfigures" });

  constructor(context: Context) {
    super(context, "backtests");
  }

  protected begin(route: Route): void {
    this.root.append(this.order.panel.root, h("div", "bright", this.queue.root, this.compare.root, this.figures.root));
    this.watch(this.model.resource<BacktestData>("/api/backtests/data", { least: 3_000, most: 4_000 }), (data) => { this.elsewhere = data.elsewhere !== null; this.order.take(data); this.drawQueue(); }, this.order.panel.body);
    this.resource = this.model.resource<Backtest[]>("/api/backtests", { least: 1_000, most: 1_000, on: ["backtest"] });
    this.watch(this.resource, (runs) => this.take(runs), this.queue.body);
    this.watch(this.model.resource<Settings>("/api/settings", { least: 30_000, most: 60_000 }), (settings) => this.order.takeSettings(settings.settings));
    this.arrive(route);
  }

  protected override arrive(route: Route): void {
    this.chosen = (route.query.get("ids") ?? "").split(",").filter(Boolean).slice(0, COMPARED_MAX);
    this.drawQueue();
    void this.drawResults();
  }

  private take(runs: Backtest[]): void {
    const first = this.knownDone.size === 0 && this.runs.length === 0;
    const done = runs.filter((run) => run.has_results).map((run) => run.id);
    const fresh = done.filter((id) => !this.knownDone.has(id));
    this.knownDone = new Set(done);
    this.runs = runs;
    const before = this.chosen.join();
    this.chosen = this.chosen.filter((id) => done.includes(id));
    // What just ended is what somebody waited for.
    if (first && this.chosen.length === 0) this.chosen = done.slice(0, 2).reverse();
    else if (!first && fresh.length > 0) {
      this.chosen = [...this.chosen.slice(-(COMPARED_MAX - 1)), fresh[0]];
      note(`The run ${nameOf(runs.find((run) => run.id === fresh[0]))} is done`);
    }
    this.drawQueue();
    this.order.estimate();
    if (before !== this.chosen.join() || first) this.choose(this.chosen);
  }

  private choose(ids: string[]): void {
    this.chosen = ids;
    this.context.router.amend({ ids: ids.join(",") });
    this.drawQueue();
    void this.drawResults();
  }

  // The queue

  private drawQueue(): void {
    const { runs } = this;
    const [working, waiting] = [runs.filter((run) => run.state === "running").length, runs.filter((run) => run.state === "queued").length];
    say(this.queue.subtitle, this.elsewhere ? `${working} running · on the functions' machines · times and spans in UTC` : `${working} running · ${waiting} waiting · one at a time, trading is not slowed`);
    if (this.queue.body.querySelector(".cover")) return;
    if (runs.length === 0) {
      put(this.queue.body, h("div", "empty", h("b", {}, "No run yet"), h("span", {}, this.elsewhere ? "Start one by the command: its progress and its results stand here." : "Fill the form and start one: its progress and its report stand here.")));
      return;
    }
    const focused = (document.activeElement as HTMLElement | null)?.dataset.key;
    const scrolled = this.queue.body.scrollTop;
    const heads: [string, string][] = [["", "bpick"], ["Run", ""], ["State", ""], ["Progress", "bprogress"], ["Trades", "num"], ["Time left", "num"], ["", "num"]];
    put(this.queue.body, h("table", "t bruns", h("thead", {}, h("tr", {}, ...heads.map(([name, cls]) => h("th", { class: cls, scope: "col" }, name === "" && cls === "bpick" ? h("span", "vh", "Compare") : name)))), h("tbody", "plain", ...runs.slice(0, RUNS_SHOWN).map((run) => this.runRow(run)))),
      runs.length > RUNS_SHOWN ? h("div", "dnote t3 xs", `${runs.length - RUNS_SHOWN} older runs are not shown.`) : null);
    this.queue.body.scrollTop = scrolled;
    if (focused) this.queue.body.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  private runRow(run: Backtest): HTMLElement {
    const [state, cls] = STATES[run.state];
    const at = this.chosen.indexOf(run.id);
    const pick = h("input", { type: "checkbox", checked: at >= 0, "data-key": `pick-${run.id}`, "aria-label": `Compare ${nameOf(run)}`, disabled: !run.has_results || (at < 0 && this.chosen.length >= COMPARED_MAX), title: at < 0 && this.chosen.length >= COMPARED_MAX ? `At most ${COMPARED_MAX} side by side` : null,
      change: () => this.choose(pick.checked ? [...this.chosen, run.id] : this.chosen.filter((id) => id !== run.id)) });
    const busy = run.state === "running" || run.state === "queued";
    const fill = h("i");
    fill.style.width = `${(run.progress ?? 0) * 100}%`;
    const progress: Child[] = run.state === "running"
      ? [h("span", "bprog", h("span", "meter", fill), h("b", {}, run.progress === null ? NONE : `${Math.floor(run.progress * 100)} %`), h("span", "t3", [run.market_time === null ? "" : date(run.market_time), run.candles_per_second === null ? "" : `${compact(run.candles_per_second)}/s`].filter(Boolean).join(" · ")))]
      : [run.state === "queued" ? h("span", "t3", run.place === null || run.place === 0 ? "next" : `${run.place} before it`)
        : run.error ? h("span", { class: run.state === "cancelled" ? "t3" : "crit", title: run.error }, run.error)
          : h("span", "t3", run.ended_at !== null && run.started_at !== null ? `${stamp.format(run.ended_at)} UTC · took ${lasting((run.ended_at - run.started_at) / 1_000)}` : "")];
    const end = h("button", { class: `btn sm ${busy ? "" : "ghost"}`, type: "button", "data-key": `end-${run.id}`, disabled: this.readOnly !== null, title: this.readOnly, "aria-label": `${busy ? "Cancel" : "Remove"} ${nameOf(run)}`, click: () => void this.end(run, busy) }, busy ? "Cancel" : "Remove");
    return h("tr", at >= 0 ? "sel" : "", h("td", "bpick", pick), h("td", { class: "bname", title: describe(run.order) }, at >= 0 ? h("i", `bkey ${LINES[at]}`) : null, h("b", {}, nameOf(run)), h("span", "t3 xs", ` ${spanText(run.order)}`)),
      h("td", {}, h("span", cls, state)), h("td", "bprogress", ...progress), h("td", "num", run.state === "queued" || (this.elsewhere && !run.has_results) ? NONE : num(run.trades, 0)), h("td", "num", run.seconds_left === null || !busy ? NONE : lasting(run.seconds_left)),
      h("td", "num bacts", run.has_report ? h("a", { class: "btn sm", href: `/api/backtests/${encodeURIComponent(run.id)}/report`, target: "_blank", rel: "noopener", "data-key": `rep-${run.id}` }, "Report") : null, run.has_results ? h("button", { class: "btn sm", type: "button", "data-key": `tr-${run.id}`, click: () => showTrades(run) }, "Trades") : null, this.elsewhere ? null : end));
  }

  private async end(run: Backtest, busy: boolean): Promise<void> {
    if (!busy && run.has_report && !await this.sure(run)) return;
    try {
      await del(`/api/backtests/${encodeURIComponent(run.id)}`);
      note(busy ? "The run is cancelled" : "The run is removed");
    } catch (error) {
      openDialog("Not done", h("p", { class: "s", role: "alert" }, sentence(error)));
    }
    await this.resource.read();
  }

  private sure(run: Backtest): Promise<boolean> {
    return confirm("Remove a run", `Remove ${nameOf(run)}?`, `Its report, its ${num(run.trades, 0)} trades and its decisions are deleted, ${num(run.bytes / 1_048_576, 1)} MiB.`, "Remove", "Keep it");
  }

  private resultOf(id: string): Result | undefined {
    return results.get(this.keyOf(id));
  }

  private keyOf(id: string): string {
    return `${id}@${this.runs.find((run) => run.id === id)?.ended_at ?? 0}`;
  }

  // Results

  private async drawResults(): Promise<void> {
    const turn = ++this.turn;
    const ids = [...this.chosen];
    if (ids.length === 0) {
      say(this.compare.subtitle, "");
      this.compare.show(() => empty("No run is chosen", "Tick finished runs above: one to read, two to four side by side."));
      put(this.figures.body, empty("No run is chosen"));
      return;
    }
    const missing = ids.filter((id) => !this.resultOf(id));
    if (missing.length > 0) this.compare.show(() => empty("The results are being read …"));
    try {
      for (const id of missing) {
        const read = await readResult(id);
        if (results.size >= CURVES_KEPT) results.delete(results.keys().next().value ?? "");
        results.set(this.keyOf(id), read);
      }
    } catch (error) {
      if (turn === this.turn) this.compare.show(() => empty("The results could not be read", sentence(error)));
      return;
    }
    if (turn !== this.turn) return;
    const shown = ids.flatMap((id) => { const result = this.resultOf(id); const run = this.runs.find((one) => one.id === id); return result && run ? [{ run, result }] : []; });
    const cut = shown.some(({ result }) => result.curve.cut);
    say(this.compare.subtitle, `${shown.length} of ${this.knownDone.size} finished runs · net R after each trade${cut ? ` · the first ${num(PAGE * CURVE_PAGES, 0)} trades are drawn` : ""}${new Set(shown.map(({ run }) => `${run.order.data}|${run.order.from}|${run.order.to}|${run.order.symbols.join()}`)).size > 1 ? " · they differ in data, span or symbols" : ""}`);
    this.compare.show((w, height) => curves(shown.map(({ result }) => result.curve), w, height));
    put(this.figures.body, ...figures(shown));
  }

  private curveTable(): HTMLTableElement | null {
    const shown = this.chosen.flatMap((id) => { const result = this.resultOf(id); return result ? [{ id, result }] : []; });
    if (shown.length === 0) return null;
    return plainTable(["Run", "Trade", "Closed, UTC", "Sum, R"], shown.flatMap(({ id, result }) => result.curve.points.slice(-120).map((point, i) => [nameOf(this.runs.find((run) => run.id === id)), result.curve.points.length - Math.min(120, result.curve.points.length) + i + 1, stamp.format(point.time), signed(point.r, 2)])));
  }
}
