namespace FuturesBot.Adapters.Binance.Books;

/// <summary>All that a book says at one moment. Every number is NaN while the book is not to be believed.</summary>
/// <param name="View">Its best levels, and how far it is to be believed.</param>
/// <param name="Gaps">Updates that did not continue it.</param>
/// <param name="Mid">Quote units.</param>
/// <param name="Microprice">Quote units; nearer to the side with less quantity.</param>
/// <param name="LevelImbalance">−1…+1 over the best 20 levels, unweighted.</param>
/// <param name="Depths">Base units within some distances from the middle.</param>
/// <param name="Flows">Order-flow imbalance of some spans, units of the mean quantity at the best prices.</param>
public sealed record BookDetail(
    BookView View,
    long Gaps,
    double Mid,
    double Microprice,
    double LevelImbalance,
    IReadOnlyList<(double WithinBp, double Bids, double Asks)> Depths,
    IReadOnlyList<(int Seconds, double Value)> Flows);
