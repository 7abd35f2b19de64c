using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;

namespace FuturesBot.TestKit;

/// <summary>
/// Minutes of a generated market as a host would feed them: every longer candle is built from the minutes
/// that are there, so cutting the minutes cuts all frames.
/// </summary>
public sealed class GeneratedFeed
{
    /// <summary>Monday, 2025-06-02 00:00 UTC.</summary>
    public const long StartMs = 1_748_822_400_000;

    private static readonly TimeFrame[] Longer = [TimeFrame.D1, TimeFrame.H4, TimeFrame.H1, TimeFrame.M15];

    private readonly Candle[][] _minutes;   // by symbol

    /// <param name="seed">The market's seed.</param>
    /// <param name="days">Its length.</param>
    /// <param name="symbols">How many of the twelve generated symbols; the first is BTC.</param>
    public GeneratedFeed(long seed, int days, int symbols)
    {
        var chosen = GeneratedSymbols.Twelve.Take(symbols).OrderByDescending(s => s.Symbol == Symbol.Btc).ThenBy(s => s.Symbol).ToArray();
        Listings = [.. chosen.Select(s => new SymbolListing(s.Symbol, s.Rules))];
        var market = new GeneratedMarket(seed, StartMs, chosen);
        var count = days * 1440;
        _minutes = [.. chosen.Select(_ => new Candle[count])];
        var closed = new Candle[chosen.Length];
        for (var i = 0; i < count; i++)
        {
            market.Advance(closed);
            for (var s = 0; s < chosen.Length; s++) _minutes[s][i] = closed[s];
        }
    }

    public IReadOnlyList<SymbolListing> Listings { get; }

    public long EndMs => StartMs + (_minutes[0].Length * TimeFrame.M1.Ms());

    /// <summary>The minutes of one symbol.</summary>
    public IReadOnlyList<Candle> Minutes(int desk) => _minutes[desk];

    /// <summary>Closed candles of one symbol and frame, built from the minutes.</summary>
    public Candle[] Bars(int desk, TimeFrame frame)
    {
        var builder = new Resampler(TimeFrame.M1, frame);
        var bars = new List<Candle>();
        foreach (ref readonly var minute in _minutes[desk].AsSpan())
        {
            if (builder.TryAdd(minute, out var bar)) bars.Add(bar);
        }

        return [.. bars];
    }

    /// <summary>Everything that closes up to a moment, in order.</summary>
    /// <param name="untilMs">Minutes that close after this do not exist.</param>
    /// <param name="withMinutes">Give the minutes themselves too; else only 15m and longer.</param>
    public IEnumerable<ClosedBatch> Batches(long untilMs = long.MaxValue, bool withMinutes = false)
    {
        var builders = _minutes.Select(_ => Longer.Select(frame => new Resampler(TimeFrame.M1, frame)).ToArray()).ToArray();
        for (var i = 0; i < _minutes[0].Length; i++)
        {
            var closeMs = StartMs + ((i + 1) * TimeFrame.M1.Ms());
            if (closeMs > untilMs) yield break;
            var candles = new List<FeedCandle>();
            for (var s = 0; s < _minutes.Length; s++) Close(s, _minutes[s][i], builders[s], candles, withMinutes);
            if (candles.Count > 0) yield return new(closeMs, candles);
        }
    }

    private static void Close(int desk, in Candle minute, Resampler[] builders, List<FeedCandle> into, bool withMinutes)
    {
        for (var f = 0; f < Longer.Length; f++)
        {
            if (builders[f].TryAdd(minute, out var bar)) into.Add(new(desk, Longer[f], bar));
        }

        if (withMinutes) into.Add(new(desk, TimeFrame.M1, minute));
    }
}
