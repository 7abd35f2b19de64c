namespace FuturesBot.Domain.Signals;

/// <summary>
/// The account of a closed trade, in R₀. <c>NetR = GrossR − FeesR − FundingR − SlippageR</c>, exactly.
/// </summary>
/// <param name="Entry">Mean fill, slippage included.</param>
/// <param name="Risk">R₀, quote units.</param>
/// <param name="Exits">Every part, its price with slippage; the fractions sum to 1.</param>
/// <param name="FeesR">Both ways.</param>
/// <param name="FundingR">Positive was paid, negative received.</param>
/// <param name="SlippageR">Both ways, ≥ 0.</param>
/// <param name="GrossR">As if every order had filled at its reference price, without slippage.</param>
/// <param name="MfeR">Best excursion, ≥ 0. In the exit bar only what surely came before the exit counts.</param>
/// <param name="MaeR">Worst excursion, ≤ 0. In the exit bar everything down to the exit counts.</param>
/// <param name="MfeBar">Strategy bar of the best excursion; the fill's bar is 1.</param>
/// <param name="Bars">Strategy bars from the fill's to the exit's, both counted.</param>
/// <param name="FundingAssumed">A settlement used an assumed rate.</param>
public sealed record TradeResult(
    decimal Entry,
    long EnteredAtMs,
    long ClosedAtMs,
    decimal Quantity,
    decimal Risk,
    ValueList<ExitFill> Exits,
    decimal FeesR,
    decimal FundingR,
    decimal SlippageR,
    decimal GrossR,
    decimal NetR,
    Outcome Outcome,
    double MfeR,
    double MaeR,
    long MfeAtMs,
    long MaeAtMs,
    int MfeBar,
    int MaeBar,
    int Bars,
    bool FundingAssumed);
