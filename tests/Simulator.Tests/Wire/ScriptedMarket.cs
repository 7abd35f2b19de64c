using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Tests.Wire;

/// <summary>A market that says exactly what a test wrote down, at the market times that the test wrote down.</summary>
internal sealed class ScriptedMarket : IMarket
{
    /// <summary>2025-10-01T00:00:00Z.</summary>
    public const long StartMs = 1_759_276_800_000;

    private readonly SortedList<long, List<Action<IMarketListener>>> _script = [];

    public static readonly MarketSymbol Btc = new()
    {
        Symbol = Symbol.Parse("BTCUSDT"),
        Pair = "BTCUSDT",
        BaseAsset = "BTC",
        QuoteAsset = "USDT",
        MarginAsset = "USDT",
        TickSize = 0.1m,
        StepSize = 0.001m,
        MinPrice = 556.8m,
        MaxPrice = 4_529_764m,
        MinQuantity = 0.001m,
        MaxQuantity = 1_000m,
        MaxMarketQuantity = 120m,
        MinNotional = 50m,
        PriceDecimals = 2,
        QuantityDecimals = 3,
        OnboardMs = 1_569_398_400_000,
    };

    public static readonly MarketSymbol Eth = Btc with
    {
        Symbol = Symbol.Parse("ETHUSDT"),
        Pair = "ETHUSDT",
        BaseAsset = "ETH",
        TickSize = 0.01m,
        MinNotional = 20m,
    };

    public IReadOnlyList<MarketSymbol> Symbols { get; init; } = [Btc, Eth];

    public long NowMs { get; private set; } = StartMs;

    public long OldestMs => StartMs - 86_400_000;

    public long? EndMs => null;

    /// <summary>Its best levels; tests change them.</summary>
    public ScriptedBook[] Books { get; } = [new(), new()];

    /// <summary>What klines are answered with.</summary>
    public Func<int, KlineInterval, long?, long?, int, IReadOnlyList<KlineRow>> Rows { get; set; } = (_, _, _, _, _) => [];

    /// <summary>The slices that the market was moved with.</summary>
    public HashSet<int> Slices { get; } = [];

    /// <summary>Feeds that were wanted in the last move, of the first symbol.</summary>
    public MarketFeeds Wanted { get; private set; }

    /// <summary>Writes an event down.</summary>
    /// <param name="afterMs">Market time since the start.</param>
    /// <param name="what">Tells it.</param>
    public void At(long afterMs, Action<IMarketListener> what)
    {
        lock (_script)
        {
            if (!_script.TryGetValue(StartMs + afterMs, out var same)) _script.Add(StartMs + afterMs, same = []);
            same.Add(what);
        }
    }

    public void MoveTo(long marketMs, IMarketListener into, int sliceMs = 100)
    {
        Slices.Add(sliceMs);
        Wanted = into.Wants(0);
        while (true)
        {
            List<Action<IMarketListener>> due;
            lock (_script)
            {
                if (_script.Count == 0 || _script.GetKeyAtIndex(0) > marketMs) break;
                NowMs = Math.Max(NowMs, _script.GetKeyAtIndex(0));
                due = _script.GetValueAtIndex(0);
                _script.RemoveAt(0);
            }

            foreach (var what in due) what(into);
        }

        NowMs = marketMs;
    }

    public static KlineRow Minute(int number, long close = 1_000_000) => new(
        StartMs + (number * 60_000L), StartMs + ((number + 1) * 60_000L) - 1, Open: 1_000_000, High: close + 50, Low: 999_950, close,
        Volume: 12_345, QuoteVolume: 1_234_500.5, Trades: 77, TakerBuyVolume: 6_000, TakerBuyQuoteVolume: 600_000.25,
        FirstTradeId: 100, LastTradeId: 176);

    public IReadOnlyList<KlineRow> Klines(int symbol, KlineInterval interval, long? startMs, long? endMs, int limit) =>
        Rows(symbol, interval, startMs, endMs, limit);

    public IReadOnlyList<PriceKlineRow> MarkPriceKlines(int symbol, KlineInterval interval, long? startMs, long? endMs, int limit) =>
        [new(StartMs, StartMs + 59_999, 100_001m, 100_002m, 100_000m, 100_001.5m)];

    public IReadOnlyList<PriceKlineRow> IndexPriceKlines(int symbol, KlineInterval interval, long? startMs, long? endMs, int limit) =>
        [new(StartMs, StartMs + 59_999, 100_000m, 100_001m, 99_999m, 100_000m)];

    public IMarketBook Book(int symbol) => Books[symbol];

    public Ticker24h Ticker24h(int symbol) => new(
        NowMs - 86_400_000, NowMs, Open: 990_000, High: 1_010_000, Low: 980_000, Last: 1_000_000, LastSteps: 5, Volume: 1_000_000,
        QuoteVolume: 100_000_000.5, FirstTradeId: 1, LastTradeId: 900, Trades: 900);

    public long LastTicks(int symbol) => 1_000_000;

    public MarkPrice MarkPrice(int symbol) =>
        new(NowMs, 100_001.12345678m, 100_000.5m, 100_000.75m, 0.0001m, StartMs + (8 * 3_600_000));

    public IReadOnlyList<FundingRate> FundingRates(int symbol, long? startMs, long? endMs, int limit) =>
        [new(StartMs - (8 * 3_600_000), 0.0001m, 99_000m), new(StartMs, -0.00005m, 100_000m)];

    public OpenInterestRow? OpenInterest(int symbol) => new OpenInterestRow(NowMs, 81_234_567, 8_123_456_700m);

    public IReadOnlyList<OpenInterestRow> OpenInterestHistory(int symbol, int periodMinutes, long? startMs, long? endMs, int limit) =>
        [new(StartMs - 300_000, 81_000_000, 8_100_000_000m), new(StartMs, 81_234_567, 8_123_456_700m)];

    public void Print(int symbol, long ticks, long steps, bool takerBuys) => throw new NotSupportedException("Nobody trades here");

    public IReadOnlyList<AggTrade> AggTrades(int symbol, long? fromId, long? startMs, long? endMs, int limit) =>
        [new(26_129, 100, 105, StartMs - 5, 1_000_001, 2_500, BuyerIsMaker: true)];

    public IReadOnlyList<MarketTrade> Trades(int symbol, long? fromId, int limit) =>
        [new(fromId ?? 28_457, StartMs - 5, 1_000_001, 2_500, BuyerIsMaker: false)];
}
