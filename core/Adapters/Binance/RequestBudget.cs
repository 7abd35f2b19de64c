using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Telemetry;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Binance;

/// <summary>
/// The one budget that every request to the exchange is held against. Requests wait here in lanes until the limits have
/// room for them, the most urgent first, each lane in order of arrival; nothing polls. The server's headers are the
/// truth: what they count above our own count was used by others behind this address, and is theirs.
/// </summary>
/// <remarks>
/// A request that does not fit stops those after it that need the same limit, so a heavy one is not overtaken for ever
/// by light ones. After a start, a pause or a ban the first request goes alone, and its answer tells what the minute
/// already holds.
/// </remarks>
public sealed partial class RequestBudget : IDisposable
{
    private const int MinuteMs = 60_000;
    private const int StopsKept = 20;
    private static readonly int QueuesPerLane = Enum.GetValues<ExtraLimit>().Length;

    private readonly Lock _gate = new();
    private readonly BudgetLimits _limits;
    private readonly TimeProvider _time;
    private readonly IBanMemory _memory;
    private readonly IAlerts _alerts;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private readonly FixedWindow[] _windows;
    private readonly SlidingWindow[] _extras;
    private readonly LinkedList<Waiter>[] _queues;
    private readonly LinkedList<BudgetLease> _outstanding = new();
    private readonly List<BudgetStop> _stops = [];
    private readonly long[] _granted = new long[BudgetLimits.LaneCount];
    private long _pausedUntilMs, _bannedUntilMs, _serverOffsetMs, _refused;
    private int _waiting;
    private bool _calibrated, _disposed, _restored;

    public RequestBudget(BudgetLimits limits, TimeProvider time, IBanMemory memory, IAlerts alerts, ILogger<RequestBudget> log)
    {
        (_limits, _time, _memory, _alerts, _log) = (limits, time, memory, alerts, log);
        _windows =
        [
            new(FixedWindow.WeightIndex, MinuteMs, limits.WeightPerMinute, limits.WeightCeilings()),
            new(1, 10_000, limits.OrdersPer10Seconds, BudgetLimits.OrderCeilings(limits.OrdersPer10Seconds)),
            new(2, MinuteMs, limits.OrdersPerMinute, BudgetLimits.OrderCeilings(limits.OrdersPerMinute)),
        ];
        _extras =
        [
            new(ExtraLimit.FuturesData, limits.FuturesDataPer5Minutes, BudgetLimits.ExtraCeilings(limits.FuturesDataPer5Minutes)),
            new(ExtraLimit.Funding, limits.FundingPer5Minutes, BudgetLimits.ExtraCeilings(limits.FundingPer5Minutes)),
        ];
        _queues = [.. Enumerable.Range(0, BudgetLimits.LaneCount * QueuesPerLane).Select(_ => new LinkedList<Waiter>())];
        _timer = time.CreateTimer(_ => Wake(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Told once for each ban, on the thread of the request that met it.</summary>
    public Action<BanNotice>? BanBegan { get; set; }

    /// <summary>How far the server's wall clock is ahead of ours: its minutes are the ones that count.</summary>
    public TimeSpan ServerOffset
    {
        get => TimeSpan.FromMilliseconds(Volatile.Read(ref _serverOffsetMs));
        set
        {
            lock (_gate)
            {
                var moved = Math.Abs((long)value.TotalMilliseconds - _serverOffsetMs);
                _serverOffsetMs = (long)value.TotalMilliseconds;
                if (moved >= FixedWindow.GuardMs / 2) _calibrated = false;   // what was counted may be of other windows
                Pump();
            }
        }
    }

    /// <summary>
    /// Reads what an earlier run knew of a ban and of the limits that the exchange does not tell. Called once, before the first
    /// request. Where nothing is known, half of those limits counts as used: for 5 minutes of the limits by count, and for
    /// the present window, or until the exchange tells, of those for orders.
    /// </summary>
    /// <param name="isFresh">The exchange is a simulated one that began with this process: nothing was asked of it before.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task RestoreAsync(bool isFresh = false, CancellationToken cancel = default)
    {
        var until = await _memory.LoadAsync(cancel);
        var used = await _memory.TakeUsedAsync(cancel);
        var left = until - WallMs();
        lock (_gate)
        {
            _restored = true;
            if (!isFresh) RecallUsed(used);
            if (left <= 0) return;
            _bannedUntilMs = until;
            Keep(new(WallMs(), until, IsBan: true));
        }

        LogStillBanned(Text(until), TimeSpan.FromMilliseconds(left));
    }

    /// <summary>Waits until a request may be sent.</summary>
    /// <exception cref="ExchangeException">
    /// <see cref="ExchangeFault.Busy"/>: too many wait already, or the limit can never hold it.
    /// </exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public Task<BudgetLease> EnterAsync(RequestCost cost, RequestLane lane, CancellationToken cancel = default)
    {
        if (cancel.IsCancellationRequested) return Task.FromCanceled<BudgetLease>(cancel);
        var waiter = new Waiter(new(this, cost, lane), cancel);
        Waiter? displaced = null;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (cost.Weight > _windows[FixedWindow.WeightIndex].Ceiling(lane))
                return Refuse($"a request of weight {cost.Weight} never fits into the {_windows[0].Ceiling(lane)} of lane {lane}");
            if (_waiting >= _limits.WaitingMax && (displaced = TakeLastBelow(lane)) is null)
                return Refuse($"{_waiting} requests wait for the exchange already");
            Join(waiter);
            Pump();
        }

        displaced?.Fail(new ExchangeException(ExchangeFault.Busy, "a more urgent request took the place in the queue"));
        if (!waiter.Task.IsCompleted) waiter.ListenTo(Leave, cancel);
        return waiter.Task;
    }

    /// <summary>The exchange said 429: everything stops until it may go on.</summary>
    /// <param name="retryAfter">Its <c>Retry-After</c>; null, and the next minute is waited for.</param>
    public void Limited(TimeSpan? retryAfter)
    {
        long untilMs;
        lock (_gate)
        {
            untilMs = retryAfter is { } wait
                ? WallMs() + (long)Math.Max(0, wait.TotalMilliseconds)
                : _windows[FixedWindow.WeightIndex].NextRoomMs(ServerMs()) - _serverOffsetMs;
            if (untilMs <= _pausedUntilMs) return;
            _pausedUntilMs = untilMs;
            Keep(new(WallMs(), untilMs, IsBan: false));
            Counts.Stopped(isBan: false);
            _calibrated = false;
            Pump();
        }

        LogLimited(Text(untilMs));
    }

    /// <summary>The exchange said 418: the address is banned, and each further call makes it longer.</summary>
    /// <param name="untilMs">End of the ban, wall time, UTC, Unix milliseconds.</param>
    public async Task BannedAsync(long untilMs)
    {
        bool begins;
        var now = WallMs();
        lock (_gate)
        {
            if (untilMs <= _bannedUntilMs || untilMs <= now) return;
            begins = _bannedUntilMs <= now;
            _bannedUntilMs = untilMs;
            Keep(new(now, untilMs, IsBan: true));
            _calibrated = false;
            Pump();
        }

        if (begins)
        {
            Counts.Stopped(isBan: true);
            var left = TimeSpan.FromMilliseconds(untilMs - now);
            LogBanned(Text(untilMs), left);
            _alerts.Raise(new(
                AlertKind.Ban, "ban",
                $"The exchange has banned this address until {Text(untilMs)} UTC ({left.TotalMinutes:0.#} minutes). "
                + "Nothing is asked of it until then; no action is needed, but another program behind this address may be the cause.",
                now, new BanAlert(now, untilMs)));
            BanBegan?.Invoke(new(untilMs, left));
        }

        await RememberAsync(untilMs);
    }

    public BudgetReading Read()
    {
        lock (_gate)
        {
            var (now, wall) = (ServerMs(), WallMs());
            Roll(now);
            var weight = _windows[FixedWindow.WeightIndex];
            var (own, others, byLane) = weight.Read(now);
            var lanes = Enum.GetValues<RequestLane>().Select(lane => new LaneReading(
                lane, byLane[(int)lane], weight.Ceiling(lane), QueuesOf(lane).Sum(queue => queue.Count), _granted[(int)lane]));
            return new(
                wall, own, _limits.OwnWeightPerMinute, own + others, weight.Limit, weight.Peak, weight.EndOf(now) - _serverOffsetMs,
                [.. lanes], OrdersOf(_windows[1], now), OrdersOf(_windows[2], now), _extras[0].Read(now), _extras[1].Read(now),
                _pausedUntilMs > wall ? _pausedUntilMs : null, _bannedUntilMs > wall ? _bannedUntilMs : null, _refused, [.. _stops]);
        }
    }

    /// <summary>Ends every wait, and keeps for the next run what was used of the limits that the exchange does not tell.</summary>
    public void Dispose()
    {
        List<Waiter> left;
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            left = [.. _queues.SelectMany(queue => queue)];
            foreach (var queue in _queues) queue.Clear();
            _waiting = 0;
        }

        if (_restored) KeepUsed();
        _timer.Dispose();
        foreach (var waiter in left) waiter.Fail(new ObjectDisposedException(nameof(RequestBudget)));
    }

    internal void Release(BudgetLease lease, BudgetHeaders? headers)
    {
        lock (_gate)
        {
            if (lease.Place is null) return;
            var now = ServerMs();
            Roll(now);
            _outstanding.Remove(lease.Place);
            lease.Place = null;
            if (headers is { } told) Believe(lease, told, now);
            Pump();
        }
    }

    private void Believe(BudgetLease lease, BudgetHeaders told, long now)
    {
        // A server that tells nothing cannot be waited for.
        var weighed = told.UsedWeight is not { } used || _windows[FixedWindow.WeightIndex].Told(lease, used, now);
        if (told.Orders10S is { } tenSeconds) _windows[1].Told(lease, tenSeconds, now);
        if (told.Orders1M is { } minute) _windows[2].Told(lease, minute, now);
        if (weighed && now - _serverOffsetMs >= Math.Max(_pausedUntilMs, _bannedUntilMs)) _calibrated = true;
    }

    private void RecallUsed(IReadOnlyList<UsedStep>? used)
    {
        var now = ServerMs();
        foreach (var window in _windows)
        {
            if (window.Index != FixedWindow.WeightIndex) window.AssumeHalf(now);   // of the weight the first answer tells
        }

        foreach (var extra in _extras)
        {
            if (used is null) extra.AssumeHalf(now);
            else extra.Recall(used, now);
        }
    }

    private void KeepUsed()
    {
        try
        {
            lock (_gate) _memory.KeepUsed([.. _extras.SelectMany(extra => extra.Used(ServerMs()))]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUsedForgotten(e);   // the next run takes half of the limits as used
        }
    }

    // One that is made longer while it lasts is one.
    private void Keep(BudgetStop stop)
    {
        if (_stops.Count > 0 && _stops[^1] is var last && last.IsBan == stop.IsBan && last.UntilMs > stop.AtMs)
            _stops[^1] = last with { UntilMs = stop.UntilMs };
        else _stops.Add(stop);
        if (_stops.Count > StopsKept) _stops.RemoveAt(0);
    }

    private Task<BudgetLease> Refuse(string because)
    {
        _refused++;
        return Task.FromException<BudgetLease>(new ExchangeException(ExchangeFault.Busy, $"Not sent: {because}"));
    }

    private void Join(Waiter waiter)
    {
        var (cost, lane) = (waiter.Lease.Cost, waiter.Lease.Lane);
        waiter.Queue = _queues[((int)lane * QueuesPerLane) + (int)cost.Extra];
        waiter.Place = waiter.Queue.AddLast(waiter);
        _waiting++;
    }

    private void Leave(Waiter waiter)
    {
        lock (_gate)
        {
            if (!Remove(waiter)) return;
            Pump();   // it may have stood before others that fit
        }

        waiter.Cancel();
    }

    private bool Remove(Waiter waiter)
    {
        if (waiter.Place is not { List: not null } place) return false;
        waiter.Queue!.Remove(place);
        _waiting--;
        return true;
    }

    // When the queues are full, the last that came into the least urgent lane goes, if it is less urgent than this one.
    private Waiter? TakeLastBelow(RequestLane lane)
    {
        for (var at = BudgetLimits.LaneCount - 1; at > (int)lane; at--)
        {
            var last = QueuesOf((RequestLane)at).Select(queue => queue.Last?.Value).FirstOrDefault(waiter => waiter is not null);
            if (last is null) continue;
            Remove(last);
            _refused++;
            return last;
        }

        return null;
    }

    private IEnumerable<LinkedList<Waiter>> QueuesOf(RequestLane lane) =>
        _queues.Skip((int)lane * QueuesPerLane).Take(QueuesPerLane);

    private void Wake()
    {
        lock (_gate)
        {
            if (!_disposed) Pump();
        }
    }

    // Lets go what fits, and sets the timer for the moment at which more may fit.
    private void Pump()
    {
        if (_waiting == 0) return;
        var (now, stopUntil) = (ServerMs(), Math.Max(_pausedUntilMs, _bannedUntilMs));
        Roll(now);
        if (now - _serverOffsetMs < stopUntil)
        {
            WakeAt(stopUntil + _serverOffsetMs, now);
            return;
        }

        var (full, wakeMs) = (0, long.MaxValue);
        foreach (var queue in _queues)
        {
            while (queue.First?.Value is { } waiter)
            {
                var (cost, lane) = (waiter.Lease.Cost, waiter.Lease.Lane);
                if (_outstanding.Count >= (_calibrated ? _limits.InFlightMax : 1) && lane != RequestLane.Protective) break;
                var needs = NeedsOf(cost);
                if ((needs & full) != 0) break;
                var lacks = LacksOf(cost, lane, now);
                if (lacks != 0)
                {
                    full |= lacks;
                    wakeMs = Math.Min(wakeMs, NextRoomMs(lacks, now));
                    break;
                }

                Grant(waiter, now);
            }
        }

        WakeAt(wakeMs, now);
    }

    // Limits as bits: the windows by their index, then the extra ones.
    private static int NeedsOf(RequestCost cost) =>
        (cost.Weight > 0 ? 1 : 0) | (cost.Orders > 0 ? 0b110 : 0)
        | (cost.Extra == ExtraLimit.None ? 0 : 1 << (FixedWindow.Count + (int)cost.Extra - 1));

    private int LacksOf(RequestCost cost, RequestLane lane, long now)
    {
        var lacks = 0;
        foreach (var window in _windows)
        {
            var amount = window.AmountOf(cost);
            if (amount > 0 && !window.HasRoom(amount, lane, now)) lacks |= 1 << window.Index;
        }

        if (cost.Extra != ExtraLimit.None && !_extras[(int)cost.Extra - 1].HasRoom(1, lane, now))
            lacks |= 1 << (FixedWindow.Count + (int)cost.Extra - 1);
        return lacks;
    }

    private long NextRoomMs(int lacks, long now)
    {
        var next = long.MaxValue;
        foreach (var window in _windows)
        {
            if ((lacks & (1 << window.Index)) != 0) next = Math.Min(next, window.NextRoomMs(now));
        }

        for (var extra = 0; extra < _extras.Length; extra++)
        {
            if ((lacks & (1 << (FixedWindow.Count + extra))) != 0) next = Math.Min(next, _extras[extra].NextRoomMs(now));
        }

        return next;
    }

    private void Grant(Waiter waiter, long now)
    {
        Remove(waiter);
        var lease = waiter.Lease;
        foreach (var window in _windows) window.Charge(lease, now);
        if (lease.Cost.Extra != ExtraLimit.None) _extras[(int)lease.Cost.Extra - 1].Charge(1, now);
        lease.Place = _outstanding.AddLast(lease);
        _granted[(int)lease.Lane]++;
        waiter.Grant();
    }

    private void WakeAt(long serverMs, long now)
    {
        if (serverMs == long.MaxValue) return;   // whoever is out wakes the queue when it comes back
        // One millisecond more: timers may be early by the fraction that whole milliseconds leave out. And at most a
        // day, for a timer takes 49 days and a ban may be misread as anything.
        var due = Math.Clamp(serverMs - now + 1, 1, 86_400_000);
        _timer.Change(TimeSpan.FromMilliseconds(due), Timeout.InfiniteTimeSpan);
    }

    private void Roll(long now)
    {
        foreach (var window in _windows) window.Roll(now, _outstanding);
    }

    private static LimitReading OrdersOf(FixedWindow window, long now)
    {
        var (own, others, _) = window.Read(now);
        return new(own + others, window.Limit);
    }

    private async Task RememberAsync(long untilMs)
    {
        try
        {
            await _memory.SaveAsync(untilMs);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogForgetful(e);   // the ban holds in this process; only a restart would not know of it
        }
    }

    private long WallMs() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private long ServerMs() => WallMs() + _serverOffsetMs;

    private static string Text(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss");

    [LoggerMessage(3101, LogLevel.Warning, "The exchange's request limit is reached (429); nothing is asked until {Until} UTC")]
    private partial void LogLimited(string until);

    [LoggerMessage(3102, LogLevel.Error, "The exchange has banned this address (418) until {Until} UTC, {Left} from now; nothing is asked until then")]
    private partial void LogBanned(string until, TimeSpan left);

    [LoggerMessage(3103, LogLevel.Warning, "An earlier run was banned by the exchange until {Until} UTC, {Left} from now; nothing is asked until then")]
    private partial void LogStillBanned(string until, TimeSpan left);

    [LoggerMessage(3104, LogLevel.Error, "The end of the ban could not be stored; a restart would not know of it")]
    private partial void LogForgetful(Exception e);

    [LoggerMessage(3105, LogLevel.Warning, "What was used of the exchange's 5-minute limits could not be stored; the next run takes half of them as used")]
    private partial void LogUsedForgotten(Exception e);

    private sealed class Waiter(BudgetLease lease, CancellationToken wait)
    {
        // Continuations run elsewhere: the budget's lock is held while a request is let go.
        private readonly TaskCompletionSource<BudgetLease> _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private CancellationTokenRegistration _registration;

        public BudgetLease Lease => lease;

        public LinkedList<Waiter>? Queue { get; set; }

        public LinkedListNode<Waiter>? Place { get; set; }

        public Task<BudgetLease> Task => _turn.Task;

        public void ListenTo(Action<Waiter> leave, CancellationToken token)
        {
            _registration = token.UnsafeRegister(_ => leave(this), state: null);
            if (_turn.Task.IsCompleted) _registration.Unregister();
        }

        public void Grant()
        {
            _registration.Unregister();
            _turn.TrySetResult(lease);
        }

        public void Cancel() => _turn.TrySetCanceled(wait);

        public void Fail(Exception because)
        {
            _registration.Unregister();
            _turn.TrySetException(because);
        }
    }
}
