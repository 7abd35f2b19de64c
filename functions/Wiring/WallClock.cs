using FuturesBot.Engine.Ports;

namespace FuturesBot.Functions.Wiring;

/// <summary>
/// Market time where nobody asks the exchange for it: the machine's own, which a cloud keeps within milliseconds. For measuring alone.
/// </summary>
internal sealed class WallClock(TimeProvider time) : IExchangeClock
{
    public long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public double Speed => 1;
}
