import { Problem, post, type Backtest, type BacktestData, type BacktestOrder, type Num, type Setting, type SettingValue } from "../../api";
import { note } from "../../dialog";
import { empty, h, panel, put, say } from "../../dom";
import { base, compact, words } from "../../format";
import { plain, rangeText, readValue, withUnit } from "../../panels/setting";
import { sentence } from "../../parts";
import { day, iso, lasting } from "./runs";

interface Form { data: string; symbols: string[]; from: string; to: string; profile: string; strategies: string[] | null; ledger: string; overrides: [path: string, text: string][] }

const blank = (): Form => ({ data: "", symbols: [], from: "", to: "", profile: "", strategies: null, ledger: "lean", overrides: [] });
/** The form stays filled while the tab lives. */
let form = blank();

/** What the form needs of its page. */
export interface FormHost {
  /** Why nothing may be started; null when it may. */
  readOnly(): string | null;
  /** Candles a second of a run that works or worked; null before one did. */
  rate(): Num;
  /** A run was ordered, or refused. */
  started(): Promise<void>;
}

/** What to run, checked as it is filled in; where runs are started elsewhere, how. */
export class OrderForm {
  readonly panel = panel("New run", "", { class: "border" });
  private data: BacktestData | null = null;
  private thresholds: Setting[] = [];
  private sending = false;
  private failure = "";
  private serverFaults: Record<string, string[]> = {};

  constructor(private readonly host: FormHost) {}

  take(data: BacktestData): void {
    this.data = data;
    this.draw();
  }

  takeSettings(settings: Setting[]): void {
    this.thresholds = settings.filter((one) => one.is_threshold);
    this.draw();
  }

  draw(): void {
    const { data } = this;
    if (!data) return;
    if (data.elsewhere !== null) {
      this.drawElsewhere(data.elsewhere, data.command ?? "");
      return;
    }
    if (this.panel.body.contains(document.activeElement) && this.panel.body.querySelector("form")) {
      this.check();   // nothing is exchanged under somebody's hands
      return;
    }
    const usable = data.folders.filter((folder) => folder.fault === null);
    if (!data.present || usable.length === 0) {
      put(this.panel.body, data.reading ? empty("The folders are being read …") : h("div", "empty", h("b", {}, "There is nothing to run on"), h("span", {}, data.present
        ? `The folder “${data.root}” holds no candles that can be read${data.folders[0]?.fault ? `: ${data.folders[0].fault}` : ""}.`
        : `The folder “${data.root}” does not exist. Put kline files of Binance Vision into it, or let this fetch them:`), h("code", "mono", `futuresbot download … --out ${data.root}`)));
      return;
    }
    if (!usable.some((folder) => folder.data === form.data)) form.data = usable[0].data;
    const folder = usable.find((one) => one.data === form.data) ?? usable[0];
    const symbols = [...new Set(folder.series.map((one) => one.symbol))];
    form.symbols = form.symbols.filter((name) => symbols.includes(name));
    const [first, last] = this.span();
    const field = (name: string, control: HTMLElement, key: string): HTMLElement => h("label", "brow", h("span", "t2", name), h("span", "bctl", control, h("span", { class: "fault", "data-fault": key, role: "status" })));
    const folderBox = h("select", { class: "inp", "aria-label": "Folder", change: () => { form.data = folderBox.value; form.symbols = []; folderBox.blur(); this.draw(); } }, ...usable.map((one) => h("option", { value: one.data, selected: one.data === form.data }, one.data === "" ? data.root : one.data)));
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
    put(this.panel.body, h("form", { class: "bform", novalidate: true, submit: (event) => { event.preventDefault(); void this.start(); } },
      h("div", "bfields", field("Data", folderBox, "data"), h("div", "brow", h("span", "t2", "Symbols"), h("span", "bctl", symbolList, h("span", { class: "fault", "data-fault": "symbols", role: "status" }))),
        field("From, UTC", dateBox("from", "From, UTC"), "from"), field("Until, UTC", dateBox("to", "Until, UTC, that day included"), "to"),
        h("p", "t3 xs bspan", first === null || last === null ? (data.reading ? "The span is being read …" : "The span is not known.") : `Empty: all of it, ${day.format(first)} to ${day.format(last)}.`),
        field("Profile", profile, "profile"), field("Decisions kept", ledger, "ledger"),
        h("h3", {}, "Strategies", h("span", {}, form.strategies === null ? "those that are switched on" : "only these")), strategies, h("span", { class: "fault", "data-fault": "strategies", role: "status" }),
        h("h3", {}, "Changed from the profile", h("span", {}, "for this run alone")), this.overrides()),
      h("div", "bfoot", h("p", { class: "t3 xs bestimate" }), h("div", { class: "faultline bfault", role: "alert" }), h("div", "sbuttons", start, h("button", { class: "btn", type: "button", click: () => { form = blank(); this.failure = ""; this.serverFaults = {}; (document.activeElement as HTMLElement | null)?.blur(); this.draw(); } }, "Reset")))));
    this.check();
    this.estimate();
  }

  private drawElsewhere(why: string, command: string): void {
    if (this.panel.body.querySelector(".belse")) return;
    const copy = h("button", { class: "btn sm", type: "button", click: () => { navigator.clipboard.writeText(command).then(() => note("Copied"), () => note("The browser does not let this page copy")); } }, "Copy the command");
    put(this.panel.body, h("div", "belse", h("p", {}, why), h("pre", { class: "mono", tabindex: 0, "aria-label": "The command" }, command), h("div", {}, copy),
      h("p", "t3 xs", "from, to: UTC, closing times. window_days cuts the span into windows that each begin with a fresh account; group_size does the same with symbols; warm_up_days (60) ripen the studies before each. Without both it is one run on one machine. Thresholds are those of the deployment.")));
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
    this.panel.body.querySelectorAll<HTMLElement>("[data-fault]").forEach((cell) => {
      const key = cell.dataset.fault ?? "";
      places.add(key);
      say(cell, faults[key] ? `✕ ${faults[key]}` : "");
      cell.parentElement?.querySelector(".inp")?.classList.toggle("bad", key in faults);
    });
    const others = Object.entries(faults).filter(([key]) => !places.has(key)).map(([key, text]) => `${key}: ${text}`);
    const line = this.panel.body.querySelector(".bfault");
    if (line) say(line, [this.failure, ...others].filter(Boolean).join(" "));
    const button = this.panel.body.querySelector<HTMLButtonElement>(".bstart");
    if (!button) return;
    const wrong = Object.keys(faults).length;
    button.disabled = this.host.readOnly() !== null || this.sending || (wrong > 0 && !fromServer);
    button.title = this.host.readOnly() ?? "";
    say(button, this.sending ? "Starting …" : wrong > 0 && !fromServer ? `Start: ${wrong} to correct` : "Start");
    this.estimate();
  }

  estimate(): void {
    const cell = this.panel.body.querySelector(".bestimate");
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
    const rate = this.host.rate();
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
    await this.host.started();
  }
}
