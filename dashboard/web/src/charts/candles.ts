import type { Candle, Num, Signal } from "../api";
import { svg } from "../dom";
import { num, time } from "../format";
import { ticks } from "./figure";

const AXIS = 68;
const FOOT = 18;

/** A small candle chart around one signal: entry, stop, targets, and the bars it lived through. */
export function miniCandles(bars: Candle[], signal: Signal, decisionBar: number, ema: Num[], decimals: number, w: number, height: number): SVGSVGElement {
  const levels = [signal.initial_stop, signal.entry_price, signal.tp1, ...(signal.tp2 === null ? [] : [signal.tp2])];
  const low = Math.min(...bars.map((b) => b.low), ...levels);
  const high = Math.max(...bars.map((b) => b.high), ...levels);
  const pad = (high - low) * 0.04;
  const plot = w - AXIS;
  const step = plot / (bars.length + 2);
  const x = (i: number): number => (i + 0.5) * step;
  const y = (v: number): number => ((high + pad - v) / (high - low + 2 * pad)) * (height - FOOT);
  const from = Math.max(0, x(decisionBar) + step / 2);
  const end = signal.closed_at === null ? plot : Math.min(plot, x(bars.findLastIndex((b) => b.open_time <= (signal.closed_at ?? 0))) + step / 2);
  const root = svg("svg", { width: w, height, viewBox: `0 0 ${w} ${height}`, role: "img", class: "eq mini",
    "aria-label": `${bars.length} candles around the ${signal.direction} of ${signal.symbol}: entry ${num(signal.entry_price, decimals)}, stop ${num(signal.initial_stop, decimals)}, first target ${num(signal.tp1, decimals)}` });
  const band = (a: number, b: number, cls: string) => svg("rect", { x: from, y: y(Math.max(a, b)), width: Math.max(0, end - from), height: Math.abs(y(a) - y(b)), class: cls });
  root.append(band(signal.entry_price, signal.tp2 ?? signal.tp1, "m-gain"), band(signal.entry_price, signal.initial_stop, "m-risk"));
  const labels = [[signal.entry_price, "m-entry"], [signal.initial_stop, "m-stop"], [signal.tp1, "m-tp"], ...(signal.tp2 === null ? [] : [[signal.tp2, "m-tp"]])] as [number, string][];
  for (const v of ticks(low, high, 4)) {
    root.append(svg("path", { d: `M0 ${y(v)}H${plot}`, class: "e-grid" }));
    if (labels.every(([price]) => Math.abs(y(price) - y(v)) > 15)) root.append(svg("text", { x: plot + AXIS / 2, y: y(v) + 4, class: "e-text", "text-anchor": "middle" }, num(v, decimals)));
  }
  bars.forEach((bar, i) => {
    const up = bar.close >= bar.open;
    const [top, bottom] = [y(Math.max(bar.open, bar.close)), y(Math.min(bar.open, bar.close))];
    root.append(svg("path", { d: `M${x(i)} ${y(bar.high)}V${y(bar.low)}`, class: up ? "m-up" : "m-dn" }),
      svg("rect", { x: x(i) - step * 0.34, y: top, width: Math.max(1, step * 0.68), height: Math.max(1, bottom - top), class: up ? "m-upfill" : "m-dnfill" }));
  });
  const line = ema.map((v, i) => (v === null || v < low - pad || v > high + pad ? "" : `${i === 0 || ema[i - 1] === null ? "M" : "L"}${x(i).toFixed(1)} ${y(v).toFixed(1)}`)).join("");
  if (line) root.append(svg("path", { d: line.replace(/^L/, "M"), class: "m-ema" }));
  // Labels never cover each other: pushed apart, the line stays where the price is.
  const placed = labels.map(([price, cls]) => ({ price, cls, at: y(price) })).sort((a, b) => a.at - b.at);
  for (let i = 1; i < placed.length; i++) placed[i].at = Math.max(placed[i].at, placed[i - 1].at + 17);
  for (const one of placed) {
    root.append(svg("path", { d: `M${from} ${y(one.price)}H${plot}`, class: one.cls }), svg("rect", { x: plot + 1, y: one.at - 8, width: AXIS - 2, height: 16, rx: 3, class: `${one.cls}tag` }),
      svg("text", { x: plot + AXIS / 2, y: one.at + 4, class: "e-tagtext", "text-anchor": "middle" }, num(one.price, decimals)));
  }
  const long = signal.direction === "long";
  const bar = bars[decisionBar];
  if (bar) root.append(svg("path", { d: long ? `M${x(decisionBar)} ${y(bar.low) + 4}l5 8h-10z` : `M${x(decisionBar)} ${y(bar.high) - 4}l5 -8h-10z`, class: long ? "m-upfill" : "m-dnfill" }));
  for (const share of [0.12, 0.5, 0.88]) {
    const i = Math.round(share * (bars.length - 1));
    root.append(svg("text", { x: x(i), y: height - 4, class: "e-text", "text-anchor": "middle" }, time(bars[i].open_time)));
  }
  return root;
}
