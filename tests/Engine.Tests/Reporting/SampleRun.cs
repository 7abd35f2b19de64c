using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Reporting;

namespace FuturesBot.Engine.Tests.Reporting;

/// <summary>A made-up backtest over seeded random walks: every field filled, nothing measured.</summary>
internal static class SampleRun
{
    public const long Start = 1_751_587_200_000;   // 2025-07-04T00:00:00Z
    private const long BarMs = 900_000;
    private const int BarsBefore = 20;

    private static readonly string[] Strategies =
        ["LiquiditySweep", "BreakAndRetest", "MaVwapPullback", "VolumeProfile", "ActionPrice"];

    private static readonly string[] Regimes = ["TREND", "RANGE", "SQUEEZE", "CHOP", "UNDECIDED", ""];

    private static readonly (string Name, double Price, int Decimals)[] Coins =
    [
        ("BTCUSDT", 108_000, 1), ("ETHUSDT", 2_550, 2), ("SOLUSDT", 148, 2), ("XRPUSDT", 2.2, 4),
        ("TRXUSDT", 0.284, 5), ("1000PEPEUSDT", 0.0098, 7),
    ];

    public static BacktestReportModel Of(int trades, int seed = 7, string profile = "default")
    {
        var random = new Random(seed);
        var (records, charts) = (new List<TradeRecord>(trades), new List<TradeChart>());
        var span = 88L * 86_400_000;
        for (var i = 0; i < trades; i++)
        {
            var (record, chart) = One(random, i, Start + (span * i / Math.Max(1, trades)) / BarMs * BarMs);
            records.Add(record);
            charts.Add(chart);
        }

        var chosen = TradeChart.Chosen(records);
        var options = new PanelOptions(Start, Start + (span + (2 * 86_400_000)), Trials: 46);
        var facts = new RunFacts(
            profile, options.FromMs, options.ToMs, Coins.Length, 207_360, 1_312_500, new string('a', 64));
        return new()
        {
            Summary = new(facts, PerformancePanel.Of(records, options, Refusals())),
            Trades = records,
            Charts = [.. charts.Where(c => chosen.Contains(c.SignalId))],
            Assumptions = Assumptions,
            Symbols =
            [
                .. Coins.Select(c => new SymbolData(
                    c.Name, "5m, 15m; 1h and 4h built", Tick(c.Decimals), "inferred from the prices",
                    options.FromMs, options.ToMs, 34_560, Gaps: 1, MissingBars: 3)),
            ],
            CostGates =
            [
                .. Coins.Select((c, i) => new CostGate("ActionPrice", c.Name, 16 + (10 * i), 96 - (7 * i))),
            ],
        };
    }

    public static ReportAssumptions Assumptions { get; } = new()
    {
        Fees = "0.020 % maker, 0.050 % taker, on every fill",
        Slippage = "the greatest of 1 tick, 1 bp and 0.05 ATR of one minute; twice that on stops",
        Funding = "no funding rates in the data: none charged",
        Entry = "at the open of the next bar; limits only when price goes through them by 1 tick",
        Intrabar = "stop before target inside one bar; a gap through the stop fills at the open",
        Tracking = "5m candles; no 1m recorded",
        Universe = "the 6 symbols whose files were given; delisted ones are not among them (survivorship)",
        Sizing = "10 000 USDT at the start, 1 % risk per trade, quantities rounded down to the step",
        Unavailable =
        [
            new("order book", "depth imbalance was left out of every score; Order Flow cannot fire"),
            new("open interest", "its modifier was left out"),
        ],
    };

    private static RefusalCount[] Refusals() =>
    [
        new("CostTooHigh", 1_184, new("BTCUSDT", "ActionPrice", Start, "round-trip cost, R", 0.31, 0.20)),
        new("ScoreTooLow", 742, new("SOLUSDT", "LiquiditySweep", Start + BarMs, "score", 2.4, 3.0)),
        new("StopTooFar", 96, new("XRPUSDT", "VolumeProfile", Start, "stop distance, ATR", 3.6, 3.0)),
        new("PositionTaken", 71),
        new("OpposesBtcTrend", 18,
            new("ETHUSDT", "BreakAndRetest", Start, "BTC 3 h return", -0.0041, -0.003)),
    ];

    private static decimal Tick(int decimals)
    {
        var tick = 1m;
        for (var i = 0; i < decimals; i++) tick /= 10;
        return tick;
    }

    private static (TradeRecord Record, TradeChart Chart) One(Random random, int number, long entryMs)
    {
        var (name, price, decimals) = Coins[random.Next(Coins.Length)];
        var dir = random.Next(2) == 0 ? 1 : -1;
        var strategy = Strategies[random.Next(Strategies.Length)];
        var walk = Walk(random, price, entryMs);
        var at = BarsBefore;
        var entry = walk[at].Open;
        var r = price * (0.004 + (random.NextDouble() * 0.006));
        var (exits, gross, mfe, mae, bars, outcome) = Follow(walk, at, entry, dir, r, decimals);
        var cost = 0.0011m * (decimal)(price / r);
        var net = Math.Round(gross - cost, 6);
        var ap = strategy == "ActionPrice";
        var id = $"{(number * 2_654_435_761L) & 0xFFFFFFFFL:x16}";
        var record = new TradeRecord
        {
            SignalId = id,
            Symbol = name,
            Strategy = strategy,
            Mode = ap ? (random.Next(3) == 0 ? "SCALP" : "STANDARD") : "FADE",
            Direction = dir > 0 ? "LONG" : "SHORT",
            Category = ap ? "action_price" : "mean_reversion",
            Score = ap
                ? random.Next(1, 9)
                : Math.Round(3 + (random.NextDouble() * random.NextDouble() * 4), 2),
            ScoreParts =
            [
                new("volume", random.Next(2), "1.8 × the median of 20 bars"),
                new("cvd", random.Next(2), "delta turned up two bars ago"),
                new("depth imbalance", null, "no order book in the data"),
                new("late trend", 0, "18 bars since the break"),
            ],
            Regime = Regimes[random.Next(Regimes.Length)],
            DecidedAtMs = entryMs,
            EntryTimeMs = entryMs,
            EntryPrice = Put(entry, decimals),
            Stop = Put(entry - (dir * r), decimals),
            Tp1 = Put(entry + (dir * r), decimals),
            Tp2 = Put(entry + (2 * dir * r), decimals),
            Exits = exits,
            Fees = Math.Round(cost * 0.8m, 6),
            Funding = 0,
            Slippage = Math.Round(cost * 0.2m, 6),
            PnlRGross = gross,
            PnlRNet = net,
            Outcome = outcome == TradeOutcome.BreakEven || Math.Abs(net) <= 0.1m ? TradeOutcome.BreakEven
                : net > 0 ? TradeOutcome.Win : TradeOutcome.Loss,
            MfeR = mfe,
            MaeR = mae,
            Bars = bars,
            DecisionHash = $"{number:x64}",
            Execution = random.Next(12) == 0 ? TradeRecord.ShadowedBy($"{number:x16}") : TradeRecord.Primary,
        };
        return (record, TradeChart.Around(record, walk, TimeFrame.M15, decimals));
    }

    private static Candle[] Walk(Random random, double price, long entryMs)
    {
        var bars = new Candle[220];
        var close = price;
        for (var i = 0; i < bars.Length; i++)
        {
            var open = close;
            close = open * (1 + ((random.NextDouble() - 0.5) * 0.006));
            var high = Math.Max(open, close) * (1 + (random.NextDouble() * 0.0015));
            var low = Math.Min(open, close) * (1 - (random.NextDouble() * 0.0015));
            bars[i] = new(entryMs + ((i - BarsBefore) * BarMs), open, high, low, close, 100);
        }

        return bars;
    }

    private static (TradeExit[] Exits, decimal GrossR, double Mfe, double Mae, int Bars, TradeOutcome Outcome)
        Follow(Candle[] walk, int at, double entry, int dir, double r, int decimals)
    {
        var exits = new List<TradeExit>();
        double mfe = 0, mae = 0, stop = -1, left = 1, gross = 0;
        var i = at;
        for (; i < walk.Length - 1 && left > 0.001; i++)
        {
            var best = dir * ((dir > 0 ? walk[i].High : walk[i].Low) - entry) / r;
            var worst = dir * ((dir > 0 ? walk[i].Low : walk[i].High) - entry) / r;
            mae = Math.Min(mae, Math.Max(stop, worst));
            if (worst <= stop) Leave(stop, left, stop < 0 ? "SL" : stop < 0.5 ? "BE" : "TRAIL");
            else
            {
                mfe = Math.Max(mfe, best);
                if (left > 0.99 && best >= 1) { Leave(1, 0.3, "TP1"); stop = 0.1; }
                else if (left is > 0.6 and < 0.99 && best >= 2) { Leave(2, 0.4, "TP2"); stop = 1; }
            }
        }

        if (left > 0.001) Leave(dir * (walk[i].Close - entry) / r, left, "TIME");
        var even = exits[^1].Reason == "BE" ? TradeOutcome.BreakEven : TradeOutcome.Win;
        return ([.. exits], Math.Round((decimal)gross, 6), mfe, Math.Min(0, mae), i - at, even);

        void Leave(double atR, double part, string reason)
        {
            exits.Add(new(
                walk[i].OpenTimeMs + BarMs, Put(entry + (dir * atR * r), decimals),
                Math.Round((decimal)part, 2), reason));
            gross += atR * part;
            left -= part;
        }
    }

    private static decimal Put(double price, int decimals) => Math.Round((decimal)price, decimals);
}
