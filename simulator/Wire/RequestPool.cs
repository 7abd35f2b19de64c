namespace FuturesBot.Simulator.Wire;

/// <summary>Which limit of the IP address a call counts against.</summary>
public enum RequestPool
{
    /// <summary>2,400 weight a minute.</summary>
    Weight,

    /// <summary>Funding rates: 500 calls in five minutes, and no weight.</summary>
    Funding,

    /// <summary>/futures/data: 1,000 calls in five minutes, and no weight.</summary>
    FuturesData,

    /// <summary>Nothing: archive files and the simulator's own control.</summary>
    Free,
}
