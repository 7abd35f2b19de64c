import "./settings.css";
import { Problem, post, put as send, type Secret, type Setting, type Settings, type SettingsCheck, type SettingsRevision, type SettingValue } from "../api";
import { note } from "../dialog";
import { h, panel, put, say, type Child } from "../dom";
import { NONE, num, when, words } from "../format";
import { BasePage, type Context } from "../page";
import { plain, rangeText, readValue, typed, withUnit } from "../panels/setting";
import { emptyState, sentence } from "../parts";
import { href, type Route } from "../router";
import type { Resource } from "../resource";

const CHECK_AFTER_MS = 400;
const FOUND_MAX = 80;
const HISTORY = 50;
const GENERAL = "general";
const SECRETS = "secrets";
const TAKEN_BACK = Symbol("the page's value is taken back");

type Draft = string | typeof TAKEN_BACK;

/** What was typed and not saved; it outlives a visit to another page, and ends with the tab. */
const drafts = new Map<string, Draft>();

interface Row { root: HTMLElement; control: HTMLInputElement | HTMLSelectElement | HTMLButtonElement; paint(): void }

/** Every setting with its range, default and source; changes are checked as they are typed and saved together. */
export class SettingsPage extends BasePage {
  readonly title = "Settings";
  private data: Settings | null = null;
  private group = "";
  private asked = "";
  private onlyChanged = false;
  private checking = 0;
  private saving = false;
  private readonly rows = new Map<string, Row>();
  /** What the server said of a draft; it holds for that very draft. */
  private readonly refused = new Map<string, { draft: Draft; text: string }>();
  /** A fault shows once the field was left, and while typing after that. */
  private readonly left = new Set<string>();
  private resource!: Resource<Settings>;
  private history!: Resource<SettingsRevision[]>;
  private secrets: Secret[] | null = null;

  private readonly search = h("input", { class: "inp sfind", type: "search", placeholder: "Find a setting", "aria-label": "Find a setting", autocomplete: "off", spellcheck: "false",
    input: () => { this.asked = this.search.value.trim().toLowerCase(); this.drawList(); } });
  private readonly nav = h("nav", { class: "snav", "aria-label": "Groups" });
  private readonly facts = h("div", "sfacts");
  private readonly changed = h("input", { type: "checkbox", change: () => { this.onlyChanged = this.changed.checked; this.drawList(); } });
  private readonly list = panel("Settings", "", { flush: true, class: "slist", tools: [h("label", "check", this.changed, "Only changed")] });
  private readonly alerts = h("div", "salerts");
  private readonly dirtyText = h("b", {}, "");
  private readonly diffs = h("div", "diffs");
  private readonly saveFault = h("div", { class: "faultline", role: "alert" });
  private readonly save = h("button", { class: "btn pri", type: "button", click: () => void this.saveAll() }, "Save");
  private readonly discard = h("button", { class: "btn", type: "button", click: () => this.discardAll() }, "Discard all");
  private readonly dirty = h("section", { class: "panel sdirty", "aria-label": "Not saved yet" }, h("div", "ph", h("h2", {}, "Not saved yet"), h("span", { class: "sub", role: "status" }, this.dirtyText)), this.diffs, h("div", "sact", this.saveFault, h("div", "sbuttons", this.save, this.discard)));
  private readonly past = panel("History", "undo makes a new revision", { flush: true });

  constructor(context: Context) {
    super(context, "settings");
  }

  /** The host may change nothing here, whoever asks. */
  protected override get readOnly(): string | null {
    return this.data?.read_only_reason ?? super.readOnly;
  }

  protected begin(route: Route): void {
    this.root.append(h("section", { class: "panel sleft" }, h("div", "sfindbox", this.search), this.nav, this.facts), h("div", "smain", this.alerts, this.list.root), h("aside", "sright", this.dirty, this.past.root));
    this.resource = this.model.resource<Settings>("/api/settings", { least: 3_000, most: 15_000, on: ["setting"] });
    this.watch(this.resource, (data) => this.arriveData(data, route), this.list.body);
    this.history = this.model.resource<SettingsRevision[]>(`/api/settings/history?limit=${HISTORY}`, { least: 3_000, most: 15_000, on: ["setting"] });
    this.watch(this.history, (past) => this.drawHistory(past), this.past.body);
    this.watch(this.model.resource<Secret[]>("/api/secrets", { least: 10_000, most: 60_000 }), (secrets) => {
      this.secrets = secrets;
      this.drawNav();
      if (this.group === SECRETS) this.drawList();
    });
    this.atEnd(() => clearTimeout(this.checking));
    if (drafts.size > 0) this.checkSoon();
  }

  protected override arrive(route: Route): void {
    this.go(route);
  }

  override key(key: string): boolean {
    const controls = [...this.rows.values()].map((row) => row.control);
    if ((key === "j" || key === "k") && controls.length > 0) {
      const at = controls.findIndex((control) => control === document.activeElement);
      controls[Math.max(0, Math.min(controls.length - 1, at + (key === "j" ? 1 : -1)))].focus();
      return true;
    }
    if (key !== "u" || drafts.size === 0) return false;
    const last = [...drafts.keys()].pop();
    if (last) this.setDraft(last, null);
    return true;
  }

  private arriveData(data: Settings, route: Route): void {
    const first = this.data === null;
    this.data = data;
    // Nothing is saved here and nothing was: then there is no place for either.
    const fixed = data.read_only_reason !== null;
    this.root.classList.toggle("fixed", fixed);
    if (fixed) drafts.clear();
    put(this.alerts, this.readOnly ? h("div", "banner", h("span", {}, "⊘"), h("span", {}, fixed ? this.readOnly : `${this.readOnly} Settings are shown as they are.`)) : null);
    for (const [path, draft] of drafts) {
      const setting = data.settings.find((one) => one.path === path);
      // Somebody else may have set just this: then there is nothing to save.
      if (!setting || (draft !== TAKEN_BACK && draft === typed(setting.next ?? setting.value))) drafts.delete(path);
    }
    put(this.facts, h("div", {}, "Profile ", h("b", {}, data.profile)), fixed ? h("div", {}, "Read when this process began") : h("div", {}, "Revision ", h("b", {}, num(data.revision, 0)), " · trials ", h("b", {}, num(data.trials, 0))), h("div", {}, "Role ", h("b", {}, this.model.session.role ?? "trader")),
      data.restart_pending ? h("div", "warn", "◆ Some values wait for the next start") : fixed ? null : h("div", {}, "Everything saved is in force"));
    if (first) this.go(route);
    else {
      const focused = [...this.rows].find(([, row]) => row.root.contains(document.activeElement))?.[0];
      this.drawNav();
      this.drawList();
      if (focused) this.rows.get(focused)?.control.focus();
    }
    this.drawDirty();
  }

  private go(route: Route): void {
    const { data } = this;
    if (!data) return;
    const path = route.query.get("setting");
    const setting = data.settings.find((one) => one.path === path);
    const group = setting ? groupOf(setting) : route.query.get("group");
    this.asked = this.search.value = "";
    this.group = group && this.groups().some(([name]) => name === group) ? group : this.groups().find(([, list]) => list.length > 2)?.[0] ?? this.groups()[0]?.[0] ?? SECRETS;
    this.drawNav();
    this.drawList();
    const row = setting && this.rows.get(setting.path);
    if (!row) return;
    row.root.classList.add("found1");
    requestAnimationFrame(() => { row.root.scrollIntoView({ block: "center" }); row.control.focus({ preventScroll: true }); });
  }

  private groups(): [name: string, settings: Setting[]][] {
    const out = new Map<string, Setting[]>();
    for (const one of this.data?.settings ?? []) {
      const name = groupOf(one);
      const list = out.get(name);
      if (list) list.push(one);
      else out.set(name, [one]);
    }
    return [...out];
  }

  private drawNav(): void {
    const link = (name: string, title: string, count: Child, mark: Child): HTMLElement => h("a", { href: href("settings", { group: name }), class: name === this.group && !this.asked ? "on" : "", "aria-current": name === this.group && !this.asked ? "true" : null }, h("span", "ell", title), h("span", "t3", mark, count));
    put(this.nav, ...this.groups().map(([name, list]) => {
      const bad = list.some((one) => this.faultOf(one) !== null);
      const dirty = list.some((one) => drafts.has(one.path));
      return link(name, titleOf(name), list.length, bad ? h("i", "dot c") : dirty ? h("i", "dot live") : null);
    }), link(SECRETS, "Secrets", this.secrets?.length ?? "", null));
  }

  private drawList(): void {
    const { data } = this;
    if (!data) return;
    this.rows.clear();
    const title = this.list.root.querySelector("h2");
    if (this.group === SECRETS && !this.asked) {
      if (title) say(title, "Secrets");
      this.drawSecrets();
      return;
    }
    const fits = (one: Setting): boolean => (this.asked
      ? `${one.path} ${one.label} ${one.description} ${one.unit}`.toLowerCase().includes(this.asked)
      : groupOf(one) === this.group) && (!this.onlyChanged || drafts.has(one.path) || one.source !== "default");
    const found = data.settings.filter(fits);
    const shown = this.asked ? found.slice(0, FOUND_MAX) : found;
    if (title) say(title, this.asked ? "Found" : titleOf(this.group));
    const own = found.filter((one) => one.source !== "default").length;
    say(this.list.subtitle, `${found.length} ${found.length === 1 ? "setting" : "settings"}${own > 0 ? ` · ${own} not left to the default` : ""}${found.length > shown.length ? ` · the first ${shown.length} are shown` : ""}`);
    if (shown.length === 0) {
      put(this.list.body, this.onlyChanged && !this.asked ? emptyState("Nothing is changed here", "All of this group is at its default.") : emptyState("No setting fits", `Nothing holds “${this.search.value}”${this.onlyChanged ? " among the changed ones" : ""}.`, { name: "Show all groups", href: href("settings") }));
      return;
    }
    const parts: HTMLElement[] = [];
    let section: string | null = null;
    for (const one of shown) {
      if (one.section !== section) {
        section = one.section;
        parts.push(h("h3", "sech", h("b", {}, section === "" ? "General" : section.split(".").map((part, i) => (i === 0 ? titleOf(part) : words(part))).join(" · ")), h("span", "mono", section)));
      }
      const row = this.row(one);
      this.rows.set(one.path, row);
      parts.push(row.root);
    }
    put(this.list.body, ...parts);
  }

  private row(one: Setting): Row {
    const disabled = this.readOnly !== null || one.locked;
    const why = this.readOnly ?? (one.locked ? `${one.source_detail || "The environment"} sets it, which wins: it cannot be changed here` : null);
    const id = `s-${one.path}`;
    const shared = { id, disabled, title: why, "aria-describedby": `${id}-e` };
    const name = one.label || words(one.path.split(".").pop() ?? one.path);
    const changedTo = (text: string): void => this.setDraft(one.path, text);
    const leave = (): void => { this.left.add(one.path); this.rows.get(one.path)?.paint(); this.drawDirty(); };
    let control: Row["control"];
    let holder: HTMLElement;
    if (one.type === "boolean") {
      control = h("button", { ...shared, type: "button", class: "tog", role: "switch", "aria-label": name, click: () => changedTo(this.textOf(one) === "true" ? "false" : "true") });
      holder = h("span", "stog", control, h("span", "stogword"));
    } else if (one.type === "choice") {
      const select = h("select", { ...shared, class: "inp", change: () => changedTo(select.value) }, ...one.choices.map((choice) => h("option", { value: choice }, choice)));
      holder = control = select;
    } else {
      const input = h("input", { ...shared, type: "text", inputmode: one.type === "text" ? "text" : "decimal", autocomplete: "off", spellcheck: "false", maxlength: 2_000, input: () => changedTo(input.value), blur: leave });
      control = input;
      holder = h("label", "inp sinp", input, h("span", "unit", one.unit));
    }
    const fault = h("div", { class: "sfault", id: `${id}-e`, role: "status" });
    const state = h("div", "srst");
    const range = this.range(one);
    const standard = one.type === "boolean" || one.min === null || one.max === null ? h("div", "sdef", one.type === "text" || one.type === "number" || one.type === "integer" ? h("span", {}, rangeText(one)) : null, h("span", {}, `default: ${withUnit(one, one.default)}`)) : null;
    const root = h("div", "set", h("div", "sname", h("label", { class: "n", for: id }, name), ...this.marks(one), h("div", "p", one.description, " ", h("span", "mono", one.path))), holder, range?.root ?? standard ?? h("span"), state, fault);
    const paint = (): void => {
      const draft = drafts.get(one.path);
      const text = this.textOf(one);
      const wrong = this.faultOf(one);
      const shows = wrong !== null && (this.left.has(one.path) || document.activeElement !== control);
      root.classList.toggle("ch", draft !== undefined);
      root.classList.toggle("er", shows);
      holder.classList.toggle("bad", shows && one.type !== "boolean");
      control.setAttribute("aria-invalid", String(shows));
      say(fault, shows ? `✕ ${wrong}` : "");
      if (control instanceof HTMLButtonElement) {
        control.classList.toggle("on", text === "true");
        control.setAttribute("aria-checked", String(text === "true"));
        const word = holder.querySelector(".stogword");
        if (word) say(word, text === "true" ? "on" : "off");
      } else if (control.value !== text) control.value = text;
      range?.paint(text, shows);
      put(state, draft !== undefined ? h("button", { class: "btn sm", type: "button", title: "Undo (U)", click: () => this.setDraft(one.path, null) }, "↶ Undo")
        : one.source === "page" && !disabled ? h("button", { class: "btn sm ghost", type: "button", title: "Take the page's value back: the file or the default holds again", click: () => this.setDraft(one.path, TAKEN_BACK) }, "Take back")
          : h("span", {}, one.source === "default" ? "at default" : one.locked ? "locked" : `from the ${one.source}`));
    };
    paint();
    return { root, control, paint };
  }

  /** What stands beside a name: why it cannot be changed, what it counts as, where its value comes from. */
  private marks(one: Setting): Child[] {
    const waits = one.next !== null && one.next !== one.value;
    return [one.is_threshold ? h("span", { class: "chip line", title: "It takes part in decisions: a change is a trial that the statistics have to answer for" }, "counts as a trial") : null,
      waits ? h("span", { class: "chip warn", title: `It runs with ${withUnit(one, one.value)}; the next start takes ${withUnit(one, one.next)}` }, `◆ runs with ${withUnit(one, one.value)} until the restart`) : null,
      one.applies === "live" ? h("span", "chip line", "at once") : null,
      one.source === "default" ? null : h("span", { class: "chip line", title: one.source_detail }, `from the ${one.source}`),
      one.profile_value !== one.default ? h("span", "chip line", `profile: ${withUnit(one, one.profile_value)}`) : null,
      one.locked ? h("span", { class: "chip line", title: one.source_detail }, "⊘ locked") : null];
  }

  private range(one: Setting): { root: HTMLElement; paint(text: string, bad: boolean): void } | null {
    const { min, max } = one;
    if (min === null || max === null || max <= min || typeof one.default !== "number") return null;
    const part = (value: number): string => `${Math.max(0, Math.min(1, (value - min) / (max - min))) * 100}%`;
    const [dot, tick] = [h("b"), h("u", { title: "default" })];
    tick.style.left = part(one.default);
    return {
      root: h("div", "srange", h("div", { class: "rg", "aria-hidden": "true" }, h("i"), tick, dot), h("div", "sends", h("span", {}, plain(min)), h("span", {}, `default ${withUnit(one, one.default)}`), h("span", {}, plain(max)))),
      paint: (text, bad) => {
        const value = Number(text.replace(/[−–]/g, "-"));
        dot.hidden = text.trim() === "" || Number.isNaN(value);
        dot.style.left = part(value);
        dot.classList.toggle("x", bad);
      },
    };
  }

  private textOf(one: Setting): string {
    const draft = drafts.get(one.path);
    if (draft === TAKEN_BACK) return typed(one.profile_value);
    return draft ?? typed(one.next ?? one.value);
  }

  private faultOf(one: Setting): string | null {
    const draft = drafts.get(one.path);
    if (draft === undefined) return null;
    if (draft !== TAKEN_BACK) {
      const read = readValue(one, draft);
      if ("fault" in read) return read.fault;
    }
    const said = this.refused.get(one.path);
    return said && said.draft === draft ? said.text : null;
  }

  /** Null takes the draft away. */
  private setDraft(path: string, draft: Draft | null): void {
    const one = this.data?.settings.find((setting) => setting.path === path);
    if (!one) return;
    if (draft === null || draft === typed(one.next ?? one.value)) drafts.delete(path);
    else drafts.set(path, draft);
    if (draft === null) this.left.delete(path);
    this.rows.get(path)?.paint();
    this.drawDirty();
    this.drawNav();
    this.checkSoon();
  }

  private checkSoon(): void {
    clearTimeout(this.checking);
    this.checking = setTimeout(() => void this.check(), CHECK_AFTER_MS);
  }

  /** The server knows what the range of one setting does not say: what settings have to do with each other. */
  private async check(): Promise<void> {
    const sent = this.changes();
    if (Object.keys(sent.changes).length === 0) return;
    try {
      const answer = await post<SettingsCheck>("/api/settings/validate", { changes: sent.changes });
      this.take(answer?.errors ?? {}, sent.of);
    } catch (error) {
      say(this.saveFault, sentence(error));
    }
  }

  /** Drafts that are right by themselves. */
  private changes(): { changes: Record<string, SettingValue | null>; of: Map<string, Draft> } {
    const changes: Record<string, SettingValue | null> = {};
    const of = new Map<string, Draft>();
    for (const [path, draft] of drafts) {
      const one = this.data?.settings.find((setting) => setting.path === path);
      if (!one) continue;
      if (draft === TAKEN_BACK) changes[path] = null;
      else {
        const read = readValue(one, draft);
        if ("fault" in read) continue;
        changes[path] = read.value;
      }
      of.set(path, draft);
    }
    return { changes, of };
  }

  private take(errors: Record<string, string[]>, of: Map<string, Draft>): void {
    this.refused.clear();
    const others: string[] = [];
    for (const [path, texts] of Object.entries(errors)) {
      const draft = of.get(path);
      if (draft === undefined) others.push(`${path}: ${texts.join(" ")}`);
      else this.refused.set(path, { draft, text: texts.join(" ") });
    }
    say(this.saveFault, others.slice(0, 5).join("; "));
    this.rows.forEach((row) => row.paint());
    this.drawDirty();
    this.drawNav();
  }

  private drawDirty(): void {
    const { data } = this;
    if (!data) return;
    const wrong = [...drafts.keys()].filter((path) => { const one = data.settings.find((s) => s.path === path); return one && this.faultOf(one) !== null; });
    this.dirty.classList.toggle("none", drafts.size === 0);
    say(this.dirtyText, drafts.size === 0 ? "nothing" : `${drafts.size} not saved${wrong.length > 0 ? `, ${wrong.length} to correct` : ""}`);
    put(this.diffs, ...(drafts.size === 0 ? [h("div", "sempty t3 s", "What you change stands here until it is saved. It takes hold at the next start, unless it says “at once”.")] : [...drafts].map(([path, draft]) => {
      const one = data.settings.find((s) => s.path === path);
      if (!one) return h("span");
      const fault = this.faultOf(one);
      const to = draft === TAKEN_BACK ? "taken back" : one.type === "boolean" ? (draft === "true" ? "on" : "off") : draft === "" ? "empty" : `${draft}${one.unit ? ` ${one.unit}` : ""}`;
      return h("div", "diff", h("a", { class: fault ? "crit" : "p", href: href("settings", { setting: path }) }, fault ? "✕ " : "", one.label || path), h("span", "sto", h("s", {}, plain(one.next ?? one.value)), " → ", h("b", fault ? "crit" : "", to)),
        h("span", "x", [path, fault ? `allowed ${rangeText(one)}` : one.applies === "live" ? "at once" : "from the next start", one.is_threshold ? `trial ${num(data.trials + 1, 0)}` : ""].filter(Boolean).join(" · ")));
    })));
    this.discard.hidden = drafts.size === 0;
    this.save.disabled = this.readOnly !== null || drafts.size === 0 || wrong.length > 0 || this.saving;
    this.save.title = this.readOnly ?? "";
    say(this.save, this.saving ? "Saving …" : wrong.length > 0 ? `Save: ${wrong.length} to correct` : drafts.size === 0 ? "Save" : `Save ${drafts.size}`);
  }

  private discardAll(): void {
    drafts.clear();
    this.refused.clear();
    this.left.clear();
    say(this.saveFault, "");
    this.rows.forEach((row) => row.paint());
    this.drawDirty();
    this.drawNav();
  }

  private async saveAll(): Promise<void> {
    const { data } = this;
    if (!data || this.saving) return;
    const { changes, of } = this.changes();
    this.saving = true;
    say(this.saveFault, "");
    this.drawDirty();
    try {
      const revision = await send<SettingsRevision>("/api/settings", { changes }, data.revision);
      for (const [path, draft] of of) if (drafts.get(path) === draft) drafts.delete(path);
      this.left.clear();
      note(revision ? `Saved as revision ${revision.revision}` : "Saved");
    } catch (error) {
      if (error instanceof Problem && error.status === 422) this.take(error.errors, of);
      else say(this.saveFault, sentence(error));
    } finally {
      this.saving = false;
    }
    await Promise.all([this.resource.read(), this.history.read()]);
    this.drawDirty();
  }

  private drawHistory(past: SettingsRevision[]): void {
    if (past.length === 0) {
      put(this.past.body, h("div", "empty", h("b", {}, "Nothing was changed yet"), h("span", {}, "Each save is a revision that can be taken back.")));
      return;
    }
    const now = Date.now();
    put(this.past.body, ...past.map((one) => {
      const undo = h("button", { class: "btn sm ghost", type: "button", disabled: this.readOnly !== null, title: this.readOnly, "aria-label": `Undo revision ${one.revision}`, click: () => void this.undo(one, undo) }, "Undo");
      return h("div", "diff past", h("div", "pastrows", ...one.changes.slice(0, 8).map((change) => h("div", "pastrow", h("a", { class: "p ell", href: href("settings", { setting: change.path }), title: change.path }, this.labelOf(change.path)), h("span", "sto", h("s", {}, change.from ?? NONE), " → ", h("b", {}, change.to ?? "taken back")))),
        one.changes.length > 8 ? h("div", "t3 xs", `and ${one.changes.length - 8} more`) : null), h("span", "x pastx", h("span", "ell", [when(one.at, now), `rev ${one.revision}`, one.user, one.undoes === null ? "" : `undoes ${one.undoes}`, one.trial ? "a trial" : ""].filter(Boolean).join(" · ")), undo));
    }));
  }

  private labelOf(path: string): string {
    return this.data?.settings.find((one) => one.path === path)?.label || path;
  }

  private async undo(one: SettingsRevision, button: HTMLButtonElement): Promise<void> {
    if (!this.data) return;
    button.disabled = true;
    say(this.saveFault, "");
    try {
      const made = await post<SettingsRevision>("/api/settings/undo", { revision: one.revision }, this.data.revision);
      note(`Revision ${one.revision} is taken back${made ? ` by revision ${made.revision}` : ""}`);
    } catch (error) {
      say(this.saveFault, sentence(error));
    }
    button.disabled = false;
    await Promise.all([this.resource.read(), this.history.read()]);
  }

  private drawSecrets(): void {
    say(this.list.subtitle, "which are there, and from where; never a value");
    if (this.secrets === null) {
      put(this.list.body, h("div", "empty", h("span", {}, "Not read yet.")));
      return;
    }
    put(this.list.body, h("table", "t secrets", h("thead", {}, h("tr", {}, ...["Name", "State", "From", "What it is for"].map((name) => h("th", { scope: "col" }, name)))), h("tbody", "plain", ...this.secrets.map((one) => h("tr", {},
      h("td", "mono", one.name), h("td", {}, one.present ? h("span", "chip line", "✓ present") : h("span", "chip line t3", "○ not set")), h("td", {}, one.from === null ? NONE : words(one.from)), h("td", "wrap", one.purpose))))),
    h("p", "t3 xs snote", "Secrets are read from the environment or the key vault at the start. They are not shown and cannot be set here."));
  }
}

function groupOf(one: Setting): string {
  return one.section.split(".")[0] || GENERAL;
}

function titleOf(group: string): string {
  const text = words(group);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
