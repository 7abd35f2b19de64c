using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Sharding;

/// <summary>
/// Notices when a part of the system stops, falls behind, chokes on a message, or comes to something else than a second computation;
/// says so once, again while it lasts, and when it is over. It sees what others wrote down, so it runs where the sidecar runs and
/// not where it watches.
/// </summary>
/// <param name="options">When a part counts as stopped.</param>
/// <param name="beganAtMs">Wall time since which it looks, UTC, Unix milliseconds.</param>
public sealed class Watchdog(WatchdogOptions options, long beganAtMs)
{
    private readonly Dictionary<(string Part, PartTrouble Trouble), (long SinceMs, long ToldMs)> _standing = [];
    private readonly HashSet<string> _poison = new(StringComparer.Ordinal);
    private (long Number, long SinceMs)? _waiting;

    /// <summary>What is wrong now, and since when, by part.</summary>
    public IReadOnlyList<(string Part, PartTrouble Trouble, long SinceMs)> Standing =>
        [.. _standing.Select(one => (one.Key.Part, one.Key.Trouble, one.Value.SinceMs))];

    /// <summary>Looks once; what is to be told.</summary>
    public IReadOnlyList<Alert> Look(WatchdogSight sight)
    {
        var news = new List<Alert>();
        foreach (var part in options.Beating) LookAtBeat(part, sight, news);
        LookAtTaker(sight, news);
        LookAtPoison(sight, news);
        LookAtVerdict(sight, news);
        return news;
    }

    private void LookAtBeat(string part, WatchdogSight sight, List<Alert> news)
    {
        var beat = sight.Beats.FirstOrDefault(one => one.Component == part);
        var lastMs = beat?.AtMs ?? beganAtMs;
        var limit = beat is null ? options.FirstBeatMax : options.BeatMax;
        var minutes = MinutesSince(lastMs, sight.AtMs);
        Judge(
            part, PartTrouble.Silent, sight.AtMs - lastMs > limit.TotalMilliseconds, sight.AtMs, count: 0, detail: "", minutes,
            beat is null
                ? $"'{part}' has given no sign of life since the sidecar looks for one; what it does is not done."
                : $"'{part}' has given no sign of life for {minutes} min; what it does is not done.",
            $"'{part}' gives signs of life again.", news);
    }

    private void LookAtTaker(WatchdogSight sight, List<Alert> news)
    {
        var taken = sight.Beats.FirstOrDefault(one => one.Component == options.Taker)?.Number ?? 0;
        var behind = sight.HeadNumber - taken;
        // What counts is how long the oldest batch that it has not taken in waits, not that there is always a new one.
        if (behind <= 0) _waiting = null;
        else if (_waiting is not { } waiting || taken >= waiting.Number) _waiting = (taken + 1, sight.AtMs);
        var sinceMs = _waiting?.SinceMs ?? sight.AtMs;
        Judge(
            options.Taker, PartTrouble.Behind, sight.AtMs - sinceMs > options.BehindMax.TotalMilliseconds, sight.AtMs, behind, detail: "",
            MinutesSince(sinceMs, sight.AtMs),
            $"'{options.Taker}' stands at batch {taken}, {behind} behind the market, for {MinutesSince(sinceMs, sight.AtMs)} min: nothing new is decided.",
            $"'{options.Taker}' takes batches in again and stands at {taken}.", news);
    }

    private void LookAtPoison(WatchdogSight sight, List<Alert> news)
    {
        var fresh = sight.Poison.Where(message => _poison.Add(message.Id)).ToArray();
        _poison.IntersectWith(sight.Poison.Select(message => message.Id));   // bounded by what the shelf holds
        foreach (var queue in sight.Poison.Select(message => message.Queue).Concat(PoisonedNow()).Distinct(StringComparer.Ordinal).ToArray())
        {
            var here = sight.Poison.Where(message => message.Queue == queue).ToArray();
            if (fresh.Any(message => message.Queue == queue)) _standing.Remove((queue, PartTrouble.Poison));   // each new one is told
            var reason = here.FirstOrDefault()?.Reason ?? "";
            Judge(
                queue, PartTrouble.Poison, here.Length > 0, sight.AtMs, here.Length, reason, minutes: 0,
                $"{here.Length} messages of the queue '{queue}' could not be taken in; the newest because: {reason}. They are kept.",
                $"No message of the queue '{queue}' is left that could not be taken in.", news);
        }
    }

    private void LookAtVerdict(WatchdogSight sight, List<Alert> news)
    {
        if (sight.Verdict == FollowerVerdict.Unknown) return;   // nothing to hold against each other: what was said stays
        var number = sight.Beats.FirstOrDefault(one => one.Component == options.Taker)?.Number ?? 0;
        Judge(
            options.Taker, PartTrouble.Differs, sight.Verdict == FollowerVerdict.Differs, sight.AtMs, number, detail: "", minutes: 0,
            $"After batch {number} '{options.Taker}' has another ledger than the sidecar's own computation of the same batches: one of the two is wrong.",
            $"'{options.Taker}' and the sidecar's own computation agree again at batch {number}.", news);
    }

    private IEnumerable<string> PoisonedNow() => _standing.Keys.Where(key => key.Trouble == PartTrouble.Poison).Select(key => key.Part);

    private void Judge(
        string part, PartTrouble trouble, bool isWrong, long atMs, long count, string detail, long minutes, string wrong, string right,
        List<Alert> news)
    {
        var isStanding = _standing.TryGetValue((part, trouble), out var standing);
        if (!isWrong)
        {
            if (!isStanding) return;
            _standing.Remove((part, trouble));
            news.Add(Of(isOver: true, right, MinutesSince(standing.SinceMs, atMs)));
            return;
        }

        if (isStanding && atMs - standing.ToldMs < options.AgainAfter.TotalMilliseconds) return;
        _standing[(part, trouble)] = (isStanding ? standing.SinceMs : atMs, atMs);
        news.Add(Of(isOver: false, wrong, minutes));

        Alert Of(bool isOver, string text, long forMinutes) => new(
            AlertKind.Part, FormattableString.Invariant($"part-{part}-{trouble}-{(isOver ? "over" : "wrong")}"), text, atMs,
            new PartAlert(atMs, part, trouble, forMinutes, isOver ? 0 : count, isOver ? "" : detail, isOver));
    }

    private static long MinutesSince(long sinceMs, long atMs) => Math.Max(0, (atMs - sinceMs) / 60_000);
}
