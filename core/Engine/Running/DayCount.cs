namespace FuturesBot.Engine.Running;

/// <summary>What was not taken on one day of the readers.</summary>
/// <param name="Day">The day, which ends with its summary: a minute before midnight.</param>
/// <param name="Refusals">Refused triggers by reason.</param>
/// <param name="NearMisses">Setups that lacked one check.</param>
public sealed record DayCount(DateOnly Day, IReadOnlyDictionary<string, int> Refusals, int NearMisses);
