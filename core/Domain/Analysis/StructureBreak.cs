using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>A close beyond the last confirmed swing.</summary>
/// <param name="Kind">With or against the trend; None when there was no break yet.</param>
/// <param name="Side">Long: closed above a swing high; short: below a swing low.</param>
/// <param name="Level">Price of the broken swing.</param>
/// <param name="BarIndex">The bar that closed beyond it, counted as the swing detector counts.</param>
/// <param name="TimeMs">That bar's open time.</param>
public readonly record struct StructureBreak(
    StructureBreakKind Kind, Side Side, double Level, long BarIndex, long TimeMs);
