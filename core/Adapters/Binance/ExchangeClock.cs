using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance;

/// <summary>
/// The exchange's clock, from readings of it: each is taken to be of the middle of its way there and back, and the
/// median of five counts, so one slow answer moves nothing. Between readings the machine's own steady clock carries it on.
/// </summary>
/// <param name="time">Wall time here.</param>
/// <param name="speed">Market time per wall time: 1, or what a simulated exchange runs at.</param>
public sealed class ExchangeClock(TimeProvider time, double speed = 1) : IExchangeClock, IDisposable
{
    // What a market that stands still is held to run at: waits are divided by it.
    private const double HeldSpeed = 1e-6;

    public const int Readings = 5;
    private const int ReadingsMin = 3;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Known? _known;
    private int _version;
    private long _toldMs = long.MinValue;
    private volatile bool _isHeld;

    public double Speed => _isHeld ? HeldSpeed : speed;

    /// <summary>Market time; until the exchange's clock was read, wall time.</summary>
    public long NowMs => _known is { } known
        ? (long)Math.Floor(known.MarketMs + (time.GetElapsedTime(known.Timestamp).TotalMilliseconds * Speed))
        : time.GetUtcNow().ToUnixTimeMilliseconds();

    public bool IsSynchronised => _known is not null;

    /// <summary>By how much <see cref="NowMs"/> may be wrong at most: half of the way there and back of the reading that counts, market milliseconds.</summary>
    public double UncertaintyMs => _known?.UncertaintyMs ?? double.PositiveInfinity;

    /// <summary>
    /// The time that the exchange itself told last, market time: it is at least that late there. <see cref="NowMs"/> is an
    /// estimate, and ahead of an exchange that has fallen behind. Before it told any, the earliest there is.
    /// </summary>
    public long ToldMs
    {
        get => Interlocked.Read(ref _toldMs);
        set => Interlocked.Exchange(ref _toldMs, value);
    }

    /// <summary>Wall time since the clock was read; the longest there is before it was.</summary>
    public TimeSpan Age => _known is { } known ? time.GetElapsedTime(known.Timestamp) : TimeSpan.MaxValue;

    /// <summary>How far the exchange's clock is ahead of this machine's; null before it was read, and where it runs at a speed.</summary>
    public TimeSpan? Offset => _known is { } known && speed is 1
        ? TimeSpan.FromMilliseconds(known.MarketMs - known.WallMs)
        : null;

    /// <summary>Grows with each synchronisation.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>A simulated exchange is held: its time stands still. After its release the clock has to be read anew.</summary>
    public void Hold(bool held) => _isHeld = held;

    /// <summary>Reads the exchange's clock five times. Those who come meanwhile wait for the same readings.</summary>
    /// <param name="read">Asks the exchange for its time, UTC, Unix milliseconds.</param>
    /// <param name="seen">The <see cref="Version"/> that the caller found wanting; a later one is left as it is.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="ExchangeException">Fewer than three readings came.</exception>
    public async Task SynchroniseAsync(Func<CancellationToken, Task<long>> read, int seen, CancellationToken cancel = default)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (Version != seen) return;
            _known = await ReadAsync(read, cancel);
            Interlocked.Increment(ref _version);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<Known> ReadAsync(Func<CancellationToken, Task<long>> read, CancellationToken cancel)
    {
        var origin = time.GetTimestamp();
        var readings = new List<(double AtOrigin, double RoundTrip)>(Readings);
        ExchangeException? fault = null;
        for (var i = 0; i < Readings; i++)
        {
            try
            {
                var sent = time.GetTimestamp();
                var market = await read(cancel);
                ToldMs = market;
                var roundTrip = time.GetElapsedTime(sent).TotalMilliseconds;
                var middle = time.GetElapsedTime(origin, sent).TotalMilliseconds + (roundTrip / 2);
                readings.Add((market - (middle * Speed), roundTrip));
            }
            catch (ExchangeException e)
            {
                fault = e;
                if (i - readings.Count >= Readings - ReadingsMin) throw;
            }
        }

        if (readings.Count < ReadingsMin) throw fault!;
        var (atOrigin, way) = readings.OrderBy(reading => reading.AtOrigin).ElementAt(readings.Count / 2);
        // Brought to now, so that wall and market belong to one moment.
        var now = time.GetTimestamp();
        return new(
            now, atOrigin + (time.GetElapsedTime(origin, now).TotalMilliseconds * Speed),
            time.GetUtcNow().ToUnixTimeMilliseconds(), way / 2 * Speed);
    }

    private sealed record Known(long Timestamp, double MarketMs, long WallMs, double UncertaintyMs);
}
