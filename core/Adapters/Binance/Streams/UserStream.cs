using System.Collections.Concurrent;
using System.Text.Json;
using FuturesBot.Adapters.Binance.Rest;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// The account's events. Keeps the listen key alive in market time, replaces it with its socket when it has died, puts
/// events in order and leaves doubled ones out. Where events may have been missed it says so, in its place among them:
/// <see cref="UserEvent.Resynced"/>.
/// </summary>
/// <remarks>
/// The listen key is asked for before each socket: while it is valid the exchange answers with the same one. It is not
/// closed at the end, because every program of the account shares it.
/// </remarks>
public sealed partial class UserStream : IAsyncDisposable
{
    // Twice the busiest second of an account; more of them come twice only after a renewal, which lasts seconds.
    private const int RecentMax = 4096;

    private static readonly TimeSpan KeyLife = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    // Between two looks at the market's clock, which may be corrected meanwhile.
    private const double WaitMinMs = 50;
    private const double WaitMaxMs = 1000;

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, bool> _toldTypes = new();
    private readonly StreamParts _parts;
    private readonly IListenKeys _keys;
    private readonly UserEventWindow _window;
    private readonly StreamLine _line;
    private readonly ITimer _ticks;
    private Task _keeping = Task.CompletedTask;
    private volatile Secret? _key;
    private long _keyAliveMs;
    private long _keepAtMs = long.MaxValue;
    private long _events, _doubled, _unreadable, _resyncs;
    private string? _missed;

    public UserStream(StreamParts parts, IListenKeys keys)
    {
        (_parts, _keys) = (parts, keys);
        _window = new(parts.Time, TimeSpan.FromMilliseconds(parts.Options.UserWindowMs), Emit);
        _line = new(parts, StreamRoute.Private, 1, PrepareAsync, new Receiver(this), new(parts.Log, parts.Redactor, "/private", isPrivate: true));
        _ticks = parts.Time.CreateTimer(_ => TellMissed(), null, Tick, Tick);
    }

    /// <summary>Called for one event after the other, on the stream's own threads; must return at once.</summary>
    public Action<UserEvent>? Received { get; set; }

    public UserStreamHealth Health => new(
        _line.Health, Interlocked.Read(ref _events), Interlocked.Read(ref _doubled), _window.Late,
        Interlocked.Read(ref _unreadable), Interlocked.Read(ref _resyncs),
        _key is null ? double.NaN : _parts.Clock.NowMs - Interlocked.Read(ref _keyAliveMs));

    private bool SubscribesByMessage => _parts.Options.UserStreamForm == UserStreamForm.Subscribe;

    /// <summary>Begins; to be called once, after <see cref="Received"/> is set.</summary>
    public void Start()
    {
        _line.Start();
        _keeping = Task.Run(KeepAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _ticks.DisposeAsync();
        await _stop.CancelAsync();
        await _keeping;
        await _line.DisposeAsync();
        _window.Flush();
        await _window.DisposeAsync();
        _stop.Dispose();
    }

    // Before each socket.
    private async Task<Uri> PrepareAsync(CancellationToken cancel)
    {
        var old = _key;
        var key = await _keys.CreateListenKeyAsync(cancel);
        _parts.Redactor.HideForNow(key);
        _key = key;
        MarkAlive();
        if (!SubscribesByMessage) return StreamTable.AddressOf(_parts.Streams, StreamRoute.Private, key.Reveal());

        _line.Change([(key.Reveal(), false)], old is null || old.Equals(key) ? [] : [old.Reveal()]);
        return StreamTable.AddressOf(_parts.Streams, StreamRoute.Private);
    }

    private async Task KeepAsync()
    {
        try
        {
            while (true)
            {
                var untilMs = ((double)Interlocked.Read(ref _keepAtMs) - _parts.Clock.NowMs) / _parts.Clock.Speed;
                var wait = TimeSpan.FromMilliseconds(Math.Clamp(untilMs, WaitMinMs, WaitMaxMs));
                await Task.Delay(wait, _parts.Time, _stop.Token);
                if (_key is { } key && _parts.Clock.NowMs >= Interlocked.Read(ref _keepAtMs)) await KeepAliveAsync(key);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task KeepAliveAsync(Secret key)
    {
        try
        {
            if (await _keys.KeepListenKeyAliveAsync(key, _stop.Token))
            {
                MarkAlive();
                return;
            }

            LogKeyGone(_parts.Log);
            MarkAlive();   // not again before the new one is there
            _line.Rebuild("has a listen key that is gone");
        }
#pragma warning disable CA1031 // the loop's edge: a key that is not kept alive ends the stream, whatever kept it from that
        catch (Exception fault) when (!_stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotKept(_parts.Log, _parts.Redactor.Describe(fault));

            // A minute of market time, but a second of wall time at least.
            Interlocked.Exchange(ref _keepAtMs, _parts.Clock.NowMs + (long)Math.Max(60_000, 1_000 * _parts.Clock.Speed));
            if (_parts.Clock.NowMs - Interlocked.Read(ref _keyAliveMs) < KeyLife.TotalMilliseconds) return;
            MarkAlive();
            _line.Rebuild("has a listen key that could not be kept alive");
        }
    }

    private void MarkAlive()
    {
        var nowMs = _parts.Clock.NowMs;
        Interlocked.Exchange(ref _keyAliveMs, nowMs);
        Interlocked.Exchange(ref _keepAtMs, nowMs + (long)(_parts.Options.KeepAliveMinutes * 60_000));
    }

    private void Take(UserEvent told)
    {
        if (told is UserEvent.Unknown unknown && _toldTypes.TryAdd(unknown.Type, true)) LogUnknown(_parts.Log, unknown.Type);
        _window.Add(told);
        if (told is UserEvent.ListenKeyExpired) _line.Rebuild("has a listen key that expired");
    }

    private void Emit(UserEvent told)
    {
        Interlocked.Increment(ref _events);
        try
        {
            Received?.Invoke(told);
        }
#pragma warning disable CA1031 // one event that its taker cannot take must not keep the others back
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFault(_parts.Log, told.GetType().Name, fault.GetType().Name);
            Miss("an event could not be taken");
        }
    }

    private void Miss(string reason) => Interlocked.CompareExchange(ref _missed, reason, null);

    // Once a second at most, however much is missed.
    private void TellMissed()
    {
        if (Interlocked.Exchange(ref _missed, null) is { } reason) Resync(reason);
    }

    private void Resync(string reason)
    {
        Interlocked.Increment(ref _resyncs);
        var nowMs = _parts.Clock.NowMs;
        _window.Flush(then: new UserEvent.Resynced(nowMs, nowMs, reason));
    }

    [LoggerMessage(2120, LogLevel.Warning, "The listen key is gone; another one is asked for, with a new socket")]
    private static partial void LogKeyGone(ILogger log);

    [LoggerMessage(2121, LogLevel.Warning, "The listen key could not be kept alive: {Text}")]
    private static partial void LogNotKept(ILogger log, string text);

    [LoggerMessage(2122, LogLevel.Warning, "User event {Type} is not known here; it is passed on as it came, and not told again")]
    private static partial void LogUnknown(ILogger log, string type);

    [LoggerMessage(2123, LogLevel.Error, "User event {Event} could not be taken: {Fault}")]
    private static partial void LogFault(ILogger log, string @event, string fault);

    [LoggerMessage(2124, LogLevel.Error, "A user event could not be read: {Text}; the account is asked for anew")]
    private static partial void LogUnreadable(ILogger log, string text);

    /// <summary>Takes the line's messages: their envelopes are opened by the decoder, their events read here.</summary>
    private sealed class Receiver(UserStream stream) : MarketListener, IStreamReceiver
    {
        private readonly StreamDecoder _decoder = new(new());
        private readonly RecentMessages _recent = new(RecentMax);
        private long _eventMs;
        private bool _wasConnected;

        public long Receive(ReadOnlySpan<byte> message)
        {
            _eventMs = 0;
            _decoder.Decode(message, this);
            return _eventMs;
        }

        public override void OnOther(StreamEventKind kind, ReadOnlySpan<byte> data)
        {
            if (!_recent.TryAdd(data))
            {
                Interlocked.Increment(ref stream._doubled);
                return;
            }

            try
            {
                var told = UserEventReader.Read(data.ToArray());
                _eventMs = told.EventMs;
                stream.Take(told);
            }
            catch (Exception fault) when (fault is MalformedException or InvalidOperationException or JsonException)
            {
                Refuse(fault is MalformedException ? fault.Message : fault.GetType().Name);   // only ours never quotes
            }
        }

        public override void OnFault(StreamFault fault, ReadOnlySpan<byte> message) => Refuse(fault.ToString());

        public void Subscribed(IReadOnlyCollection<string> streams)
        {
            stream.Resync(_wasConnected ? "the connection was lost" : "the connection stands");
            _wasConnected = true;
        }

        public void Lost(IReadOnlyCollection<string> streams)
        {
            // What is missed from now on is told when the connection stands again.
        }

        public void Refused(string refused) => stream._line.Rebuild("has a listen key that is refused");

        private void Refuse(string why)
        {
            _eventMs = -1;
            Interlocked.Increment(ref stream._unreadable);
            LogUnreadable(stream._parts.Log, why);
            stream.Miss("an event could not be read");
        }
    }
}
