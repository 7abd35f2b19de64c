namespace FuturesBot.Simulator.Trading;

/// <summary>
/// Levels of the book that an order may take its price from; <c>OPPONENT_10</c> and <c>_20</c> ended on
/// 2025-10-23.
/// </summary>
internal enum PriceMatch
{
    None,
    Opponent,
    Opponent5,
    Queue,
    Queue5,
    Queue10,
    Queue20,
    Opponent10,
    Opponent20,
}
