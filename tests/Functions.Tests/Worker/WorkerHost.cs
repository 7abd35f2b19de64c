using System.Diagnostics;
using System.Net;
using System.Text.Json;
using FuturesBot.Functions.Tests.Worker.Protocol;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Functions.Tests.Worker;

/// <summary>
/// A stand-in of the Functions host for one worker: starts the built app as a process, speaks the host's protocol with it over gRPC and,
/// for HTTP triggers, hands requests on as the host does.
/// </summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    /// <summary>A start that takes longer is one that Azure ends too, after 15 s; here others run beside it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static int _numbers;

    private readonly WebApplication _web;
    private readonly Process _process;
    private readonly WorkerSession _session;
    private readonly Task<string> _errors;
    private readonly HttpClient _http = new() { Timeout = Patience };
    private Uri? _proxy;

    private WorkerHost(WebApplication web, Process process, WorkerSession session)
    {
        (_web, _process, _session) = (web, process, session);
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What the worker says it can do.</summary>
    public IReadOnlyDictionary<string, string> Capabilities { get; private set; } = new Dictionary<string, string>();

    /// <summary>The app's functions by name.</summary>
    public IReadOnlyDictionary<string, RpcFunctionMetadata> Functions { get; private set; } = new Dictionary<string, RpcFunctionMetadata>();

    /// <summary>Lines of the log that the worker sent to its host.</summary>
    public IReadOnlyCollection<RpcLog> Log => _session.Log;

    /// <summary>Address of the durable extension, which is another server in the real host too.</summary>
    public string? Durable { get; init; }

    /// <summary>Starts the app, and loads all of its functions.</summary>
    /// <param name="settings">Its application settings.</param>
    /// <param name="durable">Where durable clients are to speak to; null: functions with one cannot be invoked.</param>
    public static async Task<WorkerHost> StartAsync(IReadOnlyDictionary<string, string> settings, string? durable, CancellationToken cancel)
    {
        var session = new WorkerSession();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(session);
        var web = builder.Build();
        web.MapGrpcService<WorkerSession.Door>();
        await web.StartAsync(cancel);
        var host = new WorkerHost(web, Start(settings, web.Urls.First()), session) { Durable = durable };
        try
        {
            await host.LoadAsync(cancel);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the app alone and waits until it ends by itself.</summary>
    public static async Task<(int Code, string Errors)> RunAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancel)
    {
        using var process = Start(settings, "http://127.0.0.1:1");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            var errors = await process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Invokes a function; the answer, whatever it is.</summary>
    /// <param name="name">Of the function.</param>
    /// <param name="trigger">What its trigger brings.</param>
    /// <param name="metadata">What the trigger says beside it.</param>
    /// <param name="traceParent">Context of the host's own span.</param>
    /// <param name="id">Of the invocation; null: a new one.</param>
    public async Task<InvocationResponse> TryInvokeAsync(
        string name, TypedData trigger, IReadOnlyDictionary<string, TypedData>? metadata = null, string? traceParent = null, string? id = null)
    {
        var function = Functions[name];
        var request = new InvocationRequest
        {
            InvocationId = id ?? FreshId(),
            FunctionId = function.FunctionId,
            TraceContext = new() { TraceParent = traceParent ?? "" },
        };
        foreach (var (key, value) in metadata ?? new Dictionary<string, TypedData>()) request.TriggerMetadata[key] = value;
        foreach (var (parameter, binding) in function.Bindings.Where(one => one.Value.Direction == BindingInfo.Types.Direction.In))
            request.InputData.Add(new ParameterBinding { Name = parameter, Data = binding.Type == "durableClient" ? Client() : trigger });
        return (await _session.AskAsync(request.InvocationId, new() { InvocationRequest = request }, Patience)).InvocationResponse;
    }

    /// <summary>Invokes a function that must succeed.</summary>
    public async Task<InvocationResponse> InvokeAsync(string name, TypedData trigger, string? traceParent = null)
    {
        var response = await TryInvokeAsync(name, trigger, traceParent: traceParent);
        if (response.Result.Status != StatusResult.Types.Status.Success)
            throw new InvalidOperationException($"{name} failed: {response.Result.Exception?.Type} {response.Result.Exception?.Message}");
        return response;
    }

    /// <summary>Invokes a function by timer.</summary>
    public Task<InvocationResponse> FireAsync(string name, string? traceParent = null) =>
        InvokeAsync(name, new() { Json = """{"schedule":{"adjustForDST":true},"scheduleStatus":null,"isPastDue":false}""" }, traceParent);

    /// <summary>Invokes a function by a message of a queue.</summary>
    /// <param name="body">As the host has decoded it.</param>
    /// <param name="id">Of the message.</param>
    /// <param name="deliveries">How often it came.</param>
    public Task<InvocationResponse> DeliverAsync(string name, ReadOnlySpan<byte> body, string id, long deliveries = 1)
    {
        var text = System.Text.Encoding.UTF8.GetString(body);
        var message = JsonSerializer.SerializeToUtf8Bytes(new { MessageId = id, PopReceipt = "receipt", MessageText = text, DequeueCount = deliveries });
        var data = new ModelBindingData { Version = "1.0", Source = "AzureStorageQueues", ContentType = "application/json", Content = ByteString.CopyFrom(message) };
        return TryInvokeAsync(
            name, new() { ModelBindingData = data },
            new Dictionary<string, TypedData> { ["Id"] = new() { String = id }, ["DequeueCount"] = new() { Json = JsonSerializer.Serialize(deliveries) } });
    }

    /// <summary>Sends a request for a function as the host does: the invocation by gRPC, the request itself to the worker's own server.</summary>
    public async Task<(HttpStatusCode Status, string Body)> RequestAsync(
        string name, HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        var id = FreshId();
        using var request = new HttpRequestMessage(method, new Uri(_proxy!, path));
        request.Headers.Add("x-ms-invocation-id", id);
        foreach (var (header, value) in headers) request.Headers.Add(header, value);
        if (body is not null) request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var trigger = new TypedData { Http = new() { Method = method.Method, Url = request.RequestUri!.ToString() } };
        var invoking = TryInvokeAsync(name, trigger, RouteOf(Functions[name], path), id: id);
        using var answer = await _http.SendAsync(request);
        var response = await invoking;
        if (response.Result.Status != StatusResult.Types.Status.Success)
            throw new InvalidOperationException($"{name} failed: {response.Result.Exception?.Type} {response.Result.Exception?.Message}");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Asks the worker to end, as the host does; its exit code.</summary>
    public async Task<int> EndAsync(CancellationToken cancel)
    {
        await _session.SendAsync(new() { WorkerTerminate = new() });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        await _web.DisposeAsync();
        _session.Dispose();
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        var ended = _process.WaitForExitAsync(cancel);
        if (await Task.WhenAny(_session.Started, ended).WaitAsync(Patience, cancel) == ended)
            throw new InvalidOperationException($"The worker ended with code {_process.ExitCode}: {await _errors}");
        var folder = Folder();
        var init = new WorkerInitRequest { HostVersion = "4.1045.0", WorkerDirectory = folder, FunctionAppDirectory = folder };
        foreach (var capability in (string[])["RpcHttpTriggerMetadataRemoved", "EnableHttpProxying"]) init.Capabilities[capability] = "true";
        var made = (await _session.AskAsync(FreshId(), new() { WorkerInitRequest = init }, Patience)).WorkerInitResponse;
        Capabilities = made.Capabilities;
        _proxy = made.Capabilities.TryGetValue("HttpUri", out var address) ? new(address) : null;
        var asked = new FunctionsMetadataRequest { FunctionAppDirectory = folder };
        var metadata = (await _session.AskAsync(FreshId(), new() { FunctionsMetadataRequest = asked }, Patience)).FunctionMetadataResponse;
        if (metadata.Result.Status != StatusResult.Types.Status.Success) throw new InvalidOperationException($"No functions: {metadata.Result.Exception.Message}");
        Functions = metadata.FunctionMetadataResults.ToDictionary(function => function.Name, StringComparer.Ordinal);
        foreach (var function in Functions.Values)
        {
            var load = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function };
            var loaded = (await _session.AskAsync(FreshId(), new() { FunctionLoadRequest = load }, Patience)).FunctionLoadResponse;
            if (loaded.Result.Status != StatusResult.Types.Status.Success)
                throw new InvalidOperationException($"{function.Name} could not be loaded: {loaded.Result.Exception.Message}");
        }
    }

    /// <summary>The values of a route's places, which the host sends beside the trigger.</summary>
    private static Dictionary<string, TypedData> RouteOf(RpcFunctionMetadata function, string path)
    {
        using var binding = JsonDocument.Parse(function.RawBindings.First(raw => raw.Contains("httpTrigger", StringComparison.Ordinal)));
        return binding.RootElement.GetProperty("route").GetString()!.Split('/').Zip(path.Split('?')[0].Split('/'))
            .Where(part => part.First is ['{', .., '}'])
            .ToDictionary(part => part.First[1..^1], part => new TypedData { String = Uri.UnescapeDataString(part.Second) });
    }

    private TypedData Client() => new()
    {
        String = JsonSerializer.Serialize(new
        {
            rpcBaseUrl = Durable ?? throw new InvalidOperationException("This host was started without a durable extension"),
            taskHubName = "futuresbot",
            connectionName = "AzureWebJobsStorage",
            requiredQueryStringParameters = "",
            httpBaseUrl = "http://127.0.0.1:1",
            maxGrpcMessageSizeInBytes = int.MaxValue,
            grpcHttpClientTimeout = "\"00:01:40\"",   // JSON within JSON: so the extension writes it
        }),
    };

    private static string FreshId() => $"{Interlocked.Increment(ref _numbers):x8}-0000-4000-8000-000000000000";

    private static Process Start(IReadOnlyDictionary<string, string> settings, string host)
    {
        var start = new ProcessStartInfo("dotnet", [
            Path.Combine(Folder(), "FuturesBot.Functions.dll"), "--functions-uri", host, "--functions-worker-id", "worker-1",
            "--functions-request-id", "start-1", "--functions-grpc-max-message-length", $"{int.MaxValue}",
        ])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToArray()) start.Environment.Remove(name);
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = Folder();
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    // What this machine, or another test, happens to have set must not reach the app.
    private static bool IsSetting(string name) =>
        name.StartsWith("FUTURESBOT", StringComparison.Ordinal) || name.StartsWith("TELEGRAM", StringComparison.Ordinal)
        || name.StartsWith("OTEL", StringComparison.Ordinal) || name.StartsWith("Logging", StringComparison.Ordinal) || name.StartsWith("APPLICATIONINSIGHTS", StringComparison.Ordinal)
        || name.StartsWith("Storage", StringComparison.Ordinal) || name is "TASKHUB_NAME" or "AZURE_CLIENT_ID";

    /// <summary>Where the app was built to, in the configuration of these tests.</summary>
    public static string Folder()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        for (var at = here; at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Serverless.sln")))
                return Path.Combine(at.FullName, "functions", "bin", here.Parent!.Name, here.Name);
        }

        throw new DirectoryNotFoundException("Serverless.sln is not above the tests");
    }
}
