using System.Diagnostics;
using FuturesBot.Adapters.AzureStorage.Queues;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;

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
    public async Task SendAsync(string id, SidecarCommand command, CancellationToken cancel = default)
    {
        using var span = BotTelemetry.Source.StartActivity(Spans.Command, ActivityKind.Producer);
        if (span is { IsAllDataRequested: true }) span.SetTag(Attributes.CommandId, id).SetTag(Attributes.Kind, command.GetType().Name);
        try
        {
            var message = new CommandMessage(id, command, time.GetUtcNow().ToUnixTimeMilliseconds(), TraceContext.Current);
            await queue.SendAsync(ShardJson.Write(message), cancel: cancel);
        }
        catch (Exception e)
        {
            span.Fail(e);
            throw;
        }
    }
}
