using FuturesBot.Adapters.AzureStorage.Queues;
using FuturesBot.Engine.Sharding;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>
/// What a queue trigger does, as a loop: gives the messages of the market's queue to the desk, one after the other. What fails becomes
/// visible again after a while; after its tries it lies on the shelf and leaves the queue. While the shelf is away it stays.
/// </summary>
public sealed partial class MarketConsumer(QueueClient queue, MarketEventsDesk desk, TimeProvider time, ILogger log)
{
    private const int ReceiveMax = 16;
    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(5);

    /// <summary>Makes the queue; one that is there is fine.</summary>
    public Task CreateAsync(CancellationToken cancel = default) => queue.CreateAsync(cancel);

    /// <summary>Works until it is cancelled; the message in hand is finished first.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            var wait = Idle;
            try
            {
                var received = await queue.ReceiveAsync(ReceiveMax, Hidden, cancel);
                foreach (var message in received)
                {
                    if (cancel.IsCancellationRequested) break;   // the rest becomes visible again
                    await TakeAsync(message, CancellationToken.None);
                }

                if (received.Count > 0) continue;
            }
            catch (StorageException away)
            {
                LogAway(log, away, queue.Name);
                wait = Away;
            }

            await Task.Delay(wait, time, cancel);
        }
    }

    private async Task TakeAsync(QueueMessage message, CancellationToken cancel)
    {
        try
        {
            await desk.HandleAsync(message.Body, message.Id, message.Deliveries, cancel);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            LogFailed(log, fault, message.Id, message.Deliveries);
            if (message.Deliveries < MarketEventsDesk.TriesMax || fault is NotShelvedException)
            {
                await queue.HideAsync(message, Again, cancel);
                return;
            }
        }

        await queue.DeleteAsync(message, cancel);
    }

    [LoggerMessage(4301, LogLevel.Warning, "Queue {Queue} cannot be read; it is tried again")]
    private static partial void LogAway(ILogger log, Exception fault, string queue);

    [LoggerMessage(4302, LogLevel.Error, "Message {Id} could not be taken in, try {Try}")]
    private static partial void LogFailed(ILogger log, Exception fault, string id, int @try);
}
