import type { Health, Journal, Num, Refusal, Refusals, Regime } from "../api";
import { empty, h, panel, put, svg } from "../dom";
import { age, base, checked, num, regimeWord, sideClass, sideWord, signClass, signed, time, when, words } from "../format";

/** A small line without axes; null values leave it out. */
function spark(values: Num[], width: number, height: number): SVGSVGElement | HTMLElement {
  const known = values.filter((v): v is number => v !== null);
  if (known.length < 2) return h("span", "hatch sparkhatch");
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const span = high - low || 1;
  const d = known.map((v, i) => `${i ? "L" : "M"}${((i / (known.length - 1)) * (width - 2) + 1).toFixed(1)} ${(height - 2 - ((v - low) / span) * (height - 4)).toFixed(1)}`).join("");
  return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true", preserveAspectRatio: "none", class: "spark" }, svg("path", { d }));
}

/** All symbols at a glance. */
export class RegimeBoard {
  private readonly panel = panel("Regime board", "4h · 24 h change in % · confidence 0 – 100", { id: "market", flush: true });
  private readonly counts = this.panel.root.querySelector(".sp") as HTMLElement;

  constructor(private readonly choose: (symbol: string) => void) {}

  get root(): HTMLElement {
    return this.panel.root;
  }

  get body(): HTMLElement {
    return this.panel.body;
  }

  set(regimes: Regime[], open: Set<string>): void {
    if (regimes.length === 0) {
      put(this.panel.body, empty("No regime yet", "It needs 200 candles of 4 hours."));
      return;
    }
    const count = (test: (r: Regime) => boolean): number => regimes.filter(test).length;
    const label = (name: string) => (r: Regime): boolean => r.label.toUpperCase() === name;
    this.counts.className = "sp sub boardcount";
    this.counts.textContent = `↗ ${count((r) => label("TREND")(r) && r.direction > 0)} · ↘ ${count((r) => label("TREND")(r) && r.direction < 0)} · ↔ ${count(label("RANGE"))} · ›‹ ${count(label("SQUEEZE"))} · ≈ ${count(label("CHOP"))} · ? ${count(label("UNDECIDED"))}`;
    // As many columns as fit, with rows of equal length where that is possible.
    const fit = Math.max(3, Math.floor(this.panel.body.clientWidth / (window.innerWidth < 768 ? 84 : 112)));
    const columns = Math.ceil(regimes.length / Math.ceil(regimes.length / fit));
    const board = h("div", "board", ...regimes.map((r) => this.tile(r, open.has(r.symbol))));
    board.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
    put(this.panel.body, board);
  }

  private tile(r: Regime, open: boolean): HTMLElement {
    const name = regimeWord(r.label, r.direction);
    const bar = h("i", "cf");
    bar.style.width = `${(r.confidence ?? 0) * 100}%`;
    const bias = r.bias > 0 ? "4h bias up" : r.bias < 0 ? "4h bias down" : "4h bias neutral";
    return h("button", {
      class: `tile ${open ? "open" : ""}`, type: "button", click: () => this.choose(r.symbol),
      title: [bias, r.reason].filter(Boolean).join(" · "),
      "aria-label": `${r.symbol}: ${name.text}, confidence ${r.confidence === null ? "unavailable" : num(r.confidence * 100, 0)}, 24 hours ${signed(r.change24h_percent, 1)} percent`,
    }, open ? h("i", "sig") : null, h("span", "n", base(r.symbol)), h("span", `c ${signClass(r.change24h_percent === null ? null : Number(r.change24h_percent.toFixed(1)))}`, signed(r.change24h_percent, 1)),
      h("span", "sp2", spark(r.sparkline, 90, 20)),
      h("span", "g", h("span", name.cls, name.text), h("span", "t3", r.confidence === null ? "—" : num(r.confidence * 100, 0))), bar);
  }
}

/** What would have passed. */
const RULE: Record<string, string> = { "≤": "at most", "<": "below", "≥": "at least", ">": "above" };

function example(r: Refusal, now: number): HTMLElement {
  const unit = r.unit ? ` ${r.unit}` : "";
  const number = r.value === null ? r.text : r.threshold === null ? `${r.text}: ${checked(r.value)}${unit}` : `${checked(r.value)}${unit}, needs ${RULE[r.comparison] ?? ""} ${checked(r.threshold)}`;
  return h("div", { class: "rex", title: r.text }, h("span", "t3", when(r.time, now)), h("b", {}, base(r.symbol)), h("span", sideClass(r.direction), sideWord(r.direction)),
    h("span", "ell t3", words(r.strategy)), h("span", "rnum", number), r.replayed ? h("span", "t3 xs rep", "replayed") : null);
}

/** Every no has a number: how often, and the newest examples. */
export class RefusalsPanel {
  private readonly panel = panel("Refused", "", { id: "refusals", flush: true });
  private readonly opened = new Set<string>();
  private touched = false;

  get root(): HTMLElement {
    return this.panel.root;
  }

  get body(): HTMLElement {
    return this.panel.body;
  }

  set(data: Refusals, now: number): void {
    this.panel.subtitle.textContent = `${num(data.total, 0)} triggers in ${age(now - data.since)}, by reason`;
    if (data.reasons.length === 0) {
      put(this.panel.body, empty("Nothing was refused", "Each refusal will stand here with value and limit."));
      return;
    }
    if (!this.touched) this.opened.add(data.reasons[0].reason);
    const most = Math.max(...data.reasons.map((r) => r.count));
    const scroll = this.panel.body.scrollTop;
    put(this.panel.body, ...data.reasons.map((r) => {
      const bar = h("i");
      bar.style.width = `${(r.count / most) * 100}%`;
      const root = h("details", { class: "refusal", ...(this.opened.has(r.reason) ? { open: true } : {}) },
        h("summary", {}, h("span", "ell t1", r.title || words(r.reason)), h("span", "cbar", bar), h("b", "num", num(r.count, 0)),
          h("span", "t3 xs num", `${num((r.count / Math.max(1, data.total)) * 100, 0)} %`)),
        ...r.last.map((one) => example(one, now)));
      root.addEventListener("toggle", () => {
        if (root.open === this.opened.has(r.reason)) return;
        this.touched = true;
        if (root.open) this.opened.add(r.reason);
        else this.opened.delete(r.reason);
      });
      return root;
    }));
    this.panel.body.scrollTop = scroll;
  }
}

/** Catalog names inside a sentence, in words. */
const named = (text: string): string => text.replace(/\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b/g, (name) => words(name));

const DOTS: Record<string, string> = { signal: "live", fill: "live", exit: "live" };

/** What happened, the newest above. */
export class Feed {
  private readonly panel = panel("What happened", "Europe/Kyiv", { id: "events", flush: true, class: "feed" });

  constructor(private readonly open: (id: string) => void) {
    this.panel.body.setAttribute("aria-live", "polite");
  }

  get root(): HTMLElement {
    return this.panel.root;
  }

  get body(): HTMLElement {
    return this.panel.body;
  }

  set(rows: Journal[], now: number): void {
    if (rows.length === 0) {
      put(this.panel.body, empty("Nothing yet"));
      return;
    }
    put(this.panel.body, ...rows.map((row) => {
      const dot = row.level === "warn" ? "dot w" : row.level === "crit" ? "dot c" : `dot ${DOTS[row.kind] ?? "off"}`;
      const id = row.signal_id;
      const text = h("span", "ft", row.symbol ? h("b", {}, `${base(row.symbol)} `) : null,
        id ? h("a", { class: "link", href: `#/chart?signal=${encodeURIComponent(id)}`, click: (event) => { event.preventDefault(); this.open(id); } }, named(row.text)) : named(row.text),
        row.replayed ? h("span", "t3 xs rep", "replayed") : null);
      return h("div", "fr", h("span", { class: "tm", title: when(row.time, now) }, Math.abs(now - row.time) < 86_400_000 ? time(row.time) : when(row.time, now)), h("i", dot), text);
    }));
  }
}

export class HealthStrip {
  readonly root = h("section", { class: "health", id: "health", "aria-label": "Health" });

  set(rows: Health[]): void {
    put(this.root, ...rows.map((row) => {
      const dot = row.level === "warn" ? "dot w" : row.level === "crit" ? "dot c" : "dot quiet";
      const tone = row.level === "warn" ? "warn" : row.level === "crit" ? "crit" : "";
      return h("div", {}, h("div", "k", h("span", {}, row.name), h("i", { class: dot, title: row.level })), h("div", "v", row.value), h("div", { class: `d ${tone}`, title: row.detail }, row.detail));
    }));
  }
}
