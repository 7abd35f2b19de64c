using System.CommandLine;
using System.Globalization;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Dashboard.Running;
using FuturesBot.Local.Running;

namespace FuturesBot.Local.Commands;

/// <summary><c>run</c>: the whole system in one process. Also what happens when no command is named.</summary>
internal static class RunCommand
{
    private const int BadUsage = 2;
    private const double SpeedMin = 0.1;
    private const double SpeedMax = 100_000;

    private static readonly Option<string> Exchange = Arguments.OneOf(
        "--exchange", "where the market comes from", "simulated", "simulated", "replay", "demo", "binance");

    private static readonly Option<string?> Mode = new("--mode") { Description = "what happens with a signal: signals, paper, live (paper)" };

    private static readonly Option<DirectoryInfo?> Data = new("--data") { Description = "folder of kline files, for --exchange replay" };

    private static readonly Option<string> State = new("--state")
    {
        Description = "folder of the state",
        DefaultValueFactory = _ => "state",
    };

    private static readonly Option<string> Storage = Arguments.OneOf(
        "--storage", "what keeps the state (sqlite)", fallback: null, "sqlite", "azurite");

    private static readonly Option<int?> Port = Arguments.Number("--port", "port of the page (8080); 0: a free one", 0, 65_535);

    private static readonly Option<double?> Speed = Arguments.Number(
        "--speed", "market time per wall time, 0.1 to 100000 (60)", SpeedMin, SpeedMax);

    private static readonly Option<long?> Seed = Arguments.Number(
        "--seed", "seed of the simulated market (1)", 0, long.MaxValue);

    private static readonly Option<TimeSpan?> For = Arguments.Duration("--for", "ends after this wall time");

    private static readonly Option<long?> From = Arguments.Time("--from", "first live moment of the market, UTC (now)");

    private static readonly Option<long?> To = Arguments.Time("--to", "ends when the market reaches this moment, UTC");

    private static readonly Option<FileInfo?> Config = Configured.Option();

    private static readonly Option<bool> Json = new("--json") { Description = "print one JSON object at the end and nothing else" };

    public static Command Create()
    {
        var command = new Command("run", "the whole system in one process (default)");
        AddTo(command);
        return command;
    }

    /// <summary>Gives a command the options and the action of <c>run</c>.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Exchange, Mode, Data, State, Storage, Port, Speed, Seed, For, From, To, Config, Json])
            command.Options.Add(option);
        command.SetAction(RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var state = Path.GetFullPath(parsed.GetValue(State)!);
        SettingsStore store;
        BotOptions bot;
        Dashboard.DashboardOptions page;
        try
        {
            store = Configured.Settings(parsed.GetValue(Config), state, TimeProvider.System);
            bot = store.Start();
            page = DashboardAccess.Of(bot.Dashboard, parsed.GetValue(Port) ?? bot.Dashboard.Port, BotConfiguration.ProcessEnvironment());
        }
        catch (Exception faults) when (faults is ConfigurationException or FormatException)
        {
            await Console.Error.WriteLineAsync(faults.Message);
            return BadUsage;
        }

        var settings = new RunSettings
        {
            Bot = parsed.GetValue(Storage) is { } kind ? bot with { Storage = bot.Storage with { Kind = Enum.Parse<StorageKind>(kind, ignoreCase: true) } } : bot,
            Store = store,
            Page = page,
            Exchange = parsed.GetValue(Exchange)!,
            Mode = parsed.GetValue(Mode) ?? bot.Mode.ToString().ToLowerInvariant(),
            Data = parsed.GetValue(Data)?.FullName,
            State = state,
            Speed = parsed.GetValue(Speed) ?? bot.SimulatedMarket.Speed,
            Seed = parsed.GetValue(Seed),
            For = parsed.GetValue(For),
            FromMs = parsed.GetValue(From),
            ToMs = parsed.GetValue(To),
            Json = parsed.GetValue(Json),
        };
        if ((Foreign(parsed, settings.Exchange) ?? Fault(settings)) is { } fault)
        {
            await Console.Error.WriteLineAsync(fault);
            return BadUsage;
        }

        return await new RunSession(settings, TimeProvider.System).RunAsync(cancel);
    }

    /// <summary>A real market has its own pace and past; null when nothing else was asked for.</summary>
    private static string? Foreign(ParseResult parsed, string exchange)
    {
        if (exchange is not ("demo" or "binance")) return null;
        var named = (Option[])[Speed, Seed, From, Data];
        return named.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } option
            ? $"{option.Name} belongs to --exchange simulated or replay; a real exchange has its own time and past"
            : null;
    }

    /// <summary>What is wrong with the settings, in a sentence; null when nothing is.</summary>
    private static string? Fault(RunSettings settings) => settings switch
    {
        { Mode: "live" } =>
            "--mode live trades with real money, which is not part of this version; signals and paper are there",
        { Mode: not ("signals" or "paper") } => $"--mode was '{settings.Mode}'; allowed are signals, paper, live",
        { Exchange: "replay", Data: null } => "--exchange replay needs --data DIR, a folder of kline files",
        { Exchange: "replay" } when !Directory.Exists(settings.Data) => $"Folder '{settings.Data}' does not exist",
        { Exchange: "simulated", Data: not null } => "--data belongs to --exchange replay; the simulated market needs none",
        { Speed: < SpeedMin or > SpeedMax or double.NaN } =>
            string.Create(CultureInfo.InvariantCulture, $"--speed was {settings.Speed}; {SpeedMin} to {SpeedMax} is allowed"),
        { Page.Port: < 0 or > 65_535 } => $"--port was {settings.Page.Port}; 0 to 65535 is allowed",
        _ => null,
    };
}
