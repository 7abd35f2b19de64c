namespace FuturesBot.Dashboard;

/// <summary>One price of an order book.</summary>
/// <param name="Price">Quote units.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="Cumulative">Base units from the best price of this side to here, this level included.</param>
public readonly record struct BookLevelView(decimal Price, decimal Quantity, decimal Cumulative);
