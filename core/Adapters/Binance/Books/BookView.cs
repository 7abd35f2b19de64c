using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Books;

/// <summary>A book's best levels at one moment, for people. They are there even when they are not to be believed.</summary>
/// <param name="Reading">What it says, and how far it is to be believed.</param>
/// <param name="Bids">The best first.</param>
/// <param name="Asks">The best first.</param>
public sealed record BookView(BookReading Reading, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks);
