using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>Live order books. Called from any thread, for each open page up to four times a second.</summary>
public interface IOrderBookSource
{
    /// <param name="symbol">A symbol of the run.</param>
    /// <param name="levels">At most so many on each side.</param>
    /// <returns>Null when no book is held for it.</returns>
    OrderBookView? Book(Symbol symbol, int levels);
}
