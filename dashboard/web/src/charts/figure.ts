import { openDialog } from "../dialog";
import { h, panel, put, type Child } from "../dom";

/** A chart in a panel: drawn to its size, with a sentence for those who do not see it, and its numbers as a table. */
export class Figure {
  readonly root: HTMLElement;
  readonly body: HTMLElement;
  readonly subtitle: HTMLElement;
  private paint: ((width: number, height: number) => Node) | null = null;

  /** @param rows the numbers behind the picture */
  constructor(title: string, sub: string, rows: () => HTMLTableElement | null, options: { id?: string; class?: string; tools?: Child[] } = {}) {
    const asTable = h("button", { class: "btn sm ghost astable", type: "button", title: "Show as table", "aria-label": `${title}: show as table`, click: () => {
      const table = rows();
      if (table) openDialog(title, table, { wide: true, flush: true });
    } }, "▤");
    const made = panel(title, sub, { ...options, class: `figure ${options.class ?? ""}`, tools: [...(options.tools ?? []), asTable] });
    [this.root, this.body, this.subtitle] = [made.root, made.body, made.subtitle];
    new ResizeObserver(() => this.draw()).observe(this.body);
  }

  /** Draws now and whenever the size changes. */
  show(paint: (width: number, height: number) => Node): void {
    this.paint = paint;
    this.draw();
  }

  private draw(): void {
    const [width, height] = [this.body.clientWidth - 20, this.body.clientHeight - 16];
    if (this.paint && width > 60 && height > 60) put(this.body, this.paint(width, height));
  }
}

/** A table of plain cells: the first column is text, the rest numbers. */
export function plainTable(heads: string[], rows: (string | number)[][]): HTMLTableElement {
  return h("table", "t", h("thead", {}, h("tr", {}, ...heads.map((head, i) => h("th", { class: i ? "num" : "", scope: "col" }, head)))),
    h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map((cell, i) => h("td", i ? "num" : "", cell))))));
}

/** Round values between two bounds, about so many. */
export function ticks(low: number, high: number, count = 4): number[] {
  const raw = (high - low || 1) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const size = raw / power;
  const step = (size < 1.5 ? 1 : size < 3 ? 2 : size < 7 ? 5 : 10) * power;
  const out: number[] = [];
  for (let v = Math.ceil(low / step) * step; v <= high + 1e-9; v += step) out.push(Number(v.toFixed(10)));
  return out;
}
