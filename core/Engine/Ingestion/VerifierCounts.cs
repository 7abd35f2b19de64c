namespace FuturesBot.Engine.Ingestion;

/// <summary>What became of the streamed candles so far.</summary>
/// <param name="Agreed">As the exchange has them.</param>
/// <param name="Mismatched">Other than the exchange's final ones, which are stored now.</param>
/// <param name="Late">Seemed other at first: the exchange's row was not final yet.</param>
/// <param name="Unconfirmed">The exchange did not have a row, however often it was asked.</param>
/// <param name="Failed">The question failed.</param>
/// <param name="LeftOut">Not checked, because too many waited.</param>
public readonly record struct VerifierCounts(
    long Agreed, long Mismatched, long Late, long Unconfirmed, long Failed, long LeftOut);
