using Xunit;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Tests.Ingestion;

/// <summary>An exchange whose every candle follows from symbol and time, with faults on demand.</summary>
internal sealed class FakeMarket : IExchangeMarket, IExchangeClock, IBudgetUse
{
    private readonly Lock _gate = new();

    /// <summary>Every request for candles so far.</summary>
    public List<(SeriesInfo Series, KlineRequest Request, RequestLane Lane)> Requests { get; } = [];

    public long Weight => Requests.Sum(request => (long)KlineWeight.Of(request.Request.Limit));

    /// <summary>What comes back instead of the right answer; the number counts all requests from 1.</summary>
    public Func<int, SeriesInfo, IReadOnlyList<Candle>, IReadOnlyList<Candle>>? Distort { get; set; }

    /// <summary>Waited for before each answer.</summary>
    public Func<CancellationToken, Task>? Before { get; set; }

    public Dictionary<Symbol, long> Onboard { get; } = [];

    public long NowMs { get; set; } = new DateTimeOffset(2026, 11, 18, 12, 7, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public double Speed => 1;

    public double Use { get; set; }

    /// <summary>The one true candle of a series at a time.</summary>
    public static Candle At(SeriesInfo series, long openMs)
    {
        var seed = (openMs / 60_000 * 31) + series.Symbol.Name.Sum(letter => letter);
        var open = 100 + (seed % 97);
        var close = 100 + ((seed + 13) % 97);
        return new(
            openMs, open, Math.Max(open, close) + 1, Math.Min(open, close) - 1, close,
            10 + (seed % 7), QuoteVolume: 1_000 + (seed % 11), TakerBuyVolume: 3, Trades: 5 + (seed % 3));
    }

    /// <summary>All candles that open in a range.</summary>
    public IEnumerable<Candle> Range(SeriesInfo series, long fromMs, long toMs)
    {
        var length = series.Frame.Ms();
        var from = Math.Max(fromMs, series.Frame.OpenOf(Onboard.GetValueOrDefault(series.Symbol)));
        for (var open = series.Frame.OpenOf(from + length - 1); open < toMs && open + length <= NowMs; open += length)
            yield return At(series, open);
    }

    public async Task<IReadOnlyList<Candle>> CandlesAsync(
        SeriesInfo series, long fromMs, long toMs, int limit, RequestLane lane, CancellationToken cancel = default)
    {
        Assert.InRange(limit, 1, 1500);
        int number;
        lock (_gate)
        {
            Requests.Add((series, new(fromMs, toMs, limit), lane));
            number = Requests.Count;
        }

        if (Before is not null) await Before(cancel);
        cancel.ThrowIfCancellationRequested();
        IReadOnlyList<Candle> right = [.. Range(series, fromMs, toMs).Take(limit)];
        return Distort is null ? right : Distort(number, series, right);
    }

    public Task<IReadOnlyList<ExchangeSymbol>> SymbolsAsync(CancellationToken cancel = default) =>
        throw new NotSupportedException();

    public Task<IReadOnlyDictionary<Symbol, double>> QuoteVolumesAsync(CancellationToken cancel = default) =>
        throw new NotSupportedException();

    public Task<double> OpenInterestAsync(Symbol symbol, CancellationToken cancel = default) => throw new NotSupportedException();
}
