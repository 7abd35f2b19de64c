using System.Collections.Concurrent;
using FuturesBot.Functions.Tests.Worker.Protocol;
using Grpc.Core;

namespace FuturesBot.Functions.Tests.Worker;

/// <summary>The host's end of the one stream between it and its worker.</summary>
internal sealed class WorkerSession : IDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = new();
    private readonly ConcurrentQueue<RpcLog> _log = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IServerStreamWriter<StreamingMessage>? _worker;

    /// <summary>Ends when the worker has called.</summary>
    public Task Started => _started.Task;

    public IReadOnlyCollection<RpcLog> Log => _log;

    public void Dispose() => _turn.Dispose();

    public async Task SendAsync(StreamingMessage message)
    {
        await _turn.WaitAsync();
        try
        {
            await _worker!.WriteAsync(message);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Sends, and waits for the answer.</summary>
    /// <param name="id">Of the request or the invocation.</param>
    public async Task<StreamingMessage> AskAsync(string id, StreamingMessage message, TimeSpan patience)
    {
        message.RequestId = id;
        var answer = _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(message);
        return await answer.Task.WaitAsync(patience);
    }

    private async Task ListenAsync(IAsyncStreamReader<StreamingMessage> said, IServerStreamWriter<StreamingMessage> worker, CancellationToken cancel)
    {
        _worker = worker;
        try
        {
            await foreach (var message in said.ReadAllAsync(cancel)) Take(message);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The worker is gone, and with it the stream.
        }

        foreach (var open in _asked.Values) open.TrySetException(new InvalidOperationException("The worker went away without an answer"));
    }

    private void Take(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                _started.TrySetResult();
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                _log.Enqueue(message.RpcLog);
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                Answer(message.InvocationResponse.InvocationId, message);
                break;
            default:
                Answer(message.RequestId, message);
                break;
        }
    }

    private void Answer(string id, StreamingMessage message)
    {
        if (_asked.TryRemove(id, out var asked)) asked.TrySetResult(message);
    }

    /// <summary>Where the worker calls.</summary>
    internal sealed class Door(WorkerSession session) : FunctionRpc.FunctionRpcBase
    {
        public override Task EventStream(
            IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context) =>
            session.ListenAsync(requestStream, responseStream, context.CancellationToken);
    }
}
