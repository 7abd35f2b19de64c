using FuturesBot.Simulator.Limits;
using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator;

/// <summary>What really happened at the exchange, for tests that hold something against it. From any thread.</summary>
public sealed class ExchangeTruth
{
    private readonly ExchangeContext _context;
    private readonly SymbolDirectory _symbols;
    private readonly BookTruth? _books;
    private readonly AddressLimits _addresses;
    private readonly StreamHub _hub;

    internal ExchangeTruth(
        ExchangeContext context, SymbolDirectory symbols, BookTruth? books, AddressLimits addresses, StreamHub hub) =>
        (_context, _symbols, _books, _addresses, _hub) = (context, symbols, books, addresses, hub);

    /// <summary>Symbols in the order of the places that other members take.</summary>
    public IReadOnlyList<MarketSymbol> Symbols => _context.Market.Symbols;

    /// <summary>Weight that any address used in its busiest minute so far.</summary>
    public int BusiestMinute => _addresses.BusiestMinute;

    /// <summary>Calls that were answered with 429 or 418 so far.</summary>
    public long Refused => _addresses.Refused;

    /// <summary>Stream connections that are open.</summary>
    public int Connections
    {
        get
        {
            lock (_context.Gate) return _hub.Connections;
        }
    }

    /// <summary>
    /// How a book stood right after an update; null when that is not known (any more). Only the last thousand updates of books
    /// that somebody listens to are kept, and only with <see cref="SimulatedExchangeOptions.KeepTruth"/>.
    /// </summary>
    /// <param name="symbol">Place in <see cref="Symbols"/>.</param>
    /// <param name="updateId">u of a depth event.</param>
    public BookState? Book(int symbol, long updateId)
    {
        lock (_context.Gate) return _books?.At(symbol, updateId);
    }

    /// <summary>Closed candles in order of time.</summary>
    /// <param name="symbol">Place in <see cref="Symbols"/>.</param>
    /// <param name="interval">Their length.</param>
    /// <param name="startMs">First open time.</param>
    /// <param name="endMs">Last open time.</param>
    /// <param name="limit">1 to 1,500.</param>
    public IReadOnlyList<KlineRow> Closed(int symbol, KlineInterval interval, long? startMs, long? endMs, int limit)
    {
        lock (_context.Gate)
            return [.. _context.Market.Klines(symbol, interval, startMs, endMs, limit).Where(row => row.CloseMs < _context.Market.NowMs)];
    }

    /// <summary>The place of a symbol; −1 when there is none of that name.</summary>
    public int PlaceOf(string symbol) => _symbols.PlaceOf(symbol);
}
