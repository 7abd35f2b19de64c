namespace FuturesBot.Domain.Signals;

/// <summary>One part of a position that was closed.</summary>
/// <param name="TimeMs">UTC Unix milliseconds: the bar's open when it filled there, else the bar's close.</param>
/// <param name="Price">Fill, quote units, slippage included.</param>
/// <param name="Fraction">Share of the filled size, 0–1.</param>
/// <param name="FeeRate">Fee as a fraction of notional.</param>
/// <param name="Slippage">How much worse than its reference the fill was, quote units, ≥ 0.</param>
public sealed record ExitFill(
    long TimeMs, decimal Price, decimal Fraction, CloseReason Reason, decimal FeeRate, decimal Slippage);
