namespace FuturesBot.Domain.Reporting;

/// <summary>
/// A closed trade: one line of <c>trades.jsonl</c> and the only input of every statistic here.
/// Prices are in quote units; results and costs are in R, the distance from fill to initial stop.
/// </summary>
public sealed record TradeRecord
{
    /// <summary><see cref="Execution"/> of a trade that held the symbol's one position.</summary>
    public const string Primary = "primary";

    private const string ShadowedPrefix = "shadowed by ";

    public required string SignalId { get; init; }

    public required string Symbol { get; init; }

    /// <summary>The catalog's name, such as <c>LiquiditySweep</c> or <c>ActionPrice</c>.</summary>
    public required string Strategy { get; init; }

    /// <summary>
    /// STANDARD or SCALP for Action Price; FADE, CONTINUATION … for the others; may be empty.
    /// </summary>
    public required string Mode { get; init; }

    /// <summary>LONG or SHORT.</summary>
    public required string Direction { get; init; }

    /// <summary>breakout, pullback, mean_reversion or action_price.</summary>
    public required string Category { get; init; }

    /// <summary>Points at the decision; NaN when the strategy has no score.</summary>
    public required double Score { get; init; }

    public required IReadOnlyList<TradeScorePart> ScoreParts { get; init; }

    /// <summary>Market regime at the decision; empty when it was unavailable.</summary>
    public required string Regime { get; init; }

    /// <summary>Close of the bar that gave the signal.</summary>
    public required long DecidedAtMs { get; init; }

    public required long EntryTimeMs { get; init; }

    /// <summary>Mean fill price, slippage included.</summary>
    public required decimal EntryPrice { get; init; }

    /// <summary>The initial stop: with the entry it fixes R.</summary>
    public required decimal Stop { get; init; }

    public required decimal Tp1 { get; init; }

    /// <summary>Null for a trade with one target (SCALP).</summary>
    public required decimal? Tp2 { get; init; }

    /// <summary>In order of time; at least one.</summary>
    public required IReadOnlyList<TradeExit> Exits { get; init; }

    /// <summary>Fees paid, in R; positive is a cost.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Funding paid, in R; positive is a cost, negative was received.</summary>
    public required decimal Funding { get; init; }

    /// <summary>Slippage against the ideal fills, in R; positive is a cost.</summary>
    public required decimal Slippage { get; init; }

    /// <summary>Result before costs, in R.</summary>
    public required decimal PnlRGross { get; init; }

    /// <summary>Result after fees, funding and slippage, in R.</summary>
    public required decimal PnlRNet { get; init; }

    public required TradeOutcome Outcome { get; init; }

    /// <summary>Best moment of the trade, in R, from 0 up.</summary>
    public required double MfeR { get; init; }

    /// <summary>Worst moment of the trade, in R, from 0 down.</summary>
    public required double MaeR { get; init; }

    /// <summary>Strategy bars held; the fill's bar is bar 1.</summary>
    public required int Bars { get; init; }

    /// <summary>Hash of the decision's line in the ledger; empty without a ledger.</summary>
    public required string DecisionHash { get; init; }

    /// <summary>
    /// <see cref="Primary"/>, or <c>shadowed by ID</c> when another signal held the symbol's one position:
    /// such a trade is followed, but stays out of the default statistics.
    /// </summary>
    public string Execution { get; init; } = Primary;

    /// <summary>Time of the last exit: the trade counts from here.</summary>
    public long ClosedAtMs => Exits[^1].TimeMs;

    public bool IsPrimary => Execution == Primary;

    public static string ShadowedBy(string signalId) => ShadowedPrefix + signalId;
}
