namespace FuturesBot.Simulator;

/// <summary>What happens when a stream connection takes its messages more slowly than the market makes them.</summary>
public enum SlowReader
{
    /// <summary>Market time waits, so no message is ever lost and any speed is safe. For readers on the same machine.</summary>
    Wait,

    /// <summary>The connection is closed, as the real exchange does it.</summary>
    Disconnect,
}
