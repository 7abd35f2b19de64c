using FuturesBot.Adapters.Tests.AzureStorage;
using FuturesBot.Functions.Tracking;
using Xunit;

namespace FuturesBot.Functions.Tests.Worker;

/// <summary>Azurite, the durable test host, and the app's worker between them.</summary>
public sealed class WorkerWorld : IAsyncLifetime
{
    public const string Secret = "only-telegram_knows-this";
    private WorkerHost? _host;
    private TestHub? _hub;

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

    internal TestHub Hub => _hub!;

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

    public async ValueTask InitializeAsync()
    {
        await Azurite.InitializeAsync();
        if (Azurite.TablePort == 0) return;
        _hub = await TestHub.StartAsync();
        _host = await WorkerHost.StartAsync(Settings(), _hub.Address, CancellationToken.None);
        _hub.CarryOut = order => _host.InvokeAsync(nameof(SignalActivities.CarryOut), new() { Json = new LikeFunctions().Serialize(order) });
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        if (_hub is not null) await _hub.DisposeAsync();
        await Azurite.DisposeAsync();
    }
}
