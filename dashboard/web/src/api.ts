// What the HTTP API answers. Null always means "unavailable", never zero. Times are UTC milliseconds.

export type Num = number | null;
export type Side = "long" | "short";
export type Interval = [number, number] | null;
export const FRAMES = ["1m", "5m", "15m", "1h", "4h", "1d"] as const;
export type Frame = (typeof FRAMES)[number];
export const FRAME_MS: Record<Frame, number> = {
  "1m": 60_000, "5m": 300_000, "15m": 900_000, "1h": 3_600_000, "4h": 14_400_000, "1d": 86_400_000,
};

export interface Health { name: string; value: string; detail: string; level: "ok" | "warn" | "crit" }
export interface Status {
  mode: string; exchange: string; simulated: boolean; seed: Num; speed: number; market_time: number;
  wall_time: number; started_at: number; ready: boolean; replay_progress: Num; profile: string; version: string;
  health: Health[]; absent: string[];
}
export type PartState = "working" | "silent" | "behind" | "differs" | "not_seen" | "away";
/** A part of the system that runs by itself, and its newest sign of life. */
export interface Beat {
  component: string; at: Num; age_seconds: Num; limit_seconds: Num; number: Num; behind: Num; agreement: "" | "agrees" | "differs" | "unknown";
  says: string; state: PartState; level: Health["level"];
}
/** A message that could not be taken in, kept until somebody has looked. */
export interface Poison { id: string; queue: string; at: number; tries: number; reason: string; body: string }
export interface SymbolInfo {
  symbol: string; price_decimals: number; last: Num; change24h_percent: Num; quote_volume24h: Num; timeframes: Frame[];
}
export interface Candle { open_time: number; open: number; high: number; low: number; close: number; volume: number }
export interface Indicators { symbol: string; timeframe: Frame; open_time: number[]; series: Record<string, Num[]> }
export interface Zone {
  support: boolean; low: number; high: number; timeframe: Frame; since: number; touches: number; strength: Num; flipped: boolean;
}
export interface Profile {
  poc: number; value_area_low: number; value_area_high: number; from: number; to: number;
  bins: { low: number; high: number; volume: number }[];
}
export interface Zones { symbol: string; timeframe: Frame; zones: Zone[]; profile: Profile | null; profile_reason: string | null }
export type Stage =
  "created" | "refused" | "pending_entry" | "expired" | "cancelled" | "rejected" | "partial" | "open" | "tp1_done" | "tp2_done" | "closed";
export interface Signal {
  signal_id: string; symbol: string; timeframe: Frame; strategy: string; mode: string; direction: Side; category: string;
  state: Stage; close_reason: string | null; entry_type: string; entry_price: number; stop: number; initial_stop: number;
  tp1: number; tp2: Num; score: Num; regime: string; decided_at: number; entered_at: Num; expires_at: Num; closed_at: Num;
  now_r: Num; mfe_r: Num; mae_r: Num; pnl_r_gross: Num; pnl_r_net: Num; outcome: "win" | "break_even" | "loss" | null;
  risk_percent: Num; bars: number; replayed: boolean; shadowed_by: string | null;
}
export interface ScorePart { name: string; points: Num; state: "applied" | "not_applied" | "unavailable"; because: string }
export interface Predicate {
  name: string; value: Num; threshold: Num; comparison: string; unit: string;
  state: "passed" | "failed" | "unavailable"; text: string | null;
}
export interface SignalDetail {
  signal: Signal; targets: { name: string; price: Num; r: Num; fraction: number }[]; score_parts: ScorePart[];
  score_threshold: Num; predicates: Predicate[]; life: { time: number; kind: string; text: string }[];
  exits: { time: number; price: number; fraction: number; reason: string }[]; quantity: Num; notional_usdt: Num;
  risk_usdt: Num; fees_r: Num; funding_r: Num; slippage_r: Num; cost_r: Num; cost_gate_r: Num; decision_hash: string | null;
  reward_r: Num; break_even_win_rate: Num;
}
export interface WhyRow {
  strategy: string; direction: Side; timeframe: Frame; bar_time: number; bars_ago: number; bars_seen: number; fired: boolean;
  note: string | null; predicates: Predicate[];
}
export interface Regime {
  symbol: string; label: string; direction: number; confidence: Num; bias: number; change24h_percent: Num;
  sparkline: Num[]; since: Num; reason: string | null;
}
export interface Why { symbol: string; market_time: number; regime: Regime | null; rows: WhyRow[]; notes: string[] }
export interface Refusal {
  time: number; symbol: string; timeframe: Frame; strategy: string; direction: Side; reason: string; value: Num;
  threshold: Num; comparison: string; unit: string; text: string; replayed: boolean;
}
export interface Refusals { since: number; total: number; reasons: { reason: string; title: string; count: number; last: Refusal[] }[] }
export interface Statistics {
  name: string; n: number; wins: number; break_evens: number; losses: number; win_rate: Num; win_rate_ci95: Interval;
  expectancy_r_net: Num; expectancy_r_net_ci95: Interval; profit_factor_net: Num; net_r: Num; edge_proven: boolean;
}
export interface Performance {
  days: number; all: Statistics; by_strategy: Statistics[]; by_regime: Statistics[]; by_score: Statistics[];
  equity: { time: number; r: number }[]; equity_gross: { time: number; r: number }[]; max_drawdown_r: Num; drawdown_now_r: Num;
}
export interface Portfolio {
  starting_usdt: number; equity_usdt: number; equity_r: Num; today_r: Num; today_percent: Num; open_r: Num;
  open_risk_percent: Num; pending_risk_percent: Num; open_positions: number; waiting_signals: number;
  day_limit_percent: Num; open_risk_limit_percent: Num;
}
export interface Journal {
  time: number; kind: string; level: "ok" | "warn" | "crit"; symbol: string; text: string; signal_id: string | null; replayed: boolean;
}

export interface Rows<T> { total: number; offset: number; limit: number; rows: T[] }
export interface WhyNot {
  time: number; kind: "refused" | "near_miss"; symbol: string; timeframe: Frame; strategy: string; mode: string; direction: Side;
  reason: string; title: string; value: Num; threshold: Num; comparison: string; unit: string; replayed: boolean;
}
/** A signal's past: at bar i only what stands at or before i was known. */
export interface Replay {
  signal: Signal; timeframe: Frame; decision_bar: number; candles: Candle[]; studies: Record<string, Num[]>;
  zones: { bar: number; zones: Zone[] }[]; zones_reason: string | null;
  steps: { bar: number; time: number; kind: string; text: string; stop: Num }[]; cut: boolean;
}
export interface ScoreBucket { label: string; n: number; mean_r: Num; mean_r_ci95: Interval }
export type Verdict = "cannot_say" | "in_order" | "inverted" | "never_fires";
export interface Calibration { scale: string; n: number; rank_correlation: Num; verdict: Verdict; alert: boolean; buckets: ScoreBucket[] }
export interface ScorePartCheck {
  scale: string; name: string; n: number; fires_share: Num; unavailable_share: Num; rank_correlation: Num; verdict: Verdict; alert: boolean;
}
export interface Excursion { signal_id: string; mae_r: number; mfe_r: number; r: number; outcome: "win" | "break_even" | "loss" }
export interface PerformanceDetail {
  days: number; from: number; to: number; all: Statistics; signals: Statistics; shadowed: number; by_strategy: Statistics[];
  by_regime: Statistics[]; by_score: Statistics[]; by_symbol: Statistics[]; by_side: Statistics[]; by_hour: Statistics[];
  by_confluence: Statistics[]; calibration: Calibration[]; score_parts: ScorePartCheck[];
  excursions: { levels: number[]; mfe_r: Num[]; mae_r: Num[]; winners_mae_r: Num[]; losers_mfe_r: Num[]; edge_ratio: Num; points: Excursion[]; points_total: number };
  drawdown: { depth_r: number; now_r: number; trough: Num; longest_ms: number; under_water_share: Num };
  ratios: {
    days: number; sharpe: Num; sortino: Num; probabilistic_sharpe: Num; deflated_sharpe: Num; trials: Num; minimum_track_record_days: Num;
    cost_r: Num; wins_in_row: number; losses_in_row: number;
  };
  monthly: { month: string; statistics: Statistics }[];
}
export interface Allocation { name: string; positions: number; notional_usdt: number; notional_percent: Num; risk_percent: Num; open_r: Num }
export interface OpenPosition {
  signal_id: string; symbol: string; strategy: string; direction: Side; waiting: boolean; notional_usdt: number; risk_usdt: number;
  risk_percent: Num; now_r: Num; now_usdt: Num; cluster: Num;
}
export interface PortfolioDetail {
  now: Portfolio; curve: { time: number; r: number; usdt: number }[]; positions: OpenPosition[]; by_symbol: Allocation[];
  by_strategy: Allocation[]; by_side: Allocation[];
  clusters: {
    available: boolean; reason: string | null; threshold: number; days: number; timeframe: Frame; positions_max: number;
    clusters: { number: number; symbols: string[]; correlation_mean: Num; correlation_min: Num; positions: number; risk_percent: Num }[];
  };
  daily: { day: number; trades: number; r: number; usdt: number }[];
  limits: { name: string; title: string; used: Num; limit: Num; unit: string; enforced: boolean }[];
}

/** A book and how far it is to be believed; its numbers are null when it is not. */
export interface BookState {
  symbol: string; trust: string; believed: boolean; reason: string | null; age_ms: Num; resyncs: Num; gaps: Num; spread_bp: Num; imbalance: Num;
}
export interface BookLevel { price: number; quantity: number; cumulative: number }
export interface Book {
  symbol: string; time: number; trust: string; believed: boolean; reason: string | null; last_update_id: number; age_ms: Num; resyncs: number;
  gaps: Num; bids: BookLevel[]; asks: BookLevel[]; mid: Num; spread_bp: Num; microprice: Num; imbalance: Num; imbalance_median: Num;
  imbalance20: Num; depth: { within_bp: number; bids: Num; asks: Num }[]; flow: { seconds: number; value: Num }[];
}

export interface Quantiles { count: number; p50_ms: Num; p95_ms: Num; p99_ms: Num; buckets: { up_to_ms: Num; count: number }[] }
export interface LimitUse { name: string; used: number; limit: number }
export interface StreamLine {
  route: string; number: number; state: string; streams: number; subscribed: number; refused: number; messages: number; bytes: number;
  rubbish: number; reconnects: number; renewals: number; data_age_ms: Num; socket_age_ms: Num; last_end: string | null; lag: Quantiles;
}
export interface Limits {
  time: number; ours: number; ours_max: number; used: number; limit: number; peak: number; window_ends: number;
  minutes: { end: number; ours: number; used: number }[];
  lanes: { lane: string; used: number; ceiling: number; reserve: number; waiting: number; granted: number }[];
  orders: LimitUse[]; five_minutes: LimitUse[]; paused_until: Num; ban: { from: Num; until: number } | null; ban_left_s: Num;
  bans: { from: Num; until: number }[]; refused: number; clock_offset_ms: Num; streams: StreamLine[];
  books: { synced: number; total: number; by_trust: Record<string, number>; updates: number; old_updates: number; gaps: number; resyncs: number; snapshots: number; snapshots_failed: number; bytes: number } | null;
}
export interface Latency {
  since: number; stages: { name: string; title: string; took: Quantiles; reason: string | null }[];
  calls: { endpoint: string; sent: number; failed: number; took: Quantiles }[];
}

export interface Series {
  symbol: string; timeframe: Frame; first: Num; last: Num; stored: number; expected: number; complete_percent: Num; missing: number;
}
export interface Gap {
  symbol: string; timeframe: Frame; from: number; to: number; bars: number; state: "open" | "queued" | "running" | "empty"; job: Num;
}
export interface DataSurvey {
  time: number; candles: number; store_bytes: Num; complete_percent: Num; series: Series[]; gaps: Gap[]; gaps_total: number;
  symbols: { symbol: string; bars: Record<string, number>; ema200_bars: number; ema200_young: boolean; can_signal: boolean; reasons: string[] }[];
  verified: { agreed: number; mismatched: number; late: number; unconfirmed: number; failed: number; left_out: number } | null;
  can_repair: boolean;
}
export interface Heat { first_day: number; days: number; timeframe: Frame; rows: { symbol: string; percent: Num[] }[] }
export interface DataJob {
  job: number; kind: "repair" | "download"; state: "queued" | "running" | "done" | "failed" | "cancelled"; symbols: string[]; timeframes: Frame[];
  from: number; to: number; progress: Num; expected: number; added: number; missing: number; fault: string | null; queued_at: number;
  started_at: Num; ended_at: Num; left_s: Num;
}
export interface SymbolChange { symbol: string; state: string; text: string }

export type SettingValue = boolean | number | string;
export interface Setting {
  path: string; section: string; label: string; description: string; unit: string; type: "boolean" | "integer" | "number" | "choice" | "text";
  min: Num; max: Num; choices: string[]; allowed: string; default: SettingValue; profile_value: SettingValue; value: SettingValue;
  next: SettingValue | null; source: "default" | "file" | "page" | "environment"; source_detail: string; applies: "live" | "next_start";
  locked: boolean; is_threshold: boolean;
}
export interface Settings {
  revision: number; trials: number; profile: string; restart_pending: boolean; faults: { path: string; problem: string; source: string }[];
  settings: Setting[]; read_only_reason: string | null;
}
export interface SettingsCheck { valid: boolean; errors: Record<string, string[]> }
export interface SettingsRevision {
  revision: number; at: number; user: string; undoes: Num; trial: boolean; changes: { path: string; from: string | null; to: string | null }[];
}
export interface Secret { name: string; present: boolean; from: string | null; purpose: string }

export interface BacktestOrder {
  data: string; symbols: string[]; from: Num; to: Num; profile: string | null; strategies: string[]; ledger: string;
  overrides: Record<string, SettingValue>;
}
export interface Backtest {
  id: string; state: "queued" | "running" | "done" | "failed" | "cancelled" | "interrupted"; user: string; order: BacktestOrder; queued_at: number;
  started_at: Num; ended_at: Num; place: Num; progress: Num; market_time: Num; candles: number; trades: number; candles_per_second: Num;
  seconds_left: Num; error: string | null; bytes: number; has_results: boolean; has_report: boolean;
}
export interface BacktestData {
  root: string; present: boolean; truncated: boolean; reading: boolean; profiles: string[]; strategies: string[]; ledgers: string[];
  elsewhere: string | null; command: string | null;
  folders: { data: string; fault: string | null; series: { symbol: string; timeframe: Frame; files: number; from: Num; to: Num; candles: Num }[] }[];
}
export interface BacktestComparison { runs: Backtest[]; rows: { figure: string; values: unknown[] }[] }
/** A line of trades.jsonl: its times are texts, UTC. */
export interface BacktestTrade {
  signal_id: string; symbol: string; strategy: string; mode: string; direction: string; category: string; score: Num; regime: string;
  entry_time: string; entry_price: number; exits: { time: string; price: number; fraction: number; reason: string }[];
  pnl_r_gross: number; pnl_r_net: number; outcome: string; mfe_r: Num; mae_r: Num; bars: number;
  /** `primary`, or `shadowed by ID`: followed, but outside the statistics. */
  execution: string;
}
export interface BacktestTrades { total: number; offset: number; trades: BacktestTrade[] }

export interface LogLine { at: number; level: "debug" | "information" | "warning" | "error" | "fatal"; source: string; text: string; exception: string | null }
export interface LogPage { lines: LogLine[]; complete: boolean; unreadable: number }

export interface ChatMessage {
  id: number; at: number; html: string; has_picture: boolean; edits: number; from_user: boolean; reply_to: Num; silent: boolean;
  buttons: { text: string; data: string }[][];
}
export interface Chat { version: number; messages: ChatMessage[]; commands: { name: string; about: string }[] }

/** Who looks at the page, and what this process lets them do. */
export interface Session {
  user: string | null; role: "viewer" | "trader" | null; csrf: string | null; sign_in_required: boolean; with_token?: boolean; ends?: Num;
}

/** What went wrong: a title, a sentence, and what is allowed. Status 0: nothing answered. */
export class Problem extends Error {
  constructor(readonly status: number, readonly title: string, readonly detail: string, readonly allowed: string | null = null,
    readonly trace: string | null = null, readonly errors: Readonly<Record<string, string[]>> = {}) {
    super(status === 0 ? `${title}: ${detail}` : `${title} (${status}): ${detail}`);
  }
}

const CSRF_HEADER = "X-CSRF-Token";
let csrf = "";
let onSignIn: () => void = () => undefined;

/** Called when an answer is 401: somebody has to sign in. */
export function whenSignInIsNeeded(handler: () => void): void {
  onSignIn = handler;
}

export function keepToken(token: string | null): void {
  csrf = token ?? "";
}

async function ask(method: string, path: string, body?: unknown, signal?: AbortSignal, revision?: number): Promise<Response> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (revision !== undefined) headers["if-match"] = `"${revision}"`;
  if (method !== "GET") headers[CSRF_HEADER] = csrf;
  if (body !== undefined) headers["content-type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(path, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (error) {
    if ((error as Error).name === "AbortError") throw error;
    throw new Problem(0, "The program does not answer", "it has ended, or the connection is lost");
  }
  if (response.ok) return response;
  if (response.status === 401) onSignIn();
  const problem = (await response.json().catch(() => ({}))) as { title?: string; detail?: string; allowed?: string; trace_id?: string; traceId?: string; errors?: Record<string, string[]> };
  throw new Problem(response.status, problem.title ?? response.statusText, problem.detail ?? path, problem.allowed ?? null, problem.trace_id ?? problem.traceId ?? null, problem.errors);
}

/** Fails with the sentence of the problem details, which says what was wrong and what is allowed. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await (await ask("GET", path, undefined, signal)).json()) as T;
}

/** The same as text, so that an unchanged answer can be told from a new one. */
export async function getText(path: string): Promise<string> {
  return (await ask("GET", path)).text();
}

async function change<T>(method: string, path: string, body?: unknown, revision?: number): Promise<T | null> {
  const response = await ask(method, path, body, undefined, revision);
  const text = await response.text();
  return text === "" ? null : (JSON.parse(text) as T);
}

/** Changes carry the session's token; a viewer's gets 403 with the reason. With a revision: only if it still holds. */
export const post = <T>(path: string, body?: unknown, revision?: number): Promise<T | null> => change<T>("POST", path, body, revision);
export const put = <T>(path: string, body?: unknown, revision?: number): Promise<T | null> => change<T>("PUT", path, body, revision);
export const del = <T>(path: string): Promise<T | null> => change<T>("DELETE", path);
