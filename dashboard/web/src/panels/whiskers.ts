import type { Statistics } from "../api";
import { empty, h, put, svg } from "../dom";
import { num, percent, signClass, signed, words } from "../format";
import { RATE_FROM, SOLID_FROM } from "./results";

/** Net R per trade of each group on a common axis, with n and, from ten trades on, the win rate with its interval. */
export function whiskers(box: HTMLElement, rows: Statistics[], name: (s: Statistics) => string = groupName): void {
  const shown = rows.filter((s) => s.n > 0);
  if (shown.length === 0) {
    put(box, empty("No closed trade yet", "Groups appear with their first trade."));
    return;
  }
  const bounds = shown.flatMap((s) => [s.expectancy_r_net ?? 0, ...(s.n >= 5 ? s.expectancy_r_net_ci95 ?? [] : [])].map(Math.abs));
  const reach = Math.min(3, Math.max(0.5, ...bounds)) * 1.05;
  put(box, h("table", "t whisk", h("thead", {}, h("tr", {}, h("th", { scope: "col" }, ""), h("th", { class: "num", scope: "col" }, "n"),
    h("th", { class: "axis", scope: "col" }, h("span", {}, signed(-reach, 1)), h("span", {}, "0"), h("span", {}, signed(reach, 1))), h("th", { class: "num", scope: "col" }, "R · win rate, 95 %"))),
  h("tbody", {}, ...shown.map((s) => h("tr", {}, h("th", { scope: "row", class: "t2 ell" }, name(s)), h("td", "num t1", s.n), h("td", "axis", whisker(s, reach)),
    h("td", "num", h("b", signClass(s.expectancy_r_net), signed(s.expectancy_r_net, 2)), " ", s.n < RATE_FROM || s.win_rate === null ? h("span", "t3", `no rate below ${RATE_FROM}`)
      : h("span", "t3", `${percent(s.win_rate, 0)}${s.win_rate_ci95 ? ` [${num(s.win_rate_ci95[0] * 100, 0)}–${num(s.win_rate_ci95[1] * 100, 0)}]` : ""}`)))))));
}

export const groupName = (s: Statistics): string => {
  const text = words(s.name.toUpperCase() === s.name ? s.name.toLowerCase() : s.name);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** Hollow and dashed below twenty; blue or orange only when the whole interval is clear of zero. */
function whisker(s: Statistics, reach: number): SVGSVGElement {
  const [w, y] = [130, 9];
  const x = (v: number): number => 4 + ((Math.max(-reach, Math.min(reach, v)) + reach) / (2 * reach)) * (w - 8);
  const ci = s.expectancy_r_net_ci95;
  const hollow = s.n < SOLID_FROM;
  const clear = hollow || !ci ? "" : ci[0] > 0 ? "pos" : ci[1] < 0 ? "neg" : "";
  return svg("svg", { width: "100%", height: 18, viewBox: `0 0 ${w} 18`, preserveAspectRatio: "none", class: `whisker ${hollow ? "hollow" : ""} ${clear}`, role: "img",
    "aria-label": `${signed(s.expectancy_r_net, 2)} R per trade, ${ci ? `95 % ${signed(ci[0], 2)} to ${signed(ci[1], 2)}` : "no interval"}, n = ${s.n}` },
    svg("path", { d: `M${x(0)} 0v18`, class: "wk-zero" }), ci ? svg("path", { d: `M${x(ci[0])} ${y}H${x(ci[1])}`, class: "wk-line" }) : null,
    s.expectancy_r_net === null ? null : svg("circle", { cx: x(s.expectancy_r_net), cy: y, r: 3.4, class: "wk-dot" }));
}
