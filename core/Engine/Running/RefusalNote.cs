namespace FuturesBot.Engine.Running;

/// <summary>One refused trigger with the number that refused it.</summary>
/// <param name="TimeMs">Closing time of the deciding bar.</param>
/// <param name="Minutes">Length of the strategy's frame.</param>
/// <param name="IsLong">Direction of the refused trade.</param>
/// <param name="Reason">Name of the refusal.</param>
/// <param name="Value">What was measured; NaN for a plain no.</param>
/// <param name="Limit">What would have passed; NaN likewise.</param>
public sealed record RefusalNote(
    long TimeMs, string Symbol, int Minutes, string Strategy, bool IsLong, string Reason, double Value, double Limit);
