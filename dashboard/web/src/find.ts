import { h, put, svg } from "./dom";

/** Something that the find box can lead to. */
export interface Place { kind: string; name: string; detail: string; words: string; href: string }

const SHOWN = 9;

/** `/`: symbols, pages and settings by name; arrows choose, Enter goes. */
export class Find {
  readonly root: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly list = h("div", { class: "found", role: "listbox", id: "found", "aria-label": "Places", hidden: true });
  private places: Place[] = [];
  private shown: Place[] = [];
  private at = 0;

  constructor(private readonly all: () => Promise<Place[]>) {
    this.input = h("input", {
      type: "text", placeholder: "Symbol, page or setting", autocomplete: "off", spellcheck: "false", role: "combobox", id: "find",
      "aria-label": "Find a symbol, page or setting", "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list",
      focus: () => void this.open(), blur: () => this.close(), input: () => { this.at = 0; this.draw(); }, keydown: (event) => this.press(event as KeyboardEvent),
    });
    this.root = h("label", "find", svg("svg", { width: 13, height: 13, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": 2, "aria-hidden": "true" },
      svg("circle", { cx: 10.5, cy: 10.5, r: 6.5 }), svg("path", { d: "m15.5 15.5 5 5" })), this.input, h("kbd", {}, "/"), this.list);
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  private async open(): Promise<void> {
    this.draw();
    this.places = await this.all();
    this.draw();
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  private draw(): void {
    if (document.activeElement !== this.input) return;
    const asked = this.input.value.trim().toLowerCase();
    this.shown = this.places.map((place) => ({ place, rank: rank(place, asked) })).filter((one) => one.rank < Infinity)
      .sort((a, b) => a.rank - b.rank).slice(0, SHOWN).map((one) => one.place);
    this.at = Math.min(this.at, Math.max(0, this.shown.length - 1));
    put(this.list, ...this.shown.map((place, i) => h("a", {
      class: "place", role: "option", id: `place-${i}`, href: place.href, tabindex: -1, "aria-selected": String(i === this.at),
      // Before the input loses the focus and the list is gone.
      mousedown: (event) => { event.preventDefault(); this.go(place); },
    }, h("b", {}, place.name), h("span", "t3 ell grow", place.detail), h("span", "t3 xs", place.kind))),
      this.shown.length === 0 ? h("div", "place t3", `Nothing is called “${this.input.value}”`) : null);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.input.setAttribute("aria-activedescendant", `place-${this.at}`);
  }

  private press(event: KeyboardEvent): void {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const count = Math.max(1, this.shown.length);
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      this.draw();
    } else if (event.key === "Enter") {
      const place = this.shown[this.at];
      if (place) this.go(place);
    } else if (event.key === "Escape") {
      this.input.value = "";
      this.input.blur();
    }
    event.stopPropagation();
  }

  private go(place: Place): void {
    location.hash = place.href;
    this.input.value = "";
    this.input.blur();
  }
}

/** The better the match the smaller; Infinity for none. Without a question the order stays. */
function rank(place: Place, asked: string): number {
  if (asked === "") return 0;
  const name = place.name.toLowerCase();
  if (name === asked) return 0;
  if (name.startsWith(asked)) return 1;
  if (name.includes(asked)) return 2;
  return `${place.words} ${place.detail}`.toLowerCase().includes(asked) ? 3 : Infinity;
}
