using FuturesBot.Functions.Wiring;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FuturesBot.Functions.Http;

/// <summary>For whoever deploys: does it run, and does it reach its storage.</summary>
public sealed class Health(Parts parts)
{
    [Function(nameof(ReadLiveness))]
    public static IResult ReadLiveness([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request) =>
        Results.Text("live");

    /// <summary>Reads one row; a storage that cannot be reached fails the request, and its reason is in the log, not in the answer.</summary>
    [Function(nameof(ReadReadiness))]
    public async Task<IResult> ReadReadiness([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequest request, CancellationToken cancel)
    {
        var head = await (await parts.StorageAsync(cancel)).Log.HeadAsync(parts.Shard, cancel);
        return Results.Text(head is null ? "ready, no market yet" : "ready");
    }
}
