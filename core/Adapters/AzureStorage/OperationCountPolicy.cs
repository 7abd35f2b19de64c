using Azure.Core;
using Azure.Core.Pipeline;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Adapters.AzureStorage;

/// <summary>Counts each request that leaves, behind the retries: every try is billed.</summary>
internal sealed class OperationCountPolicy(StorageService service, StorageOperationCounts counts) : HttpPipelineSynchronousPolicy
{
    private readonly string _service = service.ToString().ToLowerInvariant();

    public override void OnSendingRequest(HttpMessage message)
    {
        var operation = StorageOperation.Of(service, message.Request);
        counts.Add(service, operation);
        Counts.Stored(_service, operation);
    }
}
