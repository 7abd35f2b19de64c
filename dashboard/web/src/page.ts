import type { News } from "./live";
import type { Model } from "./model";
import type { Resource } from "./resource";
import type { Route, Router } from "./router";
import { h } from "./dom";
import { failed, skeleton } from "./parts";

/** What a page is given. */
export interface Context { model: Model; router: Router }

/** One page: made when somebody goes there, unmounted when they leave. One file in `pages/` each. */
export interface Page {
  /** Stands in the bar and in the tab. */
  readonly title: string;
  /** Put into the page's place by the shell. */
  readonly root: HTMLElement;
  /** Starts to watch; called again when the address changes within the page. */
  mount(route: Route): void;
  /** Stops watching. Nothing of the page may run after it. */
  unmount(): void;
  /** One message of the stream, at most once per frame each. `reset` is no news: then comes {@link refresh}. */
  hear(news: News): void;
  /** Reads what it shows again: after a lost connection, and when the tab comes back. */
  refresh(): void;
  /** Four times a second while visible: what moves with the clock or the price. */
  tick(now: number): void;
  /** A key that is none of the shell's; true when the page used it. */
  key(key: string): boolean;
}

/** A page with the usual answers, and with what every page needs: watched data, its waiting, its failure. */
export abstract class BasePage implements Page {
  abstract readonly title: string;
  readonly root: HTMLElement;
  private readonly stops: (() => void)[] = [];
  private watched: Resource<unknown>[] = [];
  private begun = false;

  constructor(protected readonly context: Context, name: string) {
    this.root = h("div", `view v-${name}`);
  }

  protected get model(): Model {
    return this.context.model;
  }

  /** Why this person may change nothing; null when they may. */
  protected get readOnly(): string | null {
    return this.model.session.role === "viewer" ? "You are signed in as a viewer: changes need the role trader." : null;
  }

  mount(route: Route): void {
    if (!this.begun) {
      this.begun = true;
      this.begin(route);
    } else this.arrive(route);
  }

  unmount(): void {
    for (const end of this.stops.splice(0)) end();
    this.watched = [];
  }

  hear(_news: News): void { /* most pages live on what they watch */ }

  refresh(): void {
    for (const one of this.watched) void one.read();
  }

  tick(_now: number): void { /* most pages have nothing that moves by itself */ }

  key(_key: string): boolean {
    return false;
  }

  /** The first arrival: lay out and watch. */
  protected abstract begin(route: Route): void;

  /** The address changed within the page. */
  protected arrive(_route: Route): void { /* most pages have one place */ }

  /** Runs at unmount. */
  protected atEnd(end: () => void): void {
    this.stops.push(end);
  }

  /**
   * Draws data whenever it changes. With a box the wait and the failure show there: a skeleton after 200 ms,
   * the problem with its way out; the last good data stay when a later read fails.
   */
  protected watch<T>(resource: Resource<T>, draw: (data: T) => void, box?: HTMLElement): () => void {
    this.watched.push(resource as Resource<unknown>);
    const wait = box && resource.data === null ? skeleton(box) : null;
    const stop = resource.watch((of) => {
      wait?.();
      box?.querySelector(":scope > .problem")?.remove();
      if (of.data !== null) draw(of.data);
      if (!of.problem || !box) return;
      const problem = failed(of.problem, () => void of.read());
      if (of.data === null) {
        problem.classList.add("cover");
        box.prepend(problem);
      } else if (of.problem.status !== 0 && of.problem.status !== 401) box.prepend(problem);   // a lost connection is the shell's to say
    });
    const end = (): void => {
      wait?.();
      stop();
      this.watched = this.watched.filter((one) => one !== resource);
    };
    this.stops.push(end);
    void resource.read();
    return end;
  }
}
