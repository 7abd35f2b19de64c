using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Books;

/// <summary>
/// A book's best levels at one moment, for people. They are there even when they are not to be believed. No level is shown
/// beyond which others may be missing, so there may be fewer than were asked for.
/// </summary>
/// <param name="Reading">What it says, and how far it is to be believed.</param>
/// <param name="Bids">The best first.</param>
/// <param name="Asks">The best first.</param>
/// <param name="ReachBp">Distance from the middle within which both sides are known, basis points; infinite when all is, NaN without a book.</param>
public sealed record BookView(
    BookReading Reading, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks, double ReachBp);
