using FuturesBot.Adapters.Binance.Books;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Adapters.Telegram;
using FuturesBot.Adapters.Telemetry;
using FuturesBot.Domain;
using FuturesBot.Engine.CloudCosts;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Adapters.Configuration;

/// <summary>Everything that <c>config/bot.yaml</c> sets, section by section.</summary>
public sealed record BotOptions
{
    /// <summary>What happens with a signal.</summary>
    public RunMode Mode { get; init; } = RunMode.Paper;

    /// <summary>Every threshold that decides. Its sections stand at the top level of the file.</summary>
    public KernelOptions Kernel { get; init; } = KernelOptions.Default;

    public LedgerOptions Ledger { get; init; } = new();

    public Retention Retention { get; init; } = new();

    public StorageOptions Storage { get; init; } = new();

    public ExchangeOptions Exchange { get; init; } = new();

    public StreamOptions Streams { get; init; } = new();

    public BookOptions Books { get; init; } = new();

    public ContextOptions Context { get; init; } = new();

    public UniverseOptions Universe { get; init; } = new();

    public IngestionOptions Ingestion { get; init; } = new();

    public SimulatedMarketOptions SimulatedMarket { get; init; } = new();

    public TelegramOptions Telegram { get; init; } = new();

    public DashboardOptions Dashboard { get; init; } = new();

    public SidecarOptions Sidecar { get; init; } = new();

    public BacktestOptions Backtests { get; init; } = new();

    public LogOptions Logs { get; init; } = new();

    public CostOptions Cost { get; init; } = new();

    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>The defaults of a profile.</summary>
    /// <exception cref="ArgumentException">It is neither <c>default</c> nor <c>seed</c>.</exception>
    public static BotOptions ForProfile(string name) => new() { Kernel = KernelOptions.ForProfile(name) };
}
