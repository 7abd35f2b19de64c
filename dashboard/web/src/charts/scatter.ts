import type { Excursion } from "../api";
import { empty, svg } from "../dom";
import { num, signed } from "../format";
import { ticks } from "./figure";

/** Best against worst moment of each trade: ● won, × lost, ○ even; lines at the stop and the targets. */
export function scatter(points: Excursion[], w: number, height: number): Node {
  if (points.length === 0) return empty("No closed trade yet", "Each trade is a mark: how far it went against us, and how far for us.");
  const low = Math.min(-1.05, ...points.map((p) => p.mae_r));
  const high = Math.max(2.1, ...points.map((p) => p.mfe_r));
  const [left, bottom] = [30, 22];
  const x = (v: number): number => left + ((v - low) / -low) * (w - left - 12);
  const y = (v: number): number => 6 + ((high - v) / high) * (height - bottom - 8);
  const count = (outcome: string): number => points.filter((p) => p.outcome === outcome).length;
  const root = svg("svg", { width: w, height, viewBox: `0 0 ${w} ${height}`, role: "img", class: "eq",
    "aria-label": `Worst and best moment of ${points.length} trades: ${count("win")} won, ${count("break_even")} even, ${count("loss")} lost` });
  const text = (tx: number, ty: number, words: string, cls = "e-text", anchor = "middle") => svg("text", { x: tx, y: ty, class: cls, "text-anchor": anchor }, words);
  for (const v of ticks(0, high)) root.append(svg("path", { d: `M${left} ${y(v)}H${w}`, class: "e-grid" }), text(left - 5, y(v) + 4, signed(v, 0), "e-text", "end"));
  for (const v of ticks(low, 0)) root.append(svg("path", { d: `M${x(v)} 0V${height - bottom}`, class: "e-grid" }), text(x(v), height - 5, num(v, 2)));
  for (const [name, v] of [["TP1", 1], ["TP2", 2]] as const) root.append(svg("path", { d: `M${left} ${y(v)}H${w}`, class: "s-tp" }), text(w - 4, y(v) - 4, name, "s-tpname", "end"));
  root.append(svg("path", { d: `M${x(-1)} 0V${height - bottom}`, class: "s-stop" }), text(x(-1) + 5, 12, "stop", "e-dn", "start"));
  for (const p of points) {
    const [px, py] = [x(Math.min(0, p.mae_r)), y(Math.max(0, p.mfe_r))];
    root.append(p.outcome === "loss" ? svg("path", { d: `M${px - 3} ${py - 3}l6 6m0 -6l-6 6`, class: "s-lost" })
      : svg("circle", { cx: px, cy: py, r: p.outcome === "win" ? 3 : 2.6, class: p.outcome === "win" ? "s-won" : "s-even" }));
  }
  return root;
}
