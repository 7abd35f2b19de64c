using System.CommandLine;
using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using FuturesBot.Simulator.Faults;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Simulator;

/// <summary>The exchange as a command: opens it, says where, and keeps it open until it is interrupted.</summary>
public static class ExchangeProgram
{
    private const int Failed = 1;
    private const int BadUsage = 2;
    private const int UsualPort = 9_443;
    private const string FaultsOfSeed = "seed:";
    private static readonly TimeSpan KeepEvery = TimeSpan.FromSeconds(1);

    private static readonly Option<int?> Port = Number("--port", $"port on loopback ({UsualPort}); 0: a free one", 0, 65_535);

    private static readonly Option<DirectoryInfo?> Data = new("--data") { Description = "folder of kline files or raw depth recordings to replay, instead of a generated market" };

    private static readonly Option<long?> Seed = Number("--seed", "seed of the generated market (1)", 0, long.MaxValue);

    private static readonly Option<int?> Symbols = Number(
        "--symbols", "so many generated symbols, one of every kind that the exchange lists among them, instead of twelve", 25, 2_000);

    private static readonly Option<double?> Speed = Number("--speed", "market time per wall time (1)", 0.1, 100_000);

    private static readonly Option<string?> From = new("--from") { Description = "first live moment of the market, UTC (now)" };

    private static readonly Option<FileInfo?> State = new("--state") { Description = "file that keeps how far a generated market is: the next start goes on there" };

    private static readonly Option<string?> Faults = new("--faults") { Description = "fault script (docs/simulator.md), or seed:N for a bad day of that seed" };

    private static readonly Option<bool> Wait = new("--wait-for-readers") { Description = "market time waits for slow stream readers instead of cutting them" };

    private static readonly Option<bool> Json = new("--json") { Description = "print one JSON object and nothing else" };

    /// <param name="name">The command's name.</param>
    public static Command CreateCommand(string name) => Fill(new(name, "a simulated Binance USDT-M futures exchange on loopback"));

    /// <summary>Gives a command the options and the action of the exchange.</summary>
    public static Command Fill(Command command)
    {
        foreach (var option in (Option[])[Port, Data, Seed, Symbols, Speed, From, State, Faults, Wait, Json]) command.Options.Add(option);
        command.SetAction((parsed, cancel) => RunAsync(parsed, TimeProvider.System, cancel));
        return command;
    }

    private static Option<T?> Number<T>(string name, string description, T min, T max)
        where T : struct, INumber<T> => new(name)
        {
            Description = $"{description}, {min} to {max}",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
                    return number;
                result.AddError($"{name} was '{text}'; a number from {min} to {max} is allowed");
                return null;
            },
        };

    private static async Task<int> RunAsync(ParseResult parsed, TimeProvider time, CancellationToken cancel)
    {
        using var logs = LoggerFactory.Create(builder => builder
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)   // stdout is for results
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)   // a taken port is said below, in one sentence
            .SetMinimumLevel(LogLevel.Warning));
        SimulatedExchange exchange;
        MarketMemory? memory;
        try
        {
            memory = MemoryOf(parsed, time);
            exchange = await SimulatedExchange.StartAsync(memory?.GoOn(OptionsOf(parsed)) ?? OptionsOf(parsed), time, logs, cancel);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or FormatException or ArgumentException or InvalidDataException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(Sentence(wrong, parsed.GetValue(Port) ?? UsualPort));
            return BadUsage;
        }

        await using (exchange)
        {
            var output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync(parsed.GetValue(Json) ? ToJson(exchange).ToJsonString() : Describe(exchange));
            await output.FlushAsync(CancellationToken.None);
            if (memory is null) await Task.WhenAny(exchange.Completion, Task.Delay(Timeout.Infinite, cancel));
            else await KeepAsync(exchange, memory, parsed.GetValue(State)!.FullName, time, cancel);
            if (!exchange.Completion.IsFaulted) return 0;
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"The market stopped: {exchange.Completion.Exception.GetBaseException().Message}");
        }

        return Failed;
    }

    /// <summary>Writes down how far the market is, until it ends or is ended: what a kill leaves is a second old.</summary>
    private static async Task KeepAsync(SimulatedExchange exchange, MarketMemory memory, string path, TimeProvider time, CancellationToken cancel)
    {
        Task? over = null;
        while (over != exchange.Completion && !cancel.IsCancellationRequested)
        {
            (memory with { NowMs = exchange.NowMs }).Write(path);
            over = await Task.WhenAny(exchange.Completion, Task.Delay(KeepEvery, time, cancel));
        }

        (memory with { NowMs = exchange.NowMs }).Write(path);
    }

    /// <summary>The market of <c>--state</c>, a new one where the file is not there; null where nobody asked for one.</summary>
    private static MarketMemory? MemoryOf(ParseResult parsed, TimeProvider time)
    {
        if (parsed.GetValue(State) is not { } file) return null;
        if (parsed.GetValue(Data) is not null) throw new FormatException("--state keeps a generated market; --data has its own");
        var (seed, symbols, from) = (parsed.GetValue(Seed), parsed.GetValue(Symbols), TimeOf(parsed.GetValue(From)));
        if (MarketMemory.Read(file.FullName) is not { } known)
            return MarketMemory.Of(seed ?? 1, symbols ?? 0, from ?? time.GetUtcNow().ToUnixTimeMilliseconds());
        var refusal = from is not null ? $"--from is for a new market; the one of --state goes on. Leave it out, or delete '{file.FullName}'" : known.Refusal(seed, symbols);
        return refusal is null ? known : throw new FormatException(refusal);
    }

    private static SimulatedExchangeOptions OptionsOf(ParseResult parsed) => new()
    {
        Port = parsed.GetValue(Port) ?? UsualPort,
        DataFolder = parsed.GetValue(Data)?.FullName,
        Seed = parsed.GetValue(Seed) ?? 1,
        SymbolCount = parsed.GetValue(Symbols) ?? 0,
        Speed = parsed.GetValue(Speed) ?? 1,
        StartAtMs = TimeOf(parsed.GetValue(From)),
        Faults = FaultsOf(parsed.GetValue(Faults)),
        SlowReader = parsed.GetValue(Wait) ? SlowReader.Wait : SlowReader.Disconnect,
    };

    private static long? TimeOf(string? text)
    {
        if (text is null) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : throw new FormatException($"--from was '{text}'; a UTC time such as 2025-08-01T00:00:00Z is allowed");
    }

    private static FaultScript FaultsOf(string? asked)
    {
        if (asked is null) return new();
        if (!asked.StartsWith(FaultsOfSeed, StringComparison.Ordinal)) return FaultScriptFile.Read(File.ReadAllText(asked));
        return long.TryParse(asked.AsSpan(FaultsOfSeed.Length), CultureInfo.InvariantCulture, out var seed)
            ? FaultScript.OfSeed(seed)
            : throw new FormatException($"--faults was '{asked}'; a file, or seed: with a whole number is allowed");
    }

    // Kestrel says it with the address of a socket in it.
    private static string Sentence(Exception wrong, int port) =>
        wrong.GetBaseException().Message.Contains("in use", StringComparison.OrdinalIgnoreCase)
            ? $"Port {port} is in use; --port takes another one, 0 a free one"
            : wrong.Message;

    private static string Describe(SimulatedExchange exchange) => $"""
        The simulated exchange is open.
          REST      {Base(exchange.Rest)}
          streams   {Base(exchange.Streams)}, routes /public, /market and /private
          requests  {Base(exchange.Streams)}/ws-fapi/v1
          archive   {Base(exchange.Archive)}/data/futures/um
          control   {Base(exchange.Rest)}/sim/status
          account   key simulator, secret simulator
          market    {exchange.Truth.Symbols.Count} symbols at {MarketTime(exchange)}, speed {exchange.Speed.ToString(CultureInfo.InvariantCulture)}
        Ctrl-C closes it.
        """;

    private static JsonObject ToJson(SimulatedExchange exchange) => new()
    {
        ["rest"] = Base(exchange.Rest),
        ["streams"] = Base(exchange.Streams),
        ["requests"] = $"{Base(exchange.Streams)}/ws-fapi/v1",
        ["archive"] = Base(exchange.Archive),
        ["key"] = "simulator",
        ["secret"] = "simulator",
        ["symbols"] = exchange.Truth.Symbols.Count,
        ["now"] = MarketTime(exchange),
        ["speed"] = exchange.Speed,
    };

    private static string Base(Uri address) => address.ToString().TrimEnd('/');

    private static string MarketTime(SimulatedExchange exchange) =>
        DateTimeOffset.FromUnixTimeMilliseconds(exchange.NowMs).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
