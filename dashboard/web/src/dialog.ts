import Modal from "bootstrap/js/dist/modal";
import { h, say } from "./dom";

/** A dialog over the page; Esc closes it and the focus goes back. */
export function openDialog(title: string, body: HTMLElement, options: { wide?: boolean; flush?: boolean } = {}): { close(): void } {
  const close = (): void => Modal.getOrCreateInstance(root).hide();
  const root = h("div", { class: "modal", tabindex: -1, "aria-label": title, role: "dialog", "aria-modal": "true" },
    h("div", `modal-dialog modal-dialog-scrollable ${options.wide ? "modal-lg" : ""}`, h("div", "modal-content panel",
      h("div", "ph", h("h2", {}, title), h("span", "sp"), h("button", { class: "btn sm", type: "button", click: close }, "Close ", h("kbd", {}, "Esc"))),
      h("div", `pb modal-body ${options.flush ? "flush" : ""}`, body))));
  const before = document.activeElement as HTMLElement | null;
  root.addEventListener("hidden.bs.modal", () => {
    root.remove();
    before?.focus();
  });
  document.body.append(root);
  Modal.getOrCreateInstance(root).show();
  return { close };
}

/** A dangerous act: what happens, to how much, at what cost; a four-digit code; the safe answer has the focus. */
export function confirmWithCode(question: string, facts: string, act: string, keep: string): Promise<boolean> {
  const code = String(1000 + (crypto.getRandomValues(new Uint16Array(1))[0] % 9000));
  return new Promise((resolve) => {
    let answer = false;
    const go = h("button", { class: "btn danger", type: "button", disabled: true, click: () => { answer = true; dialog.close(); } }, act);
    const stay = h("button", { class: "btn", type: "button", click: () => dialog.close() }, keep);
    const input = h("input", {
      class: "inp code", inputmode: "numeric", maxlength: 4, autocomplete: "off", "aria-label": `Type ${code} to confirm`,
      input: () => { go.disabled = input.value !== code; },
    });
    const body = h("div", "confirm", h("b", {}, question), h("span", "s", facts),
      h("div", "codes", h("span", "s t3", "Type the code to confirm: "), h("b", "mono", code), input), h("div", "answers", stay, go));
    const dialog = openDialog(act, body);
    const root = body.closest(".modal");
    root?.addEventListener("shown.bs.modal", () => stay.focus());
    root?.addEventListener("hidden.bs.modal", () => resolve(answer));
  });
}

/** An act that cannot be taken back, but harms nothing: asks once; the safe answer has the focus. */
export function confirm(title: string, question: string, facts: string, act: string, keep: string): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = false;
    const stay = h("button", { class: "btn", type: "button", click: () => dialog.close() }, keep);
    const go = h("button", { class: "btn danger", type: "button", click: () => { answer = true; dialog.close(); } }, act);
    const body = h("div", "confirm", h("b", {}, question), h("span", "s", facts), h("div", "answers", stay, go));
    const dialog = openDialog(title, body);
    const root = body.closest(".modal");
    root?.addEventListener("shown.bs.modal", () => stay.focus());
    root?.addEventListener("hidden.bs.modal", () => resolve(answer));
  });
}

const status = h("div", { class: "toast-line", role: "status", hidden: true });
let timer = 0;

/** One line at the foot for a few seconds: something was done. */
export function note(text: string): void {
  if (!status.isConnected) document.body.append(status);
  status.hidden = false;
  say(status, text);
  clearTimeout(timer);
  timer = setTimeout(() => { status.hidden = true; }, 4_000);
}
