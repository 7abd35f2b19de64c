using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Rest;

public sealed partial class BinanceFuturesRest
{
    private static readonly int[] DepthLimits = [5, 10, 20, 50, 100, 500, 1_000];

    public Task PingAsync(RequestLane lane = RequestLane.MarketData, CancellationToken cancel = default) =>
        AskAsync(Endpoints.Ping, RequestForm.Empty, lane, Done, cancel);

    /// <summary>The exchange's time, UTC, Unix milliseconds.</summary>
    public Task<long> ServerTimeAsync(RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        AskAsync(Endpoints.Time, RequestForm.Empty, lane, root => root.Whole("serverTime", min: 1), cancel);

    public Task<ExchangeInfo> ExchangeInfoAsync(RequestLane lane = RequestLane.MarketData, CancellationToken cancel = default) =>
        AskAsync(Endpoints.ExchangeInfo, RequestForm.Empty, lane, _exchangeInfo.Read, cancel);

    /// <summary>Candles that open in [<paramref name="fromMs"/>, <paramref name="toMs"/>), oldest first.</summary>
    /// <param name="series">Symbol and frame.</param>
    /// <param name="fromMs">UTC, Unix milliseconds; null for the latest ones.</param>
    /// <param name="toMs">UTC, Unix milliseconds; null for no end.</param>
    /// <param name="limit">1–1500; weight 1 up to 99, 2 up to 499, 5 up to 1000, else 10.</param>
    /// <param name="lane">Who goes first.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<KlinePage> KlinesAsync(
        SeriesInfo series, long? fromMs, long? toMs, int limit, RequestLane lane, CancellationToken cancel = default)
    {
        var (asked, form) = (new Asked(fromMs, toMs), Range(Of(series.Symbol).Add("interval", series.Frame.Code()), fromMs, toMs, limit));
        var toldMs = await ClosedByAsync(series.Frame, fromMs, toMs, limit, lane, cancel);
        return await AskAsync(
            Endpoints.Klines, form, lane,
            root =>
            {
                var page = MarketAnswers.Klines(root, series.Frame, limit, toldMs);
                foreach (var candle in page.Closed) asked.Check(candle.OpenTimeMs);
                return page;
            },
            cancel);
    }

    /// <summary>Closed candles of the mark price; weights as <see cref="KlinesAsync"/>.</summary>
    public async Task<IReadOnlyList<PriceCandle>> MarkPriceKlinesAsync(
        SeriesInfo series, long? fromMs, long? toMs, int limit, RequestLane lane, CancellationToken cancel = default)
    {
        var (asked, form) = (new Asked(fromMs, toMs), Range(Of(series.Symbol).Add("interval", series.Frame.Code()), fromMs, toMs, limit));
        var toldMs = await ClosedByAsync(series.Frame, fromMs, toMs, limit, lane, cancel);
        return await AskAsync<IReadOnlyList<PriceCandle>>(
            Endpoints.MarkPriceKlines, form, lane,
            root =>
            {
                var candles = MarketAnswers.PriceKlines(root, series.Frame, limit, toldMs);
                foreach (var candle in candles) asked.Check(candle.OpenTimeMs);
                return candles;
            },
            cancel);
    }

    public Task<DepthSnapshot> DepthAsync(Symbol symbol, int limit, RequestLane lane, CancellationToken cancel = default)
    {
        if (!DepthLimits.Contains(limit)) throw new ArgumentOutOfRangeException(nameof(limit), limit, $"Depth limits are {string.Join(", ", DepthLimits)}");
        return AskAsync(Endpoints.Depth, Of(symbol).Add("limit", limit), lane, root => MarketAnswers.Depth(root, symbol, limit), cancel);
    }

    /// <summary>Weight 20. With neither id nor times the latest ones.</summary>
    public Task<IReadOnlyList<AggregateTrade>> AggregateTradesAsync(
        Symbol symbol, long? fromId, long? fromMs, long? toMs, int limit, RequestLane lane, CancellationToken cancel = default) =>
        AskAsync<IReadOnlyList<AggregateTrade>>(
            Endpoints.AggTrades, Range(Of(symbol).Add("fromId", fromId), fromMs, toMs, limit, most: 1_000), lane,
            (root, _) => MarketAnswers.AggregateTrades(root), cancel);

    /// <summary>The last 24 hours of every symbol; weight 40.</summary>
    public Task<IReadOnlyList<DayTicker>> DayTickersAsync(RequestLane lane = RequestLane.MarketData, CancellationToken cancel = default) =>
        SurveyAsync(Endpoints.Ticker24H, RequestForm.Empty, lane, MarketAnswers.DayTicker, cancel);

    /// <summary>The last 24 hours of one symbol; weight 1.</summary>
    public Task<DayTicker> DayTickerAsync(Symbol symbol, RequestLane lane = RequestLane.MarketData, CancellationToken cancel = default) =>
        AskAsync(Endpoints.Ticker24H, Of(symbol), lane, root => MarketAnswers.DayTicker(root) with { Symbol = root.Symbol(symbol) }, cancel);

    /// <summary>Mark price and funding of every symbol; weight 10.</summary>
    public Task<IReadOnlyList<PremiumIndex>> PremiumIndexesAsync(RequestLane lane = RequestLane.MarketData, CancellationToken cancel = default) =>
        SurveyAsync(Endpoints.PremiumIndex, RequestForm.Empty, lane, MarketAnswers.PremiumIndex, cancel);

    /// <summary>Mark price and funding of one symbol; weight 1.</summary>
    public Task<PremiumIndex> PremiumIndexAsync(Symbol symbol, RequestLane lane = RequestLane.MarketData, CancellationToken cancel = default) =>
        AskAsync(Endpoints.PremiumIndex, Of(symbol), lane, root => MarketAnswers.PremiumIndex(root) with { Symbol = root.Symbol(symbol) }, cancel);

    /// <summary>Fundings that took place; of the limit of 500 per 5 minutes.</summary>
    /// <param name="symbol">Null for all.</param>
    /// <param name="fromMs">UTC, Unix milliseconds.</param>
    /// <param name="toMs">UTC, Unix milliseconds, left out itself.</param>
    /// <param name="limit">1–1000.</param>
    /// <param name="lane">Who goes first.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<IReadOnlyList<FundingPayment>> FundingRatesAsync(
        Symbol? symbol, long? fromMs, long? toMs, int limit, RequestLane lane = RequestLane.MarketData, CancellationToken cancel = default) =>
        ListAsync(
            Endpoints.FundingRate, Range(Of(symbol), fromMs, toMs, limit, most: 1_000), lane,
            row => Checked(MarketAnswers.FundingPayment(row), payment => payment.Symbol, symbol), cancel);

    /// <summary>Symbols that are not funded every 8 hours with the usual bounds; of the limit of 500 per 5 minutes.</summary>
    public Task<IReadOnlyList<FundingTerms>> FundingInfoAsync(RequestLane lane = RequestLane.MarketData, CancellationToken cancel = default) =>
        SurveyAsync(Endpoints.FundingInfo, RequestForm.Empty, lane, MarketAnswers.FundingTerms, cancel);

    /// <summary>Open interest now; weight 1.</summary>
    public Task<OpenInterestPoint> OpenInterestAsync(Symbol symbol, RequestLane lane = RequestLane.MarketData, CancellationToken cancel = default) =>
        AskAsync(Endpoints.OpenInterest, Of(symbol), lane, root => MarketAnswers.OpenInterest(root, symbol), cancel);

    /// <summary>Open interest before, 30 days at most; of the limit of 1,000 per 5 minutes.</summary>
    /// <param name="symbol">Which.</param>
    /// <param name="period"><c>5m 15m 30m 1h 2h 4h 6h 12h 1d</c>.</param>
    /// <param name="fromMs">UTC, Unix milliseconds.</param>
    /// <param name="toMs">UTC, Unix milliseconds, left out itself.</param>
    /// <param name="limit">1–500.</param>
    /// <param name="lane">Who goes first.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<IReadOnlyList<OpenInterestPoint>> OpenInterestHistoryAsync(
        Symbol symbol, string period, long? fromMs, long? toMs, int limit, RequestLane lane = RequestLane.History, CancellationToken cancel = default) =>
        ListAsync(
            Endpoints.OpenInterestHistory, Range(Of(symbol).Add("period", period), fromMs, toMs, limit, most: 500), lane,
            row => MarketAnswers.OpenInterestAt(row, symbol), cancel);

    // What had closed by the exchange's own time before the question leaves is final in its answer. The clock here is an
    // estimate: a market that falls behind it, or a machine that slept, would pass a running candle off as a closed one.
    // Asked for only where the range reaches beyond what is known, which is once for each closing time.
    private Task<long> ClosedByAsync(TimeFrame frame, long? fromMs, long? toMs, int limit, RequestLane lane, CancellationToken cancel)
    {
        var lastMs = frame.OpenOf(_pipe.Clock.NowMs);
        if (toMs is { } to) lastMs = Math.Min(lastMs, frame.OpenOf(to + frame.Ms() - 1));
        if (fromMs is { } from) lastMs = Math.Min(lastMs, frame.OpenOf(from + (frame.Ms() * (limit + 1L))));
        return _pipe.ToldAsync(lastMs, lane, cancel);
    }

    private static RequestForm Range(RequestForm form, long? fromMs, long? toMs, int limit, int most = 1_500)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, most);
        // The exchange's end is in; ours is out.
        return form.Add("startTime", fromMs).Add("endTime", toMs - 1).Add("limit", limit);
    }

    private static T Checked<T>(T entry, Func<T, Symbol> of, Symbol? asked) =>
        asked is null || of(entry) == asked ? entry : throw new MalformedException($"the answer has {of(entry)}, and {asked} was asked for");

    private readonly record struct Asked(long? FromMs, long? ToMs)
    {
        public void Check(long openMs)
        {
            if (openMs < FromMs || openMs >= ToMs) throw new MalformedException($"the candle of {openMs} was not asked for");
        }
    }
}
