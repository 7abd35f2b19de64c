using System.Net;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// A set of streams that is held through any number of sockets: opened, subscribed, watched, renewed before the exchange
/// cuts it, and opened anew when it fails. One task does all of it, so nothing here happens at once with anything else.
/// </summary>
/// <remarks>
/// A renewal leaves nothing out: the new socket is subscribed and has data while the old one is still read; what the new
/// one receives is kept, and handed over when the old one is closed. Streams then go on with messages that have been
/// seen already, in order, followed by those that have not.
/// </remarks>
internal sealed class StreamLine : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, WantedStream> _wanted = [];
    private readonly Wake _wake = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly LineCounts _counts = new();
    private readonly StreamParts _parts;
    private readonly StreamRoute _route;
    private readonly int _number;
    private readonly Func<CancellationToken, Task<Uri>> _prepare;
    private readonly IStreamReceiver _receiver;
    private readonly StreamLog _log;
    private readonly Backoff _backoff;
    private readonly ITimer _ticks;
    private Task _run = Task.CompletedTask;
    private volatile StreamConnection? _connection;
    private volatile ConnectionEnd? _lastEnd;
    private volatile StreamState _state = StreamState.Connecting;
    private volatile int _failures;
    private volatile bool _isTold;
    private bool _wasStable;
    private string? _renewReason;
    private string? _rebuildReason;
    private TimeSpan _renewAtAge;
    private long? _askedRenewalAt;
    private int _askedRenewals;

    /// <param name="parts">What it needs.</param>
    /// <param name="route">Its path.</param>
    /// <param name="number">Tells it from others of its route.</param>
    /// <param name="prepare">Called before each socket: where to open it.</param>
    /// <param name="receiver">Takes what is received.</param>
    /// <param name="log">Its own.</param>
    public StreamLine(
        StreamParts parts, StreamRoute route, int number,
        Func<CancellationToken, Task<Uri>> prepare, IStreamReceiver receiver, StreamLog log)
    {
        (_parts, _route, _number, _prepare, _receiver, _log) = (parts, route, number, prepare, receiver, log);
        _backoff = new(
            TimeSpan.FromSeconds(parts.Options.BackoffFirstSeconds),
            TimeSpan.FromSeconds(parts.Options.BackoffLongestSeconds),
            parts.Random);
        _ticks = parts.Time.CreateTimer(_ => _wake.Set(), null, Tick, Tick);
    }

    public StreamRoute Route => _route;

    public int Count
    {
        get
        {
            lock (_gate) return _wanted.Count;
        }
    }

    public StreamHealth Health
    {
        get
        {
            var connection = _connection;
            var (streams, subscribed, refused) = Tally();
            return new(
                _route, _number, streams, subscribed, refused, _state,
                connection is { HasData: true } ? connection.Silence.TotalMilliseconds : double.NaN,
                connection?.Age.TotalMilliseconds ?? double.NaN,
                _counts.Messages, _counts.Bytes, _counts.Rubbish, _counts.Oversized, _counts.Faults,
                _counts.Reconnects, _counts.Renewals, _failures, _lastEnd?.Text, _counts.Lag);
        }
    }

    /// <summary>Begins; to be called once.</summary>
    public void Start() => _run = Task.Run(RunAsync);

    /// <summary>Changes what is wanted.</summary>
    /// <param name="add">Name, and whether it alone must speak every few seconds.</param>
    /// <param name="remove">Names.</param>
    public void Change(IEnumerable<(string Name, bool IsSteady)> add, IEnumerable<string> remove)
    {
        lock (_gate)
        {
            foreach (var name in remove)
            {
                if (_wanted.Remove(name, out var gone)) gone.Answered.TrySetResult();
            }

            foreach (var (name, steady) in add) _wanted.TryAdd(name, new(steady));
        }

        _wake.Set();
    }

    /// <summary>
    /// Ends when the exchange has acknowledged or refused the stream, or when it is no longer wanted; cancelled when the
    /// line ends before.
    /// </summary>
    public Task AnsweredAsync(string stream)
    {
        lock (_gate) return _wanted.TryGetValue(stream, out var wanted) ? wanted.Answered.Task : Task.CompletedTask;
    }

    /// <summary>Replaces the socket without loss, unless that was done a short while ago.</summary>
    public void Renew(string reason)
    {
        Interlocked.CompareExchange(ref _renewReason, reason, null);
        _wake.Set();
    }

    /// <summary>Gives the socket up and opens another at once.</summary>
    public void Rebuild(string reason)
    {
        Interlocked.CompareExchange(ref _rebuildReason, reason, null);
        _wake.Set();
    }

    public async ValueTask DisposeAsync()
    {
        await _ticks.DisposeAsync();
        await _stop.CancelAsync();
        await _run;
        lock (_gate)
        {
            foreach (var wanted in _wanted.Values) wanted.Answered.TrySetCanceled();
        }

        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var stop = _stop.Token;
        try
        {
            while (true)
            {
                _state = StreamState.Waiting;
                var wait = _backoff.Delay(_failures);
                if (wait > TimeSpan.Zero) await Task.Delay(wait, _parts.Time, stop);
                await _parts.Budget.EnterAsync(stop);
                _state = StreamState.Connecting;
                Note(await RunSafelyAsync(stop));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _state = StreamState.Stopped;
        }
    }

    private async Task<ConnectionEnd> RunSafelyAsync(CancellationToken stop)
    {
        try
        {
            return await RunSocketAsync(stop);
        }
#pragma warning disable CA1031 // the loop's edge: a fault of whoever listens must not end the streams for good
        catch (Exception fault) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _counts.AddFault();
            _log.Fault(fault);
            return new(EndReason.Cut, $"was ended by a fault of our own ({fault.GetType().Name})");
        }
    }

    // From opening to end, renewals included.
    private async Task<ConnectionEnd> RunSocketAsync(CancellationToken stop)
    {
        Interlocked.Exchange(ref _rebuildReason, null);
        var (opened, end) = await OpenAsync(held: false, stop);
        if (opened is null) return end!;

        _connection = opened;
        try
        {
            end = await ServeAsync(stop);
        }
        finally
        {
            var last = _connection;
            _connection = null;
            await last.CloseAsync(end ?? ConnectionEnd.Ours);
            await last.DisposeAsync();
            _receiver.Lost([.. last.Subscribed]);
        }

        return end;
    }

    private async Task<(StreamConnection? Connection, ConnectionEnd? End)> OpenAsync(bool held, CancellationToken stop)
    {
        Uri address;
        try
        {
            address = await _prepare(stop);
        }
        catch (ExchangeException fault)
        {
            return (null, new(EndReason.Unreachable, $"cannot be prepared: {_log.Redacted(fault.Message)}"));
        }

        var connection = new StreamConnection(_parts, _receiver, _counts, _log, _wake.Set, held);
        if (await connection.OpenAsync(address, stop))
        {
            _log.Opened(Count, held);
            _renewAtAge = TimeSpan.FromHours(_parts.Options.RenewHours)
                - _backoff.Share(TimeSpan.FromMinutes(Math.Min(_parts.Options.RenewSpreadMinutes, _parts.Options.RenewHours * 30)));
            return (connection, null);
        }

        var end = connection.End;
        await connection.DisposeAsync();
        return (null, end);
    }

    private async Task<ConnectionEnd> ServeAsync(CancellationToken stop)
    {
        _state = StreamState.Subscribing;
        _isTold = false;
        while (true)
        {
            var connection = _connection!;
            if (!await ApplyAsync(connection, stop) || connection.End is not null) return connection.End!;
            if (Interlocked.Exchange(ref _rebuildReason, null) is { } reason) return new(EndReason.Replaced, reason);
            if (IsSilent(connection))
            {
                return new(EndReason.Silent, $"is acknowledged but silent for {_parts.Options.SilenceSeconds} s");
            }

            if (connection.HasData || !IsSteady()) _state = StreamState.Live;
            if (_state == StreamState.Live && connection.Age.TotalSeconds >= _parts.Options.StableSeconds)
            {
                _wasStable = true;
                _failures = 0;
            }

            if (RenewalDue(connection) is { } why)
            {
                await RenewAsync(connection, why, stop);
                continue;
            }

            await _wake.WaitAsync(stop);
        }
    }

    // Brings what is subscribed in line with what is wanted; false when the connection is of no use.
    private async Task<bool> ApplyAsync(StreamConnection connection, CancellationToken stop)
    {
        string[] missing, surplus, again;
        lock (_gate)
        {
            // Wanted again before it was given up: nothing is asked, and it is answered.
            again = [.. _wanted.Where(stream => !stream.Value.Answered.Task.IsCompleted && connection.Subscribed.Contains(stream.Key))
                .Select(stream => stream.Key)];
            missing = [.. _wanted.Keys.Where(name => !connection.Subscribed.Contains(name) && !connection.Refused.Contains(name))];
            surplus = [.. connection.Subscribed.Where(name => !_wanted.ContainsKey(name))];
        }

        if (surplus.Length > 0 && !await connection.UnsubscribeAsync(surplus, stop)) return false;
        if (missing.Length > 0 && !await connection.SubscribeAsync(missing, stop)) return false;
        if (missing.Length + again.Length == 0 && _isTold) return true;

        _isTold = true;
        Tell(connection, [.. missing, .. again]);
        return true;
    }

    private void Tell(StreamConnection connection, IReadOnlyCollection<string> asked)
    {
        _receiver.Subscribed([.. asked.Where(connection.Subscribed.Contains)]);
        lock (_gate)
        {
            foreach (var name in asked)
            {
                if (!_wanted.TryGetValue(name, out var wanted)) continue;
                wanted.IsRefused = connection.Refused.Contains(name);
                wanted.Answered.TrySetResult();
            }
        }
    }

    private async Task RenewAsync(StreamConnection old, string why, CancellationToken stop)
    {
        _state = StreamState.Renewing;
        var begun = _parts.Time.GetTimestamp();
        await _parts.Budget.EnterAsync(stop);
        var (next, failure) = await OpenAsync(held: true, stop);
        var isTaken = false;
        try
        {
            failure = next is null ? failure : await ReadyAsync(next, stop);
            if (next is null || failure is not null)
            {
                _renewAtAge = old.Age + TimeSpan.FromSeconds(_parts.Options.RenewPauseSeconds);
                _log.NotRenewed(failure!.Text);
                return;
            }

            var overlap = TimeSpan.FromSeconds(_parts.Options.OverlapSeconds);
            await UntilAsync(() => old.End is not null || next.End is not null || next.IsHeldFull, overlap, stop);
            isTaken = true;
            await TakeOverAsync(old, next);
        }
        finally
        {
            if (next is not null && !isTaken) await next.DisposeAsync();
            _state = StreamState.Live;
        }

        _counts.AddRenewal();
        Interlocked.Exchange(ref _renewReason, null);   // whoever asked meanwhile has what he wanted
        _log.Renewed(why, _parts.Time.GetElapsedTime(begun).TotalMilliseconds);
    }

    private async Task TakeOverAsync(StreamConnection old, StreamConnection next)
    {
        var oldEnd = old.End;
        _connection = next;
        await old.CloseAsync(ConnectionEnd.Ours);

        // An old one that broke may have left out what the new one did not get yet: that counts as lost.
        if (oldEnd is not null) _receiver.Lost([.. old.Subscribed]);
        next.Release();
        string[] fresh = [.. next.Subscribed.Where(name => oldEnd is not null || !old.Subscribed.Contains(name))];
        if (oldEnd is not null || fresh.Length > 0) Tell(next, fresh);
        await old.DisposeAsync();
    }

    // Null when the new connection is subscribed and speaks.
    private async Task<ConnectionEnd?> ReadyAsync(StreamConnection next, CancellationToken stop)
    {
        string[] names;
        lock (_gate) names = [.. _wanted.Keys];
        if (!await next.SubscribeAsync(names, stop)) return next.End;
        if (!IsSteady()) return null;

        await UntilAsync(() => next.HasData || next.End is not null, TimeSpan.FromSeconds(_parts.Options.SilenceSeconds), stop);
        if (next.End is { } end) return end;
        return next.HasData ? null : new(EndReason.Silent, "the new one is acknowledged but silent");
    }

    private async Task UntilAsync(Func<bool> condition, TimeSpan atMost, CancellationToken stop)
    {
        var begun = _parts.Time.GetTimestamp();
        while (!condition() && _parts.Time.GetElapsedTime(begun) < atMost) await _wake.WaitAsync(stop);
    }

    private bool IsSilent(StreamConnection connection) =>
        IsSteady() && connection.Silence.TotalSeconds >= _parts.Options.SilenceSeconds;

    private bool IsSteady()
    {
        lock (_gate) return _wanted.Values.Any(wanted => wanted is { IsSteady: true, IsRefused: false });
    }

    private string? RenewalDue(StreamConnection connection)
    {
        if (connection.Age >= _renewAtAge) return "its age";
        if (Volatile.Read(ref _renewReason) is null) return null;

        // One stream that stays silent must not renew the others again and again.
        var pause = TimeSpan.FromSeconds(_parts.Options.RenewPauseSeconds) * Math.Pow(2, Math.Min(_askedRenewals, 10) - 1);
        var since = _askedRenewalAt is { } at ? _parts.Time.GetElapsedTime(at) : TimeSpan.MaxValue;
        var reason = Interlocked.Exchange(ref _renewReason, null);
        if (_askedRenewals > 0 && since < pause) return null;

        _askedRenewals = since > pause * 2 ? 1 : _askedRenewals + 1;
        _askedRenewalAt = _parts.Time.GetTimestamp();
        return reason;
    }

    private void Note(ConnectionEnd end)
    {
        _lastEnd = end;
        var wasStable = _wasStable;
        _wasStable = false;
        if (end.Reason == EndReason.Replaced && _failures == 0 && wasStable)
        {
            _log.Ended(end.Text, _failures);
            return;
        }

        var failures = ++_failures;
        _counts.AddReconnect();
        _log.Ended(end.Text, failures);
        if (failures % _parts.Options.AlertAfter != 0) return;

        var kind = end.Status is HttpStatusCode.Forbidden or HttpStatusCode.UnavailableForLegalReasons
            ? AlertKind.Exchange
            : AlertKind.Stream;
        var nowMs = _parts.Time.GetUtcNow().ToUnixTimeMilliseconds();
        _parts.Alerts.Raise(new(
            kind, $"stream {_log.Line}",
            _log.Redacted($"Stream connection {_log.Line} with {Count} streams {end.Text}, {failures} times in a row. It is tried again."),
            nowMs,
            kind == AlertKind.Exchange
                ? new ExchangeAlert(nowMs, (int)end.Status!, Code: 0, Answer: "")
                : new StreamAlert(nowMs, Count, [], failures)));
    }

    private (int Streams, int Subscribed, int Refused) Tally()
    {
        lock (_gate)
        {
            var answered = _wanted.Values.Count(wanted => wanted.Answered.Task.IsCompleted && !wanted.IsRefused);
            return (_wanted.Count, _connection is null || !_isTold ? 0 : answered, _wanted.Values.Count(wanted => wanted.IsRefused));
        }
    }

    private sealed class WantedStream(bool isSteady)
    {
        public bool IsSteady => isSteady;

        public bool IsRefused { get; set; }

        public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
