import { PAGES } from "./pages/index";

const G_WAIT_MS = 1_500;

/** Who answers to keys. None of them trades. */
export interface KeyTarget { find(): void; help(): void; go(page: string): void; back(): void; page(key: string): boolean }

/** Single keys, and G followed by a page's letter; silent while somebody writes or a dialog is open. */
export function listenToKeys(target: KeyTarget): void {
  let gAt = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector(".modal.show")) return;
    if ((event.target as Element).closest("input, select, textarea")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const afterG = performance.now() - gAt < G_WAIT_MS;
    gAt = -Infinity;
    const entry = afterG ? PAGES.find((page) => page.key === key) : undefined;
    if (entry) target.go(entry.name);
    else if (key === "g" && !afterG) gAt = performance.now();
    else if (key === "/") target.find();
    else if (key === "?") target.help();
    // Enter and the arrows belong to the control that has the focus.
    else if ((key === "Enter" || key === " ") && (event.target as Element).closest("a, button, summary, [role=button]")) return;
    else if (target.page(key)) { /* used */ }
    else if (key === "Escape") target.back();
    else return;
    event.preventDefault();
  });
}

export const KEY_HELP: [keys: string[], does: string][] = [
  [["/"], "find a symbol, page or setting"], [["G", "then O C B S P R T D L E Y G H"], "Overview, Chart, Book, Signals, Portfolio, Results, Backtests, Data, Limits, Settings, System, Logs, Chat; those that there are here"],
  [["J", "K"], "next row, row before"], [["Enter"], "open the row"], [["Esc"], "back"], [["1", "…", "6"], "time frame"], [["[", "]"], "symbol before, after"],
  [["F"], "follow the log, or stop"], [["U"], "undo the last change that is not saved"], [["R"], "replay a signal bar by bar"], [["←", "→"], "a bar back, a bar on, in a replay"], [["?"], "this list"],
];
