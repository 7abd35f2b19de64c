namespace FuturesBot.Engine.Ledger;

/// <summary>How far the newest day of a ledger reaches.</summary>
/// <param name="Day">
/// The UTC day. It holds the closing times after its midnight, and that of the next: a bar belongs to the day in which it was.
/// </param>
/// <param name="Bytes">Its length.</param>
/// <param name="FirstSeq">Number of its first line; 0 when the day was begun before days were counted, so that it has no root.</param>
public sealed record LedgerDay(DateOnly Day, long Bytes, long FirstSeq);
