import "./logs.css";
import type { LogLine, LogPage } from "../api";
import { h, panel, put, say, seg } from "../dom";
import { num } from "../format";
import { note } from "../dialog";
import { BasePage, type Context } from "../page";
import { emptyState } from "../parts";
import type { Resource } from "../resource";
import { href, type Route } from "../router";

type Level = "debug" | "information" | "warning" | "error";
type Part = "main" | "action-price";
const LEVELS: readonly Level[] = ["debug", "information", "warning", "error"];
const MARKS: Record<LogLine["level"], [mark: string, word: string, tone: string]> = {
  debug: ["", "debug", "t3"], information: ["", "info", "t2"], warning: ["◆", "warning", "warn"], error: ["■", "error", "crit"], fatal: ["■", "fatal", "crit"],
};
/** Lines shown at most: as many as one reading brings. */
const LINES = 300;
const FOLLOW_MS = 2_000;
const TYPING_MS = 300;

const stamp = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Kyiv", day: "2-digit", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hourCycle: "h23" });

/** The newest lines of the log files; they go on by themselves until somebody stops them to read. */
export class LogsPage extends BasePage {
  readonly title = "Logs";
  private part: Part = "main";
  private level: Level = "information";
  private text = "";
  private following = true;
  private typing = 0;
  private end: (() => void) | null = null;
  private resource: Resource<LogPage> | null = null;
  private shown: LogLine[] = [];
  private readAt = 0;
  private selected = -1;

  private readonly search = h("input", { class: "inp lsearch", type: "search", placeholder: "Text in the line", "aria-label": "Text in the line", autocomplete: "off", spellcheck: "false", maxlength: 100,
    input: () => { clearTimeout(this.typing); this.typing = setTimeout(() => { this.text = this.search.value.trim(); this.ask(); }, TYPING_MS); } });
  private readonly levels = seg<Level>(LEVELS, "information", "Least level", (level) => { this.level = level; this.ask(); }, { information: "Info", warning: "Warnings", error: "Errors", debug: "All" });
  private readonly follow = h("button", { class: "btn", type: "button", "aria-pressed": "true", click: () => this.setFollow(!this.following) });
  private readonly box = panel("Log", "", { flush: true, class: "logbox" });

  constructor(context: Context) {
    super(context, "logs");
  }

  protected begin(route: Route): void {
    const asked = route.query.get("level") as Level | null;
    if (asked && LEVELS.includes(asked)) this.level = asked;
    this.levels.set(this.level);
    this.text = route.query.get("text") ?? "";
    this.search.value = this.text;
    this.root.append(h("div", "flt", this.levels.root, seg<Part>(["main", "action-price"], "main", "Which log", (part) => { this.part = part; this.ask(); }, { main: "Program", "action-price": "Action Price" }).root,
      this.search, h("span", "grow"), this.follow), this.box.root);
    this.atEnd(() => clearTimeout(this.typing));
    this.ask();
    this.setFollow(true);
  }

  override tick(): void {
    if (!this.following || !this.resource || performance.now() - this.readAt < FOLLOW_MS) return;
    this.readAt = performance.now();
    void this.resource.read();
  }

  override key(key: string): boolean {
    if (key === "f") this.setFollow(!this.following);
    else if (key === "j" || key === "k") this.select(this.selected + (key === "j" ? 1 : -1));
    else if (key === "c" && this.shown[this.selected]) this.copy(this.shown[this.selected]);
    else return false;
    return true;
  }

  private ask(): void {
    this.end?.();
    this.shown = [];
    this.selected = -1;
    put(this.box.body);
    this.context.router.amend({ level: this.level === "information" ? null : this.level, text: this.text });
    const query = new URLSearchParams({ log: this.part, level: this.level, limit: String(LINES), ...(this.text ? { text: this.text } : {}) });
    // Read by the page itself: while somebody reads, nothing moves.
    this.resource = this.model.resource<LogPage>(`/api/logs?${query}`, { least: 600_000, most: 600_000 });
    this.readAt = performance.now();
    this.end = this.watch(this.resource, (page) => this.draw(page), this.box.body);
  }

  private setFollow(on: boolean): void {
    this.following = on;
    this.follow.setAttribute("aria-pressed", String(on));
    put(this.follow, on ? "❙❙ Stop following" : "▶ Follow", " ", h("kbd", {}, "F"));
    this.box.root.classList.toggle("still", !on);
    if (on) this.readAt = 0;
  }

  private draw(page: LogPage): void {
    this.shown = page.lines.slice(0, LINES);
    say(this.box.subtitle, `${num(this.shown.length, 0)} lines, the newest first${page.complete ? "" : "; older ones were not looked at"}${page.unreadable > 0 ? `; ${num(page.unreadable, 0)} could not be read` : ""} · times of Kyiv`);
    if (this.shown.length === 0) {
      put(this.box.body, this.text || this.level !== "information"
        ? emptyState("No line fits", `None of the newest lines is ${this.level === "debug" ? "there" : `of level ${this.level} or worse`}${this.text ? ` and holds “${this.text}”` : ""}.`, { name: "Show all levels", href: href("logs", { level: "debug" }) })
        : emptyState("Nothing was written yet", "Lines stand here as soon as the program writes some."));
      const link = this.box.body.querySelector("a");
      link?.addEventListener("click", (event) => { event.preventDefault(); this.level = "debug"; this.text = this.search.value = ""; this.levels.set("debug"); this.ask(); });
      return;
    }
    const top = this.box.body.scrollTop;
    const before = this.box.body.scrollHeight;
    put(this.box.body, h("ol", "loglist", ...this.shown.map((line, i) => this.line(line, i))));
    // New lines at the top never push what is being read.
    if (top > 30) this.box.body.scrollTop = top + this.box.body.scrollHeight - before;
    this.select(this.selected, false);
  }

  private line(line: LogLine, i: number): HTMLElement {
    const [mark, word, tone] = MARKS[line.level] ?? ["", line.level, "t2"];
    return h("li", { class: `logline ${line.level}`, click: () => this.select(i, false) },
      h("time", { class: "t3", datetime: new Date(line.at).toISOString() }, stamp.format(line.at)), h("span", `lv2 ${tone}`, mark ? `${mark} ${word}` : word), h("span", { class: "lsrc t3 ell", title: line.source }, line.source.replace(/^FuturesBot\./, "")),
      h("span", "ltext", line.text, line.exception ? h("details", {}, h("summary", {}, "Exception"), h("pre", "mono", line.exception)) : null),
      h("button", { class: "btn sm ghost lcopy", type: "button", "aria-label": "Copy the line", title: "Copy the line (C)", click: () => this.copy(line) }, "Copy"));
  }

  private select(i: number, show = true): void {
    this.selected = Math.max(-1, Math.min(this.shown.length - 1, i));
    this.box.body.querySelectorAll(".logline").forEach((row, at) => {
      row.classList.toggle("sel", at === this.selected);
      if (show && at === this.selected) row.scrollIntoView({ block: "nearest" });
    });
    if (show && this.selected >= 0 && this.following) this.setFollow(false);
  }

  private copy(line: LogLine): void {
    const text = [new Date(line.at).toISOString(), line.level, line.source, line.text, line.exception ?? ""].filter(Boolean).join(" ");
    navigator.clipboard.writeText(text).then(() => note("Copied"), () => note("The browser does not let this page copy"));
  }
}
