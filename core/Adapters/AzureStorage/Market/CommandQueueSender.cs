using System.Diagnostics;
using FuturesBot.Adapters.AzureStorage.Queues;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>Commands by queue. A repeat of what failed half way is harmless: the reader knows a command by its id.</summary>
/// <param name="queue">See <see cref="MarketNames.Commands"/>.</param>
/// <param name="bell">Rung after each.</param>
/// <param name="time">Wall time.</param>
public sealed class CommandQueueSender(QueueClient queue, CommandBell bell, TimeProvider time) : ICommandSender
{
    /// <summary>Makes queue and bell; those that are there are fine.</summary>
    public async Task CreateAsync(CancellationToken cancel = default)
    {
        await queue.CreateAsync(cancel);
        await bell.CreateAsync(cancel);
    }

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
            await bell.RingAsync(message.SentAtMs, cancel);
        }
        catch (Exception e)
        {
            span.Fail(e);
            throw;
        }
    }
}
