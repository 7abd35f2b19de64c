using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator;

/// <summary>A part of the exchange that brings REST calls of its own, such as trading.</summary>
public interface IExchangePart
{
    /// <summary>Its lines of the table.</summary>
    IEnumerable<Endpoint> Endpoints { get; }

    /// <summary>What hears the market for it, before the streams do; null for nothing.</summary>
    IMarketListener? Listener => null;
}
