import { h, put, say, svg } from "./dom";
import type { Status } from "./api";
import { countdown, num, timeSeconds, words } from "./format";

const ICONS: Record<string, string> = {
  chart: "M6 4v16M4 8h4v7H4zM15 3v18M13 6h4v9h-4z", sig: "M3 12h4l3-8 4 16 3-8h4", no: "M12 3a9 9 0 1 0 .01 0M6 6l12 12",
  perf: "M4 20V4M4 20h16M7 15l4-5 3 3 5-7", over: "M3 13h5v6H3zM10 5h5v14h-5zM17 9h4v10h-4z", log: "M5 5h14M5 9h10M5 13h14M5 17h7",
};
const SECTIONS: [string, string, string][] = [
  ["chart", "Chart", "chart"], ["sig", "Signals", "signals"], ["log", "Events", "events"], ["no", "Refused", "refusals"],
  ["over", "Market", "market"], ["perf", "Results", "results"],
];

const icon = (name: string) => svg("svg", {
  width: 18, height: 18, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": 1.7,
  "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
}, svg("path", { d: ICONS[name] }));

/** Rail, bar, band and status line around the page. */
export class Shell {
  readonly page = h("main", { class: "page", id: "page", tabindex: -1 });
  private readonly band = h("div", { class: "simband", role: "note" });
  private readonly alert = h("div", { class: "alerts", role: "status" });
  private readonly chips = h("span", "chips");
  private readonly live = h("span", { class: "nw s livestate" });
  private readonly clock = h("b", "clock");
  private readonly closes = h("b", "closes");
  private readonly closesName = h("span", "t3");
  private readonly foot = h("footer", "foot");
  private readonly counts = new Map<string, HTMLElement>();
  private readonly links = new Map<string, HTMLElement>();

  constructor(root: HTMLElement, help: () => void) {
    const rail = h("nav", { class: "rail", "aria-label": "Sections" }, h("div", "logo",
      svg("svg", { width: 26, height: 26, viewBox: "0 0 26 26", "aria-hidden": "true" },
        svg("path", { d: "M7 4v18M7 8h-3v8h6V8H7M19 2v22", stroke: "#b3bdcc", "stroke-width": 1.4, fill: "none" }),
        svg("path", { d: "M16 6h6v10h-6z", fill: "#e8ecf3" }))));
    for (const [name, title, id] of SECTIONS) {
      const count = h("span", { class: "cnt", hidden: true });
      const link = h("a", { href: `#${id}`, click: (event) => { event.preventDefault(); this.go(id); } }, icon(name), title, count);
      this.counts.set(id, count);
      this.links.set(id, link);
      rail.append(link);
    }
    this.mark("chart");
    const top = h("header", "top", h("h1", {}, "FuturesBot"), this.chips, h("span", "grow"), this.live,
      h("span", "nw s clocks", h("span", "t3", "Market time, Kyiv "), this.clock, this.closesName, this.closes),
      h("button", { class: "btn sm", type: "button", click: help, "aria-label": "Keys" }, "Keys ", h("kbd", {}, "?")));
    root.append(rail, top, this.band, this.page, this.foot);
    this.page.addEventListener("scroll", () => this.spy(), { passive: true });
  }

  /** Everything that stands above the sections. */
  get alerts(): HTMLElement {
    return this.alert;
  }

  go(id: string): void {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    document.getElementById(id)?.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
    this.mark(id);
  }

  count(id: string, value: number): void {
    const cell = this.counts.get(id);
    if (!cell) return;
    cell.hidden = value === 0;
    say(cell, String(value));
  }

  status(status: Status): void {
    const exchange = { simulated: "Simulated exchange", replay: "Replayed files", demo: "Binance demo", binance: "Binance USDT-M" }[status.exchange] ?? words(status.exchange);
    put(this.chips, h("span", { class: "chip line", title: status.mode === "paper" ? "No order leaves this machine" : "" }, status.mode.toUpperCase()), h("span", "chip line", exchange));
    const speed = status.speed === 1 ? "" : `${num(status.speed, status.speed < 10 && status.speed % 1 !== 0 ? 1 : 0)}×`;
    this.band.hidden = !status.simulated && status.exchange !== "replay" && status.mode !== "paper";
    const facts = status.simulated
      ? ["paper money", "generated prices", status.seed === null ? null : `seed ${status.seed}`, speed]
      : [status.mode === "paper" ? "paper money" : null, status.exchange === "replay" ? "prices replayed from files" : "real prices", speed];
    const title = status.simulated ? "SIMULATED MARKET" : status.exchange === "replay" ? "REPLAYED MARKET" : "PAPER MONEY";
    put(this.band, h("b", {}, title), h("span", {}, facts.filter(Boolean).join(" · ")));
    put(this.foot, h("span", {}, "Profile ", h("b", {}, status.profile)), h("span", {}, "Version ", h("b", {}, status.version)),
      h("span", {}, "Mode ", h("b", {}, status.mode)), status.seed === null ? null : h("span", {}, "Seed ", h("b", {}, String(status.seed))),
      h("span", {}, "Speed ", h("b", {}, speed || "1×")),
      h("span", "credit", "Charts: ", h("a", { href: "https://www.tradingview.com/", rel: "noopener noreferrer", target: "_blank" }, "TradingView Lightweight Charts™"), " © 2025 TradingView, Inc."));
    if (status.ready) this.alert.querySelector(".catchup")?.remove();
    else this.catchUp(status.replay_progress);
  }

  catchUp(progress: number | null): void {
    let bar = this.alert.querySelector<HTMLElement>(".catchup");
    if (!bar) {
      bar = h("div", "banner catchup", h("span", {}, "Living through the past days at full speed "), h("span", "meter grow", h("i")), h("b", "pct"));
      this.alert.append(bar);
    }
    const fill = bar.querySelector("i");
    if (fill) fill.style.width = `${(progress ?? 0) * 100}%`;
    const text = bar.querySelector(".pct");
    if (text) say(text, progress === null ? "" : `${Math.round(progress * 100)} %`);
  }

  caughtUp(): void {
    this.alert.querySelector(".catchup")?.remove();
  }

  clockAt(ms: number, frame: string, leftMs: number): void {
    say(this.clock, timeSeconds(ms));
    say(this.closesName, ` · ${frame} closes in `);
    say(this.closes, countdown(leftMs));
  }

  /** Silence is shown at once: colour drains, the tag says how old the picture is. */
  liveState(silentMs: number, nextTryMs: number | null): void {
    const stale = silentMs > 0;
    document.body.classList.toggle("is-stale", stale);
    if (!stale) put(this.live, h("span", "dot live"), " Live");
    else put(this.live, h("span", "dot w"), h("span", "warn", ` Stale ${Math.round(silentMs / 1000)} s`));
    let lost = this.alert.querySelector(".lost");
    if (silentMs < 6_000) {
      lost?.remove();
      return;
    }
    if (!lost) {
      lost = h("div", { class: "banner lost" }, h("span", "warn", "◆"), h("span", "losttext"));
      this.alert.append(lost);
    }
    const text = lost.querySelector(".losttext");
    const next = nextTryMs === null ? "connected, waiting for the first news" : `next try in ${Math.ceil(nextTryMs / 1000)} s`;
    if (text) say(text, `No news for ${Math.round(silentMs / 1000)} s: the program has ended or the connection is lost; ${next}. What stands here is that old.`);
  }

  error(text: string | null): void {
    this.alert.querySelector(".failed")?.remove();
    if (text) this.alert.append(h("div", "banner crit failed", h("span", "crit", "■"), h("span", {}, text)));
  }

  private spy(): void {
    const top = this.page.getBoundingClientRect().top + 90;
    let current = SECTIONS[0][2];
    let best = -Infinity;
    const atEnd = this.page.scrollTop + this.page.clientHeight >= this.page.scrollHeight - 4;
    for (const [, , id] of SECTIONS) {
      const y = document.getElementById(id)?.getBoundingClientRect().top ?? Infinity;
      if (y <= (atEnd ? Infinity : top) && y > best) [current, best] = [id, y];
    }
    this.mark(current);
  }

  private mark(id: string): void {
    this.links.forEach((link, key) => {
      if (key === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
}
