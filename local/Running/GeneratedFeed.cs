using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Local.Running;

/// <summary>The generated market as a feed: its minutes, and the longer frames built from them.</summary>
internal sealed class GeneratedFeed : IMarketFeed
{
    private static readonly TimeFrame[] HighToLow = [.. TimeFrames.All.Reverse()];

    private readonly GeneratedMarket _market;
    private readonly Candle[] _minutes;
    private readonly FrameLadder[] _ladders;
    private readonly SeriesInfo[][] _series;   // by place in the market, by place in HighToLow
    private readonly int[] _followers;         // places in the market, by ordinal of the symbol

    public GeneratedFeed(long seed, long startMs)
    {
        _market = new(seed, startMs);
        var symbols = _market.Symbols;
        _minutes = new Candle[symbols.Count];
        _ladders = [.. symbols.Select(_ => new FrameLadder())];
        _series = [.. symbols.Select(symbol => HighToLow.Select(frame => new SeriesInfo(symbol.Symbol, frame)).ToArray())];
        _followers = [.. Enumerable.Range(0, symbols.Count)
            .Where(i => symbols[i].Symbol != Symbol.Btc).OrderBy(i => symbols[i].Symbol)];
        Listings = [.. symbols.Select(symbol => new SymbolListing(symbol.Symbol, symbol.Rules))];
    }

    public IReadOnlyList<SymbolListing> Listings { get; }

    public long NextCloseMs => _market.MinuteCloseMs;

    public void Read(List<FeedCandle> into)
    {
        into.Clear();
        _market.Advance(_minutes);
        for (var i = 0; i < _minutes.Length; i++) _ladders[i].Add(_minutes[i]);
        for (var symbol = 0; symbol < _minutes.Length; symbol++)
        {
            if (_market.Symbols[symbol].Symbol != Symbol.Btc) continue;
            for (var frame = 0; frame < HighToLow.Length; frame++) Put(into, symbol, frame);
        }

        for (var frame = 0; frame < HighToLow.Length; frame++)
        {
            foreach (var symbol in _followers) Put(into, symbol, frame);
        }
    }

    public RunningCandle? Running(Symbol symbol, long nowMs)
    {
        for (var i = 0; i < _minutes.Length; i++)
        {
            if (_market.Symbols[i].Symbol != symbol) continue;
            var passed = (nowMs - _market.MinuteOpenMs) / (double)TimeFrame.M1.Ms();
            return _market.At(i, Math.Clamp(passed, 0, 0.999));   // until it is handed over it has not closed
        }

        return null;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Part(nameof(GeneratedFeed), 1);
        _market.Carry(carrier);
        foreach (var ladder in _ladders) ladder.Carry(carrier);
    }

    public void Dispose()
    {
        // Nothing is held open: the market is arithmetic.
    }

    private void Put(List<FeedCandle> into, int symbol, int frame)
    {
        if (_ladders[symbol].TryGet(HighToLow[frame], out var closed)) into.Add(new(_series[symbol][frame], closed));
    }
}
