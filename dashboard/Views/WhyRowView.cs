using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>The bar of the last few on which this strategy came nearest to firing on this side.</summary>
/// <param name="BarTimeMs">Close time of that bar.</param>
/// <param name="BarsAgo">0 = the last closed bar.</param>
/// <param name="BarsSeen">How many last bars were looked at.</param>
/// <param name="Fired">It did fire on that bar.</param>
/// <param name="Note">A refusal or why it cannot fire at all, in words; null without.</param>
/// <param name="Predicates">In the strategy's own order, up to and including those never reached (unavailable).</param>
public sealed record WhyRowView(
    string Strategy,
    Side Direction,
    TimeFrame Timeframe,
    long BarTimeMs,
    int BarsAgo,
    int BarsSeen,
    bool Fired,
    string? Note,
    IReadOnlyList<PredicateView> Predicates);
