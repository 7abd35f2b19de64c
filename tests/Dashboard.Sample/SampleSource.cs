using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard.Sample;

/// <summary>Invented, seeded data of every kind that the page shows.</summary>
public sealed class SampleSource : IDashboardSource
{
    /// <summary>Fri 20 Nov 2026, 12:33:00 UTC: in the middle of a 15-minute candle.</summary>
    public const long StartMs = 1_795_177_980_000;

    /// <summary>Signals that a test may add.</summary>
    private const int AddedMax = 10;

    private static readonly (string Name, int Decimals, double Price)[] Known =
    [
        ("BTCUSDT", 1, 111_284.3), ("ETHUSDT", 2, 4_301.22), ("SOLUSDT", 2, 157.35), ("BNBUSDT", 2, 871.44),
        ("XRPUSDT", 4, 2.4113), ("DOGEUSDT", 5, 0.18422), ("ADAUSDT", 4, 0.6121), ("LINKUSDT", 3, 23.861),
        ("AVAXUSDT", 3, 25.114), ("SUIUSDT", 4, 3.2291), ("LTCUSDT", 2, 94.12), ("1000PEPEUSDT", 7, 0.0101842),
    ];

    private static readonly (string Reason, string Title, string Comparison, string Unit, double Value, double Threshold)[]
        Reasons =
        [
            ("CostTooHigh", "Round trip costs too much", "≤", "R", 0.27, 0.20),
            ("ScoreTooLow", "Score too low", "≥", "", 2.90, 3.00),
            ("SymbolBusy", "Symbol has a position", "", "", double.NaN, double.NaN),
            ("StopTooFar", "Stop too far", "≤", "ATR", 3.6, 3.0),
            ("Missed", "Price ran away", "≤", "R", 0.41, 0.25),
        ];

    private readonly Lock _gate = new();
    private readonly SampleMarket[] _markets;
    private readonly SignalView[] _closed;
    private readonly List<SignalView> _added = [];
    private readonly TimeProvider _time;
    private readonly long _startedMs;
    private long _nowMs = StartMs;

    /// <param name="seed">Of all that is invented.</param>
    /// <param name="time">Wall time of the start.</param>
    /// <param name="trades">Closed trades, at most 160.</param>
    public SampleSource(int seed, TimeProvider time, int trades = 34)
    {
        _time = time;
        _startedMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        _markets =
        [
            .. Known.Select((k, i) =>
                new SampleMarket(Symbol.Parse(k.Name), k.Decimals, k.Price, StartMs, seed + (100 * i))),
        ];
        var random = new Random(seed);
        _closed =
        [
            .. Enumerable.Range(0, trades).Select(n => SampleSignals.Closed(_markets[n * 5 % 12], n, random))
                .OrderByDescending(s => s.ClosedAtMs),
        ];
    }

    public DashboardFeed Feed { get; } = new();

    /// <summary>Moves market time on by this many milliseconds.</summary>
    public void Advance(long ms)
    {
        lock (_gate)
        {
            _nowMs += ms;
            foreach (var market in _markets)
            {
                foreach (var (frame, candle) in market.Step(_nowMs))
                    Feed.Push(new DashboardPush.CandleClosed(market.Symbol, frame, candle));
            }
        }
    }

    /// <summary>A new signal is decided now, and open pages are told.</summary>
    /// <exception cref="InvalidOperationException">Ten were added before.</exception>
    public SignalView AddSignal(string symbol)
    {
        SignalView signal;
        lock (_gate)
        {
            if (_added.Count >= AddedMax) throw new InvalidOperationException($"{AddedMax} signals were added; no more are kept");
            var market = Market(Symbol.Parse(symbol));
            signal = SampleSignals.Open(market, 5 + _added.Count, 0.05, SignalStage.Open) with { DecidedAtMs = _nowMs, EnteredAtMs = _nowMs };
            _added.Add(signal);
        }

        Feed.Push(new DashboardPush.SignalChanged(signal));
        return signal;
    }

    public StatusView Status() => new(
        "paper", "simulated", Simulated: true, Seed: 42, Speed: 60, _nowMs, _startedMs, Ready: true, double.NaN,
        "default", "0.1.0", [
            new("Market", "12 / 12", "last candle 0.2 s ago", HealthLevel.Ok),
            new("Order books", "none", "simulated wire comes later", HealthLevel.Ok),
            new("Candles", "99.94 %", "1 gap in LTCUSDT 1m", HealthLevel.Warn),
            new("Decisions", "p95 0.4 ms", "144 at 14:45", HealthLevel.Ok),
            new("Store", "0 pending", "schema 1, 18.2 MB", HealthLevel.Ok),
            new("Ledger", "18 204 lines", "9f3ac1", HealthLevel.Ok),
        ]);

    public IReadOnlyList<SymbolView> Symbols()
    {
        lock (_gate)
        {
            return
            [
                .. _markets.Select(m => new SymbolView(
                    m.Symbol, m.Decimals, m.Last, Change(m), 1.84e9 / (1 + m.Decimals), TimeFrames.All)),
            ];
        }
    }

    public ValueTask<IReadOnlyList<Candle>> CandlesAsync(Symbol symbol, TimeFrame frame, int limit, CancellationToken cancel = default) =>
        ValueTask.FromResult<IReadOnlyList<Candle>>(Newest(symbol, frame, limit));

    internal Candle[] Newest(Symbol symbol, TimeFrame frame, int limit)
    {
        lock (_gate) return [.. Market(symbol).Closed(frame).TakeLast(limit)];
    }

    public RunningCandle? Running(Symbol symbol, TimeFrame frame)
    {
        lock (_gate) return Market(symbol).Running(frame);
    }

    public ValueTask<IndicatorsView> IndicatorsAsync(Symbol symbol, TimeFrame frame, int limit, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            var bars = Market(symbol).Closed(frame);
            return ValueTask.FromResult<IndicatorsView>(new(
                symbol, frame, [.. bars.TakeLast(limit).Select(b => b.OpenTimeMs)], SampleStudies.Of(bars, limit)));
        }
    }

    public ZonesView Zones(Symbol symbol, TimeFrame frame)
    {
        lock (_gate)
        {
            var bars = Market(symbol).Closed(frame);
            if (symbol.Name == "LTCUSDT") return new(symbol, frame, [], null, "fewer than 10 bins in the window");
            var last = Market(symbol).Last;
            var since = bars[^140].OpenTimeMs;
            ZoneView Zone(bool support, double at, TimeFrame of, int touches, bool flipped) => new(
                support, last * (at - 0.0016), last * (at + 0.0016), of, since, touches, 2.4, flipped);
            return new(symbol, frame, [
                Zone(true, 0.993, TimeFrame.H1, 4, true), Zone(true, 0.972, TimeFrame.H1, 3, false),
                Zone(false, 1.019, TimeFrame.H4, 2, false),
            ], SampleStudies.Profile(bars, frame), null);
        }
    }

    public IReadOnlyList<SignalView> Signals(SignalGroup group, int limit)
    {
        lock (_gate) return [.. (group == SignalGroup.Open ? Open() : _closed).Take(limit)];
    }

    public SignalDetailView? Signal(string signalId)
    {
        lock (_gate)
        {
            return Open().Concat(_closed).FirstOrDefault(s => s.SignalId == signalId) is { } signal
                ? SampleSignals.Detail(signal)
                : null;
        }
    }

    public WhyView Why(Symbol symbol)
    {
        string[] strategies =
            ["Liquidity Sweep", "Break & Retest", "MA/VWAP Pullback", "Volume Profile", "Action Price", "Order Flow"];
        var bar = TimeFrame.M15.OpenOf(_nowMs);
        var rows = strategies.SelectMany((name, i) => new[] { Side.Long, Side.Short }.Select(side => new WhyRowView(
            name, side, name.StartsWith("MA", StringComparison.Ordinal) ? TimeFrame.H4 : TimeFrame.M15,
            bar - (i * 900_000), i, 8, Fired: false,
            name == "Order Flow" ? "needs the order book, which is unavailable" : null,
            SampleSignals.Predicates(failed: (i + (int)side + 1) % 4))));
        return new(symbol, _nowMs, Regimes().First(r => r.Symbol == symbol), [.. rows]);
    }

    public IReadOnlyList<RegimeView> Regimes()
    {
        string[] labels = ["RANGE", "TREND", "TREND", "SQUEEZE", "CHOP", "TREND", "TREND", "RANGE", "TREND", "CHOP", "UNDECIDED"];
        lock (_gate)
        {
            return
            [
                .. _markets.Select((m, i) =>
                {
                    var label = labels[i % labels.Length];
                    var up = i % 2 == 0 ? 1 : -1;
                    return new RegimeView(
                        m.Symbol, label, label == "TREND" ? up : 0, label == "UNDECIDED" ? double.NaN : 0.55 + (i * 0.04),
                        up, Change(m), [.. m.Closed(TimeFrame.H1).TakeLast(36).Select(c => c.Close)], StartMs - 86_400_000,
                        label == "UNDECIDED" ? "gap in the last 60 bars" : null);
                }),
            ];
        }
    }

    public RefusalsView Refusals()
    {
        var rows = Reasons.Select((r, i) => new RefusalReasonView(r.Reason, r.Title, 61 / (i + 1), [
            .. Enumerable.Range(0, 4).Select(n =>
            {
                var value = r.Value * (1 + (n * 0.04));
                var market = _markets[((i * 3) + n) % 12];
                return new RefusalView(
                    StartMs - (n * 4_500_000L), market.Symbol, TimeFrame.M15, "Liquidity Sweep",
                    n % 2 == 0 ? Side.Long : Side.Short, r.Reason, value, r.Threshold, r.Comparison, r.Unit,
                    double.IsNaN(value) ? "Break & Retest holds the symbol" : r.Title, Replayed: n > 1);
            }),
        ])).ToArray();
        return new(StartMs - (7 * 86_400_000L), rows.Sum(r => r.Count), rows);
    }

    public PerformanceView Performance(int days)
    {
        var trades = ClosedWithin(days);
        var (net, gross) = (Sum(trades, s => s.PnlRNet), Sum(trades, s => s.PnlRGross));
        return new(
            days, Statistics("all", trades), [.. trades.GroupBy(t => t.Strategy).Select(g => Statistics(g.Key, [.. g]))],
            [.. trades.GroupBy(t => t.Regime).Select(g => Statistics(g.Key, [.. g]))],
            [.. trades.GroupBy(t => $"{Math.Floor(t.Score)} – {Math.Floor(t.Score) + 1}").OrderBy(g => g.Key)
                .Select(g => Statistics(g.Key, [.. g]))],
            net, gross, Drawdowns(net).DefaultIfEmpty(0).Min(), Drawdowns(net).LastOrDefault());
    }

    public PortfolioView Portfolio() => new(
        10_000m, 10_248.16m, Math.Round(_closed.Sum(s => s.PnlRNet), 2), -0.84, -0.42, 1.68, 1.5, 0.5, 4, 1, -3.0, 3.0);

    public IReadOnlyList<JournalView> Journal(int limit) =>
    [
        .. new JournalView[]
        {
            new(StartMs - 60_000, "data", HealthLevel.Warn, "LTCUSDT", "no closed 1m candle since 14:30", null, false),
            new(StartMs - 180_000, "data", HealthLevel.Ok, "", "144 candles closed, 0 new signals, 7 near misses", null, false),
            new(StartMs - 1_080_000, "refusal", HealthLevel.Ok, "1000PEPEUSDT", "long refused: cost 0.27 R, gate 0.20 R", null, false),
            new(StartMs - 4_680_000, "signal", HealthLevel.Ok, "LINKUSDT", "long opened at 23.861, Action Price", "a3f3c0de3b61d03", true),
            new(StartMs - 7_080_000, "exit", HealthLevel.Ok, "ETHUSDT", "TP1 filled 30 % at 4 301.22, stop to break-even", "a1f3c0de1b61d01", true),
            new(StartMs - 9_060_000, "fill", HealthLevel.Ok, "SOLUSDT", "long opened at 156.48, Break & Retest", "a0f3c0de0b61d00", true),
        }.Take(limit),
    ];

    /// <summary>Closed trades of the last days, oldest first; 0 = all.</summary>
    internal SignalView[] ClosedWithin(int days)
    {
        lock (_gate)
        {
            var from = days == 0 ? 0 : _nowMs - (days * 86_400_000L);
            return [.. _closed.Where(s => s.ClosedAtMs >= from).OrderBy(s => s.ClosedAtMs)];
        }
    }

    private SignalView[] Open() =>
    [
        .. _added.AsEnumerable().Reverse(),
        SampleSignals.Open(_markets[2], 0, 0.60, SignalStage.Open),
        SampleSignals.Open(_markets[1], 1, 1.38, SignalStage.Tp1Done),
        SampleSignals.Open(_markets[3], 2, -0.42, SignalStage.Open),
        SampleSignals.Open(_markets[7], 3, 0.12, SignalStage.Open),
        SampleSignals.Open(_markets[8], 4, 0.35, SignalStage.PendingEntry),
    ];

    internal SampleMarket Market(Symbol symbol) => _markets.First(m => m.Symbol == symbol);

    private static double Change(SampleMarket market) =>
        ((market.Last / market.Closed(TimeFrame.H1)[^24].Open) - 1) * 100;

    internal static EquityPointView[] Sum(SignalView[] trades, Func<SignalView, double> result)
    {
        var sum = 0.0;
        return [.. trades.Select(t => new EquityPointView(t.ClosedAtMs ?? 0, sum += result(t)))];
    }

    internal static double[] Drawdowns(EquityPointView[] equity)
    {
        var peak = 0.0;
        return [.. equity.Select(p => p.R - (peak = Math.Max(peak, p.R)))];
    }

    internal static StatisticsView Statistics(string name, SignalView[] trades)
    {
        var n = trades.Length;
        if (n == 0)
        {
            return new(
                name, 0, 0, 0, 0, double.NaN, IntervalView.None, double.NaN, IntervalView.None, double.NaN, 0);
        }

        var wins = trades.Count(t => t.Outcome == TradeOutcome.Win);
        var even = trades.Count(t => t.Outcome == TradeOutcome.BreakEven);
        var (p, mean) = ((double)wins / n, trades.Average(t => t.PnlRNet));
        var half = 1.96 * Math.Sqrt(trades.Sum(t => Math.Pow(t.PnlRNet - mean, 2)) / n / n);
        var (centre, spread) = (
            (p + (1.92 / n)) / (1 + (3.84 / n)), 1.96 * Math.Sqrt((p * (1 - p) / n) + (0.96 / n / n)) / (1 + (3.84 / n)));
        var (won, lost) = (
            trades.Sum(t => Math.Max(t.PnlRNet, 0)), -trades.Sum(t => Math.Min(t.PnlRNet, 0)));
        return new(
            name, n, wins, even, n - wins - even, p, new(centre - spread, centre + spread), mean,
            n < 2 ? IntervalView.None : new(mean - half, mean + half), lost == 0 ? double.NaN : won / lost, mean * n);
    }
}
