namespace FuturesBot.Domain.Reporting;

/// <summary>What the system begins with.</summary>
public sealed record StartFacts
{
    public required long AtMs { get; init; }

    public required AccountKind Account { get; init; }

    /// <summary>Where the market comes from, such as <c>Binance</c> or <c>simulated</c>.</summary>
    public required string Exchange { get; init; }

    public required int Symbols { get; init; }

    /// <summary>Catalog names of the strategies that are switched on.</summary>
    public required IReadOnlyList<string> Strategies { get; init; }

    /// <summary>Name of the settings' profile.</summary>
    public required string Profile { get; init; }

    public required string Version { get; init; }

    /// <summary>Risk per trade, percent of equity.</summary>
    public required double RiskPercent { get; init; }

    /// <summary>Loss at which the day ends, percent of equity, above 0; NaN where nothing ends it.</summary>
    public double DailyLossPercent { get; init; } = double.NaN;

    /// <summary>USDT; null when there is no account.</summary>
    public decimal? Equity { get; init; }

    /// <summary>Signals taken over from before, in the market.</summary>
    public int Open { get; init; }

    /// <summary>Signals taken over from before, waiting for entry.</summary>
    public int Waiting { get; init; }

    /// <summary>Inputs that this run does not have, in the readers' language.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
