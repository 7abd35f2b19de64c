// Small builders. The content policy forbids inline styles, so widths go through CSSOM (`style.width = …`).

export type Child = Node | string | number | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

function fill(element: Element, attributes: Attributes, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
}

function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === "number" ? String(child) : child);
  }
}

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes | string = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  fill(element, typeof attributes === "string" ? { class: attributes } : attributes, children);
  return element;
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  fill(element, attributes, children);
  return element;
}

export function put(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

/** Sets text only when it differs: no needless layout. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** A changed number tints its cell for a moment. */
export function sayNumber(element: HTMLElement, text: string): void {
  if (element.textContent === text) return;
  const first = element.textContent === "";
  element.textContent = text;
  if (first) return;
  element.classList.remove("tint");
  requestAnimationFrame(() => element.classList.add("tint"));
}

export function panel(title: string, sub: string, options: { id?: string; flush?: boolean; tools?: Child[]; class?: string } = {}) {
  const subtitle = h("span", "sub ell", sub);
  const body = h("div", `pb${options.flush ? " flush" : ""}`);
  const root = h("section", { class: `panel ${options.class ?? ""}`, id: options.id, "aria-label": title },
    h("div", "ph", h("h2", {}, title), subtitle, h("span", "sp"), ...(options.tools ?? [])), body);
  return { root, body, subtitle };
}

/** One of several choices. */
export function seg<T extends string>(choices: readonly T[], current: T, label: string, choose: (value: T) => void, names?: Partial<Record<T, string>>) {
  const buttons = new Map<T, HTMLButtonElement>();
  const root = h("span", { class: "seg sm", role: "group", "aria-label": label });
  const set = (value: T): void => buttons.forEach((button, key) => {
    button.classList.toggle("on", key === value);
    button.setAttribute("aria-pressed", String(key === value));
  });
  for (const choice of choices) {
    const button = h("button", { type: "button", click: () => { set(choice); choose(choice); } }, names?.[choice] ?? choice);
    buttons.set(choice, button);
    root.append(button);
  }
  set(current);
  return { root, set };
}

export function empty(...lines: string[]): HTMLElement {
  return h("div", "empty", ...lines.map((line, i) => h("span", i === 0 ? "t2" : "", line)));
}
