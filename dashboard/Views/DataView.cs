namespace FuturesBot.Dashboard;

/// <summary>The stored candles: what is there, what is missing, and what cannot signal.</summary>
/// <param name="TimeMs">Market time of the survey; it is made anew at most every few seconds.</param>
/// <param name="Candles">Stored, of the series below.</param>
/// <param name="StoreBytes">Size of the store's file; null when unknown.</param>
/// <param name="CompletePercent">Of all series; NaN when nothing is expected.</param>
/// <param name="Gaps">Newest first, at most 500.</param>
/// <param name="GapsTotal">All of them.</param>
/// <param name="Verified">Null without an exchange to compare with.</param>
/// <param name="CanRepair">False without an exchange: recorded data cannot be asked for more.</param>
public sealed record DataView(
    long TimeMs,
    long Candles,
    long? StoreBytes,
    double CompletePercent,
    IReadOnlyList<SeriesView> Series,
    IReadOnlyList<GapView> Gaps,
    int GapsTotal,
    IReadOnlyList<WarmUpView> Symbols,
    VerifiedView? Verified,
    bool CanRepair);
