using FuturesBot.Engine.Ports;

namespace FuturesBot.Local.Commands;

/// <summary>Rows of one file that were refused for the same reason.</summary>
/// <param name="reason">The reason without what differs from row to row.</param>
/// <param name="first">The first of them.</param>
internal sealed class RefusedKind(string reason, KlineRowError first)
{
    public string Reason => reason;

    public KlineRowError First => first;

    public long Count { get; set; }
}
