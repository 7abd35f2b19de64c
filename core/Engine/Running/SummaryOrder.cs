using System.Text.Json.Serialization;

namespace FuturesBot.Engine.Running;

/// <summary>The payload of an effect that tells of a day or a week.</summary>
/// <param name="EffectId">Its effect's id, by which files know it again.</param>
/// <param name="Due">What is to be told.</param>
/// <param name="Ledger">How the ledger stood then, wherever and whenever the message is written; null without a ledger.</param>
public sealed record SummaryOrder([property: JsonPropertyName("effect_id")] string EffectId, SummaryDue Due, LedgerStanding? Ledger);
