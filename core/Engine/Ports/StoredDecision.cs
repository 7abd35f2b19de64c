using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>A decision for the page: a trigger, a refusal or a near miss with its reasons.</summary>
/// <param name="Id">Deterministic: the same decision again replaces itself.</param>
/// <param name="TimeMs">Closing time of its bar, UTC, Unix milliseconds.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Strategy">Name in the catalog.</param>
/// <param name="Outcome">Fired, or the name of the refusal.</param>
/// <param name="Json">All of it; the store does not look into it.</param>
public sealed record StoredDecision(
    string Id, long TimeMs, Symbol Symbol, string Strategy, string Outcome, string Json);
