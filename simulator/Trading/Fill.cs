namespace FuturesBot.Simulator.Trading;

/// <summary>A part of an order that has traded.</summary>
/// <param name="Id">Counts up over all symbols.</param>
/// <param name="Order">Whose.</param>
/// <param name="Price">Quote units.</param>
/// <param name="Quantity">Base units, above 0.</param>
/// <param name="Commission">USDT, 0 or above.</param>
/// <param name="RealizedPnl">USDT, without commission.</param>
/// <param name="IsMaker">It rested in the book.</param>
/// <param name="TimeMs">Market time, UTC, Unix milliseconds.</param>
internal sealed record Fill(
    long Id, Order Order, decimal Price, decimal Quantity, decimal Commission, decimal RealizedPnl,
    bool IsMaker, long TimeMs)
{
    public decimal Quote => Price * Quantity;
}
