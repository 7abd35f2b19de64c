import type { Num, Side } from "./api";

const MINUS = "−";
const THIN = " ";
export const NONE = "—";

const clock = (seconds: boolean) => new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Kyiv", hour: "2-digit", minute: "2-digit", ...(seconds ? { second: "2-digit" } : {}), hourCycle: "h23",
});
const clockMinutes = clock(false);
const clockSeconds = clock(true);
const day = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Kyiv", day: "numeric", month: "short" });
const weekday = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Kyiv", weekday: "short", day: "numeric", month: "short" });

/** Thin spaces between thousands, a true minus, a decimal point. */
export function num(value: Num | undefined, decimals: number): string {
  if (value === null || value === undefined) return NONE;
  const [whole, part] = Math.abs(value).toFixed(decimals).split(".");
  const sign = value < 0 && Number(Math.abs(value).toFixed(decimals)) !== 0 ? MINUS : "";
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, THIN) + (part ? `.${part}` : "");
}

/** Always with its sign; zero has none. */
export function signed(value: Num | undefined, decimals: number): string {
  if (value === null || value === undefined) return NONE;
  return (Number(value.toFixed(decimals)) > 0 ? "+" : "") + num(value, decimals);
}

export function signClass(value: Num | undefined): string {
  return value === null || value === undefined || Math.abs(value) < 0.005 ? "" : value > 0 ? "up" : "dn";
}

export function compact(value: Num | undefined): string {
  if (value === null || value === undefined) return NONE;
  for (const [size, name] of [[1e9, "B"], [1e6, "M"], [1e3, "K"]] as const) {
    if (Math.abs(value) >= size) return `${num(value / size, Math.abs(value) / size < 100 ? 2 : 0)} ${name}`;
  }
  return num(value, Math.abs(value) < 10 && !Number.isInteger(value) ? 2 : 0);
}

export function percent(share: Num | undefined, decimals = 1): string {
  return share === null || share === undefined ? NONE : `${num(share * 100, decimals)} %`;
}

/** A value that was checked: as many decimals as it needs, two at least when small. */
export function checked(value: Num | undefined): string {
  if (value === null || value === undefined) return NONE;
  const size = Math.abs(value);
  return num(value, size >= 1000 ? 0 : size >= 100 ? 1 : size >= 0.01 || size === 0 ? 2 : 5);
}

export const time = (ms: number): string => clockMinutes.format(ms);
export const timeSeconds = (ms: number): string => clockSeconds.format(ms);
export const dayTime = (ms: number): string => `${weekday.format(ms)} ${clockMinutes.format(ms)}`;

/** Only the time when it is of the same day, else the date too. */
export function when(ms: number, nowMs: number): string {
  return day.format(ms) === day.format(nowMs) ? time(ms) : `${day.format(ms)} ${time(ms)}`;
}

export const date = (ms: number): string => day.format(ms);

export function age(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, "0")}`;
  return `${Math.floor(hours / 24)} d`;
}

export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const two = (n: number): string => String(n).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

const SPECIAL: Record<string, string> = {
  BreakAndRetest: "Break & Retest", MaVwapPullback: "MA/VWAP Pullback", ActionPrice: "Action Price",
  LiquiditySweep: "Liquidity Sweep", OrderFlow: "Order Flow", VolumeProfile: "Volume Profile",
};

/** Names of code in words: `LiquiditySweep` is Liquidity Sweep, `tp1_taken` is tp1 taken. */
export function words(name: string): string {
  return SPECIAL[name] ?? name.replace(/_/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2");
}

export const base = (symbol: string): string => symbol.replace(/USDT$/, "");
export const sideWord = (side: Side): string => (side === "long" ? "Long" : "Short");
export const sideClass = (side: Side): string => (side === "long" ? "dir L" : "dir S");
export const sign = (side: Side): number => (side === "long" ? 1 : -1);

export const REGIMES: Record<string, { glyph: string; word: string }> = {
  RANGE: { glyph: "↔", word: "Range" }, SQUEEZE: { glyph: "›‹", word: "Squeeze" }, CHOP: { glyph: "≈", word: "Chop" },
  UNDECIDED: { glyph: "?", word: "Undecided" },
};

export function regimeWord(label: string, direction: number): { text: string; cls: string } {
  const name = label.toUpperCase();
  if (name === "TREND") {
    return direction > 0 ? { text: "↗ Trend", cls: "up" } : direction < 0 ? { text: "↘ Trend", cls: "dn" } : { text: "Trend", cls: "" };
  }
  const known = REGIMES[name];
  return { text: known ? `${known.glyph} ${known.word}` : words(label), cls: "" };
}
