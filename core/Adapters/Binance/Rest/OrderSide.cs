namespace FuturesBot.Adapters.Binance.Rest;

public enum OrderSide
{
    Buy,
    Sell,
}
