/** A place in the page: `#/chart?symbol=SOLUSDT&timeframe=15m`. */
export interface Route { page: string; query: URLSearchParams }

export type Query = Record<string, string | number | null | undefined>;

/** The address of a place; null and empty values are left out. */
export function href(page: string, query: Query = {}): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const text = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
  return `#/${page}${text ? `?${text}` : ""}`;
}

/** Places live behind the hash, so that the server needs to know one page only, and back and forward work. */
export class Router {
  private steps = 0;

  constructor(private readonly home: string, private readonly arrived: (route: Route) => void) {
    window.addEventListener("hashchange", () => { this.steps++; this.arrived(this.here()); });
  }

  start(): void {
    this.arrived(this.here());
  }

  here(): Route {
    const hash = location.hash.replace(/^#\/?/, "");
    // Before there were pages the hash held the chart's symbol alone; such links still work.
    if (hash.includes("=") && !hash.includes("?")) return { page: "chart", query: new URLSearchParams(hash) };
    const [page, query = ""] = hash.split("?", 2);
    return { page: page || this.home, query: new URLSearchParams(query) };
  }

  go(page: string, query: Query = {}): void {
    const to = href(page, query);
    if (location.hash === to) this.arrived(this.here());
    else location.hash = to;
  }

  /** Says where the page stands now, without a step in the history and without a new mount. */
  amend(query: Query): void {
    history.replaceState(null, "", href(this.here().page, query));
  }

  /** One step back, unless that would leave the program. */
  back(): boolean {
    if (this.steps === 0) return false;
    this.steps -= 2;   // the step back is heard as one more
    history.back();
    return true;
  }
}
