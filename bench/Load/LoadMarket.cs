using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;
using FeedCandle = FuturesBot.Engine.Running.FeedCandle;
using SeriesInfo = FuturesBot.Engine.Ports.SeriesInfo;

namespace FuturesBot.Bench.Load;

/// <summary>Many generated symbols, candles of 15m and longer, closing time by closing time.</summary>
internal sealed class LoadMarket
{
    private static readonly TimeFrame[] Frames = [TimeFrame.D1, TimeFrame.H4, TimeFrame.H1, TimeFrame.M15];

    private readonly GeneratedMarket _market;
    private readonly SeriesInfo[][] _series;
    private readonly Resampler[][] _builders;
    private readonly Candle[] _minutes;

    public LoadMarket(int symbols, long startMs)
    {
        var twelve = GeneratedSymbols.Twelve;
        GeneratedSymbol[] chosen =
        [
            .. Enumerable.Range(0, symbols).Select(i => i < twelve.Count
                ? twelve[i]
                : twelve[1 + (i % (twelve.Count - 1))] with { Symbol = Symbol.Parse($"X{i}USDT") }),
        ];
        _market = new(seed: 1, startMs, chosen);
        _series = [.. chosen.Select(one => Frames.Select(frame => new SeriesInfo(one.Symbol, frame)).ToArray())];
        _builders = [.. chosen.Select(_ => Frames.Select(frame => new Resampler(TimeFrame.M1, frame)).ToArray())];
        _minutes = new Candle[symbols];
        Listings = [.. chosen.Select(one => new SymbolListing(one.Symbol, one.Rules))];
    }

    public IReadOnlyList<SymbolListing> Listings { get; }

    /// <summary>The next closing time of 15 minutes.</summary>
    public (long CloseMs, List<FeedCandle> Candles) Next()
    {
        var closed = new List<FeedCandle>();
        while (true)
        {
            _market.Advance(_minutes);
            for (var s = 0; s < _minutes.Length; s++)
            {
                for (var f = 0; f < Frames.Length; f++)
                {
                    if (_builders[s][f].TryAdd(_minutes[s], out var bar)) closed.Add(new(_series[s][f], bar));
                }
            }

            if (closed.Count > 0) return (_minutes[0].CloseTimeMs(TimeFrame.M1), closed);
        }
    }
}
