namespace FuturesBot.Dashboard;

/// <summary>What became of streamed candles that were compared with the exchange's own rows.</summary>
/// <param name="Agreed">The same.</param>
/// <param name="Mismatched">Other than the final ones, which are stored now.</param>
/// <param name="Late">Seemed other at first: the exchange's row was not final yet.</param>
/// <param name="Unconfirmed">The exchange had no row.</param>
/// <param name="Failed">The question failed.</param>
/// <param name="LeftOut">Not checked, because too many waited.</param>
public sealed record VerifiedView(long Agreed, long Mismatched, long Late, long Unconfirmed, long Failed, long LeftOut);
