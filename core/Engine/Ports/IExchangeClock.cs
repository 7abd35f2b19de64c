namespace FuturesBot.Engine.Ports;

/// <summary>
/// Market time: the exchange's clock, as far as it is known here. It runs as fast as the exchange's does, so on a
/// simulated exchange with a speed it runs at that speed.
/// </summary>
public interface IExchangeClock
{
    /// <summary>UTC, Unix milliseconds.</summary>
    long NowMs { get; }

    /// <summary>Market time per wall time; 1 on a real exchange.</summary>
    double Speed { get; }
}
