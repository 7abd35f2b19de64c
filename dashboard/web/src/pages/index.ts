import type { Status } from "../api";
import type { Context, Page } from "../page";

/** A page as the rail, the find box and the keys know it. */
export interface PageEntry {
  name: string;
  title: string;
  /** After G; empty without. */
  key: string;
  icon: string;
  /** In words, for the find box. */
  about: string;
  /** False: reached by the find box alone. */
  rail: boolean;
  /** The group of routes that it stands on; without one it is everywhere. */
  needs?: string;
  /** Fetches the page's file on its first visit. */
  load: (context: Context) => Promise<Page>;
}

/** A page whose routes this host does not have is not offered, and its address leads home. */
export const isHere = (entry: PageEntry, status: Status | null): boolean => entry.needs === undefined || !status?.absent.includes(entry.needs);

const ICONS = {
  over: "M3 13h5v6H3zM10 5h5v14h-5zM17 9h4v10h-4z", chart: "M6 4v16M4 8h4v7H4zM15 3v18M13 6h4v9h-4z", book: "M4 5h9M4 9h14M4 13h6M4 17h11",
  sig: "M3 12h4l3-8 4 16 3-8h4", port: "M12 3v9h9M12 3a9 9 0 1 0 9 9", perf: "M4 20V4M4 20h16M7 15l4-5 3 3 5-7",
  back: "M4 12a8 8 0 1 0 3-6.2M4 4v5h5M12 8v5l3 2", data: "M4 6h16M4 6v12h16V6M4 10h16M4 14h16M9 6v12M15 6v12", lim: "M4 18a9 9 0 1 1 16 0M12 14l4-5",
  set: "M5 7h8M17 7h2M15 5v4M5 17h2M11 17h8M9 15v4M5 12h3M12 12h7M10 10v4", log: "M5 5h14M5 9h10M5 13h14M5 17h7", chat: "M4 5h16v11H9l-5 4z",
  sys: "M12 8v3M6 16v-2h12v2M9 4h6v4H9zM3 16h6v4H3zM15 16h6v4h-6z",
};

/** Every page, in the order of the rail. A new one is a file here and a line below. */
export const PAGES: readonly PageEntry[] = [
  { name: "overview", title: "Overview", key: "o", icon: ICONS.over, rail: true, about: "equity, open risk, regime board, open signals, health",
    load: async (context) => new (await import("./overview")).OverviewPage(context) },
  { name: "chart", title: "Chart", key: "c", icon: ICONS.chart, rail: true, about: "candles, studies, zones, why a signal, replay",
    load: async (context) => new (await import("./chart")).ChartPage(context) },
  { name: "book", title: "Book", key: "b", icon: ICONS.book, rail: true, needs: "books", about: "the live ladder of each symbol: depth, imbalance, trust level, resyncs",
    load: async (context) => new (await import("./book")).BookPage(context) },
  { name: "signals", title: "Signals", key: "s", icon: ICONS.sig, rail: true, about: "filter, sort, score, checks, refusals, near misses, export",
    load: async (context) => new (await import("./signals")).SignalsPage(context) },
  { name: "portfolio", title: "Portfolio", key: "p", icon: ICONS.port, rail: true, needs: "results", about: "paper equity, open risk, allocation, correlation, days",
    load: async (context) => new (await import("./portfolio")).PortfolioPage(context) },
  { name: "results", title: "Results", key: "r", icon: ICONS.perf, rail: true, needs: "results", about: "performance, drawdown, calibration, MAE and MFE, score sentinel",
    load: async (context) => new (await import("./results")).ResultsPage(context) },
  { name: "backtests", title: "Backtests", key: "t", icon: ICONS.back, rail: true, needs: "backtests", about: "a form with all parameters, the queue with time left, runs side by side, reports",
    load: async (context) => new (await import("./backtests")).BacktestsPage(context) },
  { name: "data", title: "Data", key: "d", icon: ICONS.data, rail: true, needs: "data", about: "symbols, completeness, gaps with repair, download",
    load: async (context) => new (await import("./data")).DataPage(context) },
  { name: "limits", title: "Limits", key: "l", icon: ICONS.lim, rail: true, needs: "limits", about: "weight budget by lane, bans, stream lag, latency of each stage",
    load: async (context) => new (await import("./limits")).LimitsPage(context) },
  { name: "settings", title: "Settings", key: "e", icon: ICONS.set, rail: true, needs: "settings", about: "every setting with unit, range and default; what needs a restart; history and undo",
    load: async (context) => new (await import("./settings")).SettingsPage(context) },
  { name: "system", title: "System", key: "y", icon: ICONS.sys, rail: true, needs: "parts", about: "signs of life of every part, messages that were put aside",
    load: async (context) => new (await import("./system")).SystemPage(context) },
  { name: "logs", title: "Logs", key: "g", icon: ICONS.log, rail: true, needs: "logs", about: "the newest log lines by level and part",
    load: async (context) => new (await import("./logs")).LogsPage(context) },
  { name: "chat", title: "Chat", key: "h", icon: ICONS.chat, rail: true, needs: "chat", about: "Telegram: the chat as it would look when no token is set",
    load: async (context) => new (await import("./chat")).ChatPage(context) },
];
