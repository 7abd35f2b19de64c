using System.Text;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Engine.Sharding;

/// <summary>What a message of the market's queue makes happen, whoever has received it: a queue trigger or a loop.</summary>
public sealed class MarketEventsDesk(ShardRunner shard, IBeats beats, IPoisonShelf poison, TimeProvider time)
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "market-events";

    /// <summary>Name of its <see cref="Beat"/>.</summary>
    public const string Component = "market-events";

    /// <summary>How often a message is tried before it is put aside; the queue trigger's own bound.</summary>
    public const int TriesMax = 5;

    private const int BodyMax = 60_000;

    /// <summary>
    /// Takes a message in. When this returns the message is done; when it throws, it has to come again, unless it was its last try: then
    /// it lies on the shelf with the reason.
    /// </summary>
    /// <param name="body">As it came.</param>
    /// <param name="id">Of the message.</param>
    /// <param name="deliveries">How often it came, this time included.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="NotShelvedException">It was its last try, and the shelf did not take it.</exception>
    public async Task<BatchOutcome> HandleAsync(ReadOnlyMemory<byte> body, string id, long deliveries, CancellationToken cancel = default)
    {
        try
        {
            var outcome = await shard.TakeAsync(ShardJson.ReadBatch(body.Span), cancel);
            await beats.WriteAsync(new(Component, NowMs, outcome.Number, outcome.Hash), cancel);
            return outcome;
        }
        catch (Exception e) when (deliveries >= TriesMax && !cancel.IsCancellationRequested)
        {
            var text = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, BodyMax)]);
            Counts.Poisoned(Queue);
            try
            {
                await poison.PutAsync(new(id, Queue, NowMs, deliveries, NotShelvedException.ReasonOf(e), text), cancel);
            }
            catch (Exception shelf)
            {
                throw new NotShelvedException(id, Queue, e, shelf);
            }

            throw;
        }
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();
}
