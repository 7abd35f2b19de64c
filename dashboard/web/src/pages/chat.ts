import "./chat.css";
import { post, type Chat, type ChatMessage } from "../api";
import { h, panel, put, say } from "../dom";
import { date, time } from "../format";
import { BasePage, type Context } from "../page";
import { emptyState, sentence } from "../parts";
import { href } from "../router";
import type { Resource } from "../resource";

const MESSAGES = 60;
const TEXT_MAX = 4_096;
const NEAR_END_PX = 60;
/** Tags that become elements; everything else stays text. */
type Tag = "b" | "i" | "code" | "u" | "s" | "pre";
const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: "\"" };

/** The chat as it would look in Telegram, while no bot's token is set. */
export class ChatPage extends BasePage {
  readonly title = "Chat";
  private chat: Chat | null = null;
  private resource!: Resource<Chat>;
  private readonly shown = new Map<number, { mark: string; root: HTMLElement }>();

  private readonly list = h("div", { class: "tglist", role: "log", "aria-label": "Messages", tabindex: 0 });
  private readonly newer = h("button", { class: "btn sm tgnew", type: "button", hidden: true, click: () => this.toEnd() }, "New messages ↓");
  private readonly menu = h("div", { class: "tgmenu", hidden: true });
  private readonly fault = h("div", { class: "faultline tgfault", role: "alert" });
  private readonly input = h("textarea", { class: "tginput", rows: 1, maxlength: TEXT_MAX, placeholder: "Message or /command", "aria-label": "Message", keydown: (event) => this.press(event as KeyboardEvent), input: () => this.typed() });
  private readonly menuButton = h("button", { class: "btn tgmenubtn", type: "button", "aria-expanded": "false", click: () => this.openMenu(this.menu.hidden !== false) }, "≡ Menu");
  private readonly sendButton = h("button", { class: "btn pri", type: "submit" }, "Send");
  private readonly box = panel("Telegram", "the chat as it would look: no token is set, nothing leaves this machine", { flush: true, class: "tg" });

  constructor(context: Context) {
    super(context, "chat");
  }

  protected begin(): void {
    const form = h("form", { class: "tgform", submit: (event) => { event.preventDefault(); void this.send(); } }, this.menuButton, this.input, this.sendButton);
    this.box.body.append(h("div", "tgwrap", this.list, this.newer, this.menu, this.fault, form));
    this.root.append(this.box.root);
    if (this.readOnly) {
      for (const one of [this.input, this.sendButton]) one.disabled = true;
      this.input.placeholder = this.readOnly;
    }
    this.list.addEventListener("scroll", () => { if (this.nearEnd()) this.newer.hidden = true; }, { passive: true });
    let tall = 0;
    const sizes = new ResizeObserver(() => {
      // Who stood at the end stays there when a keyboard opens or the window turns.
      if (this.nearEnd(NEAR_END_PX + Math.abs(tall - this.list.clientHeight))) this.toEnd();
      tall = this.list.clientHeight;
    });
    sizes.observe(this.list);
    this.atEnd(() => sizes.disconnect());
    this.resource = this.model.resource<Chat>(`/api/chat?limit=${MESSAGES}`, { least: 250, most: 10_000, on: ["chat"] });
    this.watch(this.resource, (chat) => this.draw(chat), this.box.body);
  }

  override key(key: string): boolean {
    if (key === "Escape" && !this.menu.hidden) {
      this.openMenu(false);
      return true;
    }
    if (key !== "i" && key !== "Enter") return false;
    this.input.focus();
    return true;
  }

  private draw(chat: Chat): void {
    const first = this.chat === null;
    const atEnd = first || this.nearEnd();
    const last = this.chat?.messages.at(-1)?.id ?? 0;
    this.chat = chat;
    put(this.menu, ...chat.commands.map((one) => h("button", { type: "button", click: () => { this.openMenu(false); this.put(`/${one.name} `); } }, h("b", {}, `/${one.name}`), h("span", "t3 ell", one.about))),
      chat.commands.length === 0 ? h("div", "t3 s tgnone", "No command is known.") : null);
    const kept = new Set(chat.messages.map((one) => one.id));
    for (const [id, { root }] of this.shown) {
      if (kept.has(id)) continue;
      root.remove();
      this.shown.delete(id);
    }
    this.list.querySelector(".empty")?.remove();
    this.list.querySelectorAll(".tgday").forEach((one) => one.remove());
    if (chat.messages.length === 0) put(this.list, emptyState("Nothing was said yet", "Signals and their news come by themselves. Ask something: /help lists the commands.", { name: "Overview", href: href("overview") }));
    let dayBefore = "";
    for (const message of chat.messages) {
      const today = date(message.at);
      if (today !== dayBefore) this.list.append(h("div", "tgday", today));
      dayBefore = today;
      const mark = JSON.stringify(message);
      const known = this.shown.get(message.id);
      const root = known?.mark === mark ? known.root : this.message(message, chat);
      if (known && known.root !== root) known.root.remove();
      this.shown.set(message.id, { mark, root });
      // Appending one that is there moves it: the order is the answer's.
      this.list.append(root);
    }
    if (atEnd) this.toEnd();
    else if ((chat.messages.at(-1)?.id ?? 0) > last) this.newer.hidden = false;
  }

  private message(message: ChatMessage, chat: Chat): HTMLElement {
    const original = message.reply_to === null ? null : chat.messages.find((one) => one.id === message.reply_to);
    const quote = message.reply_to === null ? null : h("button", { class: "tgquote", type: "button", click: () => this.show(message.reply_to) }, original ? plainText(original.html).split("\n")[0].slice(0, 90) || "Picture" : "an earlier message");
    const picture = message.has_picture ? h("img", { src: `/api/chat/pictures/${message.id}?edit=${message.edits}`, alt: `Chart: ${plainText(message.html).split("\n")[0].slice(0, 120)}`, loading: "lazy", decoding: "async", width: 960, height: 540, load: () => { if (this.nearEnd(400)) this.toEnd(); } }) : null;
    const rows = message.buttons.map((row) => h("div", "tgrow", ...row.map((button) => {
      const made: HTMLButtonElement = h("button", { type: "button", disabled: this.readOnly !== null, title: this.readOnly, click: () => void this.pressButton(message.id, button.data, made) }, button.text);
      return made;
    })));
    return h("article", { class: `tgmsg ${message.from_user ? "mine" : ""}`, "data-id": message.id, "aria-label": message.from_user ? "You" : "Bot" },
      h("div", "tgbubble", quote, picture, h("div", "tgtext", ...this.formatted(message.html)), h("div", "tgmeta", message.edits > 0 ? h("span", { title: `changed ${message.edits} times` }, "edited ") : null, message.silent && !message.from_user ? h("span", { title: "It came without a sound" }, "silent ") : null, h("time", { datetime: new Date(message.at).toISOString() }, time(message.at)))),
      ...rows);
  }

  /** Text with plain tags as elements of our own making; anything else stays text. Commands can be taken into the line below. */
  private formatted(html: string): Node[] {
    const root = document.createDocumentFragment();
    const open: Node[] = [root];
    for (const part of html.split(/(<\/?(?:b|i|code|u|s|pre)>)/)) {
      const tag = /^<(\/?)(b|i|code|u|s|pre)>$/.exec(part);
      const top = open[open.length - 1];
      if (!tag) {
        if (part) this.text(top, unescape(part), open.some((one) => one instanceof HTMLElement && /^(CODE|PRE)$/.test(one.tagName)));
      } else if (tag[1]) {
        if (open.length > 1) open.pop();
      } else if (open.length < 16) {
        const made = h(tag[2] as Tag);
        top.appendChild(made);
        open.push(made);
      }
    }
    return [...root.childNodes];
  }

  private text(into: Node, text: string, isCode: boolean): void {
    const parts = isCode ? [text] : text.split(/(?<=^|[\s·(])(\/[a-z][a-z_0-9]{1,31}(?: [A-Z0-9]{2,20})?)(?=$|[\s,.·)])/gm);
    for (const part of parts) {
      if (!isCode && /^\/[a-z]/.test(part)) into.appendChild(h("button", { class: "tgcmd", type: "button", click: () => this.put(part) }, part));
      else if (part) into.appendChild(document.createTextNode(part));
    }
  }

  private show(id: number | null): void {
    const root = id === null ? undefined : this.shown.get(id)?.root;
    if (!root) return;
    root.scrollIntoView({ block: "center" });
    root.classList.remove("tint");
    requestAnimationFrame(() => root.classList.add("tint"));
  }

  private put(text: string): void {
    if (this.readOnly) return;
    this.input.value = text;
    this.input.focus();
    this.typed();
  }

  private typed(): void {
    say(this.fault, "");
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(110, this.input.scrollHeight + 2)}px`;
    if (this.input.value === "/") this.openMenu(true);
  }

  private press(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void this.send();
    } else if (event.key === "Escape") {
      if (this.menu.hidden) this.input.blur();
      else this.openMenu(false);
    }
  }

  private openMenu(open: boolean): void {
    this.menu.hidden = !open;
    this.menuButton.setAttribute("aria-expanded", String(open));
  }

  private async send(): Promise<void> {
    const text = this.input.value.trim();
    if (text === "" || this.sendButton.disabled) return;
    this.openMenu(false);
    this.sendButton.disabled = true;
    try {
      await post("/api/chat", { text });
      this.input.value = "";
      this.typed();
      this.toEnd();
    } catch (error) {
      say(this.fault, sentence(error));
    }
    this.sendButton.disabled = false;
    void this.resource.read();
  }

  private async pressButton(message: number, data: string, button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    say(this.fault, "");
    try {
      await post("/api/chat", { message, data });
    } catch (error) {
      say(this.fault, sentence(error));
    }
    button.disabled = false;
    void this.resource.read();
  }

  private nearEnd(within = NEAR_END_PX): boolean {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < within;
  }

  private toEnd(): void {
    this.newer.hidden = true;
    this.list.scrollTop = this.list.scrollHeight;
  }
}

const unescape = (text: string): string => text.replace(/&(?:(lt|gt|amp|quot)|#(\d{1,6}));/g, (whole, name: string | undefined, code: string | undefined) => (name ? ENTITIES[name] : Number(code) > 0 ? String.fromCodePoint(Number(code)) : whole));

const plainText = (html: string): string => unescape(html.replace(/<\/?(?:b|i|code|u|s|pre)>/g, ""));
