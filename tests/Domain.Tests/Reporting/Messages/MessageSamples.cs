using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain.Tests.Reporting;

/// <summary>One of every message, and of every state that reads differently. Sample figures.</summary>
internal static class MessageSamples
{
    // 20.11.2026 12:15 in Kyiv.
    private const long At = 1_795_169_700_000;
    private const long Minute = 60_000;
    private const string Hash = "9f3a61d0c07be2a45d18f0b7a4410c9e9f3a61d0c07be2a45d18f0b7a4410c9e";

    /// <summary>Kyiv in winter, without the machine's time zone data.</summary>
    public static TimeZoneInfo Kyiv { get; } = TimeZoneInfo.CreateCustomTimeZone("Kyiv", TimeSpan.FromHours(2), "Kyiv", "Kyiv");

    public static GroupStatistics Statistics(int n, int wins, int evens, double mean, double low, double high, double factor) =>
        new("BreakAndRetest", n, wins, evens, n - wins - evens, WinRate.Of(wins, n), mean, new(low, high), factor, mean * n, (mean * n) + 3);

    public static TradePlan Sol { get; } = new()
    {
        Id = new("0123456789abcdef"),
        Symbol = Symbol.Parse("SOLUSDT"),
        Strategy = "BreakAndRetest",
        Side = Side.Long,
        Frame = TimeFrame.M15,
        Category = EntryCategory.Pullback,
        EntryType = EntryType.Limit,
        DecidedAtMs = At,
        SignalPrice = 156.48m,
        Entry = 156.48m,
        Stop = 155.02m,
        Target1 = 157.94m,
        Target2 = 159.40m,
        Atr = 0.92,
        Quantity = 34.24m,
        Rules = SymbolRules.FromTick(0.01m),
        ExpiryBars = 6,
        Exits = ExitOptions.Default,
        Score = 5.75,
        DecisionHash = Hash,
    };

    public static TradePlan Link { get; } = Sol with
    {
        Symbol = Symbol.Parse("LINKUSDT"),
        Strategy = "ActionPrice",
        Mode = "STANDARD",
        Category = EntryCategory.Breakout,
        EntryType = EntryType.Market,
        SignalPrice = 23.861m,
        Entry = 23.861m,
        Stop = 23.566m,
        Target1 = 24.156m,
        Target2 = 24.451m,
        Atr = 0.12,
        Rules = SymbolRules.FromTick(0.001m),
        ExpiryBars = 0,
        Exits = ExitOptions.ActionPrice,
        Score = 6,
        DecisionHash = "c07be2a4" + Hash[8..],
    };

    private static TradePlan Eth { get; } = Sol with
    {
        Symbol = Symbol.Parse("ETHUSDT"),
        Strategy = "LiquiditySweep",
        Mode = "fade",
        Side = Side.Short,
        Category = EntryCategory.MeanReversion,
        SignalPrice = 4340.90m,
        Entry = 4340.90m,
        Stop = 4380.58m,
        Target1 = 4301.22m,
        Target2 = 4261.54m,
        Atr = 22,
        ExpiryBars = 4,
        Quantity = 1.29m,
        DecisionHash = "5d18f0b7" + Hash[8..],
        Score = 5.75,
    };

    // Behind what it is made of: fields are filled in this order.
    public static IReadOnlyDictionary<string, IMessage> All { get; } = Make();

    private static SignalFacts Facts(SignalState state) => new()
    {
        State = state,
        ScoreParts =
        [
            new("base", 2.5, "BreakAndRetest"), new("regime_weight", 1.25, "×1.5 in Trend"), new("volume", 1, "3.50× against 1.50×"),
            new("cvd", 1, "5 bars agree"), new("open_interest", double.NaN, "open interest unavailable"),
            new("depth_imbalance", double.NaN, "order book unavailable"), new("confluence", 0, "1 strategies agree"),
            new("h4_bias", 0, "4h bias Bullish agrees"), new("late_trend", 0, "0.40 ATR"), new("btc", 0, "+0.10% in 3 h"),
        ],
        ScoreNeeded = 3,
        Regime = "TREND up",
        RegimeConfidence = 0.99,
        Account = AccountKind.Paper,
        RiskPercent = 0.5,
        LastPrice = 156.9,
        Record = new(90, Statistics(49, 23, 8, 0.38, 0.13, 0.66, 1.62)),
        Today = new(-0.84, -0.42, 3),
    };

    private static SignalFacts ActionPriceFacts(SignalState state) => Facts(state) with
    {
        ScoreParts =
        [
            new("initiator_size", 2, "body 1.14 ATR"), new("confirm_depth", 2, "0.42 ATR beyond EMA200"), new("close_position", 0, "inside the fan"),
            new("slope200", 1, "+0.31 ATR in 10 bars"), new("retest_tag", 1, "2 bars before"), new("lipuchka", 0, "0 of 5 bars"),
        ],
        ScoresItself = true,
        Record = new(90, Statistics(40, 10, 9, -0.15, -0.46, 0.14, 0.79), ScoreInverted: true),
    };

    private static SignalState Pending(TradePlan plan) => new SignalState.PendingEntry(plan.ExpiresAtMs) { Plan = plan };

    private static Position Position(TradePlan plan) => new()
    {
        Entry = plan.Entry,
        EnteredAtMs = At + (16 * Minute),
        InitialStop = plan.Stop,
        Stop = plan.Stop,
        Target1 = plan.Target1,
        Target2 = plan.Target2,
        EntryFeeRate = 0.0002m,
        Quantity = plan.Quantity,
        Favourable = (double)plan.Target1,
        FavourableAtMs = At + (90 * Minute),
        Adverse = (double)(plan.Entry - (plan.Dir * 0.21m * plan.Risk)),
        AdverseAtMs = At + (40 * Minute),
    };

    private static ExitFill Part(TradePlan plan, decimal price, decimal fraction, CloseReason reason, int minutes) =>
        new(At + (minutes * Minute), price, fraction, reason, reason is CloseReason.Tp1 or CloseReason.Tp2 ? 0.0002m : 0.0005m, 0m);

    private static SignalEvent.EntryFilled Fill(TradePlan plan) =>
        new(plan.Entry, 0m, 0.0002m, plan.Quantity, plan.Stop, plan.Target1, plan.Target2, Whole: true) { AtMs = At + (16 * Minute) };

    private static SignalEvent.Target1Taken Tp1(TradePlan plan, decimal stop) =>
        new(Part(plan, plan.Target1, 0.3m, CloseReason.Tp1, 211), stop, StopKind.BreakEven) { AtMs = At + (211 * Minute) };

    private static SignalEvent.Target2Taken Tp2(TradePlan plan) =>
        new(Part(plan, plan.Target2 ?? plan.Target1, 0.4m, CloseReason.Tp2, 420)) { AtMs = At + (420 * Minute) };

    private static SignalState Tp1Done(TradePlan plan, decimal stop) => new SignalState.Target1Done(Position(plan) with
    {
        Stop = stop,
        StopKind = StopKind.BreakEven,
        Remaining = 0.7m,
        Target1AtMs = At + (211 * Minute),
        Exits = [Tp1(plan, stop).Exit],
    })
    { Plan = plan };

    private static SignalState Tp2Done(TradePlan plan, decimal stop) => new SignalState.Target2Done(Position(plan) with
    {
        Stop = stop,
        StopKind = StopKind.Trail,
        Remaining = 0.3m,
        Target1AtMs = At + (211 * Minute),
        Target2AtMs = At + (420 * Minute),
        Exits = [Tp1(plan, stop).Exit, Tp2(plan).Exit],
    })
    { Plan = plan };

    private static TradeResult Result(
        TradePlan plan, CloseReason reason, decimal net, decimal exit, int minutes, double best, Outcome outcome, params ExitFill[] parts)
    {
        var left = 1m - parts.Sum(part => part.Fraction);
        return new(
            plan.Entry, At + (16 * Minute), At + (minutes * Minute), plan.Quantity, plan.Risk,
            [.. parts, .. left > 0 ? new[] { Part(plan, exit, left, reason, minutes) } : []],
            0.07m, 0m, 0.02m, net + 0.09m, net, outcome, best, -0.4, At, At, 3, 2, 7, FundingAssumed: false);
    }

    private static Dictionary<string, IMessage> Make()
    {
        var sol = Facts(Pending(Sol));
        var samples = new Dictionary<string, IMessage>(StringComparer.Ordinal)
        {
            ["card"] = new SignalCard(sol),
            ["card-little-known"] = new SignalCard(sol with
            {
                State = Pending(Sol with { DecisionHash = "" }),
                Regime = "",
                RegimeConfidence = double.NaN,
                RiskPercent = double.NaN,
                LastPrice = double.NaN,
                Record = null,
                ScoreNeeded = double.NaN,
                Account = AccountKind.Signals,
            }),
            ["card-few-trades"] = new SignalCard(sol with { Record = new(90, Statistics(6, 2, 1, 0.2, double.NaN, double.NaN, 1.1)) }),
            ["card-no-trades"] = new SignalCard(sol with { Record = new(90, Statistics(0, 0, 0, double.NaN, double.NaN, double.NaN, double.NaN)) }),
            ["card-shadowed"] = new SignalCard(sol with { State = Pending(Sol with { Execution = "shadowed by 00ff" }) }),
            ["card-short"] = new SignalCard(Facts(Pending(Eth)) with { Regime = "Range", RegimeConfidence = 0.62, LastPrice = 4339.8 }),
            ["card-action-price"] = new SignalCard(ActionPriceFacts(Pending(Link)) with { ScoreNeeded = 3 }),
            ["card-action-price-scalp"] = new SignalCard(ActionPriceFacts(Pending(Link with
            {
                Mode = "SCALP",
                Target2 = null,
                Fraction1 = 1m,
                Fraction2 = 0m,
                Score = 2,
            })) with
            { ScoreNeeded = 1, ScoreParts = [new("initiator_size", 1, "body 0.84 ATR"), new("confirm_depth", 2, "0.42 ATR"), new("lipuchka", -1, "3 of 5")], Record = new(90, Statistics(12, 4, 3, -0.02, -0.4, 0.35, 0.9)) }),
            ["card-filled"] = new SignalCard(sol with { State = new SignalState.Open(Position(Sol)) { Plan = Sol }, Events = [Fill(Sol)] }),
            ["card-partly-filled"] = new SignalCard(sol with
            {
                State = new SignalState.PartiallyFilled(Position(Sol), Sol.ExpiresAtMs) { Plan = Sol },
                Events = [Fill(Sol) with { Whole = false }],
            }),
            ["card-tp1"] = new SignalCard(sol with
            {
                State = Tp1Done(Sol, 156.66m),
                Events = [Fill(Sol), Tp1(Sol, 156.66m)],
                LastPrice = 158.2,
            }),
            ["card-tp2"] = new SignalCard(sol with
            {
                State = Tp2Done(Sol, 158.30m),
                LastPrice = 159.9,
                Events = [Fill(Sol), Tp1(Sol, 156.66m), Tp2(Sol), new SignalEvent.StopMoved(158.30m, StopKind.Trail) { AtMs = At + (435 * Minute) }],
            }),
            ["card-closed"] = new SignalCard(sol with
            {
                State = new SignalState.Closed(CloseReason.Trail, TrailResult(Sol)) { Plan = Sol },
                Events = [Fill(Sol), Tp1(Sol, 156.66m), Tp2(Sol), new SignalEvent.Closed(CloseReason.Trail, TrailResult(Sol)) { AtMs = At + (1500 * Minute) }],
            }),
            ["card-expired"] = new SignalCard(sol with { State = new SignalState.Expired(At) { Plan = Sol } }),
            ["card-cancelled"] = new SignalCard(sol with { State = new SignalState.Cancelled(CancelReason.Gap, At) { Plan = Sol } }),
            ["card-rejected"] = new SignalCard(sol with { State = new SignalState.Rejected("-2021", At) { Plan = Sol } }),
            ["card-missed"] = new SignalCard(ActionPriceFacts(new SignalState.Refused(Refusal.Missed, At) { Plan = Link })),
            ["limit-filled"] = new EntryFilledMessage(sol with { State = new SignalState.Open(Position(Sol)) { Plan = Sol } }, Fill(Sol)),
            ["market-filled"] = new EntryFilledMessage(
                ActionPriceFacts(new SignalState.Open(Position(Link)) { Plan = Link }), Fill(Link) with { Price = 23.864m }),
            ["partly-filled"] = new EntryFilledMessage(sol, Fill(Sol) with { Whole = false }),
            ["limit-expired"] = new EntryExpiredMessage(sol with { State = new SignalState.Expired(At) { Plan = Sol } }, At + (90 * Minute)),
            ["entry-missed"] = new EntryDroppedMessage(ActionPriceFacts(new SignalState.Refused(Refusal.Missed, At) { Plan = Link }), At + Minute),
            ["entry-rejected"] = new EntryDroppedMessage(sol with { State = new SignalState.Rejected("-2021", At) { Plan = Sol } }, At + Minute),
            ["entry-cancelled"] = new EntryDroppedMessage(sol with { State = new SignalState.Cancelled(CancelReason.Manual, At) { Plan = Sol } }, At + Minute),
            ["tp1"] = new Target1Message(Facts(Tp1Done(Eth, 4337.73m)), Tp1(Eth, 4337.73m)),
            ["tp2"] = new Target2Message(Facts(Tp2Done(Eth, 4337.73m)), Tp2(Eth)),
            ["closed-trail"] = Over(Sol, CloseReason.Trail, TrailResult(Sol)),
            ["closed-break-even"] = Over(Eth, CloseReason.Be, Result(
                Eth, CloseReason.Be, 0.26m, 4337.73m, 330, 1.4, Outcome.BreakEven, Part(Eth, Eth.Target1, 0.3m, CloseReason.Tp1, 211))),
            ["closed-stop"] = Over(Eth, CloseReason.Sl, Result(Eth, CloseReason.Sl, -1.09m, 4380.90m, 121, 0.44, Outcome.Loss)),
            ["closed-time"] = Over(Sol, CloseReason.Time, Result(Sol, CloseReason.Time, 0.12m, 156.80m, 136, 0.31, Outcome.Win)),
            ["closed-tp1"] = Over(
                Link with { Mode = "SCALP", Target2 = null, Fraction1 = 1m, Fraction2 = 0m }, CloseReason.Tp1,
                Result(Link, CloseReason.Tp1, 0.93m, Link.Target1, 61, 1.02, Outcome.Win)),
            ["closed-tp2"] = Over(Sol, CloseReason.Tp2, Result(
                Sol, CloseReason.Tp2, 1.58m, 159.40m, 420, 2.05, Outcome.Win, Part(Sol, Sol.Target1, 0.3m, CloseReason.Tp1, 211))),
        };
        foreach (var reason in new[] { CloseReason.Manual, CloseReason.Kill, CloseReason.Liq, CloseReason.Adl, CloseReason.Settle })
        {
            samples["closed-" + reason.ToString().ToLowerInvariant()] =
                Over(Sol, reason, Result(Sol, reason, -0.31m, 156.10m, 61, 0.2, Outcome.Loss));
        }

        AddSummaries(samples);
        AddCards(samples);
        AddAlerts(samples);
        return samples;
    }

    private static TradeResult TrailResult(TradePlan plan) => Result(
        plan, CloseReason.Trail, 1.63m, 158.91m, 1500, 2.61, Outcome.Win,
        Part(plan, plan.Target1, 0.3m, CloseReason.Tp1, 211), Part(plan, plan.Target2!.Value, 0.4m, CloseReason.Tp2, 420));

    private static ClosedMessage Over(TradePlan plan, CloseReason reason, TradeResult result) =>
        new(Facts(new SignalState.Closed(reason, result) { Plan = plan }), reason, result);

    private static void AddSummaries(Dictionary<string, IMessage> samples)
    {
        var day = new SummaryFacts
        {
            FromMs = At - (20 * 60 * Minute),
            ToMs = At + (11 * 60 * Minute) + (44 * Minute),
            Account = AccountKind.Paper,
            NetR = -0.84,
            NetPercent = -0.42,
            NetUsdt = -43.04m,
            Wins = 1,
            BreakEvens = 1,
            Losses = 3,
            CostR = 0.47,
            FeesR = 0.39,
            Open = 4,
            Waiting = 1,
            OpenRiskPercent = 1.5,
            OpenRiskMaxPercent = 3,
            DrawdownR = -5.5,
            DeepestR = -10,
            Record = new(90, Statistics(212, 75, 44, 0.12, -0.02, 0.27, 1.26)),
            Refusals = [new("CostTooHigh", 2), new("Conflict", 1)],
            NearMisses = 41,
            Incomplete = ["TONUSDT"],
            LedgerHash = Hash,
            LedgerSeq = 18_244,
            LedgerRoot = new(new(2026, 11, 19), 1_204, "5d18f0b7a441"),
        };
        samples["day"] = new DailySummary(day);
        samples["day-quiet"] = new DailySummary(day with
        {
            NetR = 0,
            Wins = 0,
            BreakEvens = 0,
            Losses = 0,
            Open = 0,
            Waiting = 0,
            OpenRiskPercent = double.NaN,
            DrawdownR = double.NaN,
            Record = new(90, Statistics(4, 1, 0, 0.4, double.NaN, double.NaN, double.NaN)),
            Refusals = [],
            NearMisses = 3,
            Incomplete = [],
            LedgerRoot = null,   // its first day
        });
        samples["day-little-known"] = new DailySummary(day with
        {
            NetPercent = double.NaN,
            NetUsdt = null,
            Record = null,
            Refusals = null,
            NearMisses = null,
            Incomplete = null,
            LedgerHash = "",
            OpenRiskPercent = double.NaN,
            DrawdownR = double.NaN,
            Account = AccountKind.Signals,
        });
        samples["week"] = new WeeklySummary(day with
        {
            FromMs = At - (5 * 24 * 60 * Minute),
            ToMs = At + (48 * 60 * Minute) + (11 * 60 * Minute) + (44 * Minute),
            NetR = 3.1,
            NetPercent = 1.55,
            NetUsdt = 158.2m,
            Wins = 12,
            BreakEvens = 6,
            Losses = 9,
            CostR = 2.7,
            FeesR = 2.1,
            ByStrategy = [new("BreakAndRetest", 11, 4.2), new("ActionPrice", 9, -1.6), new("LiquiditySweep", 7, 0.5)],
            Extremes = (Trades.One(2.4m), Trades.One(-1.12m)),
            Record = new(90, Statistics(212, 75, 44, 0.22, 0.04, 0.41, 1.36)),
            Incomplete = [],
        });
    }

    private static void AddCards(Dictionary<string, IMessage> samples)
    {
        samples["start"] = new StartCard(new()
        {
            AtMs = At,
            Account = AccountKind.Paper,
            Exchange = "Binance",
            Symbols = 22,
            Strategies = ["LiquiditySweep", "BreakAndRetest", "OrderFlow", "MaVwapPullback", "VolumeProfile", "ActionPrice"],
            Profile = "default",
            Version = "0.1.0",
            RiskPercent = 1,
            DailyLossPercent = 3,
            Equity = 10_240.15m,
            Open = 2,
            Waiting = 1,
            Missing = ["стакан"],
        });
        samples["stop"] = new StopCard(new(At, AccountKind.Paper, At - (2000 * Minute), Asked: true, "", 2, 1, 1.24, 3));
        samples["stop-fault"] = new StopCard(new(At, AccountKind.Live, At - (20 * Minute), Asked: false, "The disk is full", 1, 0, 0, 0));
    }

    private static void AddAlerts(Dictionary<string, IMessage> samples)
    {
        samples["alert-ban"] = new BanAlert(At, At + (18 * Minute));
        samples["alert-data"] = new DataAlert(At, ["TONUSDT 15m", "TONUSDT 1h"], 0.9713, "The archive has no file for this month");
        samples["alert-book"] = new BookAlert(At, ["BTCUSDT", "ETHUSDT"], 90);
        samples["alert-stream"] = new StreamAlert(At, 21, ["btcusdt@kline_15m", "ethusdt@kline_15m"], 3);
        samples["alert-exchange-region"] = new ExchangeAlert(At, 451, 0, "Service unavailable from a restricted location");
        samples["alert-exchange-key"] = new ExchangeAlert(At, 401, -2015, "Invalid API-key, IP, or permissions for action.");
        samples["alert-part-silent"] = new PartAlert(At, "timers", PartTrouble.Silent, 4, 0, "", IsOver: false);
        samples["alert-part-behind"] = new PartAlert(At, "market-events", PartTrouble.Behind, 3, 12, "", IsOver: false);
        samples["alert-part-poison"] = new PartAlert(
            At, "market-events", PartTrouble.Poison, 0, 2, "Batch 812 of shard 'main' belongs to another", IsOver: false);
        samples["alert-part-differs"] = new PartAlert(At, "market-events", PartTrouble.Differs, 0, 812, "", IsOver: false);
        samples["alert-part-over"] = new PartAlert(At, "timers", PartTrouble.Silent, 9, 0, "", IsOver: true);
        samples["alert-rules"] = new RulesAlert(
            At,
            [
                ("SOLUSDT", new(0.01m, 0.1m, 5m, 0.1m, 10_000m), new(0.001m, 1m, 5m, 1m, 10_000m)),
                ("1000PEPEUSDT", new(0.0000001m, 1m, 5m, 1m, 1_000_000_000m), new(0.0000001m, 1m, 20m, 1m, 250_000_000m)),
            ]);
        samples["halt"] = new HaltMessage(At, IsHalted: true, Open: 2, Waiting: 1);
        samples["halt-over"] = new HaltMessage(At, IsHalted: false, Open: 2, Waiting: 1);
        samples["alert-daily-loss"] = new ProtectionAlert
        {
            Cause = ProtectionCause.DailyLoss,
            AtMs = At,
            Value = 3.04,
            Limit = 3,
            UntilMs = At + (825 * Minute),
            Open = 2,
        };
        samples["alert-weekly-loss"] = new ProtectionAlert { Cause = ProtectionCause.WeeklyLoss, AtMs = At, Value = 5.2, Limit = 5, UntilMs = At + (825 * Minute) };
        samples["alert-drawdown"] = new ProtectionAlert { Cause = ProtectionCause.Drawdown, AtMs = At, Value = 10.4, Limit = 10, Open = 1 };
        samples["alert-streak"] = new ProtectionAlert { Cause = ProtectionCause.LosingStreak, AtMs = At, Value = 4, UntilMs = At + (240 * Minute), Open = 1 };
        samples["alert-unprotected"] = new ProtectionAlert { Cause = ProtectionCause.Unprotected, AtMs = At, Symbol = "SOLUSDT" };
    }
}
