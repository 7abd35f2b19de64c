using FuturesBot.Simulator.Market;
using Xunit;

namespace FuturesBot.Simulator.Tests;

public sealed class MarketSymbolUniverseTests
{
    private const long Begin = 1_759_276_800_000;
    private const long DayMs = 86_400_000;

    [Theory]
    [InlineData(1, 320)]
    [InlineData(2, 2_000)]
    [InlineData(3, 25)]
    public void Of_AnySeed_NamesAreUniqueAndNumbersPlausible(long seed, int count)
    {
        var symbols = SymbolUniverse.Of(seed, count, Begin);

        Assert.Equal(count, symbols.Select(symbol => symbol.Facts.Symbol).Distinct().Count());
        foreach (var (shape, facts) in symbols)
        {
            var ticks = shape.StartPrice / (double)facts.TickSize;
            Assert.True(ticks is > 300 and < 3_000_000, $"seed {seed}, {facts.Symbol}: {ticks} ticks");
            Assert.True(facts.TryTicks((decimal)shape.StartPrice, out _), $"seed {seed}, {facts.Symbol}: {shape.StartPrice} off {facts.TickSize}");
            Assert.True(facts.Price((long)ticks).Scale == facts.PriceDecimals && facts.Quantity(5).Scale == facts.QuantityDecimals);
        }
    }

    [Fact]
    public void Of_EveryKind_IsThere()
    {
        var facts = SymbolUniverse.Of(5, 330, Begin).Select(symbol => symbol.Facts).ToArray();

        Assert.Contains(facts, symbol => symbol.Symbol.Name == "BTCUSDT_251226" && symbol.ContractType == "CURRENT_QUARTER" && symbol.Pair == "BTCUSDT");
        Assert.Contains(facts, symbol => symbol.Symbol.Name == "BTCUSDT_260327" && symbol.ContractType == "NEXT_QUARTER");
        Assert.Contains(facts, symbol => symbol.ContractType == "TRADIFI_PERPETUAL");
        Assert.Contains(facts, symbol => symbol.UnderlyingType == "INDEX");
        Assert.Contains(facts, symbol => symbol.QuoteAsset == "USDC");
        Assert.Contains(facts, symbol => symbol.QuoteAsset == "BTC");
        Assert.Contains(facts, symbol => symbol.BaseAsset == "月光");
        Assert.Contains(facts, symbol => symbol.StatusAt(Begin) == "SETTLING");
        Assert.Contains(facts, symbol => symbol.StatusAt(Begin) == "PENDING_TRADING" && symbol.StatusAt(Begin + DayMs) == "TRADING");
        Assert.Contains(facts, symbol => symbol.StatusAt(Begin) == "TRADING" && symbol.StatusAt(Begin + (2 * DayMs)) == "SETTLING");
        Assert.Equal([1, 4, 8], facts.Select(symbol => symbol.FundingIntervalHours).Distinct().Order());
        Assert.True(facts.Count(symbol => symbol.IsTradingAt(Begin)) > 300);
    }

    [Fact]
    public void MoveTo_SymbolIsDelivered_TellsNothingAfterwards()
    {
        var engine = new MarketEngine(new GeneratedSource(5, Begin, SymbolUniverse.Of(5, 40, Begin)), new() { StartAtMs = Begin + (26 * 3_600_000) - 60_000 });
        var leaving = engine.Symbols.ToList().FindIndex(symbol => symbol.Symbol.Name == "LEAVEUSDT");
        var tape = new MarketTape { WantsOf = symbol => symbol == leaving ? MarketFeeds.All : MarketFeeds.None };
        engine.MoveTo(engine.NowMs + 60_000, tape);
        Assert.Equal(engine.Symbols[leaving].DeliveryMs, engine.NowMs);
        Assert.NotEmpty(tape.Deltas);

        var after = new MarketTape { WantsOf = tape.WantsOf };
        engine.MoveTo(engine.NowMs + (12 * 3_600_000), after, sliceMs: 10_000);
        Assert.Empty(after.Deltas);
        Assert.Empty(after.Running);
        Assert.Empty(after.Marks);
        Assert.DoesNotContain(after.Payments, told => told.Symbol == leaving);
        Assert.All(after.Closed.Where(told => told.Symbol == leaving), told => Assert.True(told.Interval > KlineInterval.H2, $"{told}"));
        Assert.Equal(tape.Aggregates[^1].Trade.Ticks, engine.LastTicks(leaving));
    }

    [Fact]
    public void MoveTo_SymbolsThatComeAndGo_HaveCandlesOnlyWhileListed()
    {
        var listed = SymbolUniverse.Of(5, 60, Begin);
        var engine = new MarketEngine(new GeneratedSource(5, Begin - (2 * DayMs), listed), new() { StartAtMs = Begin });
        var fresh = Place("FRESHUSDT");
        Assert.Empty(engine.Klines(fresh, KlineInterval.M1, null, null, 10));
        Assert.Equal(0, engine.LastTicks(fresh));
        Assert.Empty(engine.Book(fresh).Snapshot(100).Bids);
        Assert.Equal(0, engine.Ticker24h(fresh).Volume);

        var tape = new MarketTape { WantsOf = symbol => symbol == fresh ? MarketFeeds.All : MarketFeeds.None };
        engine.MoveTo(Begin + (50 * 60_000) + 100, tape);
        var rows = engine.Klines(fresh, KlineInterval.M1, null, null, 100);
        Assert.Equal(Begin + (30 * 60_000), rows[0].OpenMs);
        Assert.Equal(rows[0].OpenMs, tape.Aggregates[0].Trade.TimeMs / 60_000 * 60_000);
        Assert.True(tape.Deltas[0].Delta.EventMs >= rows[0].OpenMs && tape.Marks[0].Mark.TimeMs >= rows[0].OpenMs);
        Assert.Equal(rows[0].OpenMs, engine.Klines(fresh, KlineInterval.M30, null, null, 5).Single().OpenMs);
        Assert.Equal(Begin, engine.Klines(fresh, KlineInterval.D1, null, null, 5).Single().OpenMs);

        var gone = engine.Klines(Place("WANEUSDT"), KlineInterval.M1, null, null, 5)[^1];
        Assert.Equal(engine.Symbols[Place("WANEUSDT")].DeliveryMs, gone.CloseMs + 1);
        Assert.Equal(Begin - (7 * 3_600_000), engine.Klines(Place("1000NEWTUSDT"), KlineInterval.H1, null, null, 500)[0].OpenMs);

        int Place(string name) => engine.Symbols.ToList().FindIndex(symbol => symbol.Symbol.Name == name);
    }
}
