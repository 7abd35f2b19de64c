using FuturesBot.Adapters.Logs;
using FuturesBot.Dashboard;
using FuturesBot.Dashboard.Running;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Sidecar;

/// <summary>
/// Looks again and again at the parts of the system that run elsewhere: for the page, and, where this process holds the market, for
/// people. What it saw last is what the page shows.
/// </summary>
internal sealed partial class PartsWatch(
    IBeats beats, IPoisonShelf poison, Follower follower, Func<CancellationToken, Task> followAnew, Func<long> headNumber, Func<bool> isHolder,
    IAlerts alerts, TimeSpan every, ILogger log, TimeProvider time)
    : IPartsSource
{
    public const string Component = BeatViews.Holder;

    // Two computations that differ again at once would have the page made anew without end.
    private static readonly TimeSpan AnewAgain = TimeSpan.FromMinutes(10);

    private const int PoisonMax = 200;
    private const int BodyMax = 2_000;

    private readonly WatchdogOptions _options = new();
    private readonly long _sinceMs = time.GetUtcNow().ToUnixTimeMilliseconds();
    private volatile Seen _seen = new([], [], FollowerVerdict.Unknown, [], HeadNumber: null, WaitsSinceMs: null);
    private Watchdog? _dog;
    private DateTimeOffset _anewFrom = DateTimeOffset.MinValue;
    private volatile Beat? _said;   // the last sign that this process gave
    private (long Number, long SinceMs)? _waiting;   // the oldest batch that was not taken in, since it was seen first

    /// <summary>Looks until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await LookAsync(cancel);
            }
            catch (Exception e) when ((Patience.IsPassing(e) || e is InvalidDataException) && !cancel.IsCancellationRequested)
            {
                LogUnseen(log, e);   // the next look may see
            }

            await Task.Delay(every, time, cancel);
        }
    }

    /// <summary>Looks once, and gives this process's own sign of life.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        _said = Own();
        await beats.WriteAsync(_said, cancel);
        var head = headNumber();   // before the others are read: what they may have taken in by then
        var all = await beats.ReadAsync(cancel);
        var bad = await poison.ReadAsync(PoisonMax, cancel);
        var verdict = all.FirstOrDefault(beat => beat.Component == _options.Taker) is { } taker ? follower.Compare(taker) : FollowerVerdict.Unknown;
        var taken = all.FirstOrDefault(beat => beat.Component == _options.Taker)?.Number ?? 0;
        if (head <= taken) _waiting = null;
        else if (_waiting is not { } waiting || taken >= waiting.Number) _waiting = (taken + 1, NowMs);
        if (isHolder())
        {
            _dog ??= new(_options, NowMs);
            foreach (var news in _dog.Look(new(NowMs, all, head, bad, verdict))) alerts.Raise(news);
        }
        else
        {
            _dog = null;   // whoever holds the market tells
        }

        _seen = new(all, bad, verdict, _dog?.Standing ?? [], head, _waiting?.SinceMs);
        if (verdict != FollowerVerdict.Differs || time.GetUtcNow() < _anewFrom) return;
        // It was told above. From here on both go on from the same books: what differs again is no rebuilt kernel.
        _anewFrom = time.GetUtcNow() + AnewAgain;
        LogAnew(log);
        await followAnew(cancel);
    }

    /// <summary>
    /// As they were seen at the last look, how far the market was included, so that nobody seems behind with what was published since; and
    /// this process as it is now.
    /// </summary>
    public IReadOnlyList<BeatView> Beats()
    {
        var (seen, said, own) = (_seen, _said, Own());
        Beat[] all = [own, .. seen.Beats.Where(beat => beat.Component != own.Component && beat != said)];
        return BeatViews.Of(all, _options, seen.Verdict, seen.HeadNumber, seen.WaitsSinceMs, _sinceMs, NowMs);
    }

    public IReadOnlyList<PoisonView> Poison(int limit) =>
    [
        .. _seen.Poison.Take(limit).Select(one => new PoisonView(
            one.Id, one.Queue, one.AtMs, one.Tries, one.Reason, one.Body.Length > BodyMax ? one.Body[..BodyMax] : one.Body)),
    ];

    public async Task<bool> RemoveAsync(string id, CancellationToken cancel)
    {
        var isGone = await poison.RemoveAsync(id, cancel);
        if (isGone) _seen = _seen with { Poison = [.. _seen.Poison.Where(one => one.Id != id)] };
        return isGone;
    }

    /// <summary>Signs of life as they were seen last.</summary>
    public IReadOnlyList<Beat> Signs => _seen.Beats;

    /// <summary>Parts that are silent, or behind the market; null where another process watches.</summary>
    public int? Silent => _dog is null ? null : _seen.Standing.Count(one => one.Trouble is PartTrouble.Silent or PartTrouble.Behind);

    /// <summary>The page's lines about the parts.</summary>
    public IEnumerable<HealthView> Health()
    {
        var seen = _seen;
        yield return isHolder()
            ? new("Held by", "this process", FormattableString.Invariant($"it publishes; batch {headNumber()}"), HealthLevel.Ok)
            : new("Held by", "another", "another process publishes; this one would take over", HealthLevel.Ok);
        var wrong = seen.Standing;
        yield return wrong.Count == 0
            ? new("Parts", seen.Beats.Count == 0 ? "not seen" : "working", Words(seen), HealthLevel.Ok)
            : new(
                "Parts", $"{wrong.Count} in trouble",
                string.Join("; ", wrong.Select(one => $"{one.Part}: {WordOf(one.Trouble)} since {TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(one.SinceMs), KyivTime.Zone):HH:mm}")), HealthLevel.Crit);
        if (seen.Verdict == FollowerVerdict.Differs)
            yield return new("Second computation", "differs", "the kernel's ledger is not the one that this process computes from the same batches", HealthLevel.Crit);
        if (seen.Poison.Count > 0)
            yield return new("Messages put aside", $"{seen.Poison.Count}", seen.Poison[0].Reason, HealthLevel.Warn);
    }

    private static string Words(Seen seen) => seen.Verdict == FollowerVerdict.Agrees
        ? "the kernel agrees with this process's own computation"
        : "the kernel could not be compared with this process's own computation";

    private static string WordOf(PartTrouble trouble) => trouble switch
    {
        PartTrouble.Silent => "silent",
        PartTrouble.Behind => "behind",
        PartTrouble.Poison => "choked on a message",
        _ => "computes something else",
    };

    private Beat Own() => new(isHolder() ? Component : BeatViews.Standby, NowMs, follower.Number, follower.Runner?.LedgerPosition.Hash ?? "");

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(4020, LogLevel.Warning, "The parts of the system could not be looked at this time")]
    private static partial void LogUnseen(ILogger log, Exception fault);

    [LoggerMessage(4021, LogLevel.Warning, "The kernel's ledger is another than the second computation's; that one begins again from the committed state")]
    private static partial void LogAnew(ILogger log);

    private sealed record Seen(
        IReadOnlyList<Beat> Beats, IReadOnlyList<PoisonMessage> Poison, FollowerVerdict Verdict,
        IReadOnlyList<(string Part, PartTrouble Trouble, long SinceMs)> Standing, long? HeadNumber, long? WaitsSinceMs);
}
