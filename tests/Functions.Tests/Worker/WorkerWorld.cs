using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Tests.AzureStorage;
using FuturesBot.Engine.Sharding;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Functions.Tests.Worker;

/// <summary>Azurite, a task hub, and the app's worker between them.</summary>
public sealed class WorkerWorld : IAsyncLifetime
{
    public const string Secret = "only-telegram_knows-this";
    private WorkerHost? _host;
    private WorkerHub? _hub;

    public AzuriteServer Azurite { get; } = new();

    /// <summary>The worker; skips the test where Azurite cannot be had.</summary>
    internal WorkerHost Host
    {
        get
        {
            _ = Azurite.Account;
            return _host!;
        }
    }

    internal WorkerHub Hub => _hub!;

    /// <summary>Application settings as they would be on a developer's machine.</summary>
    public Dictionary<string, string> Settings() => new()
    {
        ["Storage"] = "UseDevelopmentStorage=true",
        ["TASKHUB_NAME"] = "futuresbot",
        ["FUTURESBOT__STORAGE__KIND"] = "azurite",
        ["FUTURESBOT__STORAGE__BLOB_PORT"] = $"{Azurite.BlobPort}",
        ["FUTURESBOT__STORAGE__QUEUE_PORT"] = $"{Azurite.QueuePort}",
        ["FUTURESBOT__STORAGE__TABLE_PORT"] = $"{Azurite.TablePort}",
        ["TELEGRAM_WEBHOOK_SECRET"] = Secret,
    };

    /// <summary>
    /// Publishes the first closing times of the small market as the sidecar would; its stored past goes before. 0: the market is there, with
    /// what other tests have published of it.
    /// </summary>
    public async Task<IReadOnlyList<MarketBatch>> PublishAsync(int count, CancellationToken cancel)
    {
        var account = Azurite.Account;
        using (var store = await AzureStore.OpenBesideKernelAsync(account, cancel: cancel)) await SmallMarket.StoreAsync(store, SmallMarket.LiveMs, cancel);
        using var writer = await ShardWriter.TakeAsync(account, "futuresbot", "main", TimeProvider.System, NullLogger.Instance, cancel: cancel);
        if (count > 0 || writer.Head.Number == 0) await writer.BeginAsync(SmallMarket.Setup, cancel);
        var published = new List<MarketBatch>();
        foreach (var batch in SmallMarket.Batches(count)) published.Add(await writer.PublishAsync(batch, cancel));
        return published;
    }

    /// <summary>Takes every command off the queue, and gives those that are wanted: others are left over from other tests.</summary>
    public async Task<IReadOnlyList<CommandMessage>> CommandsAsync(Func<SidecarCommand, bool> wanted, CancellationToken cancel)
    {
        var queue = Azurite.Account.Queue(MarketNames.Commands);
        await queue.CreateAsync(cancel);
        var commands = new List<CommandMessage>();
        while (await queue.ReceiveAsync(32, TimeSpan.FromMinutes(5), cancel) is { Count: > 0 } received)
        {
            foreach (var message in received)
            {
                commands.Add(ShardJson.ReadCommand(message.Body.Span));
                await queue.DeleteAsync(message, cancel);
            }
        }

        return [.. commands.Where(one => wanted(one.Command))];
    }

    public async ValueTask InitializeAsync()
    {
        await Azurite.InitializeAsync();
        if (Azurite.TablePort == 0) return;
        _hub = await WorkerHub.StartAsync();
        _host = await WorkerHost.StartAsync(Settings(), _hub.Address, CancellationToken.None);
        _hub.ServeBy(_host);
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null) await _hub.DisposeAsync();
        if (_host is not null) await _host.DisposeAsync();
        await Azurite.DisposeAsync();
    }
}
