using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Dashboard.Running;

/// <summary>What did not become a signal, and signals lived through again, over the running system and its store.</summary>
internal sealed class ArchivePage(MarketRunner runner, ICandleStore candles, IDashboardSource page) : ISignalArchive
{
    private const int BarsMax = 300;

    // Studies of the chart begin before it, so that the slow averages are ripe.
    private const int RipeBars = 1_200;

    // A signal that has just ended shows a little of what came after it.
    private const int BarsAfterEnd = 5;

    public long NearMissesSinceMs
    {
        get
        {
            lock (runner.Gate) return runner.NearMisses.Newest.LastOrDefault()?.TimeMs ?? runner.NowMs;
        }
    }

    public IReadOnlyList<WhyNotView> WhyNot()
    {
        lock (runner.Gate)
        {
            var frames = runner.Pipeline.Strategies.ToDictionary(strategy => strategy.Name, strategy => strategy.Frame, StringComparer.Ordinal);
            return
            [
                .. runner.Refusals.Newest.Select(Of)
                    .Concat(runner.NearMisses.Newest.Select(miss => Of(miss, frames.GetValueOrDefault(miss.Kind.Strategy, TimeFrame.M15))))
                    .OrderByDescending(row => row.TimeMs),
            ];
        }
    }

    public async Task<ReplayView?> ReplayAsync(string signalId, int before, CancellationToken cancel)
    {
        SignalRecord? record;
        long nowMs;
        lock (runner.Gate) (record, nowMs) = (runner.Signals.Find(signalId), runner.CommittedMs);
        if (record is null || page.Signal(signalId) is not { } detail) return null;

        var (plan, frame) = (record.State.Plan, record.State.Plan.Frame);
        var length = frame.Ms();
        var fromMs = frame.OpenOf(plan.DecidedAtMs) - (before * length);
        var wantedMs = Math.Min(nowMs, record.EndedAtMs is { } ended ? frame.OpenOf(ended) + (BarsAfterEnd * length) : nowMs);
        var endMs = Math.Min(wantedMs, fromMs + (BarsMax * length));
        var all = await ReadAsync(frame, fromMs - (RipeBars * length));
        Candle[] shown = [.. all.Where(candle => candle.OpenTimeMs >= fromMs)];
        if (shown.Length == 0)
        {
            return new(
                detail.Signal, frame, -1, [], new Dictionary<string, IReadOnlyList<double>>(), [], "its candles are no longer stored",
                [], Cut: false);
        }

        var studies = StudyViews.Of(
            plan.Symbol, frame, all, await ReadAsync(TimeFrame.H1, fromMs - (RipeBars * length)),
            await ReadAsync(TimeFrame.H4, fromMs - (RipeBars * length)), shown.Length);
        long[] closes = [.. shown.Select(candle => candle.CloseTimeMs(frame))];
        var zones = await PastZones.AtAsync(candles, plan.Symbol, closes, cancel);
        return new(
            detail.Signal, frame, Array.IndexOf(closes, plan.DecidedAtMs),
            [.. shown.Select(candle => CandleView.From(candle))],
            studies.Series,
            [.. zones.Select((at, bar) => (at, bar)).Where(one => one.at is not null)
                .Select(one => new ReplayZonesView(one.bar, [.. one.at!.Select(RunDashboard.Of)]))],
            zones[0] is { Length: 0 } && zones.All(at => at is null or { Length: 0 }) ? "no zone was known, or the hours before are not stored" : null,
            Steps(record, closes),
            Cut: endMs < wantedMs);

        async Task<Candle[]> ReadAsync(TimeFrame of, long sinceMs) =>
            [.. await candles.ReadAsync(new(plan.Symbol, of), sinceMs, endMs - of.Ms() + 1, cancel: cancel)];
    }

    /// <summary>Each step in the bar at whose close it was known.</summary>
    private static ReplayStepView[] Steps(SignalRecord record, long[] closes)
    {
        decimal? stop = null;
        var steps = new List<ReplayStepView>();
        foreach (var happened in record.Events)
        {
            stop = happened switch
            {
                SignalEvent.EntryFilled filled => filled.Stop,
                SignalEvent.Target1Taken taken => taken.Stop,
                SignalEvent.StopMoved moved => moved.Stop,
                _ => stop,
            };
            // A fill at the open of a bar is that bar's, though the bar before closed at the same moment.
            var known = Math.Max(happened.AtMs, happened.KnownUntilMs) + (happened is SignalEvent.EntryFilled ? 1 : 0);
            var bar = Array.FindIndex(closes, close => close >= known);
            steps.Add(new(
                bar < 0 ? closes.Length - 1 : bar, happened.AtMs, SignalViews.KindOf(happened),
                SignalText.Of(happened, record.State) ?? SignalViews.Words(happened), stop));
        }

        return [.. steps];
    }

    private WhyNotView Of(RefusalNote note)
    {
        var view = RefusalViews.Of(note, runner.Identity);
        return new(
            view.TimeMs, "refused", view.Symbol, view.Timeframe, view.Strategy, "", view.Direction, view.Reason,
            RefusalViews.WordsOf(note.Reason).Title, view.Value, view.Threshold, view.Comparison, view.Unit, view.Replayed);
    }

    private WhyNotView Of(NearMiss miss, TimeFrame frame)
    {
        var check = PredicateViews.Of(miss.Failed);
        return new(
            miss.TimeMs, "near_miss", miss.Symbol, frame, miss.Kind.Strategy, miss.Kind.Mode.ToLowerInvariant(), miss.Kind.Side,
            check.Name, "All checks passed but this one", check.Value, check.Threshold, check.Comparison, check.Unit,
            miss.TimeMs <= runner.Identity.LiveFromMs);
    }
}
