import { Problem, getText } from "./api";

/** When something is read again: at least and at most so often (ms), and after which news. */
export interface Cadence { least: number; most: number; on?: readonly string[] }

/** One GET of the API: its last good answer, and what went wrong since. Read only while somebody watches. */
export class Resource<T> {
  data: T | null = null;
  problem: Problem | null = null;
  private text = "";
  private readonly watchers = new Set<(of: Resource<T>) => void>();
  private askedAt = -Infinity;
  private due = true;
  private reading: Promise<void> | null = null;

  constructor(readonly path: string, private readonly cadence: Cadence) {}

  get watched(): boolean {
    return this.watchers.size > 0;
  }

  /** Told at once when there is something already, and then after each change. Call the answer to stop. */
  watch(watcher: (of: Resource<T>) => void): () => void {
    this.watchers.add(watcher);
    if (this.data !== null || this.problem) watcher(this);
    return () => { this.watchers.delete(watcher); };
  }

  /** News of this name make it due; without a name it is due in any case. */
  mark(news?: string): void {
    if (news === undefined || this.cadence.on?.includes(news)) this.due = true;
  }

  /** Reads when it is time to. */
  flush(now: number): void {
    if (!this.watched || this.reading) return;
    if (now - this.askedAt >= (this.due ? this.cadence.least : this.cadence.most)) void this.read();
  }

  /** Reads now; a read under way is shared. It never fails: a problem is kept beside the last good answer. */
  read(): Promise<void> {
    return this.reading ??= this.fetch().finally(() => { this.reading = null; });
  }

  private async fetch(): Promise<void> {
    this.askedAt = performance.now();
    this.due = false;
    try {
      const text = await getText(this.path);
      const same = text === this.text && !this.problem;
      this.problem = null;
      if (same) return;
      this.text = text;
      this.data = JSON.parse(text) as T;
    } catch (error) {
      const before = this.problem;
      this.problem = error instanceof Problem ? error : new Problem(0, "The answer could not be read", String(error));
      if (before?.message === this.problem.message) return;
    }
    for (const watcher of [...this.watchers]) watcher(this);
  }
}
