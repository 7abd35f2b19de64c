namespace FuturesBot.Simulator.Faults;

/// <summary>
/// Eventual consistency: the real exchange answers −2013 to a query, and −2011 to a cancel, for seconds after it accepted an
/// order. Ask it once when an order is accepted.
/// </summary>
public interface ISettling
{
    /// <param name="path">Of the call that placed the order, such as <c>/fapi/v1/algoOrder</c>.</param>
    /// <param name="symbol">Its symbol.</param>
    /// <returns>Wall milliseconds for which queries and cancels shall not find it; 0 without a fault.</returns>
    long HiddenForMs(string path, string symbol);

    /// <param name="symbol">The symbol of a conditional order whose price was reached.</param>
    /// <returns>Market milliseconds for which it shall stay TRIGGERING; 0 without a fault.</returns>
    long TriggersForMs(string symbol);
}
