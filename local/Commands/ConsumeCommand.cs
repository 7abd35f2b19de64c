using System.CommandLine;
using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Logs;
using FuturesBot.Local.Consuming;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Local.Commands;

/// <summary>
/// <c>consume</c>: what the Azure functions do, in one process beside a sidecar: the kernel over the market's queue, the signals'
/// orchestrations, the timers.
/// </summary>
internal static class ConsumeCommand
{
    private const int Failed = 1;
    private const int BadUsage = 2;

    public static Command Create()
    {
        var storage = new Option<string>("--storage") { Description = "azurite or azure; which account, the settings under 'storage' say", DefaultValueFactory = _ => "azurite" };
        storage.AcceptOnlyFromAmong("azurite", "azure");
        var config = Configured.Option();
        var command = new Command("consume", "decides over a sidecar's batches: what the Azure functions do, in one process") { storage, config };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(storage)!, parsed.GetValue(config), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string storage, FileInfo? config, CancellationToken cancel)
    {
        BotOptions bot;
        try
        {
            bot = Configured.Load(config);
        }
        catch (ConfigurationException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return BadUsage;
        }

        bot = bot with { Storage = bot.Storage with { Kind = Enum.Parse<StorageKind>(storage, ignoreCase: true) } };
        if (await StorageAccounts.FaultAsync(bot.Storage, cancel) is { } fault)
        {
            await Console.Error.WriteLineAsync(fault);
            return BadUsage;
        }

        using var files = HostLogs.Open(bot.Logs);
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft", LogLevel.Warning).AddProvider(files));
        await Console.Error.WriteLineAsync($"Deciding over the batches of shard '{bot.Sidecar.Shard}'; logs in {Path.GetFullPath(bot.Logs.Folder)}");
        try
        {
            await new ConsumeSession(bot, loggers, TimeProvider.System).RunAsync(cancel);
            return 0;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return 0;   // asked to end before it had begun
        }
        catch (Exception e) when (e is StorageException or InvalidDataException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
    }
}
