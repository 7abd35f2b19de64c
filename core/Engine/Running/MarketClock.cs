using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>
/// Market time that passes <c>speed</c> times as fast as wall time. A process that was held up does not chase what
/// it missed: market time goes on from where it stands.
/// </summary>
public sealed class MarketClock : IExchangeClock
{
    // Wall time that may be caught up with; more than this was a held-up process or a sleeping machine.
    private static readonly TimeSpan BehindMax = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;
    private long _anchor;
    private double _anchorMs;

    /// <param name="time">Wall time.</param>
    /// <param name="speed">Market time per wall time, above 0.</param>
    /// <param name="nowMs">Market time now, UTC, Unix milliseconds.</param>
    public MarketClock(TimeProvider time, double speed, long nowMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _time = time;
        Speed = speed;
        _anchor = time.GetTimestamp();
        _anchorMs = nowMs;
    }

    public double Speed { get; }

    /// <summary>Market time, UTC, Unix milliseconds.</summary>
    public long NowMs => (long)(_anchorMs + (_time.GetElapsedTime(_anchor).TotalMilliseconds * Speed));

    /// <summary>Wall time until market time reaches a moment; zero when it has.</summary>
    public TimeSpan Until(long marketMs)
    {
        var behind = NowMs - marketMs;
        if (behind > BehindMax.TotalMilliseconds * Speed) SetTo(marketMs);

        return behind >= 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Min(-behind / Speed, int.MaxValue - 1));
    }

    /// <summary>Market time is this from now on: after being held up, and across a time without any data.</summary>
    public void SetTo(long marketMs)
    {
        _anchor = _time.GetTimestamp();
        _anchorMs = marketMs;
    }
}
