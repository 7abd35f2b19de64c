namespace FuturesBot.Dashboard;

/// <summary>One setting. Values are booleans, numbers or texts.</summary>
/// <param name="Section">The part of the path before the name; empty at the top level.</param>
/// <param name="Label">The name in words.</param>
/// <param name="Unit">What the number counts; empty where it counts nothing.</param>
/// <param name="Type">boolean, integer, number, choice or text.</param>
/// <param name="Allowed">What may stand there, in words.</param>
/// <param name="Default">Of profile default.</param>
/// <param name="ProfileValue">Of the chosen profile.</param>
/// <param name="Value">With which this process runs.</param>
/// <param name="Next">Which the next start takes; null while the configuration cannot be read.</param>
/// <param name="Source">default, file, page or environment, of <paramref name="Next"/>.</param>
/// <param name="Applies">live or next_start: when a change takes hold.</param>
/// <param name="Locked">The environment sets it, which wins: it cannot be changed here.</param>
/// <param name="IsThreshold">It takes part in decisions: changing it is a trial.</param>
public sealed record SettingView(
    string Path, string Section, string Label, string Description, string Unit, string Type, double? Min, double? Max,
    IReadOnlyList<string> Choices, string Allowed, object Default, object ProfileValue, object Value, object? Next,
    string Source, string SourceDetail, string Applies, bool Locked, bool IsThreshold);
