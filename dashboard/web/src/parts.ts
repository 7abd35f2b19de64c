import { Problem } from "./api";
import { h } from "./dom";

const SKELETON_AFTER_MS = 200;
const SAY_AFTER_MS = 5_000;

/** Nothing for 200 ms, then grey bars over what the box holds (class `cover`); after 5 s it says what it waits for. Call the answer to end it. */
export function skeleton(box: HTMLElement): () => void {
  const bars = h("div", { class: "skels cover", role: "status", "aria-label": "Loading" }, ...[46, 88, 74, 92, 66, 80].map((width) => {
    const bar = h("i", "skel");
    bar.style.width = `${width}%`;
    return bar;
  }));
  const shown = setTimeout(() => box.append(bars), SKELETON_AFTER_MS);
  const said = setTimeout(() => bars.append(h("span", "t3 s", "Still waiting for the program's answer …")), SAY_AFTER_MS);
  return () => {
    clearTimeout(shown);
    clearTimeout(said);
    bars.remove();
  };
}

/** Title, sentence, what is allowed, a way out, and the trace. */
export function failed(problem: Problem, again: () => void): HTMLElement {
  // This host has no such source: a fact about it, not a failure.
  if (problem.status === 501 || problem.status === 404) return h("div", "problem absent", h("div", "empty", h("b", {}, "Not available here"), h("span", {}, problem.detail)));
  return h("div", { class: "problem", role: "alert" }, h("div", "crit ptitle", `■ ${problem.title}`), h("div", {}, problem.detail),
    problem.allowed && !problem.detail.includes(problem.allowed) ? h("div", "t3", `Allowed: ${problem.allowed}`) : null,
    h("div", {}, h("button", { class: "btn sm", type: "button", click: again }, "Try again")),
    h("div", "mono t3", [problem.status === 0 ? "no answer" : `status ${problem.status}`, problem.trace].filter(Boolean).join(" · ")));
}

/** What a change came to nothing for, as one line: the title, the sentence, and every fault by name. */
export function sentence(problem: unknown): string {
  if (!(problem instanceof Problem)) throw problem;
  const faults = Object.entries(problem.errors).map(([name, texts]) => `${name}: ${texts.join(" ")}`);
  const allowed = problem.allowed && !problem.detail.includes(problem.allowed) ? `. Allowed: ${problem.allowed}` : "";
  return `${problem.title}. ${problem.detail}${allowed}${faults.length > 0 ? `. ${faults.join("; ")}` : ""}`;
}

/** −1…+1 from a middle line: to the right for plus, to the left for minus, a hatch for unknown. */
export function signedBar(value: number | null, label: string): HTMLElement {
  if (value === null) return h("span", { class: "sbar hatch", role: "img", "aria-label": `${label}: unavailable` });
  const fill = h("i", value >= 0 ? "plus" : "minus");
  fill.style.width = `${Math.min(1, Math.abs(value)) * 50}%`;
  return h("span", { class: "sbar", role: "img", "aria-label": `${label}: ${value.toFixed(2)}` }, fill, h("u"));
}

/** Why there is nothing, and one thing to do. */
export function emptyState(title: string, why: string, action?: { name: string; href: string }): HTMLElement {
  return h("div", "empty", h("b", {}, title), h("span", {}, why), action ? h("a", { class: "btn sm", href: action.href }, action.name) : null);
}

/** Starts a download of text made here. */
export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A CSV line: quoted where needed; null is an empty field, never 0. A text that a spreadsheet would run is defused. */
export function csvLine(cells: (string | number | null | undefined)[]): string {
  return cells.map((cell) => {
    if (cell === null || cell === undefined) return "";
    const text = typeof cell === "number" ? String(cell) : /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  }).join(",");
}
