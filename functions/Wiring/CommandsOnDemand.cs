using FuturesBot.Engine.Sharding;

namespace FuturesBot.Functions.Wiring;

/// <summary>The command queue, reached with the first command: a storage that is away fails that, and nothing before it.</summary>
internal sealed class CommandsOnDemand(Parts parts) : ICommandSender
{
    public async Task SendAsync(string id, SidecarCommand command, CancellationToken cancel = default) =>
        await (await parts.StorageAsync(cancel)).Commands.SendAsync(id, command, cancel);
}
