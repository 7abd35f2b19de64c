namespace FuturesBot.Simulator.Market;

/// <summary>A minute in which accounts traded: its trades are those of the candle as it would have been, and theirs between.</summary>
/// <param name="Planned">The candle without them.</param>
/// <param name="Prints">Theirs, in order.</param>
internal sealed record OwnMinute(MinuteBar Planned, IReadOnlyList<OwnPrint> Prints);
