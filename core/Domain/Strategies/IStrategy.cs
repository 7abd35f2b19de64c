using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>
/// A question about a view: silent, pure and without memory. It writes every predicate with value and
/// threshold into the log, fired or not, and touches nothing else.
/// </summary>
public interface IStrategy
{
    /// <summary>Catalog name.</summary>
    string Name { get; }

    /// <summary>The frame whose close asks the question.</summary>
    TimeFrame Frame { get; }

    /// <summary>Asks all its setups, long before short.</summary>
    void Evaluate(MarketView view, DecisionLog log);
}
