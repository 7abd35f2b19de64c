using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using DurableTask.Core;
using FuturesBot.Functions.Tests.Worker.Protocol;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchestrationStatus = Microsoft.DurableTask.Protobuf.OrchestrationStatus;
using RpcException = FuturesBot.Functions.Tests.Worker.Protocol.RpcException;

namespace FuturesBot.Functions.Tests.Worker;

/// <summary>
/// What the durable extension is to the real host: a task hub, in memory, whose orchestrators and activities a worker runs. A turn of an
/// orchestrator goes to its trigger as the extension sends it, the history as base64 of its protocol's form, and comes back likewise.
/// </summary>
/// <remarks>
/// Each turn is run twice, as a host does that was killed before it noted the answer: both answers are kept, and the first is carried out.
/// </remarks>
internal sealed class WorkerHub : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly GrpcChannel _channel;
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<WorkerTurn> _turns = new();
    private Task _pump = Task.CompletedTask;

    private WorkerHub(WebApplication web, GrpcChannel channel, ServiceProvider services) =>
        (_web, _channel, _services, Client) = (web, channel, services, services.GetRequiredService<DurableTaskClient>());

    /// <summary>Where durable clients of other processes reach it.</summary>
    public string Address => _web.Urls.First();

    public DurableTaskClient Client { get; }

    /// <summary>All turns so far, in the order of their answers.</summary>
    public IReadOnlyList<WorkerTurn> Turns => [.. _turns];

    /// <summary>Orchestrators whose timers ring at once: a test has no minutes.</summary>
    public ConcurrentDictionary<string, bool> Hurried { get; } = new(StringComparer.Ordinal);

    /// <summary>Waited for before an activity of that name begins.</summary>
    public ConcurrentDictionary<string, Task> Gates { get; } = new(StringComparer.Ordinal);

    public static async Task<WorkerHub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var hub = new InMemoryOrchestrationService(null);
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<IOrchestrationService>(hub).AddSingleton<IOrchestrationServiceClient>(hub).AddSingleton<TaskHubGrpcServer>();
        var web = builder.Build();
        web.MapGrpcService<TaskHubGrpcServer>();
        await web.StartAsync();
        var channel = GrpcChannel.ForAddress(web.Urls.First());
        var services = new ServiceCollection().AddLogging();
        services.Configure<DurableTaskClientOptions>(options => options.DataConverter = new LikeFunctions());
        services.AddDurableTaskClient(client =>
        {
            client.UseGrpc(channel);
            client.RegisterDirectly();
        });
        return new(web, channel, services.BuildServiceProvider());
    }

    /// <summary>Has a worker run what falls due, from now on.</summary>
    public void ServeBy(WorkerHost worker) => _pump = Task.Run(() => PumpAsync(worker));

    /// <summary>Gives a worker one turn of an orchestrator; nothing of its answer is carried out.</summary>
    /// <exception cref="InvalidOperationException">The trigger failed, or its answer is none.</exception>
    public static async Task<OrchestratorResponse> AskAsync(WorkerHost worker, string name, OrchestratorRequest request)
    {
        var answer = await worker.InvokeAsync(name, new() { String = Convert.ToBase64String(request.ToByteArray()) });
        if (answer.ReturnValue is not { DataCase: TypedData.DataOneofCase.String } encoded)
            throw new InvalidOperationException($"{name} answered with {answer.ReturnValue?.DataCase}; a string is needed");
        return OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(encoded.String));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _services.DisposeAsync();
        _channel.Dispose();
        await _web.DisposeAsync();
        _stop.Dispose();
    }

    private async Task PumpAsync(WorkerHost worker)
    {
        var hub = new TaskHubSidecarService.TaskHubSidecarServiceClient(_channel);
        using var items = hub.GetWorkItems(new(), cancellationToken: _stop.Token);
        var works = new List<Task>();
        await foreach (var item in items.ResponseStream.ReadAllAsync(_stop.Token))
        {
            works.RemoveAll(work => work.IsCompletedSuccessfully);
            works.Add(item.OrchestratorRequest is { } turn ? TurnAsync(hub, worker, turn) : WorkAsync(hub, worker, item.ActivityRequest));
        }

        await Task.WhenAll(works);
    }

    private async Task TurnAsync(TaskHubSidecarService.TaskHubSidecarServiceClient hub, WorkerHost worker, OrchestratorRequest request)
    {
        await Task.Yield();
        OrchestratorResponse answer;
        try
        {
            var name = request.PastEvents.Concat(request.NewEvents).First(happened => happened.ExecutionStarted is not null).ExecutionStarted.Name;
            answer = await AskAsync(worker, name, request);
            _turns.Enqueue(new(name, request, answer.Clone(), await AskAsync(worker, name, request)));
            if (Hurried.ContainsKey(name)) Hurry(answer);
        }
        catch (Exception e)
        {
            // As the extension does with a function that fails: the instance has failed, and says why.
            answer = new() { InstanceId = request.InstanceId };
            answer.Actions.Add(new OrchestratorAction
            {
                Id = -1,
                CompleteOrchestration = new()
                {
                    OrchestrationStatus = OrchestrationStatus.Failed,
                    FailureDetails = new() { ErrorType = e.GetType().FullName, ErrorMessage = e.Message },
                },
            });
        }

        await hub.CompleteOrchestratorTaskAsync(answer, cancellationToken: _stop.Token);
    }

    private async Task WorkAsync(TaskHubSidecarService.TaskHubSidecarServiceClient hub, WorkerHost worker, ActivityRequest request)
    {
        await Task.Yield();
        if (Gates.TryGetValue(request.Name, out var gate)) await gate.WaitAsync(_stop.Token);
        var answer = new ActivityResponse { InstanceId = request.OrchestrationInstance.InstanceId, TaskId = request.TaskId };
        try
        {
            var response = await worker.TryInvokeAsync(request.Name, new() { String = InputOf(request) });
            if (response.Result.Status == StatusResult.Types.Status.Success) answer.Result = JsonOf(response.ReturnValue);
            else answer.FailureDetails = FailureOf(response.Result.Exception);
        }
        catch (Exception e)
        {
            answer.FailureDetails = new() { ErrorType = e.GetType().FullName, ErrorMessage = e.Message };
        }

        await hub.CompleteActivityTaskAsync(answer, cancellationToken: _stop.Token);
    }

    private static void Hurry(OrchestratorResponse answer)
    {
        foreach (var action in answer.Actions.Where(action => action.CreateTimer is not null))
            action.CreateTimer.FireAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
    }

    /// <summary>A task's arguments are a list; that of an activity has one, which is what its trigger brings.</summary>
    private static string InputOf(ActivityRequest request)
    {
        using var arguments = JsonDocument.Parse(request.Input);
        return arguments.RootElement.EnumerateArray().Single().GetRawText();
    }

    private static string? JsonOf(TypedData? value) => value?.DataCase switch
    {
        null or TypedData.DataOneofCase.None => null,
        TypedData.DataOneofCase.String => JsonSerializer.Serialize(value.String),   // a text that an activity returns is a value like others
        TypedData.DataOneofCase.Json => value.Json,
        var other => throw new InvalidOperationException($"An activity answered with {other}; a text or JSON is known here"),
    };

    /// <summary>The worker says what failed as JSON before the stack.</summary>
    private static TaskFailureDetails FailureOf(RpcException fault)
    {
        var first = fault.Message.Split('\n')[0].Trim();
        return first.StartsWith('{') ? JsonParser.Default.Parse<TaskFailureDetails>(first) : new() { ErrorType = fault.Type, ErrorMessage = fault.Message };
    }
}
