using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>
/// Looks for candles that never came and asks for them: at each quarter of an hour for 1m and 15m, with the hour also for
/// 1h, every four hours for 4h, at 00:00 UTC for 1d. What it does not get to is seen again at the next quarter.
/// </summary>
/// <remarks>The schedule and the quiet time after a start run on market time: they are about candles.</remarks>
public sealed class GapRefill(
    HistoryLoader loader,
    IExchangeClock clock,
    IBudgetUse budget,
    GapRefillOptions options,
    TimeProvider time,
    IIngestionListener? listener = null)
{
    private static readonly long Quarter = TimeFrame.M15.Ms();

    /// <summary>The frames whose turn it is at a quarter of an hour, the shortest first.</summary>
    public static IReadOnlyList<TimeFrame> FramesAt(long quarterMs) =>
        [.. TimeFrames.All.Where(frame => frame != TimeFrame.M5 && (frame < TimeFrame.M15 || frame.IsAligned(quarterMs)))];

    /// <summary>Searches at every quarter until it is cancelled.</summary>
    /// <param name="symbols">The symbols of the moment, with the frames that are followed.</param>
    /// <param name="onSearched">Told of each search; may be null.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task RunAsync(
        Func<IReadOnlyCollection<SymbolHistory>> symbols, Action<RefillReport>? onSearched = null, CancellationToken cancel = default)
    {
        if (!options.Enabled) return;
        var searched = TimeFrame.M15.OpenOf(clock.NowMs + (options.QuietMinutes * TimeFrame.M1.Ms()));
        while (true)
        {
            await clock.UntilAsync(searched + Quarter + DelayMs, time, cancel);

            // A search that took longer than a quarter has the frames of all quarters that it slept through.
            var now = TimeFrame.M15.OpenOf(clock.NowMs - DelayMs);
            var frames = new HashSet<TimeFrame>();
            for (var quarter = searched + Quarter; quarter <= now; quarter += Quarter) frames.UnionWith(FramesAt(quarter));
            searched = now;
            try
            {
                onSearched?.Invoke(await SearchAsync(symbols(), [.. frames.Order()], now, cancel));
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                listener?.Failed("searching for missing candles", e);
            }
        }
    }

    /// <summary>Searches once.</summary>
    /// <param name="symbols">Whose candles.</param>
    /// <param name="frames">Which frames; of a symbol only those that it follows.</param>
    /// <param name="nowMs">Market time; only candles closed by then are looked for.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<RefillReport> SearchAsync(
        IReadOnlyCollection<SymbolHistory> symbols, IReadOnlyList<TimeFrame> frames, long nowMs, CancellationToken cancel = default)
    {
        var filled = new Dictionary<SeriesInfo, long>();
        var (looked, failed, skipped) = (0, 0, 0);
        var missing = 0L;
        foreach (var symbol in symbols)
        {
            foreach (var series in symbol.Series.Where(series => frames.Contains(series.Frame)))
            {
                if (budget.Use >= options.UseMax)
                {
                    skipped++;
                    continue;
                }

                try
                {
                    var load = await SearchAsync(symbol, series, nowMs, cancel);
                    looked++;
                    missing += load.Missing;
                    if (load.FromRequests + load.FromArchive is > 0 and var bars) filled[series] = bars;
                }
                catch (Exception e) when (!cancel.IsCancellationRequested)
                {
                    failed++;
                    listener?.Failed($"asking for the missing candles of {series}", e);
                }
            }
        }

        foreach (var (series, bars) in filled) listener?.Filled(series, bars);
        return new(looked, filled, missing, failed, skipped);
    }

    private Task<SeriesLoad> SearchAsync(SymbolHistory symbol, SeriesInfo series, long nowMs, CancellationToken cancel)
    {
        // Counted from the frame's own boundary: of 4h and 1d it is the candle that has just closed.
        var to = series.Frame.OpenOf(nowMs);
        var from = series.Frame.OpenOf(to - (options.LookBackMinutes * TimeFrame.M1.Ms()));
        return loader.LoadAsync(series, Math.Max(from, series.Frame.OpenOf(symbol.OnboardMs)), to, cancel: cancel);
    }

    private long DelayMs => (long)Math.Min(options.DelaySeconds * 1000 * clock.Speed, Quarter / 3.0);
}
