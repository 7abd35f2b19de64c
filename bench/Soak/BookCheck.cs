using FuturesBot.Adapters.Binance.Books;
using FuturesBot.Domain.Market;
using FuturesBot.Simulator;
using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Wire;

namespace FuturesBot.Bench.Soak;

/// <summary>Holds books that say they are in step against the exchange's own, at the update that they stand at.</summary>
internal sealed class BookCheck(BookKeeper books, ExchangeTruth truth, IReadOnlyList<Symbol> symbols, Random random)
{
    private const int Levels = 20;

    /// <summary>Books compared.</summary>
    public long Compared { get; private set; }

    /// <summary>Books in step whose update the exchange no longer remembers.</summary>
    public long Unknown { get; private set; }

    /// <summary>Books in step of which fewer levels are known than are compared.</summary>
    public long Thin { get; private set; }

    /// <summary>The first that differed, and how many did.</summary>
    public (string? First, long Count) Wrong { get; private set; }

    /// <summary>Compares some books, taken by chance.</summary>
    public void Look(int count)
    {
        for (var i = 0; i < count; i++) Look(symbols[random.Next(symbols.Count)]);
    }

    private void Look(Symbol symbol)
    {
        if (books.View(symbol, Levels) is not { Reading.Trust: BookTrust.Synced } view) return;
        if (view.Bids.Count < Levels || view.Asks.Count < Levels)
        {
            Thin++;
            return;
        }

        var place = truth.PlaceOf(symbol.Name);
        if (truth.Book(place, view.Reading.LastUpdateId) is not { } expected)
        {
            Unknown++;
            return;
        }

        var facts = truth.Symbols[place];
        var actual = BookState.Of(new(view.Reading.LastUpdateId, 0, 0, Steps(view.Bids, facts), Steps(view.Asks, facts)));
        Compared++;
        if (actual == expected) return;
        Wrong = (Wrong.First ?? $"{symbol} at update {expected.UpdateId}: {actual}, the exchange has {expected}", Wrong.Count + 1);
    }

    private static DepthLevel[] Steps(IReadOnlyList<BookLevel> levels, MarketSymbol facts) =>
        [.. levels.Select(level => new DepthLevel(
            level.Price / FixedPoint.From(facts.TickSize), level.Quantity / FixedPoint.From(facts.StepSize)))];
}
