using System.Diagnostics;
using FuturesBot.Adapters.AzureStorage.Queues;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>Commands by queue.</summary>
/// <param name="queue">See <see cref="MarketNames.Commands"/>.</param>
/// <param name="time">Wall time.</param>
public sealed class CommandQueueSender(QueueClient queue, TimeProvider time) : ICommandSender
{
    /// <summary>Makes the queue; one that is there is fine.</summary>
    public Task CreateAsync(CancellationToken cancel = default) => queue.CreateAsync(cancel);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The command takes more than 48 KiB.</exception>
    public Task SendAsync(string id, SidecarCommand command, CancellationToken cancel = default)
    {
        var trace = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;
        return queue.SendAsync(ShardJson.Write(new CommandMessage(id, command, time.GetUtcNow().ToUnixTimeMilliseconds(), trace)), cancel: cancel);
    }
}
