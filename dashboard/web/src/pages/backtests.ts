import "./backtests.css";
import { Problem, del, get, post, type Backtest, type BacktestData, type BacktestOrder, type BacktestTrade, type BacktestTrades, type Interval, type Num, type Setting, type Settings, type SettingValue } from "../api";
import { Figure, plainTable, ticks } from "../charts/figure";
import { note, openDialog } from "../dialog";
import { empty, h, panel, put, say, svg, type Child } from "../dom";
import { NONE, age, base, compact, date, num, percent, signClass, signed, words } from "../format";
import { BasePage, type Context } from "../page";
import { RATE_FROM } from "../panels/results";
import { plain, rangeText, readValue, withUnit } from "../panels/setting";
import { emptyState, sentence } from "../parts";
import { href, type Route } from "../router";
import type { Resource } from "../resource";

const COMPARED_MAX = 4;
const CURVE_PAGES = 5;
const PAGE = 1_000;
const TRADES_SHOWN = 50;
const CURVES_KEPT = 16;
const RUNS_SHOWN = 60;
const STATES: Record<Backtest["state"], [text: string, cls: string]> = {
  queued: ["◔ Waiting", "chip line"], running: ["● Running", "chip"], done: ["✓ Done", "chip line"], failed: ["✕ Failed", "chip crit"], cancelled: ["⊘ Cancelled", "chip line"], interrupted: ["✕ Interrupted", "chip warn"],
};
const LINES = ["b1", "b2", "b3", "b4"];
const day = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
const stamp = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

interface Summary {
  trades: number; wins: number; break_evens: number; losses: number; win_rate: Num; win_rate_ci95: Interval; profit_factor_net: Num; expectancy_r_net: Num;
  expectancy_r_net_ci95: Interval; max_drawdown_r: Num; sharpe: Num; deflated_sharpe: Num; trials: Num; cost_r: Num; ledger_hash: string | null;
}
interface Curve { points: { time: number; r: number }[]; total: number }
interface Result { summary: Summary; curve: Curve }
interface Form { data: string; symbols: string[]; from: string; to: string; profile: string; strategies: string[] | null; ledger: string; overrides: [path: string, text: string][] }

const blank = (): Form => ({ data: "", symbols: [], from: "", to: "", profile: "", strategies: null, ledger: "lean", overrides: [] });
/** The form stays filled while the tab lives. */
let form = blank();
/** Finished runs do not change. */
const results = new Map<string, Result>();

/** Runs over recorded candles: order one, watch the queue, read and compare what came of them. */
export class BacktestsPage extends BasePage {
  readonly title = "Backtests";
  private data: BacktestData | null = null;
  private runs: Backtest[] = [];
  private chosen: string[] = [];
  private thresholds: Setting[] = [];
  private sending = false;
  private failure = "";
  private serverFaults: Record<string, string[]> = {};
  private turn = 0;
  private knownDone = new Set<string>();
  private resource!: Resource<Backtest[]>;

  private readonly order = panel("New run", "", { class: "border" });
  private readonly queue = panel("Runs", "", { flush: true, class: "bqueue" });
  private readonly compare = new Figure("Compare", "", () => this.curveTable(), { class: "bcurve" });
  private readonly figures = panel("Results", "every rate with its n and interval", { flush: true, class: "bfigures" });

  constructor(context: Context) {
    super(context, "backtests");
  }

  protected begin(route: Route): void {
    this.root.append(this.order.root, h("div", "bright", this.queue.root, this.compare.root, this.figures.root));
    this.watch(this.model.resource<BacktestData>("/api/backtests/data", { least: 3_000, most: 20_000 }), (data) => { this.data = data; this.drawForm(); }, this.order.body);
    this.resource = this.model.resource<Backtest[]>("/api/backtests", { least: 1_000, most: 1_000, on: ["backtest"] });
    this.watch(this.resource, (runs) => this.take(runs), this.queue.body);
    this.watch(this.model.resource<Settings>("/api/settings", { least: 30_000, most: 60_000 }), (settings) => {
      this.thresholds = settings.settings.filter((one) => one.is_threshold);
      this.drawForm();
    });
    this.arrive(route);
  }

  protected override arrive(route: Route): void {
    this.chosen = (route.query.get("ids") ?? "").split(",").filter(Boolean).slice(0, COMPARED_MAX);
    this.drawQueue();
    void this.drawResults();
  }

  private take(runs: Backtest[]): void {
    const first = this.knownDone.size === 0 && this.runs.length === 0;
    const done = runs.filter((run) => run.has_report).map((run) => run.id);
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
    this.drawEstimate();
    if (before !== this.chosen.join() || first) this.choose(this.chosen);
  }

  private choose(ids: string[]): void {
    this.chosen = ids;
    this.context.router.amend({ ids: ids.join(",") });
    this.drawQueue();
    void this.drawResults();
  }

  // The form

  private drawForm(): void {
    const { data } = this;
    if (!data) return;
    if (this.order.body.contains(document.activeElement) && this.order.body.querySelector("form")) return;   // not under somebody's hands
    const usable = data.folders.filter((folder) => folder.fault === null);
    if (!data.present || usable.length === 0) {
      put(this.order.body, data.reading ? empty("The folders are being read …") : emptyState("There is nothing to run on", data.present
        ? `The folder “${data.root}” holds no candles that can be read${data.folders[0]?.fault ? `: ${data.folders[0].fault}` : ""}.`
        : `The folder “${data.root}” does not exist. Candles are recorded or downloaded into it.`, { name: "Data", href: href("data") }));
      return;
    }
    if (!usable.some((folder) => folder.data === form.data)) form.data = usable[0].data;
    const folder = usable.find((one) => one.data === form.data) ?? usable[0];
    const symbols = [...new Set(folder.series.map((one) => one.symbol))];
    form.symbols = form.symbols.filter((name) => symbols.includes(name));
    const [first, last] = this.span();
    const field = (name: string, control: HTMLElement, key: string): HTMLElement => h("label", "brow", h("span", "t2", name), h("span", "bctl", control, h("span", { class: "fault", "data-fault": key, role: "status" })));
    const folderBox = h("select", { class: "inp", "aria-label": "Folder", change: () => { form.data = folderBox.value; form.symbols = []; folderBox.blur(); this.drawForm(); } }, ...usable.map((one) => h("option", { value: one.data, selected: one.data === form.data }, one.data === "" ? data.root : one.data)));
    const dateBox = (which: "from" | "to", name: string): HTMLElement => {
      const box = h("input", { class: "inp", type: "date", value: form[which], min: iso(first), max: iso(last), "aria-label": name, input: () => { form[which] = box.value; this.check(); } });
      return box;
    };
    const profile = h("select", { class: "inp", "aria-label": "Profile", change: () => { form.profile = profile.value; } }, h("option", { value: "" }, "as configured"), ...data.profiles.map((one) => h("option", { value: one, selected: one === form.profile }, one)));
    const ledger = h("select", { class: "inp", "aria-label": "Decisions kept", change: () => { form.ledger = ledger.value; } }, ...data.ledgers.map((one) => h("option", { value: one, selected: one === form.ledger }, one)));
    const check = (label: string, on: boolean, change: (on: boolean) => void): HTMLElement => {
      const box = h("input", { type: "checkbox", checked: on, change: () => { change(box.checked); this.check(); } });
      return h("label", "check", box, label);
    };
    const symbolWord = h("span", {}, "");
    const sayChosen = (): void => say(symbolWord, form.symbols.length === 0 ? `all ${symbols.length}` : form.symbols.length <= 3 ? form.symbols.map(base).join(", ") : `${form.symbols.length} of ${symbols.length}`);
    sayChosen();
    const symbolList = h("details", "bsymbols", h("summary", "inp", symbolWord), h("div", "bsymlist", ...symbols.slice(0, 200).map((name) => check(base(name), form.symbols.includes(name), (on) => {
      form.symbols = on ? [...form.symbols, name] : form.symbols.filter((one) => one !== name);
      sayChosen();
    }))));
    const chosen = form.strategies ?? data.strategies;
    const strategies = h("div", "bchecks", ...data.strategies.map((name) => check(words(name.charAt(0).toUpperCase() + name.slice(1)), chosen.includes(name), (on) => {
      const now = form.strategies ?? data.strategies;
      form.strategies = on ? [...now, name] : now.filter((one) => one !== name);
    })));
    const start = h("button", { class: "btn pri bstart", type: "submit" }, "Start");
    put(this.order.body, h("form", { class: "bform", novalidate: true, submit: (event) => { event.preventDefault(); void this.start(); } },
      h("div", "bfields", field("Data", folderBox, "data"), h("div", "brow", h("span", "t2", "Symbols"), h("span", "bctl", symbolList, h("span", { class: "fault", "data-fault": "symbols", role: "status" }))),
        field("From, UTC", dateBox("from", "From, UTC"), "from"), field("Until, UTC", dateBox("to", "Until, UTC, that day included"), "to"),
        h("p", "t3 xs bspan", first === null || last === null ? (data.reading ? "The span is being read …" : "The span is not known.") : `Empty: all of it, ${day.format(first)} to ${day.format(last)}.`),
        field("Profile", profile, "profile"), field("Decisions kept", ledger, "ledger"),
        h("h3", {}, "Strategies", h("span", {}, form.strategies === null ? "those that are switched on" : "only these")), strategies, h("span", { class: "fault", "data-fault": "strategies", role: "status" }),
        h("h3", {}, "Changed from the profile", h("span", {}, "for this run alone")), this.overrides()),
      h("div", "bfoot", h("p", { class: "t3 xs bestimate" }), h("div", { class: "faultline bfault", role: "alert" }), h("div", "sbuttons", start, h("button", { class: "btn", type: "button", click: () => { form = blank(); this.failure = ""; this.serverFaults = {}; (document.activeElement as HTMLElement | null)?.blur(); this.drawForm(); } }, "Reset")))));
    this.check();
    this.drawEstimate();
  }

  private overrides(): HTMLElement {
    if (this.thresholds.length === 0) return h("p", "t3 xs", "The settings of this host cannot be read: a run takes the profile as it is.");
    const box = h("div", "boverrides");
    const draw = (): void => {
      put(box, ...form.overrides.map(([path, text], i) => {
        const one = this.thresholds.find((setting) => setting.path === path);
        const out = h("button", { class: "btn sm ghost", type: "button", "aria-label": `Leave ${path} as it is`, click: () => { form.overrides.splice(i, 1); draw(); this.check(); } }, "✕");
        const input = one?.type === "boolean" || one?.type === "choice"
          ? h("select", { class: "inp", "aria-label": one.label, change: () => { form.overrides[i] = [path, input.value]; this.check(); } }, ...(one.type === "boolean" ? ["true", "false"] : one.choices).map((choice) => h("option", { value: choice, selected: choice === text }, one.type === "boolean" ? (choice === "true" ? "on" : "off") : choice)))
          : h("input", { class: "inp", type: "text", inputmode: "decimal", value: text, "aria-label": one?.label ?? path, autocomplete: "off", input: () => { form.overrides[i] = [path, input.value]; this.check(); } });
        return h("div", "boverride", h("span", { class: "t2 ell", title: path }, one?.label || path), input, out, h("span", "t3 xs bover2", one ? `${path} · default ${withUnit(one, one.default)}, ${rangeText(one)}` : path), h("span", { class: "fault", "data-fault": path, role: "status" }));
      }), h("div", "badd", add));
    };
    const add = h("select", { class: "inp", "aria-label": "Change one more threshold", change: () => {
      const one = this.thresholds.find((setting) => setting.path === add.value);
      if (one && form.overrides.length < 40 && !form.overrides.some(([path]) => path === one.path)) form.overrides.push([one.path, plain(one.next ?? one.value).replace("−", "-").replace(/^on$/, "true").replace(/^off$/, "false")]);
      add.value = "";
      draw();
      this.check();
    } }, h("option", { value: "" }, "+ Change a threshold …"), ...this.thresholds.map((one) => h("option", { value: one.path }, `${one.label} (${one.section})`)));
    draw();
    return box;
  }

  /** First and last moment of what is chosen; null while not known. */
  private span(): [Num, Num] {
    const series = this.series();
    const from = series.map((one) => one.from).filter((v) => v !== null);
    const to = series.map((one) => one.to).filter((v) => v !== null);
    return [from.length ? Math.min(...from) : null, to.length ? Math.max(...to) : null];
  }

  private series(): BacktestData["folders"][number]["series"] {
    const folder = this.data?.folders.find((one) => one.data === form.data);
    return (folder?.series ?? []).filter((one) => form.symbols.length === 0 || form.symbols.includes(one.symbol));
  }

  private faults(): Record<string, string> {
    const out: Record<string, string> = {};
    const [first, last] = this.span();
    if (form.from && last !== null && Date.parse(form.from) > last) out.from = `The data ends at ${day.format(last)}. Choose that day or an earlier one.`;
    if (form.to && first !== null && Date.parse(form.to) < first - 86_400_000) out.to = `The data begins at ${day.format(first)}. Choose that day or a later one.`;
    else if (form.to && last !== null && Date.parse(form.to) > last) out.to = `The data ends at ${day.format(last)}. Choose that day or an earlier one.`;
    else if (form.from && form.to && form.from > form.to) out.to = "It is before “From”.";
    if (form.strategies !== null && form.strategies.length === 0) out.strategies = "At least one strategy is needed.";
    for (const [path, text] of form.overrides) {
      const one = this.thresholds.find((setting) => setting.path === path);
      const read = one ? readValue(one, text) : null;
      if (read && "fault" in read) out[path] = read.fault;
    }
    for (const [key, texts] of Object.entries(this.serverFaults)) out[key] ??= texts.join(" ");
    return out;
  }

  private check(fromServer = false): void {
    if (!fromServer) this.serverFaults = {};
    const faults = this.faults();
    const places = new Set<string>();
    this.order.body.querySelectorAll<HTMLElement>("[data-fault]").forEach((cell) => {
      const key = cell.dataset.fault ?? "";
      places.add(key);
      say(cell, faults[key] ? `✕ ${faults[key]}` : "");
      cell.parentElement?.querySelector(".inp")?.classList.toggle("bad", key in faults);
    });
    const others = Object.entries(faults).filter(([key]) => !places.has(key)).map(([key, text]) => `${key}: ${text}`);
    const line = this.order.body.querySelector(".bfault");
    if (line) say(line, [this.failure, ...others].filter(Boolean).join(" "));
    const button = this.order.body.querySelector<HTMLButtonElement>(".bstart");
    if (!button) return;
    const wrong = Object.keys(faults).length;
    button.disabled = this.readOnly !== null || this.sending || (wrong > 0 && !fromServer);
    button.title = this.readOnly ?? "";
    say(button, this.sending ? "Starting …" : wrong > 0 && !fromServer ? `Start: ${wrong} to correct` : "Start");
    this.drawEstimate();
  }

  private drawEstimate(): void {
    const cell = this.order.body.querySelector(".bestimate");
    if (!cell) return;
    const [first, last] = this.span();
    if (first === null || last === null) {
      say(cell, "");
      return;
    }
    const [from, to] = [Math.max(first, form.from ? Date.parse(form.from) : first), Math.min(last, form.to ? Date.parse(form.to) + 86_400_000 : last)];
    const candles = this.series().reduce((sum, one) => {
      if (one.candles === null || one.from === null || one.to === null || one.to <= one.from) return sum;
      return sum + one.candles * Math.max(0, (Math.min(to, one.to) - Math.max(from, one.from)) / (one.to - one.from));
    }, 0);
    const rate = this.runs.find((run) => (run.candles_per_second ?? 0) > 0)?.candles_per_second ?? null;
    say(cell, `About ${compact(Math.round(candles))} candles${rate === null ? "" : ` · ${lasting(candles / rate)} at ${compact(rate)} a second`} · one run works at a time`);
  }

  private async start(): Promise<void> {
    if (this.sending || Object.keys(this.faults()).length > 0 && Object.keys(this.serverFaults).length === 0) return;
    const [, last] = this.span();
    const overrides: Record<string, SettingValue> = {};
    for (const [path, text] of form.overrides) {
      const one = this.thresholds.find((setting) => setting.path === path);
      const read = one ? readValue(one, text) : null;
      if (read && "value" in read) overrides[path] = read.value;
    }
    const to = form.to ? Date.parse(form.to) + 86_400_000 - 1 : null;
    const order: BacktestOrder = { data: form.data, symbols: form.symbols, from: form.from ? Date.parse(form.from) : null, to: to !== null && last !== null ? Math.min(to, last) : to, profile: form.profile || null, strategies: form.strategies ?? [], ledger: form.ledger, overrides };
    this.sending = true;
    this.failure = "";
    this.check();
    try {
      const run = await post<Backtest>("/api/backtests", order);
      note(run?.place ? `In the queue: ${run.place} before it` : "The run is in the queue");
    } catch (error) {
      if (error instanceof Problem && Object.keys(error.errors).length > 0) this.serverFaults = { ...error.errors };
      else this.failure = sentence(error);
    }
    this.sending = false;
    this.check(true);
    await this.resource.read();
  }

  // The queue

  private drawQueue(): void {
    const { runs } = this;
    const [working, waiting] = [runs.filter((run) => run.state === "running").length, runs.filter((run) => run.state === "queued").length];
    say(this.queue.subtitle, `${working} running · ${waiting} waiting · one at a time, trading is not slowed`);
    if (this.queue.body.querySelector(".cover")) return;
    if (runs.length === 0) {
      put(this.queue.body, h("div", "empty", h("b", {}, "No run yet"), h("span", {}, "Fill the form and start one: its progress and its report stand here.")));
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
    const pick = h("input", { type: "checkbox", checked: at >= 0, "data-key": `pick-${run.id}`, "aria-label": `Compare ${nameOf(run)}`, disabled: !run.has_report || (at < 0 && this.chosen.length >= COMPARED_MAX), title: at < 0 && this.chosen.length >= COMPARED_MAX ? `At most ${COMPARED_MAX} side by side` : null,
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
      h("td", {}, h("span", cls, state)), h("td", "bprogress", ...progress), h("td", "num", run.state === "queued" ? NONE : num(run.trades, 0)), h("td", "num", run.seconds_left === null || !busy ? NONE : lasting(run.seconds_left)),
      h("td", "num bacts", run.has_report ? h("a", { class: "btn sm", href: `/api/backtests/${encodeURIComponent(run.id)}/report`, target: "_blank", rel: "noopener", "data-key": `rep-${run.id}` }, "Report") : null, run.has_report ? h("button", { class: "btn sm", type: "button", "data-key": `tr-${run.id}`, click: () => this.trades(run) }, "Trades") : null, end));
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
    return new Promise((resolve) => {
      let answer = false;
      const keep = h("button", { class: "btn", type: "button", click: () => dialog.close() }, "Keep it");
      const body = h("div", "confirm", h("b", {}, `Remove ${nameOf(run)}?`), h("span", "s", `Its report, its ${num(run.trades, 0)} trades and its decisions are deleted, ${num(run.bytes / 1_048_576, 1)} MiB.`), h("div", "answers", keep, h("button", { class: "btn danger", type: "button", click: () => { answer = true; dialog.close(); } }, "Remove")));
      const dialog = openDialog("Remove a run", body);
      const root = body.closest(".modal");
      root?.addEventListener("shown.bs.modal", () => keep.focus());
      root?.addEventListener("hidden.bs.modal", () => resolve(answer));
    });
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
    const missing = ids.filter((id) => !results.has(id));
    if (missing.length > 0) this.compare.show(() => empty("The results are being read …"));
    try {
      for (const id of missing) {
        const read = await readResult(id);
        if (results.size >= CURVES_KEPT) results.delete(results.keys().next().value ?? "");
        results.set(id, read);
      }
    } catch (error) {
      if (turn === this.turn) this.compare.show(() => empty("The results could not be read", sentence(error)));
      return;
    }
    if (turn !== this.turn) return;
    const shown = ids.flatMap((id) => { const result = results.get(id); const run = this.runs.find((one) => one.id === id); return result && run ? [{ run, result }] : []; });
    const cut = shown.some(({ result }) => result.curve.points.length < result.curve.total);
    say(this.compare.subtitle, `${shown.length} of ${this.knownDone.size} finished runs · net R after each trade${cut ? ` · the first ${num(PAGE * CURVE_PAGES, 0)} trades are drawn` : ""}${new Set(shown.map(({ run }) => `${run.order.data}|${run.order.from}|${run.order.to}|${run.order.symbols.join()}`)).size > 1 ? " · they differ in data, span or symbols" : ""}`);
    this.compare.show((w, height) => curves(shown.map(({ result }) => result.curve), w, height));
    this.drawFigures(shown);
  }

  private drawFigures(shown: { run: Backtest; result: Result }[]): void {
    const heads: [string, string][] = [["Run", ""], ["n", "num"], ["Won / even / lost", "num"], ["Net per trade, R (95 %)", "num"], ["Win rate, % (95 %)", "num"], ["PF net", "num"], ["Worst DD, R", "num"], ["Sharpe", "num"], ["Deflated", "num"], ["Cost, R", "num"], ["Trials", "num"]];
    put(this.figures.body, h("div", "lscroll", h("table", "t", h("thead", {}, h("tr", {}, ...heads.map(([name, cls]) => h("th", { class: cls, scope: "col" }, name)))), h("tbody", "plain", ...shown.map(({ run, result: { summary: s } }, i) => h("tr", {},
      h("td", "bname", h("i", `bkey ${LINES[i]}`), h("b", {}, nameOf(run))), h("td", "num", num(s.trades, 0)), h("td", "num", `${s.wins} / ${s.break_evens} / ${s.losses}`),
      h("td", "num", h("b", signClass(s.expectancy_r_net), signed(s.expectancy_r_net, 2)), span(s.expectancy_r_net_ci95, (v) => signed(v, 2), " … ")),
      h("td", "num", s.trades < RATE_FROM || s.win_rate === null ? h("span", "t3", `no rate below ${RATE_FROM}`) : [percent(s.win_rate).replace(" %", "")].map((text) => h("span", {}, text, span(s.win_rate_ci95, (v) => num(v * 100, 1), " – ")))[0]),
      h("td", "num", num(s.profit_factor_net, 2)), h("td", "num", s.max_drawdown_r === null ? NONE : num(-Math.abs(s.max_drawdown_r), 1)), h("td", "num", num(s.sharpe, 2)), h("td", "num", num(s.deflated_sharpe, 2)), h("td", "num", num(s.cost_r, 2)), h("td", "num", num(s.trials, 0))))))),
    shown.length === 2 ? this.gap(shown) : null);
  }

  private gap(shown: { run: Backtest; result: Result }[]): HTMLElement {
    const [a, b] = shown.map(({ result }) => result.summary);
    const [x, y] = [a.expectancy_r_net_ci95, b.expectancy_r_net_ci95];
    const apart = x && y && (x[0] > y[1] || y[0] > x[1]);
    return h("p", "bgap s", apart ? "The intervals of net R per trade do not meet: these runs differ." : h("span", {}, h("span", "warn", "◆ "), "The intervals of net R per trade meet: the data cannot tell these runs apart."));
  }

  private curveTable(): HTMLTableElement | null {
    const shown = this.chosen.flatMap((id) => { const result = results.get(id); return result ? [{ id, result }] : []; });
    if (shown.length === 0) return null;
    return plainTable(["Run", "Trade", "Closed, UTC", "Sum, R"], shown.flatMap(({ id, result }) => result.curve.points.slice(-120).map((point, i) => [nameOf(this.runs.find((run) => run.id === id)), result.curve.points.length - Math.min(120, result.curve.points.length) + i + 1, stamp.format(point.time), signed(point.r, 2)])));
  }

  private trades(run: Backtest): void {
    const box = h("div", "btrades");
    openDialog(`Trades of ${nameOf(run)}`, box, { wide: true, flush: true });
    const show = async (offset: number): Promise<void> => {
      try {
        const page = await get<BacktestTrades>(`/api/backtests/${encodeURIComponent(run.id)}/trades?offset=${offset}&limit=${TRADES_SHOWN}`);
        if (page.total === 0) {
          put(box, empty("No trade was closed in this run", "The report says what was refused and why."));
          return;
        }
        box.closest(".modal-body")?.scrollTo({ top: 0 });
        const turn = (name: string, to: number, possible: boolean): HTMLElement => h("button", { class: "btn sm", type: "button", disabled: !possible, click: () => void show(to) }, name);
        put(box, h("div", "lscroll", h("table", "t", h("thead", {}, h("tr", {}, ...([["Entered, UTC", ""], ["Symbol", ""], ["Side", ""], ["Strategy", ""], ["Score", "num"], ["Bars", "num"], ["MAE, R", "num"], ["MFE, R", "num"], ["Net, R", "num"], ["Ended by", ""]] as const).map(([name, cls]) => h("th", { class: cls, scope: "col" }, name)))),
          h("tbody", "plain", ...page.trades.map((trade) => tradeRow(trade))))), h("div", "totals", turn("← Earlier", Math.max(0, offset - TRADES_SHOWN), offset > 0), h("span", "t2", `${num(offset + 1, 0)} to ${num(offset + page.trades.length, 0)} of ${num(page.total, 0)}`), turn("Later →", offset + TRADES_SHOWN, offset + TRADES_SHOWN < page.total)));
      } catch (error) {
        put(box, h("div", { class: "problem", role: "alert" }, h("div", "crit", sentence(error)), h("div", {}, h("button", { class: "btn sm", type: "button", click: () => void show(offset) }, "Try again"))));
      }
    };
    put(box, empty("The trades are being read …"));
    void show(0);
  }
}

async function readResult(id: string): Promise<Result> {
  const path = `/api/backtests/${encodeURIComponent(id)}`;
  const summary = await get<Summary>(`${path}/summary`);
  const curve: Curve = { points: [], total: 0 };
  let sum = 0;
  for (let i = 0; i < CURVE_PAGES; i++) {
    const page = await get<BacktestTrades>(`${path}/trades?offset=${i * PAGE}&limit=${PAGE}`);
    curve.total = page.total;
    for (const trade of page.trades) curve.points.push({ time: closed(trade), r: sum += trade.pnl_r_net });
    if (page.trades.length < PAGE) break;
  }
  return { summary, curve };
}

const closed = (trade: BacktestTrade): number => Date.parse(trade.exits.at(-1)?.time ?? trade.entry_time);

function tradeRow(trade: BacktestTrade): HTMLElement {
  const long = trade.direction.toLowerCase() === "long";
  return h("tr", {}, h("td", {}, stamp.format(Date.parse(trade.entry_time))), h("td", {}, h("b", {}, base(trade.symbol))), h("td", {}, h("span", long ? "dir L" : "dir S", long ? "Long" : "Short")), h("td", {}, words(trade.strategy)), h("td", "num", num(trade.score, 2)),
    h("td", "num", num(trade.bars, 0)), h("td", "num", num(trade.mae_r, 2)), h("td", "num", num(trade.mfe_r, 2)), h("td", "num", h("b", signClass(trade.pnl_r_net), signed(trade.pnl_r_net, 2))), h("td", "t3", words(trade.exits.at(-1)?.reason ?? NONE)));
}

/** Sums of net R on one time axis; each run has its own kind of line. */
function curves(runs: Curve[], w: number, height: number): Node {
  const drawn = runs.filter((run) => run.points.length > 0);
  if (drawn.length === 0) return empty("No trade was closed", "The report says what was refused and why.");
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

function span(of: Interval, text: (v: number) => string, between: string): HTMLElement | null {
  return of && of[0] !== null && of[1] !== null ? h("span", "t3", ` [${text(of[0])}${between}${text(of[1])}]`) : null;
}

function lasting(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 3_600 ? `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, "0")}` : age(seconds * 1_000);
}

const iso = (ms: Num): string | null => (ms === null ? null : new Date(ms).toISOString().slice(0, 10));

/** A run has no name of its own: what sets it apart does. */
function nameOf(run: Backtest | undefined): string {
  if (!run) return "a run that is gone";
  const { order } = run;
  const changes = Object.entries(order.overrides).map(([path, value]) => `${words(path.split(".").pop() ?? path)} ${plain(value)}`);
  const parts = [order.profile ?? "as configured", order.strategies.length === 1 ? words(order.strategies[0]) : order.strategies.length > 1 ? `${order.strategies.length} strategies` : "",
    order.symbols.length === 1 ? base(order.symbols[0]) : order.symbols.length > 1 ? `${order.symbols.length} symbols` : "", changes.length > 2 ? `${changes.length} changes` : changes.join(", ")];
  return parts.filter(Boolean).join(", ");
}

const spanText = (order: BacktestOrder): string => `${order.data || "all folders"} · ${order.from === null && order.to === null ? "whole span" : `${order.from === null ? "begin" : day.format(order.from)} – ${order.to === null ? "end" : day.format(order.to)}`}`;

function describe(order: BacktestOrder): string {
  return [spanText(order), order.symbols.length ? order.symbols.join(", ") : "all symbols", order.strategies.length ? order.strategies.join(", ") : "strategies that are switched on", `ledger ${order.ledger}`, ...Object.entries(order.overrides).map(([path, value]) => `${path} = ${plain(value)}`)].join("; ");
}
