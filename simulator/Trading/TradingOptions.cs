namespace FuturesBot.Simulator.Trading;

/// <summary>The account and the bounds of the exchange's memory.</summary>
internal sealed record TradingOptions
{
    /// <summary>Name of the account, as its events are addressed.</summary>
    public string Account { get; init; } = "simulator";

    /// <summary>USDT at the start.</summary>
    public decimal StartBalance { get; init; } = 10_000m;

    /// <summary>Of the notional: 0.0002 = 0.02 %.</summary>
    public decimal MakerRate { get; init; } = 0.0002m;

    /// <summary>Of the notional: 0.0005 = 0.05 %.</summary>
    public decimal TakerRate { get; init; } = 0.0005m;

    /// <summary>Of a symbol that nobody has set.</summary>
    public int StartLeverage { get; init; } = 20;

    public int LeverageMax { get; init; } = 125;

    /// <summary>Live conditional orders over all symbols; more are −4045.</summary>
    public int AlgoOrdersMax { get; init; } = 200;

    /// <summary>Changes of one order; more are −5026.</summary>
    public int AmendmentsMax { get; init; } = 10_000;

    /// <summary>Ended orders kept; past that the oldest are forgotten before their time.</summary>
    public int OrdersKept { get; init; } = 100_000;

    /// <summary>Fills kept; past that the oldest are forgotten before their time.</summary>
    public int FillsKept { get; init; } = 200_000;

    /// <summary>How far back fills and income can be read; before 2026-08-26 it was six months.</summary>
    public long FillsKeptMs { get; init; } = 92 * 24 * 3_600_000L;

    /// <summary>Rows of income kept; past that the oldest are forgotten before their time.</summary>
    public int IncomeKept { get; init; } = 200_000;

    /// <summary>Changes of orders kept; past that the oldest are forgotten.</summary>
    public int AmendmentsKept { get; init; } = 100_000;
}
