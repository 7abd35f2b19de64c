using System.Net;
using System.Net.Sockets;
using FuturesBot.Engine.Tracking;
using FuturesBot.Functions.Tracking;
using FuturesBot.TestKit;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace FuturesBot.Functions.Tests;

/// <summary>The durable test host with this app's orchestrators, its JSON, and activities over what a test gives.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    private readonly DurableTaskTestHost _host;

    private TestHub(DurableTaskTestHost host, CommandLog commands) => (_host, Commands) = (host, commands);

    /// <summary>As in production, with waits that a test has time for.</summary>
    public static TaskOptions QuickRetry { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(8, TimeSpan.FromMilliseconds(20)));

    public DurableTaskClient Client => _host.Client;

    public CommandLog Commands { get; }

    /// <summary>What the kernel has committed.</summary>
    public MemorySignalStore Decided { get; set; } = new(new MemoryCandleStore());

    /// <summary>Decides what <c>TrackSignal</c> does from its next turn on: a deployment.</summary>
    public Func<TaskOrchestrationContext, TrackedSignal, Task<TrackedSignal>> Orchestrator { get; set; } =
        (context, state) => SignalOrchestrator.TrackAsync(context, state, QuickRetry);

    public static async Task<TestHub> StartAsync(Action<DurableTaskRegistry>? more = null)
    {
        // The host's web server would log every call; the app under test does not.
        Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "None");
        var commands = new CommandLog();
        TestHub? hub = null;
        var host = await DurableTaskTestHost.StartAsync(
            tasks =>
            {
                tasks.AddOrchestratorFunc<TrackedSignal, TrackedSignal>(
                    nameof(SignalOrchestrator.TrackSignal), (context, state) => hub!.Orchestrator(context, state));
                tasks.AddActivityFunc<EffectOrder>(
                    nameof(SignalActivities.CarryOut), (_, order) => TrackingEffects.CarryOutAsync(order, commands));
                tasks.AddActivityFunc<MovesAsk, MissedMoves>(
                    nameof(SignalActivities.ReadMoves), (_, ask) => StoredMoves.ReadAsync(hub!.Decided, ask));
                more?.Invoke(tasks);
            },
            new DurableTaskTestHostOptions
            {
                Port = FreePort(),
                ConfigureServices = services =>
                {
                    services.Configure<DurableTaskWorkerOptions>(options => options.DataConverter = new LikeFunctions());
                    services.Configure<DurableTaskClientOptions>(options => options.DataConverter = new LikeFunctions());
                },
            });
        hub = new(host, commands);
        return hub;
    }

    /// <inheritdoc cref="DurableWaits.SeeAsync"/>
    public Task<TrackingStatus> SeeAsync(string id, Func<TrackingStatus, bool> wanted, CancellationToken cancel) => Client.SeeAsync(id, wanted, cancel);

    /// <inheritdoc cref="DurableWaits.EndOfAsync"/>
    public Task<OrchestrationMetadata> EndOfAsync(string id, CancellationToken cancel) => Client.EndOfAsync(id, cancel);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
