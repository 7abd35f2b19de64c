import type { Setting, SettingValue } from "../api";
import { NONE } from "../format";

/** A value as somebody would type it: never `1e-7`. */
export function plain(value: SettingValue | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "string") return value === "" ? "empty" : value;
  const text = String(value);
  return (text.includes("e") ? value.toFixed(12).replace(/0+$/, "").replace(/\.$/, "") : text).replace("-", "−");
}

export function withUnit(setting: Setting, value: SettingValue | null | undefined): string {
  return setting.unit && typeof value === "number" ? `${plain(value)} ${setting.unit}` : plain(value);
}

export function rangeText(setting: Setting): string {
  const { min, max } = setting;
  if (min !== null && max !== null) return `${plain(min)} to ${plain(max)}`;
  if (min !== null) return `${plain(min)} or more`;
  if (max !== null) return `${plain(max)} or less`;
  return setting.allowed;
}

/** What was typed as a value, or what is wrong with it and what is allowed. */
export function readValue(setting: Setting, text: string): { value: SettingValue } | { fault: string } {
  if (setting.type === "boolean") return { value: text === "true" };
  if (setting.type === "choice") return setting.choices.includes(text) ? { value: text } : { fault: `“${text}” is none of ${setting.choices.join(", ")}` };
  if (setting.type === "text") return { value: text };
  const unit = setting.unit ? ` ${setting.unit}` : "";
  const written = text.trim().replace(/[−–]/g, "-").replace(/\s/g, "");
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(written)) return { fault: `“${text}” is no number; allowed: ${rangeText(setting)}${unit}` };
  const value = Number(written);
  if (setting.type === "integer" && !Number.isInteger(value)) return { fault: `${plain(value)} is not whole; allowed: ${rangeText(setting)}${unit}` };
  const outside = (setting.min !== null && value < setting.min) || (setting.max !== null && value > setting.max);
  return outside ? { fault: `${plain(value)}${unit} is outside; allowed: ${rangeText(setting)}${unit}` } : { value };
}

/** The text of a value as an input holds it. */
export function typed(value: SettingValue | null): string {
  if (value === null) return "";
  return typeof value === "number" ? plain(value).replace("−", "-") : String(value);
}
