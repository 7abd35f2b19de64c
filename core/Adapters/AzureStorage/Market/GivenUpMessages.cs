using System.Text;
using FuturesBot.Adapters.AzureStorage.Queues;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>
/// Empties the queue into which the functions' host moves what it gives up. Most of it lies on the shelf already, with the reason; what a
/// worker that died or ran out of time could not put there is put there now.
/// </summary>
/// <remarks>
/// Known by its body, because the host gives it a new id. One that somebody took off the shelf before it was looked for here comes back
/// once, without its reason.
/// </remarks>
/// <param name="queue">The host's; it holds a message for seven days.</param>
/// <param name="shelf">Where people look.</param>
/// <param name="time">Wall time.</param>
public sealed class GivenUpMessages(QueueClient queue, IPoisonShelf shelf, TimeProvider time)
{
    private const int AtOnce = 32;   // the most that a queue gives
    private const int ShelfMax = 200;
    private const int BodyMax = 60_000;   // as much as the shelf keeps

    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(1);

    /// <summary>Takes up to 32 messages off the queue; how many of them nobody had told of.</summary>
    public async Task<int> TakeAsync(CancellationToken cancel = default)
    {
        var received = await queue.ReceiveAsync(AtOnce, Hidden, cancel);
        if (received.Count == 0) return 0;
        var known = (await shelf.ReadAsync(ShelfMax, cancel)).Where(one => one.Queue == MarketNames.Events).Select(one => one.Body).ToHashSet(StringComparer.Ordinal);
        var unknown = 0;
        foreach (var message in received)
        {
            var body = Encoding.UTF8.GetString(message.Body.Span[..Math.Min(message.Body.Length, BodyMax)]);
            if (known.Add(body))
            {
                unknown++;
                Counts.Poisoned(MarketNames.Events);
                await shelf.PutAsync(
                    new(message.Id, MarketNames.Events, time.GetUtcNow().ToUnixTimeMilliseconds(), MarketEventsDesk.TriesMax,
                        "The host gave it up and nobody said why: at its last try the worker died, ran out of time, or was not reached", body),
                    cancel);
            }

            await queue.DeleteAsync(message, cancel);
        }

        return unknown;
    }
}
