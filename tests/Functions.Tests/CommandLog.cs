using System.Collections.Concurrent;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Functions.Tests;

/// <summary>Notes what is sent; fails when asked to.</summary>
internal sealed class CommandLog : ICommandSender
{
    private readonly ConcurrentQueue<(string Id, SidecarCommand Command)> _sent = new();
    private int _tries;

    /// <summary>Decides by the id and the number of the try (1, 2, …) over all ids, whether sending fails.</summary>
    public Func<string, int, bool> Fails { get; set; } = (_, _) => false;

    /// <summary>In the order of arrival, doubles included.</summary>
    public IReadOnlyList<(string Id, SidecarCommand Command)> Sent => [.. _sent];

    public int Tries => _tries;

    public Task SendAsync(string id, SidecarCommand command, CancellationToken cancel = default)
    {
        if (Fails(id, Interlocked.Increment(ref _tries))) throw new IOException($"The queue is away for {id}");
        // What does not survive the way through the queue does not arrive.
        var read = ShardJson.ReadCommand(ShardJson.Write(new CommandMessage(id, command, 0)));
        _sent.Enqueue((read.Id, read.Command));
        return Task.CompletedTask;
    }
}
