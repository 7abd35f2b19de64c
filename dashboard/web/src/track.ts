import type { Num } from "./api";
import { svg } from "./dom";
import { signed } from "./format";

/** Stop … entry … TP1 … TP2, always in R, so that shorts and longs read alike. */
export interface Track { width: number; price: Num; mfe: Num; mae: Num; stop: number; tp1Done: boolean; last: number }

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export function track(t: Track): SVGSVGElement {
  const height = 22;
  const y = height / 2;
  const x = (r: number): number => 5 + ((clamp(r, -1, t.last) + 1) / (t.last + 1)) * (t.width - 10);
  const bar = (from: number, to: number, fill: string) => svg("rect", {
    x: Math.min(x(from), x(to)), y: y - 2, width: Math.abs(x(to) - x(from)), height: 4, class: fill, rx: 1,
  });
  const tick = (r: number, half: number, cls: string) => svg("path", { d: `M${x(r)} ${y - half}v${half * 2}`, class: cls });
  const known = t.price !== null;
  const label = known
    ? `price at ${signed(t.price, 2)} R, best ${signed(t.mfe, 2)} R, worst ${signed(t.mae, 2)} R, stop at ${signed(t.stop, 2)} R`
    : "no position yet";
  const root = svg("svg", { width: t.width, height, viewBox: `0 0 ${t.width} ${height}`, role: "img", "aria-label": label, class: "track" });
  root.append(bar(-1, 0, "k-dn-deep"), bar(0, t.last, "k-up-deep"));
  if (t.stop > -1) root.append(bar(-1, Math.min(t.stop, 0), "k-gone"));
  if (t.mfe !== null && t.mae !== null) {
    root.append(svg("rect", {
      x: x(t.mae), y: y - 3.5, width: Math.max(0, x(t.mfe) - x(t.mae)), height: 7, class: "k-range", rx: 1.5,
    }));
  }
  if (known) root.append(bar(0, t.price as number, (t.price as number) >= 0 ? "k-up" : "k-dn"));
  root.append(tick(t.stop, 7, "k-stop"), tick(0, 7, "k-entry"), tick(1, 6, t.tp1Done ? "k-tp k-thick" : "k-tp"));
  if (t.last > 1) root.append(tick(t.last, 7, "k-tp"));
  if (known) root.append(svg("path", { d: `M${x(t.price as number)} ${y - 5.5}l5 5.5-5 5.5-5-5.5z`, class: "k-now" }));
  return root;
}
