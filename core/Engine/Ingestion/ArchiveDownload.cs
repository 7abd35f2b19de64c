using System.Collections.Concurrent;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>
/// Gets the archive files of many series, several at a time. What fails is tried again after 5, 15 and 30 seconds of wall
/// time; where the archive answers nothing at all, the rest of a pass is not even tried.
/// </summary>
public sealed class ArchiveDownload(IArchiveTaker taker, LoaderOptions options, TimeProvider time)
{
    // So many failures in a row are the archive's, not the files'.
    private const int FailuresInARowMax = 8;

    private const string NotTried = "not tried, because the archive answered nothing";

    /// <param name="series">Which series.</param>
    /// <param name="fromMs">Beginning, UTC, Unix milliseconds. Files are taken whole.</param>
    /// <param name="toMs">End, not included.</param>
    /// <param name="nowMs">The time at which what is out is judged.</param>
    /// <param name="onProgress">Called after each file, one call at a time.</param>
    /// <param name="cancel">Ends after the files under way; what was taken stays.</param>
    public async Task<DownloadReport> RunAsync(
        IReadOnlyList<SeriesInfo> series, long fromMs, long toMs, long nowMs,
        Action<DownloadProgress>? onProgress = null, CancellationToken cancel = default)
    {
        var run = new Run(taker, options.Parallel, onProgress, time);
        var span = (From: fromMs, To: toMs);
        run.Add(series.SelectMany(one => ArchivePlan.Cover(fromMs, toMs, nowMs).Select(period => (one, period))));
        foreach (var wait in (double[])[0, options.Retry1Seconds, options.Retry2Seconds, options.Retry3Seconds])
        {
            if (wait > 0) await Task.Delay(TimeSpan.FromSeconds(wait), time, cancel);
            await run.PassAsync(span, cancel);
            if (run.IsDone) break;
        }

        return run.Report();
    }

    private sealed class Run(IArchiveTaker taker, int parallel, Action<DownloadProgress>? onProgress, TimeProvider time)
    {
        private readonly Lock _gate = new();
        private readonly ConcurrentDictionary<(SeriesInfo Series, ArchivePeriod Period), DownloadedFile> _files = new();
        private readonly long _startedAt = time.GetTimestamp();
        private List<(SeriesInfo Series, ArchivePeriod Period)> _waiting = [];
        private int _done, _inARow;

        public bool IsDone => _waiting.Count == 0;

        public void Add(IEnumerable<(SeriesInfo Series, ArchivePeriod Period)> files)
        {
            lock (_gate)
            {
                foreach (var file in files)
                {
                    if (_files.TryAdd(file, new(file.Series, file.Period, ArchiveState.Unusable, Fault: NotTried))) _waiting.Add(file);
                }
            }
        }

        public async Task PassAsync((long From, long To) span, CancellationToken cancel)
        {
            _inARow = 0;
            for (var failed = new ConcurrentBag<(SeriesInfo Series, ArchivePeriod Period)>(); ;)
            {
                List<(SeriesInfo Series, ArchivePeriod Period)> now;
                lock (_gate) (now, _waiting) = (_waiting, []);
                if (now.Count == 0)
                {
                    _waiting = [.. failed];
                    return;
                }

                await Parallel.ForEachAsync(
                    now,
                    new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancel },
                    async (file, stop) =>
                    {
                        if (!await TakeAsync(file, span, stop)) failed.Add(file);
                    });
            }
        }

        public DownloadReport Report() => new(
            [.. _files.Values.OrderBy(file => file.Series.Symbol).ThenBy(file => file.Series.Frame).ThenBy(file => file.Period.FromMs)]);

        private async Task<bool> TakeAsync(
            (SeriesInfo Series, ArchivePeriod Period) file, (long From, long To) span, CancellationToken cancel)
        {
            if (Volatile.Read(ref _inARow) >= FailuresInARowMax) return false;
            var taken = await taker.TakeAsync(file.Series, file.Period, cancel);
            if (taken.State == ArchiveState.Unusable)
            {
                Interlocked.Increment(ref _inARow);
                Settle(file, taken);
                return false;
            }

            Volatile.Write(ref _inARow, 0);

            // The month may be late while its days are out.
            if (taken.State == ArchiveState.NotThere && file.Period.IsMonth)
            {
                Add(ArchivePlan.Days(Math.Max(file.Period.FromMs, span.From), Math.Min(file.Period.ToMs, span.To))
                    .Select(day => (file.Series, day)));
            }

            Settle(file, taken);
            return true;
        }

        // Noted and told of under one lock: each telling counts one file more than the last.
        private void Settle((SeriesInfo Series, ArchivePeriod Period) file, DownloadedFile taken)
        {
            lock (_gate)
            {
                _files[file] = taken;
                if (taken.State != ArchiveState.Unusable) _done++;
                onProgress?.Invoke(new(_done, _files.Count, taken, time.GetElapsedTime(_startedAt)));
            }
        }
    }
}
