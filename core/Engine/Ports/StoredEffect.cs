namespace FuturesBot.Engine.Ports;

/// <summary>
/// Something to be carried out once: an order, a message. Waits in the store until it is done.
/// </summary>
/// <param name="Id">Deterministic: the same effect has the same id after a restart.</param>
/// <param name="SignalId">The signal it belongs to.</param>
/// <param name="Kind">What to do.</param>
/// <param name="PayloadJson">With what; the store does not look into it.</param>
/// <param name="CreatedAtMs">Market time, UTC, Unix milliseconds.</param>
public sealed record StoredEffect(
    string Id, string SignalId, string Kind, string PayloadJson, long CreatedAtMs);
