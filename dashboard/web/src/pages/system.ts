import "./system.css";
import { del, type Beat, type PartState, type Poison } from "../api";
import { confirm, note, openDialog } from "../dialog";
import { h, panel, put, say, type Child } from "../dom";
import { NONE, age, num, when } from "../format";
import { BasePage, type Context } from "../page";
import { emptyState, sentence } from "../parts";
import type { Resource } from "../resource";

const PARTS: Record<string, [name: string, does: string]> = {
  sidecar: ["Sidecar", "holds the market: streams, books, history, batches"],
  "sidecar-standby": ["Standby", "would take the market over"],
  "market-events": ["Market events", "the kernel: decides on each batch"],
  timers: ["Timers", "ask for candles, symbols and repairs; sum up days"],
  orchestrations: ["Orchestrations", "follow each signal to its end"],
};
const STATES: Record<PartState, [mark: string, word: string, cls: string]> = {
  working: ["", "works", "line"], silent: ["■ ", "silent", "crit"], behind: ["■ ", "behind", "crit"], differs: ["■ ", "differs", "crit"],
  not_seen: ["◆ ", "not seen yet", "warn"], away: ["", "not there", "line"],
};
const SHOWN = 200;

/** The parts of the system that run by themselves, and what they could not take in. */
export class SystemPage extends BasePage {
  readonly title = "System";
  private beats: Beat[] = [];
  private readAt = 0;
  private ages: (() => void)[] = [];
  private letting = false;
  private resource!: Resource<Poison[]>;

  private readonly parts = panel("Parts", "", { flush: true });
  private readonly aside = panel("Messages put aside", "", { flush: true, class: "yaside" });

  constructor(context: Context) {
    super(context, "system");
  }

  protected begin(): void {
    this.root.append(this.parts.root, this.aside.root);
    this.watch(this.model.resource<Beat[]>("/api/beats", { least: 2_000, most: 3_000 }), (beats) => { this.beats = beats; this.readAt = performance.now(); this.drawParts(); }, this.parts.body);
    this.resource = this.model.resource<Poison[]>(`/api/poison?limit=${SHOWN}`, { least: 3_000, most: 5_000 });
    this.watch(this.resource, (messages) => this.drawAside(messages), this.aside.body);
  }

  override tick(): void {
    for (const tell of this.ages) tell();
  }

  private drawParts(): void {
    const wrong = this.beats.filter((beat) => beat.level !== "ok").length;
    put(this.parts.subtitle, wrong === 0 ? "all give signs of life" : h("b", "warn", `${wrong} of ${this.beats.length} to look at`));
    this.ages = [];
    const heads: [string, string][] = [["Part", ""], ["State", ""], ["Last sign of life", "num"], ["Silent after", "num"], ["Batch", "num"], ["Behind", "num"], ["Ledger", ""], ["Says", ""]];
    put(this.parts.body, h("div", "yscroll", h("table", "t ytable", h("thead", {}, h("tr", {}, ...heads.map(([name, cls]) => h("th", { class: cls, scope: "col" }, name)))),
      h("tbody", "plain", ...this.beats.map((beat) => this.row(beat))))),
    h("p", "ynote t3 xs", "The kernel speaks with each batch that wakes it: it counts as behind when one waits for more than two minutes. Its ledger is held against what this process computes from the same batches."));
  }

  private row(beat: Beat): HTMLElement {
    const [name, does] = PARTS[beat.component] ?? [beat.component, ""];
    const [mark, word, cls] = STATES[beat.state] ?? ["", beat.state, "line"];
    const last = h("td", { class: "num", "data-label": "Last sign of life" });
    const tell = (): void => {
      if (beat.age_seconds === null || beat.at === null) return;
      const seconds = beat.age_seconds + (performance.now() - this.readAt) / 1_000;
      say(last, `${ago(seconds)} ago`);
    };
    if (beat.at === null) put(last, h("span", "na", "none so far"));
    else {
      last.title = when(beat.at, Date.now());
      this.ages.push(tell);
      tell();
    }
    const agreement = beat.agreement === "" ? NONE : beat.agreement === "unknown" ? h("span", "na", "nothing to compare") : beat.agreement === "differs" ? h("span", "crit", "■ differs") : "agrees";
    // What does not apply to a part is a dash in the table, and left out of its card on a phone.
    const cell = (label: string, value: Child, cls: string): HTMLElement => h("td", { class: `${cls} ${value === NONE ? "ynone" : ""}`, "data-label": label }, value);
    return h("tr", {}, h("td", "yname", h("b", {}, name), h("span", "t3 xs", does)), h("td", {}, h("span", `chip ${cls}`, mark, word)), last,
      cell("Silent after", beat.limit_seconds === null ? NONE : ago(beat.limit_seconds), "num"), cell("Batch", num(beat.number, 0), "num"),
      cell("Behind", beat.behind ? h("span", "warn", num(beat.behind, 0)) : num(beat.behind, 0), "num"), cell("Ledger", agreement, ""), cell("Says", beat.says || NONE, "ysays t3"));
  }

  private drawAside(messages: Poison[]): void {
    put(this.aside.subtitle, messages.length === 0 ? "none" : h("b", "warn", `${messages.length === SHOWN ? `the newest ${SHOWN}` : num(messages.length, 0)}: what they asked for was not done`));
    if (messages.length === 0) {
      put(this.aside.body, emptyState("No message is put aside", "One that could not be taken in after several tries would stand here with its reason."));
      return;
    }
    const now = Date.now();
    const open = new Set([...this.aside.body.querySelectorAll<HTMLElement>("details[open]")].map((one) => one.dataset.id));
    put(this.aside.body, h("ul", "ylist", ...messages.map((one) => {
      const [name] = PARTS[one.queue] ?? [one.queue === "sidecar-commands" ? "Commands to the sidecar" : one.queue];
      const go = h("button", { class: "btn sm ghost", type: "button", disabled: this.readOnly !== null, title: this.readOnly, "aria-label": `Let the message of ${name}, ${when(one.at, now)}, go`, click: () => void this.letGo(one, name) }, "Let go …");
      return h("li", "ymsg", h("div", "yhead", h("span", "warn", "◆"), h("b", {}, name), h("span", "t3", `${when(one.at, now)} · tried ${one.tries} ${one.tries === 1 ? "time" : "times"}`), h("span", "sp"), go), h("div", "yreason", one.reason || "No reason was kept."),
        h("details", { "data-id": one.id, open: open.has(one.id) }, h("summary", {}, "What it says", h("span", "t3 xs", ` · ${one.id}`)), h("pre", "mono", one.body || "It is empty.")));
    })));
  }

  private async letGo(one: Poison, name: string): Promise<void> {
    if (this.letting) return;
    this.letting = true;
    try {
      if (!await confirm("Let a message go", `Let this message of ${name} go?`, "What it asked for was not done, and will not be. Nothing of it is kept afterwards.", "Let go", "Keep it")) return;
      await del(`/api/poison/${encodeURIComponent(one.id)}`);
      note("The message is gone");
    } catch (error) {
      openDialog("Not done", h("p", { class: "s", role: "alert" }, sentence(error)));
    } finally {
      this.letting = false;
    }
    await this.resource.read();
  }
}

function ago(seconds: number): string {
  return seconds < 120 ? `${num(Math.max(0, Math.floor(seconds)), 0)} s` : age(seconds * 1_000);
}
