namespace FuturesBot.Domain.Signals;

/// <summary>Three-way outcome: a break-even is no win (spec 2.19).</summary>
public enum Outcome
{
    /// <summary>Lost after costs.</summary>
    Loss,

    /// <summary>Closed by the break-even stop after TP1, or within ±0.10 R after costs.</summary>
    BreakEven,

    /// <summary>Won after costs.</summary>
    Win,
}
