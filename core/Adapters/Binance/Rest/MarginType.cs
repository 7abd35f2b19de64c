namespace FuturesBot.Adapters.Binance.Rest;

public enum MarginType
{
    Isolated,
    Crossed,
}
