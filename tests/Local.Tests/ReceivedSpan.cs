namespace FuturesBot.Local.Tests;

/// <summary>A span as a collector got it; ids in hexadecimal, no parent is empty.</summary>
internal sealed record ReceivedSpan(string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Texts);
