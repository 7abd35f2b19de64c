using FuturesBot.Engine.Chat.Delivery;

namespace FuturesBot.Engine.Ports;

/// <summary>Messages that wait to be sent. What was added survives the death of the process.</summary>
public interface IOutbox
{
    /// <summary>Adds messages and values, all or nothing; how many messages were new.</summary>
    Task<int> AddAsync(OutboxBatch batch, CancellationToken cancel = default);

    /// <summary>The next message of every chat that has one.</summary>
    Task<IReadOnlyList<QueuedMessage>> LoadHeadsAsync(CancellationToken cancel = default);

    /// <summary>
    /// Notes that the message is on its way. A message that is found so after a crash may have arrived: it comes back with
    /// one doubt more.
    /// </summary>
    Task BeginAsync(string id, CancellationToken cancel = default);

    /// <summary>The message was not accepted and stays the next of its chat.</summary>
    /// <param name="id">Which one.</param>
    /// <param name="inDoubt">Nobody knows whether it arrived.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task DelayAsync(string id, bool inDoubt, CancellationToken cancel = default);

    /// <summary>The message is done; where it is its card, that is noted with it.</summary>
    Task EndAsync(string id, MessageEnd end, long atMs, CancellationToken cancel = default);

    Task<OutboxCounts> CountAsync(CancellationToken cancel = default);

    /// <summary>Deletes what was done before a moment, and cards that nothing has touched since.</summary>
    Task<int> ForgetAsync(long doneBeforeMs, long cardsBeforeMs, CancellationToken cancel = default);

    Task<string?> LoadValueAsync(string name, CancellationToken cancel = default);
}
