using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>
/// The EMA200 body cross: an initiator whose body crosses EMA200, a confirming bar that stays wholly
/// beyond it, and the bars before them.
/// </summary>
public sealed class ActionPricePattern
{
    /// <summary>Bars before the initiator that are asked for touches of EMA200.</summary>
    public const int StickyBars = 5;

    /// <summary>Bars before the confirming one that are asked for a retest (the initiator among them).</summary>
    public const int RetestBars = 5;

    /// <summary>Bars before the confirming one that may form a base (the initiator among them).</summary>
    public const int BaseBars = 3;

    public required Side Side { get; init; }

    public required ActionPriceBar Initiator { get; init; }

    public required ActionPriceBar Confirm { get; init; }

    /// <summary>EMA200 ten bars before the confirming bar.</summary>
    public required double Ema200TenBefore { get; init; }

    /// <summary>The bars C−1, C−2, … C−6, newest first; the first is the initiator.</summary>
    public required IReadOnlyList<ActionPriceBar> Before { get; init; }
}
