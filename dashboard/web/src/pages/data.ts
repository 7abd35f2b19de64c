import "./data.css";
import { FRAMES, del, post, type DataJob, type DataSurvey, type Frame, type Gap, type Heat, type SymbolChange } from "../api";
import { confirmWithCode, note, openDialog } from "../dialog";
import { h, panel, put, say, seg, type Child } from "../dom";
import { NONE, age, base, compact, date, num } from "../format";
import { BasePage, type Context } from "../page";
import { emptyState, sentence } from "../parts";
import { href } from "../router";
import type { Resource } from "../resource";

const HEAT_DAYS = ["30", "90", "270"] as const;
const GAPS_SHOWN = 100;
const JOBS_SHOWN = 30;
const DAY_MS = 86_400_000;
const JOB_WORDS: Record<DataJob["state"], string> = { queued: "◔ Waiting", running: "● Running", done: "✓ Done", failed: "✕ Failed", cancelled: "⊘ Cancelled" };
const utc = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Stored candles: what is there, what is missing, what cannot signal, and what brings in more. */
export class DataPage extends BasePage {
  readonly title = "Data";
  private survey: DataSurvey | null = null;
  private jobs: DataJob[] = [];
  private heat: Heat | null = null;
  private heatFrame: Frame = "15m";
  private heatDays: (typeof HEAT_DAYS)[number] = "90";
  private worst = false;
  private endHeat: (() => void) | null = null;
  private surveyResource!: Resource<DataSurvey>;
  private jobsResource!: Resource<DataJob[]>;

  private readonly blocked = h("div", "dblocked");
  private readonly complete = panel("Completeness", "", { flush: true, class: "dcomplete", tools: [seg<"Volume" | "Worst first">(["Volume", "Worst first"], "Volume", "Order", (order) => { this.worst = order === "Worst first"; this.drawComplete(); }).root] });
  private readonly days = panel("Day by day", "", { flush: true, class: "dheat", tools: [seg<Frame>(["15m", "1h", "4h", "1d"], "15m", "Time frame", (frame) => { this.heatFrame = frame; this.askHeat(); }).root,
    seg<(typeof HEAT_DAYS)[number]>(HEAT_DAYS, "90", "Days", (days) => { this.heatDays = days; this.askHeat(); }, { 30: "30 d", 90: "90 d", 270: "270 d" }).root] });
  private readonly repairAll = h("button", { class: "btn sm", type: "button", click: () => void this.repairOpen() }, "Repair all");
  private readonly gaps = panel("Gaps", "", { flush: true, tools: [this.repairAll] });
  private readonly work = panel("Jobs", "repairs and downloads", { flush: true, tools: [h("button", { class: "btn sm dl", type: "button", click: () => this.askDownload() }, "Download …")] });
  private readonly symbols = panel("Symbols", "", { flush: true, tools: [h("button", { class: "btn sm addsymbol", type: "button", click: () => this.askAdd() }, "Add …")] });

  constructor(context: Context) {
    super(context, "data");
  }

  protected begin(): void {
    this.root.append(this.blocked, h("div", "dcols", h("div", "dleft", this.complete.root, this.days.root), h("div", "dright", this.gaps.root, this.work.root, this.symbols.root)));
    for (const button of this.root.querySelectorAll<HTMLButtonElement>(".dl, .addsymbol")) this.guard(button);
    this.guard(this.repairAll);
    this.surveyResource = this.model.resource<DataSurvey>("/api/data", { least: 2_000, most: 5_000, on: ["data"] });
    this.watch(this.surveyResource, (data) => { this.survey = data; this.draw(data); }, this.complete.body);
    for (const box of [this.gaps.body, this.symbols.body]) this.watch(this.surveyResource, () => undefined, box);
    this.jobsResource = this.model.resource<DataJob[]>("/api/data/jobs", { least: 1_000, most: 2_000, on: ["data"] });
    this.watch(this.jobsResource, (jobs) => { this.jobs = jobs; this.drawJobs(); if (this.survey) this.drawGaps(this.survey); }, this.work.body);
    this.askHeat();
  }

  private guard(button: HTMLButtonElement): void {
    if (!this.readOnly) return;
    button.disabled = true;
    button.title = this.readOnly;
  }

  private askHeat(): void {
    this.endHeat?.();
    this.heat = null;
    put(this.days.body);
    const heat = this.model.resource<Heat>(`/api/data/heat?days=${this.heatDays}&timeframe=${this.heatFrame}`, { least: 10_000, most: 30_000 });
    this.endHeat = this.watch(heat, (data) => { this.heat = data; this.drawHeat(); }, this.days.body);
  }

  private draw(data: DataSurvey): void {
    const cannot = data.symbols.filter((one) => !one.can_signal);
    put(this.blocked, cannot.length === 0 ? null : h("details", "banner dban", h("summary", {}, h("span", "warn", "◆ "), h("b", {}, cannot.length === 1 ? "1 symbol cannot signal with everything. " : `${cannot.length} symbols cannot signal with everything. `),
      h("span", {}, cannot.slice(0, 2).map((one) => `${base(one.symbol)}: ${one.reasons[0] ?? "no reason given"}`).join("; "), cannot.length > 2 ? ` and ${cannot.length - 2} more.` : ".")),
      h("ul", {}, ...cannot.flatMap((one) => one.reasons.map((reason) => h("li", {}, h("b", {}, base(one.symbol)), ` ${reason}`))))));
    say(this.complete.subtitle, `present of expected, % · ${compact(data.candles)} candles${data.store_bytes === null ? "" : ` · ${num(data.store_bytes / 1_048_576, 0)} MiB`}${data.verified ? ` · ${num(data.verified.agreed, 0)} verified, ${data.verified.mismatched} corrected` : ""}`);
    this.drawComplete();
    this.drawGaps(data);
    this.drawSymbols(data);
  }

  private drawComplete(): void {
    const data = this.survey;
    if (!data) return;
    const frames = FRAMES.filter((frame) => data.series.some((one) => one.timeframe === frame));
    const names = [...new Set(data.series.map((one) => one.symbol))];
    if (names.length === 0) {
      put(this.complete.body, emptyState("Nothing is stored yet", "Candles stand here once a symbol is followed.", { name: "Overview", href: href("overview") }));
      return;
    }
    const percentOf = (name: string, frame: Frame): number | null => data.series.find((one) => one.symbol === name && one.timeframe === frame)?.complete_percent ?? null;
    if (this.worst) {
      const least = (name: string): number => Math.min(...frames.map((frame) => percentOf(name, frame) ?? -1));
      names.sort((a, b) => least(a) - least(b));
    }
    const block = (part: string[]): HTMLElement => h("table", "dgrid", h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "%"), ...frames.map((frame) => h("th", { scope: "col" }, frame)))),
      h("tbody", {}, ...part.map((name) => h("tr", {}, h("th", { scope: "row" }, base(name)), ...frames.map((frame) => {
        const series = data.series.find((one) => one.symbol === name && one.timeframe === frame);
        const percent = series?.complete_percent ?? null;
        return h("td", { class: `dc ${toneOf(percent)}`, title: series ? `${name} ${frame}: ${num(series.stored, 0)} of ${num(series.expected, 0)}${series.first === null ? "" : `, from ${date(series.first)}`}` : `${name} ${frame}: not stored` }, percent === null ? NONE : percentText(percent));
      })))));
    const half = names.length > 8 ? Math.ceil(names.length / 2) : names.length;
    put(this.complete.body, h("div", "dgrids", block(names.slice(0, half)), half < names.length ? block(names.slice(half)) : null));
  }

  private drawHeat(): void {
    const heat = this.heat;
    if (!heat) return;
    say(this.days.subtitle, `one mark a day, UTC, from ${date(heat.first_day)}`);
    if (heat.rows.length === 0) {
      put(this.days.body, emptyState("Nothing is stored yet", "Each day gets a mark."));
      return;
    }
    put(this.days.body, h("div", "heatscroll", h("div", { class: "heat", role: "img", "aria-label": `Days below 100 % of ${heat.timeframe}: ${heat.rows.map((row) => [base(row.symbol), row.percent.filter((p) => p !== null && p < 100).length] as const).filter(([, n]) => n > 0).map(([name, n]) => `${name} ${n}`).join(", ") || "none"}` },
      ...heat.rows.flatMap((row) => {
        const cells = h("div", "hcells");
        row.percent.forEach((percent, i) => cells.append(h("i", { class: toneOf(percent), title: `${row.symbol} ${date(heat.first_day + i * DAY_MS)}: ${percent === null ? "before its first candle" : `${percentText(percent)} %`}` })));
        return [h("span", "t2", base(row.symbol)), cells];
      }))), h("div", "dlegend", ...([["full", "100"], ["some", "99 to 100"], ["bad", "below 99"], ["hatch", "no data expected"]] as const).map(([cls, name]) => h("span", {}, h("i", cls), name))));
  }

  private drawGaps(data: DataSurvey): void {
    const open = data.gaps.filter((gap) => gap.state === "open");
    const under = data.gaps.filter((gap) => gap.state === "running" || gap.state === "queued").length;
    say(this.gaps.subtitle, data.gaps_total === 0 ? "none" : `${open.length} open · ${under} under repair${data.gaps_total > data.gaps.length ? ` · the newest ${data.gaps.length} of ${num(data.gaps_total, 0)}` : ""}`);
    this.repairAll.hidden = open.length < 2 || !data.can_repair;
    say(this.repairAll, `Repair all ${open.length}`);
    if (data.gaps.length === 0) {
      put(this.gaps.body, emptyState("No gap", "Every candle that should be there is there."));
      return;
    }
    const scrolled = this.gaps.body.scrollTop;
    put(this.gaps.body, h("table", "t dgaps", h("thead", {}, h("tr", {}, ...([["Symbol", ""], ["Frame", ""], ["From, UTC", ""], ["Candles", "num"], ["State", ""], ["", "num"]] as const).map(([name, cls]) => h("th", { class: cls, scope: "col" }, name)))),
      h("tbody", "plain", ...data.gaps.slice(0, GAPS_SHOWN).map((gap) => h("tr", {}, h("td", {}, h("b", {}, base(gap.symbol))), h("td", {}, gap.timeframe), h("td", {}, utc.format(gap.from)), h("td", "num", num(gap.bars, 0)), h("td", {}, this.gapState(gap)), h("td", "num", this.gapAction(gap, data)))))),
      data.gaps.length > GAPS_SHOWN ? h("div", "dnote t3 xs", `${data.gaps.length - GAPS_SHOWN} more are not shown.`) : null);
    this.gaps.body.scrollTop = scrolled;
  }

  private gapState(gap: Gap): Child {
    if (gap.state === "open") return h("span", "chip warn", "◆ open");
    if (gap.state === "empty") return h("span", { class: "chip line", title: "The exchange was asked and has none either" }, "⊘ the exchange has none");
    const job = this.jobs.find((one) => one.job === gap.job);
    return job && job.state === "running" ? h("span", "dprog", meter(job.progress), " repairing") : h("span", "chip line", gap.state === "queued" ? "◔ waiting" : "● repairing");
  }

  private gapAction(gap: Gap, data: DataSurvey): Child {
    if (!data.can_repair) return h("span", "t3", "recorded data");
    if (gap.state !== "open" && gap.state !== "empty") return null;
    const button = h("button", { class: "btn sm", type: "button", click: () => void this.repair(gap, button) }, gap.state === "empty" ? "Ask again" : "Repair");
    this.guard(button);
    return button;
  }

  private async repair(gap: Gap, button?: HTMLButtonElement): Promise<void> {
    if (button) button.disabled = true;
    await this.change(() => post("/api/data/repair", { symbol: gap.symbol, timeframe: gap.timeframe, from: gap.from, to: gap.to }), () => `Repair of ${base(gap.symbol)} ${gap.timeframe} is in the queue`);
    if (button) button.disabled = false;
  }

  private async repairOpen(): Promise<void> {
    this.repairAll.disabled = true;
    for (const gap of this.survey?.gaps.filter((one) => one.state === "open").slice(0, 20) ?? []) await this.repair(gap);
    this.repairAll.disabled = false;
  }

  /** Does it, says so or says why not, and reads again. */
  private async change<T>(act: () => Promise<T | null>, done: (answer: T) => string): Promise<boolean> {
    try {
      const answer = await act();
      note(done(answer as T));
      return true;
    } catch (error) {
      openDialog("Not done", h("p", { class: "s", role: "alert" }, sentence(error)));
      return false;
    } finally {
      void this.jobsResource.read();
      void this.surveyResource.read();
    }
  }

  private drawJobs(): void {
    const working = this.jobs.filter((job) => job.state === "running" || job.state === "queued").length;
    say(this.work.subtitle, working === 0 ? "repairs and downloads" : `${working} in work`);
    if (this.jobs.length === 0) {
      put(this.work.body, h("div", "empty", h("b", {}, "No job yet"), h("span", {}, "Repairs and downloads stand here with their progress.")));
      return;
    }
    put(this.work.body, h("table", "t djobs", h("thead", {}, h("tr", {}, ...([["#", ""], ["Job", ""], ["State", ""], ["Progress", "dwide"], ["Added", "num"], ["Left", "num"], ["", "num"]] as const).map(([name, cls]) => h("th", { class: cls, scope: "col" }, name)))),
      h("tbody", "plain", ...this.jobs.slice(0, JOBS_SHOWN).map((job) => {
        const names = job.symbols.length > 2 ? `${job.symbols.length} symbols` : job.symbols.map(base).join(", ");
        const busy = job.state === "queued" || job.state === "running";
        const stop = h("button", { class: "btn sm", type: "button", click: () => void this.change(() => del(`/api/data/jobs/${job.job}`), () => `Job ${job.job} is cancelled; what was stored stays`) }, "Cancel");
        this.guard(stop);
        return h("tr", {}, h("td", "t3", job.job), h("td", { title: `${job.symbols.join(", ")} ${job.timeframes.join(", ")}, ${utc.format(job.from)} to ${utc.format(job.to)} UTC` }, h("b", {}, job.kind === "repair" ? "Repair" : "Download"), ` ${names} ${job.timeframes.join(", ")}`),
          h("td", {}, h("span", `chip ${job.state === "failed" ? "crit" : job.state === "running" ? "" : "line"}`, JOB_WORDS[job.state])), h("td", "dwide", job.fault ? h("span", { class: "crit ell", title: job.fault }, job.fault) : h("span", "dprog", meter(job.progress), job.progress === null ? NONE : `${Math.round(job.progress * 100)} %`)),
          h("td", "num", num(job.added, 0), h("span", "t3", ` of ${num(job.expected, 0)}`)), h("td", "num", job.left_s === null ? NONE : job.left_s < 90 ? `${Math.ceil(job.left_s)} s` : age(job.left_s * 1_000)), h("td", "num", busy ? stop : null));
      }))));
  }

  private drawSymbols(data: DataSurvey): void {
    const young = data.symbols.filter((one) => one.ema200_young).length;
    say(this.symbols.subtitle, `${data.symbols.length} followed${young > 0 ? ` · ${young} with a young EMA200` : ""}`);
    if (data.symbols.length === 0) {
      put(this.symbols.body, h("div", "empty", h("b", {}, "No symbol is followed"), h("span", {}, "Add one by its name on the exchange.")));
      return;
    }
    const scrolled = this.symbols.body.scrollTop;
    put(this.symbols.body, h("table", "t", h("thead", {}, h("tr", {}, ...([["Symbol", ""], ["Can signal", ""], ["EMA200, bars", "num"], ["", "num"]] as const).map(([name, cls]) => h("th", { class: cls, scope: "col" }, name)))), h("tbody", "plain", ...data.symbols.map((one) => {
      const out = h("button", { class: "btn sm ghost", type: "button", click: () => void this.remove(one.symbol) }, "Remove …");
      this.guard(out);
      return h("tr", {}, h("td", {}, h("b", {}, base(one.symbol))), h("td", { class: "dwhy", title: one.reasons.join("; ") }, one.can_signal ? h("span", "t2", "everything") : h("span", "warn", `◆ ${one.reasons[0] ?? "not everything"}${one.reasons.length > 1 ? ` and ${one.reasons.length - 1} more` : ""}`)),
        h("td", "num", one.ema200_young ? h("span", "warn", num(one.ema200_bars, 0)) : num(one.ema200_bars, 0)), h("td", "num", out));
    }))));
    this.symbols.body.scrollTop = scrolled;
  }

  private askAdd(): void {
    const input = h("input", { class: "inp", type: "text", placeholder: "SOLUSDT", autocomplete: "off", spellcheck: "false", maxlength: 30, "aria-label": "Symbol" });
    const fault = h("div", { class: "faultline", role: "alert" });
    const form = h("form", { class: "dform", novalidate: true, submit: (event) => {
      event.preventDefault();
      const symbol = input.value.trim().toUpperCase();
      if (!/^[A-Z0-9]{5,30}$/.test(symbol)) {
        say(fault, `“${input.value}” is no contract: letters and digits, such as SOLUSDT.`);
        return;
      }
      post<SymbolChange>("/api/symbols", { symbol }).then((answer) => {
        dialog.close();
        note(answer ? `${base(symbol)}: ${answer.text}` : `${base(symbol)} is followed`);
        void this.surveyResource.read();
        void this.model.symbols.read();
      }, (error: unknown) => say(fault, sentence(error)));
    } }, h("p", "s", "The symbol is followed whatever its volume, until it is removed. Its past is loaded first: it signals once its indicators are ripe."), h("label", "field", "Contract of the exchange", input), fault, h("div", "answers", h("button", { class: "btn pri", type: "submit" }, "Follow it")));
    const dialog = openDialog("Add a symbol", form);
    form.closest(".modal")?.addEventListener("shown.bs.modal", () => input.focus());
  }

  private async remove(symbol: string): Promise<void> {
    const open = (this.model.open.data ?? []).filter((signal) => signal.symbol === symbol).length;
    const facts = open > 0
      ? `${open} signal${open === 1 ? "" : "s"} of it ${open === 1 ? "is" : "are"} open: they are followed to their end, nothing new is opened. Stored candles stay.`
      : "Nothing of it is open. It gives no signals until it is added again. Stored candles stay.";
    if (!await confirmWithCode(`Stop following ${symbol}?`, facts, `Remove ${base(symbol)}`, "Keep it")) return;
    if (await this.change(() => del<SymbolChange>(`/api/symbols/${symbol}`), (answer) => `${base(symbol)}: ${answer?.text ?? "removed"}`)) void this.model.symbols.read();
  }

  private askDownload(): void {
    const followed = this.survey?.symbols.map((one) => one.symbol) ?? [];
    const today = new Date(this.model.now()).toISOString().slice(0, 10);
    const month = new Date(this.model.now() - 30 * DAY_MS).toISOString().slice(0, 10);
    const symbols = h("input", { class: "inp", type: "text", value: followed.slice(0, 3).join(" "), autocomplete: "off", spellcheck: "false", "aria-label": "Symbols", maxlength: 600 });
    const from = h("input", { class: "inp", type: "date", value: month, max: today, "aria-label": "From, UTC" });
    const to = h("input", { class: "inp", type: "date", value: today, max: today, "aria-label": "Until, UTC, not included" });
    const frames = (["1m", "5m", "15m", "1h", "4h", "1d"] as const).map((frame) => ({ frame, box: h("input", { type: "checkbox", checked: frame === "15m" || frame === "1h" }) }));
    const fault = h("div", { class: "faultline", role: "alert" });
    const form = h("form", { class: "dform", novalidate: true, submit: (event) => {
      event.preventDefault();
      const names = symbols.value.toUpperCase().split(/[\s,]+/).filter(Boolean);
      const codes = frames.filter((one) => one.box.checked).map((one) => one.frame);
      if (names.length === 0 || names.length > 50) say(fault, `${names.length} symbols: 1 to 50 are allowed.`);
      else if (codes.length === 0) say(fault, "No time frame is chosen: at least one is needed.");
      else if (!from.value || !to.value || from.value >= to.value) say(fault, "“From” has to be a day before “Until”.");
      else {
        post<DataJob>("/api/data/download", { symbols: names, timeframes: codes, from: `${from.value}T00:00:00Z`, to: to.value === today ? Math.round(this.model.now()) : `${to.value}T00:00:00Z` }).then((job) => {
          dialog.close();
          note(job ? `Job ${job.job} is in the queue: ${compact(job.expected)} candles` : "In the queue");
          void this.jobsResource.read();
        }, (error: unknown) => say(fault, sentence(error)));
      }
    } }, h("label", "field", "Symbols, up to 50", symbols), h("div", "dpair", h("label", "field", "From, UTC", from), h("label", "field", "Until, UTC", to)),
      h("fieldset", "field dframes", h("legend", {}, "Time frames"), h("div", "checks", ...frames.map(({ frame, box }) => h("label", "check", box, frame)))),
      h("p", "t3 xs", "It uses the lane History of the request budget, and waits for everything more urgent. Candles that are there already stay as they are."), fault, h("div", "answers", h("button", { class: "btn pri", type: "submit" }, "Download")));
    const dialog = openDialog("Download candles", form);
    form.closest(".modal")?.addEventListener("shown.bs.modal", () => symbols.focus());
  }
}

function toneOf(percent: number | null): string {
  return percent === null ? "hatch" : percent >= 100 ? "full" : percent >= 99 ? "some" : "bad";
}

/** Never rounded up to 100. */
function percentText(percent: number): string {
  return percent >= 100 ? "100" : percent === 0 ? "0" : num(Math.min(percent, 99.99), 2);
}

function meter(progress: number | null): HTMLElement {
  const fill = h("i");
  fill.style.width = `${(progress ?? 0) * 100}%`;
  return h("span", "meter", fill);
}
