import "./limits.css";
import type { Latency, Limits, LimitUse, Quantiles } from "../api";
import { Figure, plainTable } from "../charts/figure";
import { empty, h, panel, put, say, svg, type Child } from "../dom";
import { NONE, age, compact, countdown, num, time, when } from "../format";
import { BasePage, type Context } from "../page";
import { emptyState } from "../parts";
import { href } from "../router";

const LANES: Record<string, [name: string, what: string]> = {
  protective: ["Protective", "stops and exits"], reconcile: ["Reconcile", "what the exchange holds"], entry: ["Entry", "new orders"],
  market_data: ["Market data", "candles, books"], history: ["History", "repair, download"],
};
/** All histograms share this axis, so that they can be compared. */
const AXIS: readonly [low: number, high: number] = [1, 10_000];

/** How much of the exchange's limits is used, and how long everything takes. */
export class LimitsPage extends BasePage {
  readonly title = "Limits and latency";
  private limits: Limits | null = null;
  private limitsAt = 0;

  private readonly banner = h("div", "lbanner");
  private readonly weight = new Figure("Request weight", "", () => this.limits && plainTable(["Minute ends", "Ours", "Whole address"], [...this.limits.minutes].reverse().map((m) => [time(m.end), num(m.ours, 0), num(m.used, 0)])), { class: "lweight" });
  private readonly lanes = panel("Lanes", "the most urgent first", { flush: true });
  private readonly counters = panel("Counters and bans", "", {});
  private readonly streams = panel("Streams", "", { flush: true });
  private readonly stages = panel("How long each step takes", "ms, log axis", { flush: true });
  private readonly calls = panel("Calls by endpoint", "", { flush: true });

  constructor(context: Context) {
    super(context, "limits");
  }

  protected begin(): void {
    this.root.append(this.banner, h("div", "lrow", this.weight.root, this.lanes.root, this.counters.root), this.streams.root, h("div", "lrow2", this.stages.root, this.calls.root));
    const limits = this.model.resource<Limits>("/api/limits", { least: 2_000, most: 2_000 });
    this.watch(limits, (data) => { this.limits = data; this.limitsAt = performance.now(); this.drawLimits(data); }, this.weight.body);
    for (const box of [this.lanes.body, this.counters.body, this.streams.body]) this.watch(limits, () => undefined, box);
    const latency = this.model.resource<Latency>("/api/latency", { least: 2_000, most: 4_000 });
    this.watch(latency, (data) => this.drawLatency(data), this.stages.body);
    this.watch(latency, () => undefined, this.calls.body);
  }

  override tick(): void {
    const left = this.limits?.ban_left_s;
    const cell = this.banner.querySelector(".banleft");
    if (cell && left !== null && left !== undefined) say(cell, countdown(Math.max(0, left * 1_000 - (performance.now() - this.limitsAt))));
  }

  private drawLimits(data: Limits): void {
    put(this.banner,
      data.ban ? h("div", { class: "banner crit", role: "alert" }, h("span", "crit", "■"), h("b", {}, "Banned by the exchange"), h("span", {}, `until ${time(data.ban.until)}, `, h("b", "banleft", data.ban_left_s === null ? NONE : countdown(data.ban_left_s * 1_000)), " left. No request goes out; streams and stops on the exchange go on.")) : null,
      !data.ban && data.paused_until !== null ? h("div", "banner", h("span", "warn", "◆"), h("b", {}, "The exchange asked for a pause"), h("span", {}, `until ${time(data.paused_until)}: requests wait.`)) : null);
    const share = data.ours / Math.max(1, data.ours_max);
    put(this.weight.subtitle, h("b", share > 0.8 ? "warn" : "", num(data.ours, 0)), ` of ${num(data.ours_max, 0)} this minute · whole address ${num(data.used, 0)} of ${num(data.limit, 0)} · most ${num(data.peak, 0)}`);
    this.weight.show((w, height) => this.drawWeight(data, w, height));
    const most = data.ours_max || 1;
    put(this.lanes.body, h("div", "lanes", ...data.lanes.map((lane) => {
      const [name, what] = LANES[lane.lane] ?? [lane.lane, ""];
      const fill = h("i", lane.waiting > 0 && lane.lane !== "history" ? "warn" : "");
      fill.style.width = `${Math.min(1, lane.used / most) * 100}%`;
      const tick = h("u", { title: `waits when all lanes together reach ${num(lane.ceiling, 0)}` });
      tick.style.left = `${Math.min(1, lane.ceiling / most) * 100}%`;
      return h("div", "lane", h("div", "lname", h("b", {}, name), h("span", "t3 xs", what)), h("span", "lbar", h("span", "meter", fill), tick),
        h("div", "num", h("b", {}, num(lane.used, 0)), h("div", "t3 xs", lane.reserve > 0 ? `reserve ${num(lane.reserve, 0)}` : "shared")), h("div", "num", lane.waiting > 0 ? `${num(lane.waiting, 0)} wait` : h("span", "t3", "none waits"), h("div", "t3 xs", `${compact(lane.granted)} sent`)));
    })), h("p", "lnote t3 xs", "The line is where the lane has to wait: what is above it is kept for more urgent ones."));
    this.drawCounters(data);
    this.drawStreams(data);
  }

  private drawWeight(data: Limits, w: number, height: number): Node {
    if (data.minutes.length === 0) return empty("No minute yet", "Each minute gets a bar.");
    const right = 46;
    const most = Math.max(data.ours_max * 1.08, ...data.minutes.map((m) => m.used));
    const y = (v: number): number => 8 + (1 - v / most) * (height - 32);
    const step = (w - right) / Math.max(60, data.minutes.length);
    const root = svg("svg", { width: w, height, viewBox: `0 0 ${w} ${height}`, role: "img", class: "eq",
      "aria-label": `Request weight of ${data.minutes.length} minutes: now ${data.ours} of ${data.ours_max}, most ${data.peak}` });
    root.append(svg("path", { d: `M0 ${y(0)}H${w - right}`, class: "e-zero" }), svg("path", { d: `M0 ${y(data.ours_max)}H${w - right}`, class: "l-safe" }), svg("text", { x: w - right + 5, y: y(data.ours_max) + 4, class: "l-safetext" }, num(data.ours_max, 0)), svg("text", { x: w - right + 5, y: y(0) + 4, class: "e-text" }, "0"));
    data.minutes.forEach((minute, i) => {
      const x = w - right - (data.minutes.length - i) * step;
      const now = i === data.minutes.length - 1;
      const whole = svg("rect", { x: x + step * 0.15, y: y(minute.used), width: Math.max(1, step * 0.7), height: y(0) - y(minute.used), class: "l-used" });
      const ours = svg("rect", { x: x + step * 0.15, y: y(minute.ours), width: Math.max(1, step * 0.7), height: y(0) - y(minute.ours), class: now ? "l-now" : "l-ours" });
      ours.append(svg("title", {}, `${time(minute.end)}: ours ${num(minute.ours, 0)}, whole address ${num(minute.used, 0)}`));
      root.append(whole, ours);
    });
    root.append(svg("text", { x: 0, y: height - 4, class: "e-text" }, `one bar a minute; pale: the whole address; line: ${Math.round((data.ours_max / Math.max(1, data.limit)) * 100)} %, ours`), svg("text", { x: w - right, y: height - 4, class: "e-value", "text-anchor": "end" }, "now"));
    return root;
  }

  private drawCounters(data: Limits): void {
    const use = (one: LimitUse): HTMLElement => {
      const fill = h("i", one.used / Math.max(1, one.limit) > 0.8 ? "warn" : "");
      fill.style.width = `${Math.min(1, one.used / Math.max(1, one.limit)) * 100}%`;
      return h("div", "luse", h("span", "t2", one.name.charAt(0).toUpperCase() + one.name.slice(1)), h("span", "num", h("b", {}, num(one.used, 0)), h("span", "t3", ` of ${num(one.limit, 0)}`)), h("span", "meter", fill));
    };
    const now = this.model.now();
    put(this.counters.body, h("h3", {}, "Orders of the account"), ...(data.orders.length ? data.orders.map(use) : [h("div", "s t3", "None counted: no order goes to the exchange.")]),
      h("h3", {}, "Counted in 5 minutes"), ...(data.five_minutes.length ? data.five_minutes.map(use) : [h("div", "s t3", "None counted yet.")]),
      h("h3", {}, "Bans"), data.bans.length === 0 ? h("div", "s t3", "None since the start.") : h("ul", "bans", ...data.bans.slice(0, 50).map((ban) => h("li", {}, ban.from === null ? "met by an earlier run" : when(ban.from, now), h("span", "t3", ` until ${when(ban.until, now)}${ban.from === null ? "" : `, ${age(ban.until - ban.from)}`}`)))),
      h("dl", "kv", h("dt", {}, "Refused for want of room"), h("dd", {}, num(data.refused, 0)), h("dt", {}, "Clock of the exchange"), h("dd", {}, data.clock_offset_ms === null ? h("span", "na", "not known") : `${data.clock_offset_ms >= 0 ? "+" : "−"}${num(Math.abs(data.clock_offset_ms), 0)} ms`)));
  }

  private drawStreams(data: Limits): void {
    say(this.streams.subtitle, `${data.streams.filter((s) => s.state === "live").length} of ${data.streams.length} connections live · lag against the exchange's clock, ms`);
    if (data.streams.length === 0) {
      put(this.streams.body, emptyState("No stream", "Connections stand here once candles come from an exchange.", { name: "Data", href: href("data") }));
      return;
    }
    const heads: [string, string][] = [["Route", ""], ["State", ""], ["Streams", "num"], ["Messages", "num"], ["Last data", "num"], ["Lag", "lhist"], ["p50", "num"], ["p95", "num"], ["p99", "num"], ["Reconnects", "num"], ["Renewals", "num"], ["Unread", "num"], ["Last end", "lend"]];
    const warn = (text: string, on: boolean): Child => (on ? h("span", "warn", text) : text);
    put(this.streams.body, h("div", "lscroll", h("table", "t", h("thead", {}, h("tr", {}, ...heads.map(([name, cls]) => h("th", { class: cls, scope: "col" }, name)))), h("tbody", "plain", ...data.streams.map((s) => h("tr", {},
      h("td", {}, h("b", {}, s.route), h("span", "t3", ` ${s.number}`)), h("td", {}, h("span", `chip ${s.state === "live" ? "line" : s.state === "stopped" ? "crit" : "warn"}`, s.state === "live" ? "" : s.state === "stopped" ? "■ " : "◆ ", s.state)),
      h("td", "num", warn(s.subscribed === s.streams ? num(s.streams, 0) : `${s.subscribed} of ${s.streams}`, s.subscribed !== s.streams), s.refused > 0 ? h("span", "crit", ` ${s.refused} refused`) : null),
      h("td", "num", compact(s.messages)), h("td", "num", s.data_age_ms === null ? NONE : warn(s.data_age_ms < 10_000 ? `${ms(s.data_age_ms)} ms` : ms(s.data_age_ms), s.data_age_ms > 10_000)), h("td", "lhist", histogram(s.lag, `Lag of ${s.route} ${s.number}`)),
      h("td", "num", ms(s.lag.p50_ms)), h("td", "num", ms(s.lag.p95_ms)), h("td", "num", warn(ms(s.lag.p99_ms), (s.lag.p99_ms ?? 0) >= 1_000)), h("td", "num", num(s.reconnects, 0)), h("td", "num", num(s.renewals, 0)), h("td", "num", num(s.rubbish, 0)),
      h("td", "lend t3", s.last_end ?? NONE)))))));
  }

  private drawLatency(data: Latency): void {
    const row = (title: Child, took: Quantiles, label: string, reason: string | null): HTMLElement => h("div", "lstage", h("div", "lsname", title), histogram(took, label),
      reason || took.count === 0 ? h("span", "na", reason ?? "nothing measured yet") : h("span", "lq", h("b", {}, ms(took.p50_ms)), " · ", h("b", {}, ms(took.p95_ms)), " · ", h("b", {}, ms(took.p99_ms)), h("span", "t3 xs", `n ${compact(took.count)}`)));
    put(this.stages.body, ...data.stages.map((s) => row([h("b", {}, s.name), h("span", "t3 xs", s.title)].reduce((box, child) => { box.append(child); return box; }, h("div", "lsbox")), s.took, s.title, s.reason)),
      h("div", "lstage laxis", h("span", "t3 xs", "p50 · p95 · p99 in ms"), h("span", "laxisline t3 xs", ...[1, 10, 100, 1_000, 10_000].map((v) => h("span", {}, v >= 1_000 ? `${v / 1_000} s` : String(v)))), h("span", {})));
    say(this.calls.subtitle, `${data.calls.length} endpoints since ${when(data.since, this.model.now())} · ms to the head of the answer`);
    if (data.calls.length === 0) {
      put(this.calls.body, emptyState("No call yet", "Requests to the exchange stand here by their address."));
      return;
    }
    const heads: [string, string][] = [["Endpoint", ""], ["Sent", "num"], ["Failed", "num"], ["p50", "num"], ["p95", "num"], ["p99", "num"]];
    put(this.calls.body, h("div", "lscroll", h("table", "t", h("thead", {}, h("tr", {}, ...heads.map(([name, cls]) => h("th", { class: cls, scope: "col" }, name)))), h("tbody", "plain", ...data.calls.map((c) => h("tr", {},
      h("td", "mono", c.endpoint), h("td", "num", num(c.sent, 0)), h("td", "num", c.failed > 0 ? h("span", "warn", num(c.failed, 0)) : "0"), h("td", "num", ms(c.took.p50_ms)), h("td", "num", ms(c.took.p95_ms)), h("td", "num", ms(c.took.p99_ms))))))));
  }
}

function ms(value: number | null): string {
  if (value === null) return NONE;
  return value >= 10_000 ? `${num(value / 1_000, 1)} s` : num(value, value < 10 && value % 1 !== 0 ? 1 : 0);
}

/** Steps of a histogram on the common log axis; a hatch when there is nothing. */
function histogram(of: Quantiles, label: string): Element {
  if (of.count === 0 || of.buckets.length === 0) return h("span", { class: "lhatch hatch", role: "img", "aria-label": `${label}: nothing measured` });
  const [w, height] = [200, 22];
  const x = (v: number): number => Math.max(0, Math.min(1, Math.log10(v / AXIS[0]) / Math.log10(AXIS[1] / AXIS[0]))) * w;
  const most = Math.max(...of.buckets.map((b) => b.count));
  const root = svg("svg", { viewBox: `0 0 ${w} ${height}`, preserveAspectRatio: "none", class: "lhistogram", role: "img", "aria-label": `${label}: half within ${ms(of.p50_ms)} ms, 95 % within ${ms(of.p95_ms)} ms, 99 % within ${ms(of.p99_ms)} ms, n = ${of.count}` });
  for (const v of [10, 100, 1_000]) root.append(svg("path", { d: `M${x(v)} 0V${height}`, class: "e-grid" }));
  let before = AXIS[0];
  for (const bucket of of.buckets) {
    const to = bucket.up_to_ms ?? AXIS[1];
    const [left, right] = [x(before), x(Math.max(to, AXIS[0] * 1.06))];
    before = to;
    if (bucket.count === 0) continue;
    const tall = Math.max(1, (bucket.count / most) * (height - 1));
    root.append(svg("rect", { x: left + 0.5, y: height - tall, width: Math.max(1.2, right - left - 1), height: tall, class: to > 1_000 ? "l-slow" : "l-bar" }));
  }
  return root;
}
