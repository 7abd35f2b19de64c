using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;

namespace FuturesBot.Engine.Tests.Ingestion;

/// <summary>Market time that follows the wall time of a test.</summary>
internal sealed class TurnedClock(ManualTime time, long startMs, double speed = 1) : IExchangeClock
{
    private readonly DateTimeOffset _start = time.GetUtcNow();

    public long NowMs => startMs + (long)((time.GetUtcNow() - _start).TotalMilliseconds * speed);

    public double Speed => speed;
}
