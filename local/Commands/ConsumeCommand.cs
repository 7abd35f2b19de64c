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
    public static Command Create()
    {
        var storage = new Option<string>("--storage") { Description = "azurite or azure; which account, the settings under 'storage' say", DefaultValueFactory = _ => "azurite" };
        storage.AcceptOnlyFromAmong("azurite", "azure");
        var config = Configured.Option();
        var command = new Command("consume", "decides over a sidecar's batches: what the Azure functions do, in one process") { storage, config };
        command.SetAction((parsed, cancel) => RunAsync(parsed, parsed.GetValue(storage)!, parsed.GetValue(config), cancel));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, string storage, FileInfo? config, CancellationToken cancel)
    {
        BotOptions bot;
        try
        {
            bot = Configured.Load(config);
        }
        catch (ConfigurationException wrong)
        {
            return parsed.Fail(wrong.Message, Invocation.BadUsage);
        }

        bot = bot with { Storage = bot.Storage with { Kind = Enum.Parse<StorageKind>(storage, ignoreCase: true) } };
        if (await StorageAccounts.FaultAsync(bot.Storage, cancel) is { } fault) return parsed.Fail(fault, Invocation.BadUsage);

        using var files = HostLogs.Open(bot.Logs);
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft", LogLevel.Warning).AddProvider(files));
        await parsed.InvocationConfiguration.Error.WriteLineAsync($"Deciding over the batches of shard '{bot.Sidecar.Shard}'; logs in {Path.GetFullPath(bot.Logs.Folder)}");
        try
        {
            await new ConsumeSession(bot, loggers, TimeProvider.System).RunAsync(cancel);
            return Invocation.Done;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return Invocation.Done;   // asked to end before it had begun
        }
        catch (Exception e) when (e is StorageException or InvalidDataException or ArgumentException)
        {
            return parsed.Fail(e.Message);
        }
    }
}
