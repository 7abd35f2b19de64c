using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>A signal as a store keeps it: what is searched for beside the state itself.</summary>
/// <param name="Id">The signal's id, a function of its content.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Strategy">Name in the catalog.</param>
/// <param name="Version">1 when it is new, and one more with each state that follows.</param>
/// <param name="StateJson">The lifecycle state; the store does not look into it.</param>
/// <param name="DecidedAtMs">Market time of the decision, UTC, Unix milliseconds.</param>
/// <param name="ClosedAtMs">Market time of its end; null while it is open.</param>
public sealed record StoredSignal(
    string Id,
    Symbol Symbol,
    string Strategy,
    long Version,
    string StateJson,
    long DecidedAtMs,
    long? ClosedAtMs)
{
    public bool IsOpen => ClosedAtMs is null;
}
