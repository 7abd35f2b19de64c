using FuturesBot.Engine.Sharding;
using FuturesBot.Functions.Wiring;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FuturesBot.Functions.Market;

/// <summary>Runs the kernel over a batch of closed candles and level crossings.</summary>
public sealed class MarketEvents(Parts parts)
{
    /// <summary>
    /// A message that fails comes again; on its last try it is kept with the reason before the host moves it to the poison queue.
    /// </summary>
    [Function(nameof(MarketEvents))]
    public async Task Run(
        [QueueTrigger(MarketEventsDesk.Queue, Connection = FunctionsSettings.QueueConnection)] BinaryData body,
        string id, long dequeueCount, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        var desk = await parts.MarketEventsAsync(client, cancel);
        await desk.HandleAsync(body.ToMemory(), id, dequeueCount, cancel);
    }
}
