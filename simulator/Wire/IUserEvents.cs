namespace FuturesBot.Simulator.Wire;

/// <summary>Where events of an account go: to every private connection that listens to it. Call it while the gate is held.</summary>
public interface IUserEvents
{
    /// <param name="account">Whose.</param>
    /// <param name="type">The event's <c>e</c>, such as <c>ORDER_TRADE_UPDATE</c>: connections may ask for some types only.</param>
    /// <param name="json">The raw event, <c>{"e":…}</c>, UTF-8; not changed afterwards.</param>
    void Publish(string account, string type, ReadOnlyMemory<byte> json);
}
