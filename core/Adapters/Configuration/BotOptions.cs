namespace FuturesBot.Adapters.Configuration;

/// <summary>Everything that <c>config/bot.yaml</c> sets, section by section.</summary>
public sealed record BotOptions
{
    /// <summary>What happens with a signal.</summary>
    public RunMode Mode { get; init; } = RunMode.Paper;

    public RetentionOptions Retention { get; init; } = new();

    public SimulatedMarketOptions SimulatedMarket { get; init; } = new();

    public DashboardOptions Dashboard { get; init; } = new();

    public LogOptions Logs { get; init; } = new();
}
