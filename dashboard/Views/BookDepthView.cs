namespace FuturesBot.Dashboard;

/// <summary>What lies within a distance from the middle of a book.</summary>
/// <param name="WithinBp">Distance, hundredths of a percent.</param>
/// <param name="Bids">Base units; NaN while the book is not to be believed.</param>
/// <param name="Asks">Base units; NaN likewise.</param>
public readonly record struct BookDepthView(double WithinBp, double Bids, double Asks);
