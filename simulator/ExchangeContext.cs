using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Wire;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Simulator;

/// <summary>What the parts of the exchange share.</summary>
/// <param name="Options">How it was started.</param>
/// <param name="Market">The market; used while <see cref="Gate"/> is held.</param>
/// <param name="UserEvents">Where events of accounts go.</param>
/// <param name="Settling">How long an order stays invisible after it was placed.</param>
/// <param name="Wall">Wall time: limits run on it.</param>
/// <param name="Log">For what is worth a line.</param>
public sealed record ExchangeContext(
    SimulatedExchangeOptions Options, IMarket Market, IUserEvents UserEvents, ISettling Settling, TimeProvider Wall, ILogger Log)
{
    /// <summary>Held around all state of market and accounts.</summary>
    public Lock Gate { get; init; } = new();

    /// <summary>Which of the exchange's changes are in force.</summary>
    public ExchangeChanges Changes => Options.Faults.Changes;
}
