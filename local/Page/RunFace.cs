using FuturesBot.Local.Running;

namespace FuturesBot.Local.Page;

/// <summary>What the page says of the process itself.</summary>
/// <param name="Mode">signals or paper.</param>
/// <param name="Speed">Market time per wall time.</param>
/// <param name="StartedAtMs">Wall time, UTC, Unix milliseconds.</param>
/// <param name="Time">Wall time.</param>
internal sealed record RunFace(string Mode, double Speed, string Version, long StartedAtMs, TimeProvider Time)
{
    /// <summary>Null for recorded data.</summary>
    public ExchangeSession? Exchange { get; init; }
}
