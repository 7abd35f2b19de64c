using System.Text.Json.Serialization;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain.Signals;

/// <summary>Everything that was decided about a signal before it began to live. Never changes.</summary>
public sealed record TradePlan
{
    /// <summary>The plan is traded, not only watched (spec 2.9).</summary>
    public const string Primary = "primary";

    public required SignalId Id { get; init; }

    [JsonConverter(typeof(SymbolJson))]
    public required Symbol Symbol { get; init; }

    /// <summary>Name in the strategy catalog.</summary>
    public required string Strategy { get; init; }

    /// <summary>For example <c>fade</c> or <c>STANDARD</c>; empty when the strategy has one mode only.</summary>
    public string Mode { get; init; } = "";

    public required Side Side { get; init; }

    /// <summary>The strategy's frame: its bars count expiry and time stop.</summary>
    public required TimeFrame Frame { get; init; }

    public required EntryCategory Category { get; init; }

    public required EntryType EntryType { get; init; }

    /// <summary>Close of the decision bar, UTC Unix milliseconds.</summary>
    public required long DecidedAtMs { get; init; }

    /// <summary>Price the decision was taken at, quote units.</summary>
    public required decimal SignalPrice { get; init; }

    /// <summary>The limit price; for a market entry the price that R was planned from.</summary>
    public required decimal Entry { get; init; }

    /// <summary>Initial stop, quote units, on the tick.</summary>
    public required decimal Stop { get; init; }

    /// <summary>Planned first target; the fill recomputes it.</summary>
    public required decimal Target1 { get; init; }

    /// <summary>Planned second target; null when everything closes at the first.</summary>
    public decimal? Target2 { get; init; }

    /// <summary>Share closed at the first target, after merging legs that are too small.</summary>
    public decimal Fraction1 { get; init; } = 0.3m;

    /// <summary>Share closed at the second target; the rest is the runner.</summary>
    public decimal Fraction2 { get; init; } = 0.4m;

    /// <summary>ATR of the strategy's frame at the decision, quote units.</summary>
    public required double Atr { get; init; }

    /// <summary>One-minute ATR at the decision, quote units; NaN = estimated from <see cref="Atr"/>.</summary>
    public double Atr1m { get; init; } = double.NaN;

    /// <summary>Planned size, base units.</summary>
    public decimal Quantity { get; init; }

    public required SymbolRules Rules { get; init; }

    /// <summary>Life of a limit entry, strategy bars from the decision bar's close.</summary>
    public int ExpiryBars { get; init; }

    public required ExitOptions Exits { get; init; }

    public CostRates Costs { get; init; } = CostRates.Default;

    public FundingSchedule Funding { get; init; } = FundingSchedule.Default;

    /// <summary>Total score at the decision.</summary>
    public double Score { get; init; }

    /// <summary>Hash of the decision's line in the ledger.</summary>
    public string DecisionHash { get; init; } = "";

    /// <summary>True for signals of the market days lived through at start.</summary>
    public bool Replayed { get; init; }

    /// <summary><see cref="Primary"/>, or <c>shadowed by &lt;id&gt;</c> (spec 2.9).</summary>
    public string Execution { get; init; } = Primary;

    public FillSource Fills { get; init; } = FillSource.Prices;

    /// <summary>The plan's R: |entry − stop|, quote units.</summary>
    [JsonIgnore]
    public decimal Risk => Math.Abs(Entry - Stop);

    /// <summary>Expected cost of a round trip that ends at the stop, in R; the gate is at 0.20 (spec 2.10).</summary>
    [JsonIgnore]
    public decimal CostR => Risk == 0m ? 0m
        : FuturesBot.Domain.Risk.Costs.RoundTrip(Costs, Rules, Entry, EntryType, OneMinuteAtr) / Risk;

    /// <summary>Gain in R before costs when every part reaches its target, the runner counted at the second.</summary>
    [JsonIgnore]
    public decimal RewardR => Risk == 0m ? 0m
        : ((Fraction1 * Math.Abs(Target1 - Entry)) + ((1m - Fraction1) * Math.Abs((Target2 ?? Target1) - Entry))) / Risk;

    /// <summary>
    /// Share of trades that must gain <see cref="RewardR"/> for nothing to be lost when all others lose one R,
    /// after <see cref="CostR"/> on each, 0–1. What a trade needs, not what it will do.
    /// </summary>
    [JsonIgnore]
    public decimal BreakEvenWinRate => (1m + CostR) / (1m + RewardR);

    /// <summary>+1 long, −1 short.</summary>
    [JsonIgnore]
    public int Dir => Side.Sign();

    /// <summary>When a limit entry expires, UTC Unix milliseconds.</summary>
    [JsonIgnore]
    public long ExpiresAtMs =>
        EntryType == EntryType.Limit ? DecidedAtMs + (ExpiryBars * Frame.Ms()) : long.MaxValue;

    /// <summary>Expected slippage of a market order at a price, quote units.</summary>
    public decimal SlippageAt(decimal price) =>
        FuturesBot.Domain.Risk.Costs.Slippage(Costs, Rules, price, OneMinuteAtr);

    /// <summary>Expected slippage of a stop at a price, quote units.</summary>
    public decimal StopSlippageAt(decimal price) =>
        FuturesBot.Domain.Risk.Costs.StopSlippage(Costs, Rules, price, OneMinuteAtr);

    private double OneMinuteAtr =>
        double.IsNaN(Atr1m) ? FuturesBot.Domain.Risk.Costs.Atr1m(Atr, Frame) : Atr1m;
}
