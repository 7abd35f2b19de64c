import "./book.css";
import type { Book, BookLevel, BookState, Limits } from "../api";
import { h, panel, put, say, type Child } from "../dom";
import { NONE, base, compact, num, signClass, signed } from "../format";
import type { News } from "../live";
import { BasePage, type Context } from "../page";
import { emptyState, signedBar } from "../parts";
import { href, type Route } from "../router";

const LEVELS = 20;

/** The trust level of a book in words: what it is, and what it means. */
const TRUST: Record<string, [word: string, means: string, mark: string]> = {
  disconnected: ["Disconnected", "its stream is not connected", "crit"], buffering: ["Buffering", "updates come in, the snapshot is still missing", "warn"],
  snapshot: ["Snapshot", "the snapshot is there, updates are joined to it", "warn"], synced: ["In sync", "every update continued the last", ""],
  gap: ["Gap", "an update is missing, a new snapshot is needed", "crit"], stale: ["Stale", "no update for too long", "warn"],
  crossed: ["Crossed", "its bid is not below its ask", "crit"], none: ["No book", "none is held for this symbol", "t3"],
};

interface Line { root: HTMLElement; price: HTMLElement; quantity: HTMLElement; cumulative: HTMLElement; value: HTMLElement; own: HTMLElement; sum: HTMLElement }

/** The live ladder of one symbol, what it says, and how far it is to be believed. */
export class BookPage extends BasePage {
  readonly title = "Order book";
  private symbol = "";
  private end: (() => void) | null = null;
  private heardAt = 0;
  private ageAtHearing: number | null = null;
  private readonly asks: Line[] = [];
  private readonly bids: Line[] = [];

  private readonly choice = h("select", { class: "inp", "aria-label": "Symbol", change: () => this.choose(this.choice.value) });
  private readonly trustLine = h("span", { class: "btrust", role: "status" });
  private readonly figures = h("section", { class: "kpis bkpis", "aria-label": "The book in figures" });
  private readonly ladder = panel("Ladder", "", { flush: true, class: "bladder" });
  private readonly middle = h("div", "bmid");
  private readonly says = panel("What it says", "", {});
  private readonly trust = panel("Trust", "", {});
  private readonly all = panel("All books", "", { flush: true, class: "ball" });

  constructor(context: Context) {
    super(context, "book");
  }

  protected begin(route: Route): void {
    this.root.append(h("div", "flt", this.choice, h("a", { class: "btn tochart" }, "Chart"), this.trustLine),
      this.figures, h("div", "bcols", this.ladder.root, h("div", "bside", this.says.root, this.trust.root), this.all.root));
    this.layLadder();
    this.watch(this.model.symbols, (symbols) => {
      const names = symbols.map((one) => one.symbol);
      if (this.choice.options.length !== names.length) put(this.choice, ...names.map((name) => h("option", { value: name, selected: name === this.symbol }, name)));
    });
    this.watch(this.model.resource<BookState[]>("/api/orderbooks", { least: 2_000, most: 3_000 }), (books) => this.drawAll(books), this.all.body);
    this.watch(this.model.resource<Limits>("/api/limits", { least: 2_000, most: 5_000 }), ({ books }) => {
      say(this.all.subtitle, books ? `${books.synced} of ${books.total} in sync · ${num(books.gaps, 0)} gaps, ${num(books.resyncs, 0)} resyncs since the start · ${num(books.bytes / 1_048_576, 1)} MiB` : "switched off");
    });
    this.atEnd(() => this.model.follow(null));
    this.arrive(route);
  }

  protected override arrive(route: Route): void {
    const names = this.model.symbols.data?.map((one) => one.symbol) ?? [];
    const asked = route.query.get("symbol") ?? "";
    this.show(names.includes(asked) ? asked : names[0] ?? "");
  }

  override hear(news: News): void {
    if (news.name !== "book") return;
    const book = news.data as Book;
    if (book.symbol === this.symbol) this.draw(book);
  }

  override tick(): void {
    if (this.ageAtHearing === null) return;
    const age = this.trust.body.querySelector(".bage");
    if (age) say(age, ageText(this.ageAtHearing + performance.now() - this.heardAt));
  }

  override key(key: string): boolean {
    if (key !== "[" && key !== "]") return false;
    const names = this.model.symbols.data?.map((one) => one.symbol) ?? [];
    const next = names[(names.indexOf(this.symbol) + (key === "]" ? 1 : names.length - 1)) % Math.max(1, names.length)];
    if (next) this.choose(next);
    return true;
  }

  private choose(symbol: string): void {
    this.context.router.amend({ symbol });
    this.show(symbol);
  }

  private show(symbol: string): void {
    if (symbol === this.symbol) return;
    this.symbol = symbol;
    this.choice.value = symbol;
    this.root.querySelector(".tochart")?.setAttribute("href", href("chart", { symbol }));
    this.end?.();
    this.ageAtHearing = null;
    say(this.ladder.subtitle, `${symbol}, ${LEVELS} levels a side`);
    for (const line of [...this.asks, ...this.bids]) this.drawLine(line, undefined, 1, 2);
    put(this.figures, ...["Mid", "Spread", "Microprice", "Imbalance"].map((name) => tile(name, "", [NONE], "")));
    for (const body of [this.says.body, this.trust.body]) put(body);
    put(this.trustLine);
    const book = this.model.resource<Book>(`/api/orderbook?symbol=${symbol}&levels=${LEVELS}`, { least: 500, most: 5_000 });
    this.end = this.watch(book, (data) => this.draw(data), this.ladder.body);
    this.model.follow(symbol, "1d", LEVELS);
    this.root.querySelectorAll<HTMLElement>(".ball tr[data-symbol]").forEach((row) => row.classList.toggle("sel", row.dataset.symbol === symbol));
  }

  private layLadder(): void {
    const line = (side: "ask" | "bid"): Line => {
      const [price, quantity, cumulative, value] = ["bp", "bq", "bc", "bv"].map((cls) => h("span", { class: cls, role: "cell" }));
      const [own, sum] = [h("i", "own"), h("i", "sum")];
      return { root: h("div", { class: `bl ${side}`, role: "row" }, price, h("span", { class: "bb", "aria-hidden": "true" }, sum, own), quantity, cumulative, value), price, quantity, cumulative, value, own, sum };
    };
    for (let i = 0; i < LEVELS; i++) {
      this.asks.push(line("ask"));
      this.bids.push(line("bid"));
    }
    this.ladder.body.append(h("div", { class: "blist", role: "table", "aria-label": "Order book" },
      h("div", { class: "bl head", role: "row" }, ...([["bp", "Price"], ["bb", "Depth"], ["bq", "Quantity"], ["bc", "Sum"], ["bv", "Sum, USDT"]] as const).map(([cls, name]) => h("span", { class: cls, role: "columnheader" }, name))),
      ...[...this.asks].reverse().map((one) => one.root), this.middle, ...this.bids.map((one) => one.root)));
  }

  private draw(book: Book): void {
    this.heardAt = performance.now();
    this.ageAtHearing = book.age_ms;
    const decimals = this.model.decimals(book.symbol);
    const most = Math.max(book.asks[LEVELS - 1]?.cumulative ?? 0, book.bids[LEVELS - 1]?.cumulative ?? 0, ...book.asks.map((l) => l.cumulative), ...book.bids.map((l) => l.cumulative), 1e-12);
    this.ladder.root.classList.toggle("doubt", !book.believed);
    this.asks.forEach((line, i) => this.drawLine(line, book.asks[i], most, decimals));
    this.bids.forEach((line, i) => this.drawLine(line, book.bids[i], most, decimals));
    put(this.middle, book.mid === null ? h("span", "hatch bhatch") : h("b", {}, num(book.mid, decimals + 1)),
      h("span", "t3", book.spread_bp === null ? "not to be believed" : `spread ${num(book.spread_bp, 2)} bp`));
    this.drawFigures(book, decimals);
    this.drawSays(book);
    this.drawTrust(book);
  }

  private drawLine(line: Line, level: BookLevel | undefined, most: number, decimals: number): void {
    line.root.classList.toggle("gone", level === undefined);
    say(line.price, level ? num(level.price, decimals) : NONE);
    say(line.quantity, level ? quantity(level.quantity) : "");
    say(line.cumulative, level ? quantity(level.cumulative) : "");
    say(line.value, level ? compact(level.cumulative * level.price) : "");
    line.own.style.width = `${level ? (level.quantity / most) * 100 : 0}%`;
    line.sum.style.width = `${level ? (level.cumulative / most) * 100 : 0}%`;
  }

  private drawFigures(book: Book, decimals: number): void {
    const lean = book.microprice === null || book.mid === null ? null : ((book.microprice - book.mid) / book.mid) * 10_000;
    put(this.figures,
      tile("Mid", base(book.symbol), [num(book.mid, decimals + 1)], book.mid === null ? "unavailable" : "between bid and ask"),
      tile("Spread", "of the mid", [num(book.spread_bp, 2), book.spread_bp === null ? null : h("span", "unit", "bp")], book.spread_bp === null || book.bids.length === 0 || book.asks.length === 0 ? "unavailable" : `${num(book.asks[0].price - book.bids[0].price, decimals)} USDT`),
      tile("Microprice", "weighted by size", [num(book.microprice, decimals + 1)], lean === null ? "unavailable" : `${signed(lean, 2)} bp from the mid`),
      tile("Imbalance", "weighted, 50 bp", [signed(book.imbalance, 2)], book.imbalance === null ? "unavailable" : book.imbalance > 0 ? "more is bid" : "more is offered", signClass(book.imbalance)));
  }

  private drawSays(book: Book): void {
    const row = (name: string, value: number | null, text: string, share = value): HTMLElement =>
      h("div", "bsay", h("span", "t2", name), signedBar(share, name), value === null ? h("span", "t3", NONE) : h("b", signClass(value), text));
    const most = Math.max(...book.depth.flatMap((d) => [d.bids ?? 0, d.asks ?? 0]), 1e-12);
    const bar = (value: number | null, side: string): HTMLElement => {
      if (value === null) return h("span", "bdbar hatch");
      const fill = h("i", side);
      fill.style.width = `${(value / most) * 100}%`;
      return h("span", `bdbar ${side}`, fill);
    };
    put(this.says.body, h("h3", {}, "Imbalance", h("span", {}, "−1 offered … +1 bid")),
      row("Weighted", book.imbalance, signed(book.imbalance, 2)), row("Median, 20 s", book.imbalance_median, signed(book.imbalance_median, 2)), row("Best 20 levels", book.imbalance20, signed(book.imbalance20, 2)),
      h("h3", {}, "Depth", h("span", {}, `${base(book.symbol)} within a distance from the mid`)),
      ...book.depth.map((d) => h("div", "bdepth", h("span", "num t2", quantity(d.bids)), bar(d.bids, "bid"), h("span", "t3 bbp", `${num(d.within_bp, 0)} bp`), bar(d.asks, "ask"), h("span", "t2", quantity(d.asks)))),
      h("h3", {}, "Order flow", h("span", {}, "in mean quantities at the best prices")),
      ...book.flow.map((f) => row(`Last ${f.seconds} s`, f.value, signed(f.value, 2), f.value === null ? null : Math.max(-1, Math.min(1, f.value / 5)))),
      book.reason ? h("p", "s t3 bwhy", `Unavailable: ${book.reason}.`) : null);
  }

  private drawTrust(book: Book): void {
    const [word, means, mark] = TRUST[book.trust] ?? [book.trust, "", "warn"];
    put(this.trustLine, book.believed ? null : h("span", "chip warn", `◆ ${word}`), h("span", book.believed ? "t3 s" : "s", book.believed ? "In sync: its features count in decisions" : `${book.reason ?? means}; its features count as unavailable`));
    const facts: [string, Child][] = [["State", h("b", mark, word)], ["Counts in decisions", book.believed ? "yes" : "no"], ["Age of the last update", h("span", "bage", ageText(book.age_ms))],
      ["Resyncs since the start", num(book.resyncs, 0)], ["Gaps since the start", num(book.gaps, 0)], ["Last update", book.last_update_id === 0 ? NONE : h("span", "mono", String(book.last_update_id))]];
    say(this.trust.subtitle, means);
    put(this.trust.body, h("dl", "kv", ...facts.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])));
  }

  private drawAll(books: BookState[]): void {
    if (books.length === 0) {
      put(this.all.body, emptyState("No symbol is followed", "Books come with the first symbol.", { name: "Data", href: href("data") }));
      return;
    }
    const heads: [string, string][] = [["Symbol", ""], ["Trust", ""], ["Age", "num"], ["Spread, bp", "num"], ["Imbalance", "num"], ["Resyncs", "num"], ["Gaps", "num c-gap"]];
    const scrolled = this.all.body.scrollTop;
    put(this.all.body, h("table", "t", h("thead", {}, h("tr", {}, ...heads.map(([name, cls]) => h("th", { class: cls, scope: "col" }, name)))), h("tbody", {}, ...books.map((one) => {
      const [word, , mark] = TRUST[one.trust] ?? [one.trust, "", "warn"];
      const go = (): void => this.choose(one.symbol);
      return h("tr", { tabindex: 0, "data-symbol": one.symbol, class: one.symbol === this.symbol ? "sel" : "", click: go, keydown: (event) => { if ((event as KeyboardEvent).key === "Enter") go(); } },
        h("td", {}, h("b", {}, base(one.symbol))), h("td", { title: one.reason }, h("span", mark, mark === "crit" ? "■ " : mark === "warn" ? "◆ " : "", word)),
        h("td", "num t3", ageText(one.age_ms)), h("td", "num", num(one.spread_bp, 2)), h("td", "num", one.imbalance === null ? h("span", "t3", NONE) : h("span", signClass(one.imbalance), signed(one.imbalance, 2))),
        h("td", "num", num(one.resyncs, 0)), h("td", "num c-gap", num(one.gaps, 0)));
    }))));
    this.all.body.scrollTop = scrolled;
  }
}

function tile(name: string, right: string, value: Child[], below: string, tone = ""): HTMLElement {
  return h("div", "kpi", h("div", "k", h("span", {}, name), h("span", "ell", right)), h("div", `v ${tone}`, ...value), h("div", "d", below));
}

/** As many decimals as the size needs. */
function quantity(value: number | null): string {
  if (value === null) return NONE;
  return value >= 100_000 ? compact(value) : num(value, value >= 1_000 ? 0 : value >= 100 ? 1 : value >= 1 ? 2 : 4);
}

function ageText(ms: number | null): string {
  if (ms === null) return NONE;
  return ms < 1_000 ? `${num(ms, 0)} ms` : ms < 60_000 ? `${num(ms / 1_000, 1)} s` : `${num(ms / 60_000, 0)} min`;
}
