import type { Backtest, BacktestOrder, Num } from "../../api";
import { age, base, words } from "../../format";
import { plain } from "../../panels/setting";

export const STATES: Record<Backtest["state"], [text: string, cls: string]> = {
  queued: ["◔ Waiting", "chip line"], running: ["● Running", "chip"], done: ["✓ Done", "chip line"], failed: ["✕ Failed", "chip crit"], cancelled: ["⊘ Cancelled", "chip line"], interrupted: ["✕ Interrupted", "chip warn"],
};
/** Kinds of lines, in the order of the runs that are compared. */
export const LINES = ["b1", "b2", "b3", "b4"];
export const day = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
export const stamp = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export function lasting(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 3_600 ? `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, "0")}` : age(seconds * 1_000);
}

/** The day, UTC, as a date field has it; null while not known. */
export const iso = (ms: Num): string | null => (ms === null ? null : new Date(ms).toISOString().slice(0, 10));

/** A run has no name of its own: what sets it apart does. */
export function nameOf(run: Backtest | undefined): string {
  if (!run) return "a run that is gone";
  const { order } = run;
  const changes = Object.entries(order.overrides).map(([path, value]) => `${words(path.split(".").pop() ?? path)} ${plain(value)}`);
  const parts = [order.profile ?? "as configured", order.strategies.length === 1 ? words(order.strategies[0]) : order.strategies.length > 1 ? `${order.strategies.length} strategies` : "",
    order.symbols.length === 1 ? base(order.symbols[0]) : order.symbols.length > 1 ? `${order.symbols.length} symbols` : "", changes.length > 2 ? `${changes.length} changes` : changes.join(", ")];
  return parts.filter(Boolean).join(", ");
}

export const spanText = (order: BacktestOrder): string => `${order.data || "all folders"} · ${order.from === null && order.to === null ? "whole span" : `${order.from === null ? "begin" : day.format(order.from)} – ${order.to === null ? "end" : day.format(order.to)}`}`;

export function describe(order: BacktestOrder): string {
  return [spanText(order), order.symbols.length ? order.symbols.join(", ") : "all symbols", order.strategies.length ? order.strategies.join(", ") : "strategies that are switched on", `ledger ${order.ledger}`, ...Object.entries(order.overrides).map(([path, value]) => `${path} = ${plain(value)}`)].join("; ");
}
