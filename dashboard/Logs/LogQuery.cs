namespace FuturesBot.Dashboard;

/// <summary>Which lines.</summary>
/// <param name="Log">main or action-price.</param>
/// <param name="Level">Least level: debug, information, warning or error.</param>
/// <param name="Text">Lines that hold this, large and small letters alike; null: all.</param>
/// <param name="SinceMs">Only lines at or after this wall time; null: all.</param>
/// <param name="Limit">Lines at most.</param>
public sealed record LogQuery(string Log, string Level, string? Text, long? SinceMs, int Limit);
