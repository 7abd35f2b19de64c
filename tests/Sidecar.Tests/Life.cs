using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Dashboard;
using FuturesBot.Engine.Running;
using FuturesBot.Simulator;
using FuturesBot.Simulator.Market;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using PageOptions = FuturesBot.Dashboard.DashboardOptions;

namespace FuturesBot.Sidecar.Tests;

/// <summary>One sidecar of a test, in this process.</summary>
internal sealed class Life : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly CancellationTokenSource _stop = new();
    private readonly SidecarProcess _process;
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Life(SidecarProcess process, Func<CancellationToken, Task<SidecarStores>> open)
    {
        _process = process;
        Running = Task.Run(() => process.RunAsync(open, address => _address.TrySetResult(address), _stop.Token));
    }

    /// <summary>Ends when the process does.</summary>
    public Task Running { get; }

    public ReadinessView Now => _process.State.Now;

    /// <summary>The follower's kernel; null while it has none.</summary>
    public MarketRunner? Kernel => _process.Kernel;

    /// <param name="account">Where its storage is.</param>
    /// <param name="prefix">Of the test.</param>
    /// <param name="exchange">REST of the exchange.</param>
    /// <param name="speed">Of the exchange.</param>
    /// <param name="folder">For its files.</param>
    /// <param name="page">How its page is served; null: on loopback without sign-in.</param>
    /// <param name="more">Settings of its own, as variables.</param>
    public static Life Start(
        StorageAccount account, string prefix, Uri exchange, double speed, string folder, PageOptions? page = null,
        IReadOnlyDictionary<string, string>? more = null)
    {
        var bot = BotOf(exchange, speed, folder, more);
        var settings = new SidecarSettings(bot, page ?? new() { Port = 0 }, folder) { LookEvery = TimeSpan.FromMilliseconds(500) };
        var process = new SidecarProcess(settings, NullLoggerFactory.Instance, _ => { }, TimeProvider.System);
        var commands = new CommandReaderOptions { RetryAfter = TimeSpan.Zero };
        return new(
            process,
            cancel => SidecarStores.OpenAsync(account, prefix, bot.Sidecar, NullLoggerFactory.Instance, TimeProvider.System, commands, cancel));
    }

    /// <summary>Takes away what other tests have left on the queues, whose names are the same for all.</summary>
    public static async Task ClearQueuesAsync(StorageAccount account)
    {
        foreach (var name in (string[])[MarketNames.Events, MarketNames.Commands])
        {
            await account.Queue(name).DropAsync(TestContext.Current.CancellationToken);
            await account.Queue(name).CreateAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Settings of a sidecar on a simulated exchange: little past, no books, the candles alone decide.</summary>
    public static BotOptions BotOf(Uri exchange, double speed, string folder, IReadOnlyDictionary<string, string>? more = null)
    {
        var settings = SettingsOf(exchange, speed, folder);
        foreach (var (name, value) in more ?? new Dictionary<string, string>()) settings[name] = value;
        return BotConfiguration.Load(path: null, settings);
    }

    /// <summary>The same as variables.</summary>
    public static Dictionary<string, string> SettingsOf(Uri exchange, double speed, string folder)
    {
        var http = exchange.ToString().TrimEnd('/');
        return new()
        {
            ["FUTURESBOT__SIDECAR__EXCHANGE"] = "simulated",
            ["FUTURESBOT__SIDECAR__SPEED"] = FormattableString.Invariant($"{speed}"),
            ["FUTURESBOT__EXCHANGE__REST"] = http,
            ["FUTURESBOT__EXCHANGE__STREAMS"] = http.Replace("http://", "ws://", StringComparison.Ordinal),
            ["FUTURESBOT__EXCHANGE__ARCHIVE"] = http,
            ["FUTURESBOT__CONTEXT__ORDER_BOOKS"] = "false",
            ["FUTURESBOT__CONTEXT__OPEN_INTEREST"] = "false",
            ["FUTURESBOT__CONTEXT__FUNDING_RATES"] = "false",
            ["FUTURESBOT__INGESTION__LOADER__ARCHIVE"] = "false",
            ["FUTURESBOT__INGESTION__LOADER__BURST_PAUSE_MS"] = "0",
            ["FUTURESBOT__INGESTION__LOADER__BUSY_PAUSE_MS"] = "0",
            ["FUTURESBOT__INGESTION__WARMUP__BARS15M"] = "600",
            ["FUTURESBOT__INGESTION__WARMUP__BARS1H"] = "300",
            ["FUTURESBOT__INGESTION__WARMUP__BARS4H"] = "200",
            ["FUTURESBOT__INGESTION__WARMUP__BARS1D"] = "30",
            ["FUTURESBOT__LOGS__FOLDER"] = folder,
            ["FUTURESBOT__TELEGRAM__ENABLED"] = "false",
            ["FUTURESBOT__SIDECAR__COMMAND_POLL_SECONDS"] = "0.1",
        };
    }

    /// <summary>An exchange with few symbols.</summary>
    public static Task<SimulatedExchange> ExchangeAsync(double speed, int symbols = 3, long seed = 5) => SimulatedExchange.StartAsync(
        new()
        {
            Seed = seed,
            Symbols = [.. GeneratedSymbols.Twelve.Take(symbols).Select(symbol => ListedSymbol.Of(symbol))],
            StartAtMs = 1_768_003_200_000,   // 2026-01-10T00:00:00Z
            Speed = speed,
        },
        TimeProvider.System, logs: null, TestContext.Current.CancellationToken);

    public Task<string> AddressAsync() => _address.Task.WaitAsync(Patience);

    /// <summary>Waits until it is in this state.</summary>
    public async Task UntilAsync(string status, TimeSpan? within = null)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (Now.Status != status)
        {
            if (Running.IsCompleted) await Running;
            if (watch.Elapsed > (within ?? Patience)) Assert.Fail($"It was '{Now.Status}' ({Now.Reason}) and not '{status}' after {watch.Elapsed}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Asks it to end, as SIGTERM does.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await Running.WaitAsync(TimeSpan.FromSeconds(25));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _process.DisposeAsync();
        _stop.Dispose();
    }
}
