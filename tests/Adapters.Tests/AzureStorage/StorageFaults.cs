using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using FuturesBot.Adapters.AzureStorage;

namespace FuturesBot.Adapters.Tests.AzureStorage;

/// <summary>
/// Stands between the client and the service, behind the retries: requests can be held up, refused, or carried out without their answer
/// arriving, as a network does it that breaks off on the way back.
/// </summary>
public sealed class StorageFaults : HttpPipelinePolicy
{
    private readonly Lock _gate = new();
    private readonly List<Rule> _rules = [];

    /// <summary>The account, spoken to through these faults.</summary>
    /// <param name="account">Where.</param>
    /// <param name="retries">Tries after the first; the client's own number when null.</param>
    public StorageAccount Of(StorageAccount account, int? retries = null)
    {
        var options = new StorageClientOptions();
        options.Retry.Delay = TimeSpan.FromMilliseconds(10);
        if (retries is { } some) options.Retry.MaxRetries = some;
        options.AddPolicy(this, HttpPipelinePosition.BeforeTransport);
        return new(account.Endpoints, StorageCredential.Azurite, options);
    }

    /// <summary>The next so many requests of the kind are carried out, and nobody hears of it.</summary>
    public void LoseAnswers(Func<Request, bool> of, int count) => Add(new(of, count, Loses: true, Gate: null));

    /// <summary>Requests of the kind do not leave until this is disposed of.</summary>
    public IDisposable Refuse(Func<Request, bool> of)
    {
        var rule = new Rule(of, int.MaxValue, Loses: false, Gate: null);
        Add(rule);
        return new Undo(() => Remove(rule));
    }

    /// <summary>The next request of the kind waits, and says so, until it is let go.</summary>
    public Held Hold(Func<Request, bool> of)
    {
        var held = new Held();
        Add(new(of, 1, Loses: false, held));
        return held;
    }

    /// <summary>A transaction of a table.</summary>
    public static bool IsTransaction(Request request) => request.Uri.Path.EndsWith("/$batch", StringComparison.Ordinal);

    /// <summary>A message for a queue.</summary>
    public static bool IsMessage(Request request) =>
        request.Method == RequestMethod.Post && request.Uri.Path.EndsWith("/messages", StringComparison.Ordinal);

    /// <summary>A change of rows of a partition.</summary>
    public static bool Changes(Request request, string partition)
    {
        if (request.Method == RequestMethod.Get) return false;
        using var body = new MemoryStream();
        request.Content?.WriteTo(body, CancellationToken.None);
        return Uri.UnescapeDataString(request.Uri + Encoding.UTF8.GetString(body.ToArray())).Contains($"PartitionKey='{partition}'", StringComparison.Ordinal);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The client is asynchronous");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Take(message.Request) is not { } rule)
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        if (rule.Gate is { } gate) await gate.PassAsync(message.CancellationToken);
        else if (!rule.Loses) throw new IOException("The request did not leave");
        await ProcessNextAsync(message, pipeline);
        if (!rule.Loses) return;
        message.Response.Dispose();
        throw new IOException("The answer was lost");
    }

    private void Add(Rule rule)
    {
        lock (_gate) _rules.Add(rule);
    }

    private void Remove(Rule rule)
    {
        lock (_gate) _rules.Remove(rule);
    }

    private Rule? Take(Request request)
    {
        lock (_gate)
        {
            var rule = _rules.Find(one => one.Of(request));
            if (rule is not null && --rule.Left == 0) _rules.Remove(rule);
            return rule;
        }
    }

    /// <summary>A request that waits.</summary>
    public sealed class Held
    {
        private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Ends when the request is there and waits.</summary>
        public Task Arrived => _arrived.Task;

        public void LetGo() => _go.TrySetResult();

        internal Task PassAsync(CancellationToken cancel)
        {
            _arrived.TrySetResult();
            return _go.Task.WaitAsync(cancel);
        }
    }

    private sealed record Rule(Func<Request, bool> Of, int Count, bool Loses, Held? Gate)
    {
        public int Left { get; set; } = Count;
    }

    private sealed class Undo(Action undo) : IDisposable
    {
        public void Dispose() => undo();
    }
}
