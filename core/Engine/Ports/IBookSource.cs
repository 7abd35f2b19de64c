using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>Order books that are held in step with the exchange.</summary>
public interface IBookSource
{
    /// <summary>Holds the books of these symbols from now on, and no others.</summary>
    Task FollowAsync(IReadOnlyCollection<Symbol> symbols, CancellationToken cancel = default);

    /// <summary>The book's reading now; of a symbol that is not followed it is disconnected.</summary>
    BookReading Read(Symbol symbol);
}
