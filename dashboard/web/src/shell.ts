import type { Frame, Status } from "./api";
import { openDialog } from "./dialog";
import { h, put, say, svg } from "./dom";
import type { Find } from "./find";
import { countdown, num, timeSeconds, words } from "./format";
import type { Model, Silence } from "./model";
import type { Page } from "./page";
import { PAGES, isHere, type PageEntry } from "./pages/index";
import { href } from "./router";

const LOST_MS = 6_000;
/** The rest of the phone's bar is behind "More". */
const PHONE = ["overview", "chart", "signals", "results"];
const MORE_ICON = "M5 12h.01M12 12h.01M19 12h.01";
const EXCHANGES: Record<string, string> = { simulated: "Simulated exchange", replay: "Replayed files", demo: "Binance demo", binance: "Binance USDT-M" };

const icon = (path: string) => svg("svg", {
  width: 18, height: 18, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": 1.7,
  "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
}, svg("path", { d: path }));

/** Rail, bar, band and status line around the page. */
export class Shell {
  private readonly page = h("main", { class: "page", id: "page", tabindex: -1 });
  private readonly heading = h("h1", {}, "FuturesBot");
  private readonly band = h("div", { class: "simband", role: "note", hidden: true });
  private readonly alerts = h("div", { class: "alerts", role: "status" });
  private readonly chips = h("span", "chips");
  private readonly live = h("span", { class: "nw s livestate", role: "status" });
  private readonly clock = h("b", "clock");
  private readonly closes = h("b", "closes");
  private readonly closesName = h("span", "t3");
  private readonly foot = h("footer", "foot");
  private readonly links = new Map<string, HTMLElement>();
  private readonly counts = new Map<string, HTMLElement>();
  /** The frame whose close the countdown waits for; the chart sets its own. */
  private frame: Frame = "15m";

  constructor(root: HTMLElement, private readonly model: Model, readonly find: Find, help: () => void) {
    const rail = h("nav", { class: "rail", "aria-label": "Pages" }, h("a", { class: "logo", href: href("overview"), "aria-label": "FuturesBot, overview", tabindex: -1 },
      svg("svg", { width: 26, height: 26, viewBox: "0 0 26 26", "aria-hidden": "true" },
        svg("path", { d: "M7 4v18M7 8h-3v8h6V8H7M19 2v22", class: "logo-line" }), svg("path", { d: "M16 6h6v10h-6z", class: "logo-body" }))));
    for (const entry of PAGES.filter((one) => one.rail)) {
      const count = h("span", { class: "cnt", hidden: true });
      const link = h("a", { href: href(entry.name), class: PHONE.includes(entry.name) ? "" : "wide", title: `${entry.title} (G ${entry.key.toUpperCase()})` }, icon(entry.icon), entry.title, count);
      this.links.set(entry.name, link);
      this.counts.set(entry.name, count);
      rail.append(link);
    }
    rail.append(h("button", { class: "more", type: "button", click: () => this.more() }, icon(MORE_ICON), "More"));
    // The switch that stops live trading stands here once there is live trading.
    const top = h("header", "top", this.heading, h("span", "grow"), find.root, this.chips, this.live,
      h("span", "nw s clocks", h("span", "t3", "Kyiv "), this.clock, h("span", "closing", this.closesName, this.closes)),
      h("button", { class: "btn sm help", type: "button", click: help, "aria-label": "Keys", title: "Keys" }, h("kbd", {}, "?")));
    root.append(h("a", { class: "skip", href: "#page", click: (event) => { event.preventDefault(); this.page.focus(); } }, "To the page"),
      rail, top, this.band, this.page, this.foot);
    this.page.append(this.alerts);
    model.onSilence = (silence) => this.silence(silence);
  }

  start(): void {
    this.model.status.watch(({ data }) => {
      if (!data) return;
      this.status(data);
      for (const entry of PAGES) this.links.get(entry.name)?.toggleAttribute("hidden", !isHere(entry, data));
    });
    this.model.open.watch(({ data }) => this.count("signals", data?.length ?? 0));
  }

  /** Puts a page into its place. */
  show(entry: PageEntry, page: Page): void {
    put(this.page, this.alerts, page.root);
    this.page.scrollTop = 0;
    say(this.heading, page.title);
    this.frame = "15m";
    this.links.forEach((link, name) => {
      if (name === entry.name) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
    this.page.dataset.page = entry.name;
  }

  tick(now: number): void {
    const shown = this.page.querySelector<HTMLElement>("[data-frame]")?.dataset.frame as Frame | undefined;
    this.frame = shown ?? "15m";
    say(this.clock, timeSeconds(now));
    const stale = this.model.silence.silentMs > 0;
    say(this.closesName, ` · ${this.frame} closes in `);
    say(this.closes, stale ? "—" : countdown(this.model.closesInMs(this.frame)));
  }

  error(text: string | null): void {
    this.alerts.querySelector(".failed")?.remove();
    if (text) this.alerts.append(h("div", "banner crit failed", h("span", "crit", "■"), h("span", {}, text)));
  }

  private count(page: string, value: number): void {
    const cell = this.counts.get(page);
    if (!cell) return;
    cell.hidden = value === 0;
    say(cell, String(value));
  }

  private status(status: Status): void {
    const exchange = EXCHANGES[status.exchange] ?? words(status.exchange);
    put(this.chips, h("span", { class: "chip line", title: status.mode === "paper" ? "Paper: no order leaves this machine" : "" }, status.mode.toUpperCase()), h("span", "chip line", exchange));
    const speed = status.speed === 1 ? "" : `${num(status.speed, status.speed < 10 && status.speed % 1 !== 0 ? 1 : 0)}×`;
    this.band.hidden = !status.simulated && status.exchange !== "replay" && status.mode !== "paper";
    const facts = status.simulated
      ? ["paper money", "generated prices", status.seed === null ? null : `seed ${status.seed}`, speed]
      : [status.mode === "paper" ? "paper money" : null, status.exchange === "replay" ? "prices replayed from files" : "real prices", speed];
    const title = status.simulated ? "SIMULATED MARKET" : status.exchange === "replay" ? "REPLAYED MARKET" : "PAPER MONEY";
    put(this.band, h("b", {}, title), h("span", {}, facts.filter(Boolean).join(" · ")));
    const fact = (name: string, value: string) => h("span", {}, `${name} `, h("b", {}, value));
    put(this.foot, ...status.health.slice(0, 5).map((one) => h("span", one.level === "ok" ? "" : one.level, one.level === "ok" ? "" : one.level === "warn" ? "◆ " : "■ ", `${one.name} `, h("b", {}, one.value))),
      fact("Profile", status.profile), fact("Version", status.version), this.model.session.role === "viewer" ? fact("Role", "viewer") : null,
      h("span", "credit", "Charts: ", h("a", { href: "https://www.tradingview.com/", rel: "noopener noreferrer", target: "_blank" }, "TradingView Lightweight Charts™")));
    if (status.ready) this.alerts.querySelector(".catchup")?.remove();
    else this.catchUp(status.replay_progress);
  }

  private catchUp(progress: number | null): void {
    let bar = this.alerts.querySelector<HTMLElement>(".catchup");
    if (!bar) {
      bar = h("div", "banner catchup", h("span", {}, "Living through the past days at full speed "), h("span", "meter grow", h("i")), h("b", "pct"));
      this.alerts.append(bar);
    }
    const fill = bar.querySelector("i");
    if (fill) fill.style.width = `${(progress ?? 0) * 100}%`;
    const text = bar.querySelector(".pct");
    if (text) say(text, progress === null ? "" : `${Math.round(progress * 100)} %`);
  }

  /** Silence is shown at once: colour drains, the tag says how old the picture is. */
  private silence({ silentMs, nextTryMs }: Silence): void {
    const stale = silentMs > 0;
    document.body.classList.toggle("is-stale", stale);
    const text = stale ? `Stale ${Math.round(silentMs / 1000)} s` : "Live";
    if (this.live.textContent?.trim() !== text) put(this.live, h("span", stale ? "dot w" : "dot live"), h("span", stale ? "warn" : "", ` ${text}`));
    let lost = this.alerts.querySelector(".lost");
    if (silentMs < LOST_MS) {
      lost?.remove();
      return;
    }
    if (!lost) {
      lost = h("div", "banner lost", h("span", "warn", "◆"), h("b", {}, "Connection lost."), h("span", "losttext"),
        h("button", { class: "btn sm", type: "button", click: () => this.model.tryNow() }, "Try now"));
      this.alerts.append(lost);
    }
    const line = lost.querySelector(".losttext");
    const next = nextTryMs === null ? "connected, waiting for the first news" : `next try in ${Math.ceil(nextTryMs / 1000)} s`;
    if (line) say(line, `Figures below are ${Math.round(silentMs / 1000)} s old. The program trades on without this page, if it still runs; ${next}.`);
  }

  /** The phone's bar has five entries: the last one lists the rest. */
  private more(): void {
    const dialog = openDialog("Pages", h("div", "morelist", ...PAGES.filter((one) => !PHONE.includes(one.name) && isHere(one, this.model.status.data)).map((entry) =>
      h("a", { href: href(entry.name), click: () => dialog.close() }, icon(entry.icon), h("b", {}, entry.title), h("span", "t3 ell", entry.about)))), { flush: true });
  }
}
