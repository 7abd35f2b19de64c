namespace FuturesBot.Simulator.Trading;

/// <summary>What an order does. The value is the sign of the position it makes.</summary>
internal enum OrderSide
{
    Sell = -1,
    Buy = 1,
}
