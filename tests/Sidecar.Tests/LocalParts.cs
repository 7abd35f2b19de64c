using System.Globalization;
using System.Text.Json;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Tests.AzureStorage;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Simulator.Telegram;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

/// <summary>
/// The parts that <c>./dev azurite</c> starts, each a process of its own: the simulated exchange, the sidecar, and what decides over its
/// batches. A sidecar or consumer that is started again finds the folders of the one before.
/// </summary>
internal sealed class LocalParts : IAsyncDisposable
{
    /// <summary>The chat that is told.</summary>
    public const long Chat = 77;

    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Thresholds at which a few symbols give signals every half hour: what becomes of signals is looked at, not whether they are good.
    private static readonly Dictionary<string, string> Eager = new()
    {
        ["UNIVERSE__SYMBOLS_MAX"] = "6",
        ["UNIVERSE__ADDED"] = "BTCUSDT,ETHUSDT,SOLUSDT,XRPUSDT,DOGEUSDT,BNBUSDT",   // the greatest six of a moment are others an hour later
        ["SCORING__ENTRY_THRESHOLD"] = "0",
        ["SCORING__VOLUME_RATIO"] = "1",
        ["SCORING__BTC_PENALTY"] = "0",
        ["SCORING__REGIME_WEIGHTS"] = "false",
        ["RISK__COST_MAX_R"] = "1000",
        ["RISK__STOP_MAX_ATR"] = "1000",
        ["RISK__POSITIONS_MAX"] = "50",
        ["RISK__CLUSTER_MAX"] = "50",
        ["RISK__OPEN_RISK_MAX"] = "1",
        ["STRATEGIES__ACTION_PRICE__MATURE_BARS"] = "400",
        ["STRATEGIES__ACTION_PRICE__STANDARD_SCORE"] = "-5",
        ["STRATEGIES__ACTION_PRICE__SCALP_SCORE"] = "-5",
        ["STRATEGIES__BREAK_AND_RETEST__ADX_MIN"] = "5",
        ["STRATEGIES__BREAK_AND_RETEST__BREAK_VOLUME"] = "1",
        ["STRATEGIES__BREAK_AND_RETEST__BREAK_ATR"] = "0",
        ["STRATEGIES__BREAK_AND_RETEST__FAIL_ATR"] = "2",
        ["STRATEGIES__BREAK_AND_RETEST__RETEST_ATR"] = "1",
        ["STRATEGIES__LIQUIDITY_SWEEP__SWEEP_VOLUME"] = "1",
        ["STRATEGIES__LIQUIDITY_SWEEP__SWEEP_VOLUME_WITHOUT_BOOK"] = "1",
        ["STRATEGIES__VOLUME_PROFILE__ACCEPT_ATR"] = "0",
        ["STRATEGIES__VOLUME_PROFILE__ACCEPT_VOLUME"] = "1",
        ["STRATEGIES__VOLUME_PROFILE__MIGRATION"] = "0",
    };

    private readonly string _folder;
    private readonly FakeTelegram _telegram;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Uri _exchange;
    private readonly Dictionary<string, string> _settings;

    private LocalParts(string folder, RunningProgram exchange, Uri address, FakeTelegram telegram, Dictionary<string, string> settings)
    {
        (_folder, Exchange, _exchange, _telegram, _settings) = (folder, exchange, address, telegram, settings);
        Sidecar = StartSidecar();
        Consumer = StartConsumer();
    }

    public RunningProgram Exchange { get; }

    public RunningProgram Sidecar { get; private set; }

    public RunningProgram Consumer { get; private set; }

    /// <summary>Folder of what the sidecar carries out into files.</summary>
    public string Told => Path.Combine(_folder, "logs", "sidecar");

    /// <summary>What the consumer logged so far.</summary>
    public string ConsumerLog => string.Concat(Directory.GetFiles(Path.Combine(_folder, "logs", "consume"), "main-*.jsonl").Select(File.ReadAllText));

    /// <summary>The settings that all of them have.</summary>
    public BotOptions Bot => BotConfiguration.Load(path: null, _settings);

    /// <param name="azurite">Their storage.</param>
    /// <param name="folder">Their working folder.</param>
    /// <param name="arguments">Of the exchange.</param>
    public static async Task<LocalParts> StartAsync(AzuriteServer azurite, string folder, double speed, params IEnumerable<string> arguments)
    {
        var exchange = RunningProgram.Start(
            "futuresbot.dll", folder, new Dictionary<string, string>(),
            ["exchange", "--port", "0", "--json", "--wait-for-readers", "--speed", speed.ToString(CultureInfo.InvariantCulture), .. arguments]);
        using var said = JsonDocument.Parse(await exchange.LineAsync(line => line.StartsWith('{'), Patience));
        var address = new Uri(said.RootElement.GetProperty("rest").GetString()!);
        var telegram = await FakeTelegram.StartAsync(new() { EnforcesRates = false }, TimeProvider.System, logs: null, TestContext.Current.CancellationToken);
        var settings = Life.SettingsOf(address, speed, "logs");
        foreach (var (name, value) in Eager) settings[$"FUTURESBOT__{name}"] = value;
        // Who takes over from a killed one waits for this long; with the usual time it is a test of its own (two processes).
        settings["FUTURESBOT__SIDECAR__LEASE_SECONDS"] = "7";
        settings["FUTURESBOT__SIDECAR__LEASE_RENEW_SECONDS"] = "2";
        settings["FUTURESBOT__STORAGE__KIND"] = "azurite";
        settings["FUTURESBOT__STORAGE__BLOB_PORT"] = $"{azurite.BlobPort}";
        settings["FUTURESBOT__STORAGE__QUEUE_PORT"] = $"{azurite.QueuePort}";
        settings["FUTURESBOT__STORAGE__TABLE_PORT"] = $"{azurite.TablePort}";
        settings["FUTURESBOT__DASHBOARD__PORT"] = $"{SidecarProgram.FreePort()}";
        settings["FUTURESBOT__TELEGRAM__ENABLED"] = "true";
        settings["FUTURESBOT__TELEGRAM__BASE_ADDRESS"] = telegram.Address.ToString().TrimEnd('/');
        settings["FUTURESBOT__TELEGRAM__CHATS"] = $"{Chat}";
        // A message a second to a chat is wall time, and the market's is hundreds of times as fast: what an hour tells would be told for long after it.
        settings["FUTURESBOT__TELEGRAM__PACE__CHAT_GAP_MS"] = "100";
        settings["TELEGRAM_BOT_TOKEN"] = telegram.Token;
        settings["FUTURESBOT_STATE"] = "state";
        return new(folder, exchange, address, telegram, settings);
    }

    public void KillSidecar()
    {
        Sidecar.Dispose();
        Sidecar = StartSidecar();
    }

    public void KillConsumer()
    {
        Consumer.Dispose();
        Consumer = StartConsumer();
    }

    /// <summary>Waits until the sidecar of the moment holds the market.</summary>
    public async Task HoldsAsync()
    {
        var page = new Uri((await Sidecar.LineAsync(line => line.StartsWith("page ", StringComparison.Ordinal), Patience))[5..]);
        await Eventually.IsAsync(
            async () =>
            {
                if (Sidecar.HasExited) throw new InvalidOperationException($"The sidecar has ended: {Sidecar.Said}");
                try
                {
                    using var answer = await _http.GetAsync(new Uri(page, "/health/ready"), TestContext.Current.CancellationToken);
                    return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("\"ready\"", StringComparison.Ordinal);
                }
                catch (HttpRequestException)
                {
                    return false;   // between two pages
                }
            },
            "the sidecar holds the market");
    }

    /// <summary>What the exchange itself says has closed, of one series.</summary>
    public async Task<IReadOnlyList<Candle>> TruthAsync(SeriesInfo series, long fromMs, long toMs)
    {
        using var rows = JsonDocument.Parse(await _http.GetStringAsync(
            new Uri(_exchange, string.Create(
                CultureInfo.InvariantCulture, $"/sim/truth/klines?symbol={series.Symbol}&interval={series.Frame.Code()}&startTime={fromMs}&endTime={toMs - 1}")),
            TestContext.Current.CancellationToken));
        return [.. rows.RootElement.EnumerateArray().Select(row => new Candle(
            row[0].GetInt64(), Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]), Number(row[5]), Number(row[7]), Number(row[9]), row[8].GetInt32()))];
    }

    /// <summary>The exchange's market time, UTC, Unix milliseconds.</summary>
    public async Task<long> NowMsAsync()
    {
        using var status = JsonDocument.Parse(await _http.GetStringAsync(new Uri(_exchange, "/sim/status"), TestContext.Current.CancellationToken));
        return status.RootElement.GetProperty("now_ms").GetInt64();
    }

    /// <summary><c>futuresbot verify --storage azurite --json</c>: its exit code, and what it printed.</summary>
    public async Task<(int Code, string Said)> VerifyAsync()
    {
        using var verify = RunningProgram.Start("futuresbot.dll", _folder, _settings, "verify", "--storage", "azurite", "--json");
        var code = await verify.EndAsync(Patience) ?? throw new InvalidOperationException("verify did not end");
        return (code, verify.Said);
    }

    public async ValueTask DisposeAsync()
    {
        Consumer.Dispose();
        Sidecar.Dispose();
        Exchange.Dispose();
        _http.Dispose();
        await _telegram.DisposeAsync();
    }

    private static double Number(JsonElement text) => double.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private RunningProgram StartSidecar() => RunningProgram.Start("futuresbot-sidecar.dll", _folder, Logging("sidecar"));

    private RunningProgram StartConsumer() => RunningProgram.Start("futuresbot.dll", _folder, Logging("consume"), "consume");

    private Dictionary<string, string> Logging(string folder) =>
        new(_settings) { ["FUTURESBOT__LOGS__FOLDER"] = Path.Combine("logs", folder) };
}
