using System.Collections.Concurrent;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>
/// Brings what the store lacks of a series into it: whole past days from archive files where that saves request weight,
/// the rest by request, the oldest first. Only what is missing is asked for, so a process that died goes on where it
/// was, and a restart costs what it missed. Safe for use by several threads.
/// </summary>
/// <param name="market">The exchange.</param>
/// <param name="store">Where the candles go.</param>
/// <param name="clock">Market time.</param>
/// <param name="archive">Archive files; null when there are none.</param>
/// <param name="pause">Paces the requests of everybody who loads.</param>
/// <param name="options">How to load.</param>
/// <param name="listener">Is told what happens; may be null.</param>
public sealed class HistoryLoader(
    IExchangeMarket market,
    ICandleStore store,
    IExchangeClock clock,
    ICandleArchive? archive,
    BurstPause pause,
    LoaderOptions options,
    IIngestionListener? listener = null)
{
    // Where the candles of a young series begin, once the exchange was asked for earlier ones and had none.
    private readonly ConcurrentDictionary<SeriesInfo, Beginning> _beginnings = new();

    /// <summary>
    /// Fills a range of a series as far as the sources have it. What a request does not bring is asked for a second time,
    /// and only then believed to be missing. What lies before the first candle that there is was not traded; that is asked
    /// for once, and not again.
    /// </summary>
    /// <param name="series">Symbol and frame.</param>
    /// <param name="fromMs">First open time wanted, UTC, Unix milliseconds.</param>
    /// <param name="toMs">End of the range, not included: nothing later than what is closed.</param>
    /// <param name="lane">On whose account the requests go.</param>
    /// <param name="cancel">Ends the work; what was stored stays.</param>
    public async Task<SeriesLoad> LoadAsync(
        SeriesInfo series, long fromMs, long toMs, RequestLane lane = RequestLane.History, CancellationToken cancel = default)
    {
        var frame = series.Frame;
        var (from, to) = (frame.OpenOf(fromMs + frame.Ms() - 1), frame.OpenOf(toMs));
        var work = new Work(series, from, to, lane);
        var gaps = await GapsAsync(work, cancel);
        work.Had = (Math.Max(0, to - from) / frame.Ms()) - gaps.Sum(gap => gap.Bars);
        if (gaps.Count > 0 && gaps[0].FromMs == from && _beginnings.TryGetValue(series, out var begins) && begins.Covers(gaps[0])) gaps.RemoveAt(0);
        var isAsked = gaps.Count > 0 && gaps.Sum(gap => gap.Bars) >= options.GapMinBars;
        if (isAsked)
        {
            if (await FromArchiveAsync(work, gaps, cancel)) gaps = await GapsAsync(work, cancel);
            for (var pass = 0; pass < 2 && gaps.Count > 0; pass++)
            {
                await RequestAsync(work, gaps, cancel);
                gaps = await GapsAsync(work, cancel);
            }
        }

        // Nothing was traded before the first candle: the exchange was asked for it and has none.
        if (isAsked && work.Refused == 0 && gaps.Count > 0 && gaps[0].FromMs == from)
        {
            if (gaps[0].ToMs < to) _beginnings[series] = new(from, gaps[0].ToMs);
            gaps.RemoveAt(0);
        }

        return new(series, from, to, work.Had, work.FromArchive, work.FromRequests, work.Refused, work.Weight, gaps);
    }

    /// <summary>
    /// Reads a range anew by request and lets what the exchange says now stand in the store: for candles that are
    /// impossible or off their times. A time for which it has none is left empty.
    /// </summary>
    public async Task<RepairCounts> RereadAsync(
        SeriesInfo series, long fromMs, long toMs, RequestLane lane = RequestLane.History, CancellationToken cancel = default)
    {
        var counts = default(RepairCounts);
        foreach (var request in KlineWeight.Split(series.Frame, fromMs, toMs))
        {
            var work = new Work(series, request.FromMs, request.ToMs, lane);
            var read = await ReadAsync(work, request, cancel);
            counts += await store.ReplaceAsync(series, request.FromMs, request.ToMs, read, cancel);
        }

        return counts;
    }

    private async Task<List<CandleGap>> GapsAsync(Work work, CancellationToken cancel)
    {
        if (work.FromMs >= work.ToMs) return [];
        var stored = await store.ReadAsync(work.Series, work.FromMs, work.ToMs, cancel: cancel);
        return CandleGaps.In(stored, work.Series.Frame, work.FromMs, work.ToMs);
    }

    private async Task<bool> FromArchiveAsync(Work work, List<CandleGap> gaps, CancellationToken cancel)
    {
        if (archive is null || !options.Archive) return false;
        var asked = new HashSet<ArchivePeriod>();
        var files = new Queue<ArchivePeriod>(gaps.SelectMany(gap => HistoryPlan.Best(
            work.Series.Frame, gap.FromMs, gap.ToMs, clock.NowMs, options.ArchiveFileWeight).Files));
        while (files.TryDequeue(out var file))
        {
            if (!asked.Add(file)) continue;
            var read = await archive.ReadAsync(work.Series, file, cancel: cancel);
            work.Refused += read.Refused;
            if (read.State == ArchiveState.Unusable) listener?.ArchiveUnusable(work.Series, file, read.Fault ?? "");
            if (read.State == ArchiveState.Read)
                work.FromArchive += await AddAsync(work, Possible(work, read.Candles, file.FromMs, file.ToMs), gaps, cancel);

            // The month may be late while its days are out.
            if (read.State != ArchiveState.NotThere || !file.IsMonth) continue;
            foreach (var day in ArchivePlan.Days(Math.Max(file.FromMs, work.FromMs), Math.Min(file.ToMs, work.ToMs)))
            {
                if (gaps.Exists(gap => gap.FromMs < day.ToMs && gap.ToMs > day.FromMs)) files.Enqueue(day);
            }
        }

        return asked.Count > 0;
    }

    private async Task RequestAsync(Work work, List<CandleGap> gaps, CancellationToken cancel)
    {
        foreach (var gap in CandleGaps.Join(gaps, work.Series.Frame))
        {
            foreach (var request in KlineWeight.Split(work.Series.Frame, gap.FromMs, gap.ToMs))
            {
                // Stored at once: whatever comes later, this piece has been paid for.
                var read = await ReadAsync(work, request, cancel);
                work.FromRequests += await AddAsync(work, read, gaps, cancel);
            }
        }
    }

    private async Task<Candle[]> ReadAsync(Work work, KlineRequest request, CancellationToken cancel)
    {
        await pause.WaitAsync(cancel);
        work.Weight += KlineWeight.Of(request.Limit);
        var candles = await market.CandlesAsync(
            work.Series, request.FromMs, request.ToMs, request.Limit, work.Lane, cancel);
        return Possible(work, candles, request.FromMs, request.ToMs);
    }

    /// <summary>The candles that can be, in order, each time once: the first of its time counts.</summary>
    private Candle[] Possible(Work work, IReadOnlyList<Candle> candles, long fromMs, long toMs)
    {
        var possible = new List<Candle>(candles.Count);
        var times = new HashSet<long>(candles.Count);
        foreach (var candle in candles)
        {
            var reason = candle.Fault(work.Series.Frame);
            if (reason is null && (candle.OpenTimeMs < fromMs || candle.OpenTimeMs >= toMs)) reason = "it is not of the range that was asked for";
            if (reason is null && !times.Add(candle.OpenTimeMs)) reason = "a candle of this time came before it";
            if (reason is null)
            {
                possible.Add(candle);
                continue;
            }

            work.Refused++;
            listener?.Refused(work.Series, candle, reason);
        }

        possible.Sort((x, y) => x.OpenTimeMs.CompareTo(y.OpenTimeMs));
        return [.. possible];
    }

    /// <summary>Stores what fills a gap; what was there already is not looked at again.</summary>
    private async Task<long> AddAsync(Work work, Candle[] candles, List<CandleGap> gaps, CancellationToken cancel)
    {
        var missing = candles
            .Where(candle => gaps.Exists(gap => candle.OpenTimeMs >= gap.FromMs && candle.OpenTimeMs < gap.ToMs))
            .ToArray();
        if (missing.Length == 0) return 0;
        var counts = await store.AppendAsync(work.Series, missing, cancel);
        return counts.Added;
    }

    private readonly record struct Beginning(long AskedFromMs, long FirstMs)
    {
        // Further back than was asked for there may be something.
        public bool Covers(CandleGap gap) => gap.ToMs == FirstMs && gap.FromMs >= AskedFromMs;
    }

    private sealed class Work(SeriesInfo series, long fromMs, long toMs, RequestLane lane)
    {
        public readonly SeriesInfo Series = series;
        public readonly long FromMs = fromMs, ToMs = toMs;
        public readonly RequestLane Lane = lane;
        public long Had, FromArchive, FromRequests, Refused, Weight;
    }
}
