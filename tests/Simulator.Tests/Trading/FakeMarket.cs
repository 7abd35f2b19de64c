using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Trading;

namespace FuturesBot.Simulator.Tests.Trading;

/// <summary>
/// A market that a test moves: BTCUSDT with tick 0.1 and step 0.001, ETHUSDT with tick 0.01 and step 0.01,
/// and a contract that is not listed yet.
/// </summary>
internal sealed class FakeMarket : ITradingMarket
{
    public const int Btc = 0;
    public const int Eth = 1;
    public const int Unlisted = 2;

    private readonly FakeBook[] _books = [new(), new(), new()];
    private readonly decimal[] _marks = [100m, 50m, 50m];
    private readonly long[] _lasts = [1_000, 5_000, 500];

    public long NowMs { get; set; } = 1_700_000_000_000;

    public IReadOnlyList<MarketSymbol> Symbols { get; init; } =
    [
        Contract("BTCUSDT", 0.1m, 0.001m, priceDecimals: 1, quantityDecimals: 3),
        Contract("ETHUSDT", 0.01m, 0.01m, priceDecimals: 2, quantityDecimals: 2),
        Contract("SOONUSDT", 0.1m, 0.1m, priceDecimals: 1, quantityDecimals: 1) with { OnboardMs = MarketSymbol.NeverMs },
    ];

    public FakeBook BtcBook => _books[Btc];

    public decimal MarkPrice(int symbol) => _marks[symbol];

    public long LastTicks(int symbol) => _lasts[symbol];

    public IMarketBook Book(int symbol) => _books[symbol];

    /// <summary>Fills that were put among the public trades.</summary>
    public List<(long Ticks, long Steps, bool TakerBuys)> Prints { get; } = [];

    public void Print(int symbol, long ticks, long steps, bool takerBuys) => Prints.Add((ticks, steps, takerBuys));

    public void SetMark(int symbol, decimal mark) => _marks[symbol] = mark;

    public void SetLast(int symbol, long ticks) => _lasts[symbol] = ticks;

    public static MarketSymbol Contract(
        string name, decimal tick, decimal step, int priceDecimals, int quantityDecimals) => new()
        {
            Symbol = Symbol.Parse(name),
            Pair = name,
            BaseAsset = name[..^4],
            QuoteAsset = "USDT",
            MarginAsset = "USDT",
            TickSize = tick,
            StepSize = step,
            MinPrice = tick,
            MaxPrice = 100_000m,
            MinQuantity = step,
            MaxQuantity = 1_000m,
            MaxMarketQuantity = 120m,
            MinNotional = 5m,
            PriceDecimals = priceDecimals,
            QuantityDecimals = quantityDecimals,
        };
}
