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

    private TestHub(DurableTaskTestHost host, CommandLog commands, int port)
    {
        (_host, Commands, Address) = (host, commands, $"http://localhost:{port}");
        CarryOut = order => TrackingEffects.CarryOutAsync(order, commands);
    }

    /// <summary>As in production, with waits that a test has time for.</summary>
    public static TaskOptions QuickRetry { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(8, TimeSpan.FromMilliseconds(20)));

    public DurableTaskClient Client => _host.Client;

    public CommandLog Commands { get; }

    /// <summary>What the kernel has committed.</summary>
    public MemorySignalStore Decided { get; } = new(new MemoryCandleStore());

    /// <summary>Where durable clients of other processes reach it.</summary>
    public string Address { get; }

    /// <summary>Carries an effect out; into <see cref="Commands"/> unless a test says otherwise.</summary>
    public Func<EffectOrder, Task> CarryOut { get; set; }

    /// <summary>Decides what <c>TrackSignal</c> does from its next turn on: a deployment.</summary>
    public Func<TaskOrchestrationContext, TrackedSignal, Task<TrackedSignal>> Orchestrator { get; set; } =
        (context, state) => SignalOrchestrator.TrackAsync(context, state, QuickRetry);

    public static async Task<TestHub> StartAsync(Action<DurableTaskRegistry>? more = null)
    {
        // The host's web server would log every call; the app under test does not.
        Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "None");
        var commands = new CommandLog();
        var port = FreePort();
        TestHub? hub = null;
        var host = await DurableTaskTestHost.StartAsync(
            tasks =>
            {
                tasks.AddOrchestratorFunc<TrackedSignal, TrackedSignal>(
                    nameof(SignalOrchestrator.TrackSignal), (context, state) => hub!.Orchestrator(context, state));
                tasks.AddActivityFunc<EffectOrder>(
                    nameof(SignalActivities.CarryOut), (_, order) => hub!.CarryOut(order));
                tasks.AddActivityFunc<MovesAsk, MissedMoves>(
                    nameof(SignalActivities.ReadMoves), (_, ask) => StoredMoves.ReadAsync(hub!.Decided, ask));
                more?.Invoke(tasks);
            },
            new DurableTaskTestHostOptions
            {
                Port = port,
                ConfigureServices = services =>
                {
                    services.Configure<DurableTaskWorkerOptions>(options => options.DataConverter = new LikeFunctions());
                    services.Configure<DurableTaskClientOptions>(options => options.DataConverter = new LikeFunctions());
                },
            });
        hub = new(host, commands, port);
        return hub;
    }

    /// <summary>Waits until the instance shows what is wanted of its status; fails after a minute.</summary>
    public async Task<TrackingStatus> SeeAsync(string id, Func<TrackingStatus, bool> wanted, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            var instance = await Client.GetInstanceAsync(id, getInputsAndOutputs: true, cancel);
            if (patience.IsCancellationRequested || instance?.RuntimeStatus == OrchestrationRuntimeStatus.Failed)
            {
                throw new TimeoutException(
                    $"{id} is {instance?.RuntimeStatus.ToString() ?? "not there"}, shows {instance?.SerializedCustomStatus}: {instance?.FailureDetails}");
            }

            if (instance?.SerializedCustomStatus is not null && instance.ReadCustomStatusAs<TrackingStatus>() is { } status && wanted(status)) return status;
            await Task.Delay(20, cancel);
        }
    }

    /// <summary>Waits for the end; fails after two minutes.</summary>
    public async Task<OrchestrationMetadata> EndOfAsync(string id, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        return await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
