import { Problem, get, whenSignInIsNeeded } from "./api";
import { openDialog } from "./dialog";
import { h } from "./dom";
import { Find, type Place } from "./find";
import { base, signed } from "./format";
import { KEY_HELP, listenToKeys } from "./keys";
import { Model } from "./model";
import type { Context, Page } from "./page";
import { PAGES, isHere } from "./pages/index";
import { Router, href, type Route } from "./router";
import { Shell } from "./shell";
import { askForToken } from "./signin";

const RETRY_MS = 3_000;
const TICK_MS = 250;

/** Puts the parts together: model, router, shell, and the one page that is on show. */
export class App {
  private readonly model = new Model();
  private readonly router = new Router("overview", (route) => void this.arrive(route));
  private readonly shell: Shell;
  private readonly context: Context;
  private page: Page | null = null;
  private name = "";
  private turn = 0;

  constructor(root: HTMLElement) {
    this.context = { model: this.model, router: this.router };
    this.shell = new Shell(root, this.model, new Find(() => this.places()), () => this.help());
    this.model.onNews = (news) => {
      for (const one of news) {
        if (one.name === "reset") this.page?.refresh();
        else this.page?.hear(one);
      }
    };
    whenSignInIsNeeded(() => this.signIn());
    listenToKeys({
      find: () => this.shell.find.focus(), help: () => this.help(), go: (page) => this.router.go(page),
      back: () => { this.router.back(); }, page: (key) => this.page?.key(key) ?? false,
    });
  }

  async start(): Promise<void> {
    await this.model.start();
    if (this.model.session.sign_in_required && this.model.session.user === null) this.signIn();
    await this.answered();
    this.shell.start();
    this.router.start();
    setInterval(() => this.tick(), TICK_MS);
  }

  /** Without the symbols no page makes sense: waits for the program's first answer. */
  private async answered(): Promise<void> {
    while (!this.model.symbols.data || !this.model.status.data) {
      const problem = this.model.symbols.problem ?? this.model.status.problem;
      this.shell.error(problem ? `${problem.title}: ${problem.detail}. The page tries again in ${RETRY_MS / 1000} s.` : null);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      await Promise.all([this.model.status.read(), this.model.symbols.read()]);
    }
    this.shell.error(null);
  }

  private async arrive(route: Route): Promise<void> {
    const entry = PAGES.find((one) => one.name === route.page);
    if (!entry || !isHere(entry, this.model.status.data)) {
      this.router.go("overview");
      return;
    }
    const turn = ++this.turn;
    if (this.page && this.name === entry.name) {
      this.page.mount(route);
      return;
    }
    try {
      const page = await entry.load(this.context);
      if (turn !== this.turn) return;
      this.page?.unmount();
      this.page = page;
      this.name = entry.name;
      this.shell.show(entry, page);
      page.mount(route);
      this.shell.error(null);
    } catch (error) {
      // A page's file is fetched on its first visit: a program that ended or was renewed has it no more.
      if (turn === this.turn) this.shell.error(`The page ${entry.title} could not be loaded (${(error as Error).message}). Load the whole page again.`);
    }
  }

  private tick(): void {
    if (document.hidden) return;
    const now = this.model.now();
    if (now === 0) return;
    this.page?.tick(now);
    this.shell.tick(now);
    const first = this.model.open.data?.find((s) => s.now_r !== null);
    const title = this.page?.title ?? "";
    document.title = `${first ? `${signed(first.now_r, 2)} R · ${base(first.symbol)} · ` : ""}${title} · FuturesBot`;
  }

  private signIn(): void {
    askForToken((session) => {
      this.model.session = session;
      this.model.tryNow();
      this.model.reset();
    });
  }

  private async places(): Promise<Place[]> {
    this.settingPlaces ??= await this.settings();
    const symbols = (this.model.symbols.data ?? []).map((s): Place => ({
      kind: "symbol", name: s.symbol, detail: s.change24h_percent === null ? "" : `${signed(s.change24h_percent, 2)} % in 24 h`, words: "", href: href("chart", { symbol: s.symbol }),
    }));
    const pages = PAGES.filter((p) => isHere(p, this.model.status.data)).map((p): Place => ({ kind: "page", name: p.title, detail: p.about, words: p.name, href: href(p.name) }));
    return [...pages.slice(0, 4), ...symbols, ...pages.slice(4), ...this.settingPlaces];
  }

  /** Read once, when somebody first looks for something; a host without settings has none. */
  private settingPlaces: Place[] | null = null;

  private async settings(): Promise<Place[]> {
    if (this.model.status.data?.absent.includes("settings")) return [];
    try {
      const { settings } = await get<{ settings: { path: string; label: string; section: string; description: string; unit: string }[] }>("/api/settings");
      return settings.map((s): Place => ({ kind: "setting", name: s.label || s.path, detail: s.description, words: `${s.path} ${s.section} ${s.unit}`, href: href("settings", { setting: s.path }) }));
    } catch (error) {
      if (error instanceof Problem) return [];
      throw error;
    }
  }

  private help(): void {
    openDialog("Keys", h("table", "t", h("tbody", {}, ...KEY_HELP.map(([keys, does]) => h("tr", {},
      h("td", {}, ...keys.flatMap((key) => [key.length <= 5 ? h("kbd", {}, key) : h("span", "t3", key), " "])), h("td", "wrap", does))))), { flush: true });
  }
}
