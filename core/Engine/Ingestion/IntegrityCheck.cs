using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>
/// Looks at the stored candles: are they all there, each once, possible, at their times? What is wrong is mended where the
/// exchange has something better; what stays wrong is an alert.
/// </summary>
public sealed class IntegrityCheck(
    ICandleStore store,
    HistoryLoader loader,
    IExchangeClock clock,
    IAlerts alerts,
    IntegrityOptions options,
    TimeProvider time,
    IIngestionListener? listener = null)
{
    // More bad series than this are one matter: the exchange, or the store.
    private const int AlertsEachMax = 5;

    /// <summary>Checks again and again until it is cancelled.</summary>
    public async Task RunAsync(
        Func<IReadOnlyCollection<SymbolHistory>> symbols, Action<IntegrityReport>? onChecked = null, CancellationToken cancel = default)
    {
        if (!options.Enabled) return;
        while (true)
        {
            await clock.UntilAsync(clock.NowMs + (options.EveryMinutes * TimeFrame.M1.Ms()), time, cancel);
            try
            {
                // The newest candles may be on their way: a quarter of an hour ago they were closed for sure.
                onChecked?.Invoke(await CheckAsync(symbols(), clock.NowMs - TimeFrame.M15.Ms(), options.Repair, cancel));
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                listener?.Failed("checking the stored candles", e);
            }
        }
    }

    /// <summary>Checks once.</summary>
    /// <param name="symbols">What should be there.</param>
    /// <param name="toMs">Market time up to which closed candles are expected.</param>
    /// <param name="repair">Whether to mend; alerts are raised only then, for what could not be mended.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<IntegrityReport> CheckAsync(
        IReadOnlyCollection<SymbolHistory> symbols, long toMs, bool repair, CancellationToken cancel = default)
    {
        var all = new List<SeriesIntegrity>();
        var mended = 0L;
        foreach (var symbol in symbols)
        {
            foreach (var series in symbol.Series)
            {
                var (from, to) = symbol.RangeOf(series.Frame, toMs);
                var found = await LookAsync(series, from, to, cancel);
                if (repair && found.HasFaults)
                {
                    (found, var changes) = await MendAsync(found, cancel);
                    mended += changes;
                }

                all.Add(found);
            }
        }

        var report = new IntegrityReport(all, options.CompletenessMin, mended);
        if (repair) Raise(report);
        return report;
    }

    private async Task<SeriesIntegrity> LookAsync(SeriesInfo series, long fromMs, long toMs, CancellationToken cancel) =>
        SeriesIntegrity.Of(series, await store.ReadAsync(series, fromMs, toMs, cancel: cancel), fromMs, toMs);

    private async Task<(SeriesIntegrity After, long Changes)> MendAsync(SeriesIntegrity found, CancellationToken cancel)
    {
        var (series, from, to) = (found.Series, found.FromMs, found.ToMs);
        var changes = 0L;
        try
        {
            if (found.Duplicates + found.Impossible + found.Misaligned > 0)
            {
                foreach (var (start, end) in await FaultyAsync(found, cancel))
                {
                    var counts = await loader.RereadAsync(series, start, end, cancel: cancel);
                    changes += counts.Added + counts.Replaced + counts.Removed;
                }
            }

            var load = await loader.LoadAsync(series, from, to, cancel: cancel);
            changes += load.FromArchive + load.FromRequests;

            // What the loader does not count as missing was not traded yet.
            var first = load.Missing == 0 || load.Gaps[0].FromMs > from ? await FirstAsync(series, from, to, cancel) : from;
            return (await LookAsync(series, first, to, cancel), changes);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            listener?.Failed($"mending the candles of {series}", e);
            return (await LookAsync(series, from, to, cancel) with { Fault = e.Message }, changes);
        }
    }

    /// <summary>The frame's slots that hold a faulty candle, neighbours joined.</summary>
    private async Task<List<(long FromMs, long ToMs)>> FaultyAsync(SeriesIntegrity found, CancellationToken cancel)
    {
        var frame = found.Series.Frame;
        var slots = new List<(long FromMs, long ToMs)>();
        var last = long.MinValue;
        foreach (var candle in await store.ReadAsync(found.Series, found.FromMs, found.ToMs, cancel: cancel))
        {
            var isFaulty = candle.Fault(frame) is not null || candle.OpenTimeMs == last;
            last = candle.OpenTimeMs;
            if (!isFaulty) continue;
            var slot = frame.OpenOf(candle.OpenTimeMs);
            if (slots.Count > 0 && slots[^1].ToMs >= slot) slots[^1] = (slots[^1].FromMs, slot + frame.Ms());
            else slots.Add((slot, slot + frame.Ms()));
        }

        return slots;
    }

    private async Task<long> FirstAsync(SeriesInfo series, long fromMs, long toMs, CancellationToken cancel) =>
        (await store.ReadAsync(series, fromMs, toMs, cancel: cancel)) is { Count: > 0 } stored
            ? series.Frame.OpenOf(stored[0].OpenTimeMs)
            : toMs;

    private void Raise(IntegrityReport report)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (report.Bad.Count > AlertsEachMax)
        {
            alerts.Raise(new(
                AlertKind.DataIntegrity, "integrity",
                $"The candles of {report.Bad.Count} series are not sound and could not be mended, among them "
                + string.Join("; ", report.Bad.Take(AlertsEachMax).Select(Told)),
                now, new DataAlert(now, [.. report.Bad.Select(bad => bad.Series.ToString())], report.Bad.Min(bad => bad.Completeness), Fault: "")));
            return;
        }

        foreach (var bad in report.Bad)
        {
            alerts.Raise(new(
                AlertKind.DataIntegrity, $"integrity {bad.Series}", $"The candles of {Told(bad)}, and this could not be mended", now,
                new DataAlert(now, [bad.Series.ToString()], bad.Completeness, bad.Fault ?? "")));
        }
    }

    private static string Told(SeriesIntegrity bad) => FormattableString.Invariant(
        $"{bad.Series} are {bad.Completeness:P1} complete ({bad.Missing} of {bad.Expected} missing, {bad.Impossible} impossible, {bad.Misaligned} off their times)")
        + (bad.Fault is null ? "" : $": {bad.Fault}");
}
