using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Chat.Book;

/// <summary>The candles of one frame.</summary>
/// <param name="Bars">Folded in since the start or the last restart.</param>
/// <param name="Missing">Known to be missing between the first and the last.</param>
/// <param name="BarsBehind">Candles that should have closed after the last one; 0 when it is up to date.</param>
/// <param name="BarsSinceGap">Null without a gap.</param>
public sealed record FrameNote(TimeFrame Frame, long Bars, long Missing, long BarsBehind, long? BarsSinceGap)
{
    /// <summary>Bars from which EMA200 has forgotten how it began (spec 3.3).</summary>
    public const int RipeFrom = 1_200;

    public bool IsRipe => Bars >= RipeFrom;
}
