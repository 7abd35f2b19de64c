import type { ScoreBucket } from "../api";
import { empty, svg } from "../dom";
import { signed } from "../format";
import { ticks } from "./figure";

const SOLID_FROM = 20;

/** Mean net R of each score range with its interval; hollow and dashed below twenty trades. */
export function buckets(rows: ScoreBucket[], w: number, height: number): Node {
  const known = rows.filter((row) => row.n > 0 && row.mean_r !== null);
  if (known.length === 0) return empty("No trade with a score yet", "Each score range gets its mean and interval here.");
  const values = known.flatMap((row) => [row.mean_r ?? 0, ...(row.mean_r_ci95 ?? [])]);
  const [low, high] = [Math.min(-0.2, ...values), Math.max(0.2, ...values)];
  const [left, bottom] = [34, 36];
  const y = (v: number): number => 8 + ((high - v) / (high - low)) * (height - bottom - 16);
  const step = (w - left) / known.length;
  const root = svg("svg", { width: w, height, viewBox: `0 0 ${w} ${height}`, role: "img", class: "eq",
    "aria-label": `Net R by score: ${known.map((row) => `${row.label} ${signed(row.mean_r, 2)} R of ${row.n}`).join("; ")}` });
  const text = (x: number, ty: number, words: string, cls = "e-text", anchor = "middle") => svg("text", { x, y: ty, class: cls, "text-anchor": anchor }, words);
  for (const v of ticks(low, high)) root.append(svg("path", { d: `M${left} ${y(v)}H${w}`, class: v === 0 ? "e-zero" : "e-grid" }), text(left - 6, y(v) + 4, signed(v, 1), "e-text", "end"));
  known.forEach((row, i) => {
    const x = left + (i + 0.5) * step;
    const hollow = row.n < SOLID_FROM;
    const ci = row.mean_r_ci95;
    const at = y(row.mean_r ?? 0);
    const right = i < known.length - 1 || step > 90;
    root.append(svg("g", hollow ? { class: "whisker hollow" } : { class: "whisker" },
      ci ? svg("path", { d: `M${x} ${y(ci[0])}V${y(ci[1])}M${x - 4} ${y(ci[0])}h8M${x - 4} ${y(ci[1])}h8`, class: "wk-line" }) : null,
      svg("circle", { cx: x, cy: at, r: 4.5, class: "wk-dot" })),
    text(right ? x + 8 : x - 8, at + 4, signed(row.mean_r, 2), "e-value", right ? "start" : "end"),
    text(x, height - 18, row.label), text(x, height - 4, `n ${row.n}`));
  });
  return root;
}
