namespace FuturesBot.Engine.Sharding;

/// <summary>Puts commands where the holder of the market finds them.</summary>
public interface ICommandSender
{
    /// <param name="id">The same command has the same id however often it is sent.</param>
    /// <param name="command">What to do.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task SendAsync(string id, SidecarCommand command, CancellationToken cancel = default);
}
