using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>
/// Recorded candles as a feed. Its position is the last closing time handed over: after a restart the files are
/// read again up to there.
/// </summary>
public sealed class ReplayFeed : IMarketFeed
{
    private readonly ChronologicalMerge _merge;
    private long _positionMs = long.MinValue;

    /// <param name="source">The candles; frames it lacks are built from shorter ones.</param>
    /// <exception cref="ArgumentException">The source has no candles.</exception>
    public ReplayFeed(ICandleSource source)
    {
        if (source.Series.Count == 0) throw new ArgumentException("There are no kline files in the data", nameof(source));
        _merge = ChronologicalMerge.Open(source, TimeFrames.All);
        var rules = source.Series.Select(series => series.Symbol).Distinct().ToDictionary(
            symbol => symbol,
            symbol => source.RulesOf(symbol) ?? new(SymbolRules.FromTick(0.01m), RulesOrigin.Prices));
        Listings = [.. BacktestRunner.ListingsOf(_merge, rules)];
        Advance();
    }

    public IReadOnlyList<SymbolListing> Listings { get; }

    public long NextCloseMs { get; private set; }

    public void Read(List<FeedCandle> into)
    {
        into.Clear();
        foreach (ref readonly var merged in _merge.Batch) into.Add(new(_merge.Series[merged.Series].Info, merged.Candle));
        _positionMs = NextCloseMs;
        Advance();
    }

    /// <summary>Files hold closed candles only.</summary>
    public RunningCandle? Running(Symbol symbol, long nowMs) => null;

    public void Carry(StateCarrier carrier)
    {
        carrier.Part(nameof(ReplayFeed), 1);
        carrier.Carry(ref _positionMs);
        while (NextCloseMs <= _positionMs) Advance();
    }

    public void Dispose() => _merge.Dispose();

    private void Advance() => NextCloseMs = _merge.TryReadBatch(out var closeMs) ? closeMs : long.MaxValue;
}
