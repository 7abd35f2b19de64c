import type { Predicate, ScorePart } from "../api";
import { h } from "../dom";
import { NONE, checked, signed, words } from "../format";

const MARK = { passed: "✓", failed: "✕", unavailable: "○" } as const;
const STATE = { passed: "passed", failed: "failed", unavailable: "unavailable" } as const;

/** Value against threshold, in words: `0.61 ≤ 0.10 ATR`. */
export function against(p: Predicate): string {
  if (p.state === "unavailable") return p.text ?? "unavailable";
  if (p.value === null) return p.text ?? NONE;
  const limit = p.threshold === null ? "" : ` ${p.comparison} ${checked(p.threshold)}`;
  return `${checked(p.value)}${limit}${p.unit ? ` ${p.unit}` : ""}`;
}

/** One check: mark, name, bar with its threshold as a tick, numbers. Unavailable is a hatch, never zero. */
export function checkRow(p: Predicate): HTMLElement {
  const bar = h("span", p.state === "unavailable" ? "b hatch" : "b");
  if (p.state !== "unavailable" && p.value !== null && p.threshold !== null) {
    const most = Math.max(Math.abs(p.value), Math.abs(p.threshold), 1e-12) * 1.35;
    const fill = h("i", p.state);
    fill.style.width = `${(Math.abs(p.value) / most) * 100}%`;
    const tick = h("u");
    tick.style.left = `${(Math.abs(p.threshold) / most) * 100}%`;
    bar.append(fill, tick);
  } else if (p.state !== "unavailable") {
    const fill = h("i", p.state);
    fill.style.width = p.state === "passed" ? "100%" : "12%";
    bar.append(fill);
  }
  const numbers = p.state === "unavailable" || p.value === null
    ? h("span", p.state === "unavailable" ? "v t3 ell" : "v ell", p.text ?? STATE[p.state])
    : h("span", "v", `${checked(p.value)} `, h("span", {}, p.threshold === null ? p.unit : `${p.comparison} ${checked(p.threshold)}${p.unit ? ` ${p.unit}` : ""}`));
  return h("div", { class: `pr ${p.state}`, title: `${words(p.name)}: ${STATE[p.state]}, ${against(p)}` },
    h("span", "m", MARK[p.state]), h("span", "ell", words(p.name)), bar, numbers, h("span", "vh", STATE[p.state]));
}

/** The score's steps. The line is the threshold; an unavailable part keeps a hatched slot of its possible size. */
export function waterfall(parts: ScorePart[], threshold: number | null, total: number | null): HTMLElement {
  let sum = 0;
  let [low, high] = [0, threshold ?? 0];
  for (const part of parts) {
    if (part.state === "applied") sum += part.points ?? 0;
    const possible = part.state === "unavailable" ? sum + Math.max(part.points ?? 1, 0) : sum;
    [low, high] = [Math.min(low, sum), Math.max(high, sum, possible)];
  }
  high = Math.max(high, total ?? 0) * 1.05 || 1;
  const at = (v: number): number => ((v - low) / (high - low)) * 100;
  const bar = (cls: string, from: number, to: number): HTMLElement => {
    const i = h("i", cls);
    i.style.left = `${at(Math.min(from, to))}%`;
    i.style.width = `${Math.max(at(Math.max(from, to)) - at(Math.min(from, to)), 0.8)}%`;
    return i;
  };
  const line = (): HTMLElement | null => {
    if (threshold === null) return null;
    const i = h("i", "w-line");
    i.style.left = `${at(threshold)}%`;
    return i;
  };
  const root = h("div", "wf");
  let running = 0;
  parts.forEach((part, index) => {
    const points = part.points ?? 0;
    const quiet = part.state !== "applied";
    const step = part.state === "unavailable" ? bar("hatch", running, running + Math.max(part.points ?? 1, 0.3))
      : part.state === "not_applied" || points === 0 ? bar("w-zero", running, running)
        : bar(points < 0 ? "w-minus" : index === 0 ? "w-base" : "w-step", running, running + points);
    if (part.state === "applied") running += points;
    const value = part.state === "unavailable" ? NONE : index === 0 ? checked(points) : signed(points, 2);
    root.append(
      h("span", { class: `ell ${quiet ? "t3" : ""}`, title: part.because }, words(part.name)),
      h("span", "b", step, line()), h("span", { class: `v ${quiet ? "t3" : ""}`, title: part.because }, value));
  });
  if (total !== null) {
    root.append(h("b", {}, "Total"), h("span", "b", bar("w-total", 0, total), line()), h("b", "v", checked(total)));
  }
  return root;
}
