using FuturesBot.Domain;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Chat.Book;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Tests.Chat;

/// <summary>A system that stands still: every figure that a command shows is set by hand.</summary>
internal sealed class FixedBook : IChatBook
{
    /// <summary>Friday, 2026-11-20 10:15 UTC: 12:15 in Kyiv.</summary>
    public const long Now = 1_795_169_700_000;

    public static readonly Symbol Sol = Symbol.Parse("SOLUSDT");

    private static readonly SymbolRules SolRules = new(0.01m, 0.1m, 5m, 0.1m, 10_000m);

    public List<string> Orders { get; } = [];

    public EntryHalt? Halt { get; set; }

    /// <summary>Thrown by every read; null: they succeed.</summary>
    public Exception? Fault { get; set; }

    /// <summary>The store refuses; null: it does not.</summary>
    public Exception? StoreFault { get; set; }

    public bool IsEmpty { get; set; }

    public bool HasTrouble { get; set; }

    public int ManySymbols { get; set; }

    public IReadOnlyList<SymbolListing> Listings =>
    [
        new(Symbol.Btc, new(0.1m, 0.001m, 100m, 0.001m, 120m)),
        new(Symbol.Parse("1000PEPEUSDT"), new(0.0000001m, 1m, 5m, 1m, 1e9m)),
        new(Symbol.Parse("ETHUSDT"), new(0.01m, 0.001m, 20m, 0.001m, 2_000m)),
        new(Sol, SolRules),
        .. Enumerable.Range(0, ManySymbols).Select(i => new SymbolListing(Symbol.Parse($"MANY{i}USDT"), SolRules)),
    ];

    public KernelOptions Options => KernelOptions.Default;

    public long NowMs => Now;

    public long KnownFromMs => Now - (60 * TimeFrame.D1.Ms());

    public ChatStatus Status()
    {
        if (Fault is { } fault) throw fault;
        return new()
        {
            Mode = "paper",
            Exchange = HasTrouble ? "binance" : "simulated",
            Profile = "default",
            Version = "0.1.0",
            MarketMs = Now,
            Speed = HasTrouble ? 1 : 60,
            Uptime = TimeSpan.FromMinutes((26 * 60) + 4),
            IsLoading = false,
            Symbols = 12,
            StrategiesOn = 6,
            StrategiesAll = 7,
            Open = IsEmpty ? 0 : 2,
            Waiting = IsEmpty ? 0 : 1,
            Halt = Halt,
            LedgerLines = 18_204,
            LedgerHash = "9f3a61d0c4",
            MissingCandles = HasTrouble ? 3 : 0,
            SinceCandle = TimeSpan.FromSeconds(HasTrouble ? 420 : 1),
            PendingEffects = HasTrouble ? 2 : 0,
            Messenger = IsEmpty ? null : Messenger(),
            Wire = IsEmpty ? null : Wire(),
        };
    }

    public IReadOnlyList<StrategyNote> Strategies() =>
    [
        new(LiquiditySweep.CatalogName, true, TimeFrame.M15, [new(0.9, 7), new(1.3, 4)], 1, 31, Statistics(LiquiditySweep.CatalogName)),
        new(BreakAndRetest.CatalogName, true, TimeFrame.M15, [new(1.5, 12)], 0, 9, Statistics(BreakAndRetest.CatalogName)),
        new(ActionPrice.CatalogName, true, TimeFrame.M15, [], 0, 24, Statistics(ActionPrice.CatalogName)),
        new(OrderFlow.CatalogName, true, TimeFrame.M15, [], 12, 0, Statistics("nobody")),
        new(IndicatorVote.CatalogName, false, null, [], 0, 0, Statistics("nobody")),
    ];

    public IReadOnlyList<TradeRecord> TradesSince(long fromMs) =>
        IsEmpty ? [] : [.. BookTrades.All.Where(trade => trade.ClosedAtMs >= fromMs).OrderByDescending(trade => trade.ClosedAtMs)];

    public IReadOnlyList<SignalTrack> Live()
    {
        if (IsEmpty) return [];
        var open = Plan("9f3a61d0c4", Side.Long, EntryType.Limit, 156.48m, 155.02m);
        var waiting = Plan("5d18f0b7aa", Side.Short, EntryType.Limit, 158.10m, 159.00m) with { Strategy = LiquiditySweep.CatalogName, Mode = "FADE" };
        var followed = Plan("c07be2a4bb", Side.Long, EntryType.Market, 156.60m, 155.00m) with
        {
            Strategy = ActionPrice.CatalogName,
            Mode = "SCALP",
            Execution = "shadowed by 9f3a61d0c4",
            Target2 = null,
        };
        return
        [
            new(new SignalState.Target1Done(Held(open, 156.47m) with { Stop = 156.61m, Remaining = 0.7m }) { Plan = open }, "Trend", 158.02, 1.06, 0.0),
            new(new SignalState.Open(Held(followed, 156.62m)) { Plan = followed }, "Trend", double.NaN, double.NaN, double.NaN),
            new(new SignalState.PendingEntry(waiting.ExpiresAtMs) { Plan = waiting }, "Range", 158.02, double.NaN, 0.5),
        ];
    }

    public WhyNote? Why(Symbol symbol)
    {
        if (IsEmpty) return new(symbol, RegimeReading.None, null, double.NaN, [], [], false, []);
        var nearMiss = new AskedSetup(
            new(BreakAndRetest.CatalogName, "", Side.Long), Now - TimeFrame.M15.Ms(), DecisionStatus.NearMiss, 1,
            [
                new("closes beyond the level <4h>", 2, Comparison.AtLeast, 2, PredicateOutcome.Passed, PredicateRole.Mandatory),
                new("break volume, × mean 20", 1.12, Comparison.AtLeast, 1.5, PredicateOutcome.Failed, PredicateRole.Mandatory),
                new("close beyond the level, price", 111_284.321, Comparison.Above, 111_284.3, PredicateOutcome.Passed, PredicateRole.Mandatory),
                new("volume delta agrees", 1, Comparison.Is, 1, PredicateOutcome.Passed, PredicateRole.Mandatory),
                new("a check & its <b>name</b>", double.NaN, Comparison.Is, 1, PredicateOutcome.Unavailable, PredicateRole.Skippable),
                new("distance from EMA20, ATR", 0.000123, Comparison.Below, 111_284.3, PredicateOutcome.Passed, PredicateRole.Note),
            ]);
        var notReached = new AskedSetup(new(LiquiditySweep.CatalogName, "FADE", Side.Short), Now, DecisionStatus.NotReached, 1,
            [new("swept swing, no further extreme before now", 0, Comparison.Is, 1, PredicateOutcome.Failed, PredicateRole.Mandatory)]);
        var unavailable = new AskedSetup(new(OrderFlow.CatalogName, "", Side.Long), Now, DecisionStatus.Unavailable, 0,
            [new("open interest change, percentile of 200", double.NaN, Comparison.AtLeast, 90, PredicateOutcome.Unavailable, PredicateRole.Mandatory)]);
        return new(
            symbol, new(MarketRegime.Trend, Bias.Bullish, 0.99, Bias.Bullish, 31.44, 40, 0.001, 0.0005, 0), Now - (8 * TimeFrame.H4.Ms()), 156.48,
            [new(nearMiss, TimeFrame.M15, 1, 8), new(notReached, TimeFrame.M15, 0, 8), new(unavailable, TimeFrame.M15, 0, 8)],
            [new(null, false, Side.Long, Now + (37 * 60_000)), new(VolumeProfile.CatalogName, false, null, null)],
            false,
            [
                new(Now - (3 * TimeFrame.M15.Ms()), symbol.Name, 15, BreakAndRetest.CatalogName, true, nameof(Refusal.CostTooHigh), 0.231, 0.2),
                new(Now - (9 * TimeFrame.M15.Ms()), symbol.Name, 15, ActionPrice.CatalogName, false, nameof(Refusal.Halted), double.NaN, double.NaN),
            ]);
    }

    public SizeBasis? SizeOf(Symbol symbol) => IsEmpty
        ? new(symbol, SolRules, 10_240.15m, double.NaN, double.NaN, TimeFrame.M15, null)
        : new(
            symbol, Listings.First(listing => listing.Symbol == symbol).Rules, 10_240.15m, symbol == Sol ? 156.48 : 4_300.5,
            symbol == Sol ? 0.9 : 21, TimeFrame.M15,
            symbol == Sol ? Plan("9f3a61d0c4", Side.Long, EntryType.Limit, 156.48m, 155.02m) : null);

    public IReadOnlyList<DataNote> Data()
    {
        FrameNote[] whole = [new(TimeFrame.M15, 4_320, 0, 0, null), new(TimeFrame.H4, 1_620, 0, 0, null)];
        if (!HasTrouble) return [.. Listings.Select(listing => new DataNote(listing.Symbol, whole, false, 0, 0, true, [], []))];
        return
        [
            new(Symbol.Btc, whole, false, 0, 0, true, [], []),
            new(
                Sol, [new(TimeFrame.M15, 4_300, 20, 2, 41), new(TimeFrame.H4, 240, 0, 0, null)], true, 1, 7, false, ["depth_imbalance", "open_interest"],
                [
                    new(OrderFlow.CatalogName, 2, 2, ["open interest change, percentile of 200"]), new(LiquiditySweep.CatalogName, 4, 1, ["<taker> volume"]),
                    new(ActionPrice.CatalogName, 0, 0, []),
                ]),
        ];
    }

    public LatencyNote Latency() => IsEmpty
        ? new(0, double.NaN, double.NaN, double.NaN, double.NaN, 0, null, null)
        : new(500, 214, 1_480, 3.24, 11.8, 0, Messenger(), Wire());

    private MessengerNote Messenger() => new(
        HasTrouble ? 7 : 2, HasTrouble ? TimeSpan.FromMinutes(12) : TimeSpan.FromSeconds(1), 318, HasTrouble ? 1 : 0, Now - 4_000, Now - 1_000, 12, 3, 1, 0, IsReal: true);

    public DayNote Day() => new(
        Now - (((12 * 60) + 15) * 60_000L), [.. TradesSince(Now - (12 * TimeFrame.H1.Ms())).Where(trade => trade.IsPrimary)], 1, -43.04m, 10_240.15m, 6, 2, 1, 1.5,
        IsEmpty ? [] : [new(nameof(Refusal.ScoreTooLow), 120), new(nameof(Refusal.CostTooHigh), 31), new(nameof(Refusal.Conflict), 4)],
        null,
        GroupStatistics.Of("all", EquityCurve.InOrder(TradesSince(0).Where(trade => trade.IsPrimary))),
        new(-5.52, Now, 0, 0.5));

    public Task SetHaltAsync(bool halted, CancellationToken cancel)
    {
        // As the runner does: a halt holds first and is stored then, its end the other way round.
        if (halted) Halt = new(Now, "chat");
        if (StoreFault is { } fault) throw fault;
        if (!halted) Halt = null;
        Orders.Add(halted ? "halt" : "allow");
        return Task.CompletedTask;
    }

    private GroupStatistics Statistics(string strategy) =>
        GroupStatistics.Of(strategy, EquityCurve.InOrder(TradesSince(0).Where(trade => trade.Strategy == strategy && trade.IsPrimary)));

    private ExchangeNote Wire() => new()
    {
        Weight = 412,
        WeightMax = 1_320,
        BanLeft = HasTrouble ? TimeSpan.FromMinutes(4) : null,
        IsPaused = HasTrouble,
        LinesLive = HasTrouble ? 3 : 4,
        Lines = 4,
        Reconnects = 2,
        BooksInStep = HasTrouble ? 10 : 12,
        Books = 12,
        BooksRebuilt = 5,
        LagP50Ms = 20,
        LagP90Ms = 50,
        LagP99Ms = HasTrouble ? double.PositiveInfinity : 200,
        Messages = 1_204_332,
    };

    private static Position Held(TradePlan plan, decimal entry) => new()
    {
        Entry = entry,
        EnteredAtMs = Now - (195 * 60_000),
        InitialStop = plan.Stop,
        Stop = plan.Stop,
        Target1 = plan.Target1,
        Target2 = plan.Target2,
        Quantity = plan.Quantity,
        Favourable = (double)entry + 2.41,
        FavourableAtMs = Now,
        Adverse = (double)entry - 0.35,
        AdverseAtMs = Now,
    };

    private static TradePlan Plan(string id, Side side, EntryType type, decimal entry, decimal stop) => new()
    {
        Id = new(id),
        Symbol = Sol,
        Strategy = BreakAndRetest.CatalogName,
        Side = side,
        Frame = TimeFrame.M15,
        Category = EntryCategory.Breakout,
        EntryType = type,
        DecidedAtMs = Now - (4 * TimeFrame.H1.Ms()),
        SignalPrice = entry,
        Entry = entry,
        Stop = stop,
        Target1 = entry + (entry - stop),
        Target2 = entry + (2 * (entry - stop)),
        Atr = 0.9,
        Quantity = 35.1m,
        Rules = SolRules,
        ExpiryBars = 20,
        Exits = ExitOptions.Default,
    };
}
