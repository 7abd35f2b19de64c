namespace FuturesBot.Simulator.Trading;

/// <summary>What has just happened to an order: <c>x</c> of ORDER_TRADE_UPDATE.</summary>
internal enum ExecutionType
{
    New,
    Trade,
    Amendment,
    Canceled,
    Expired,
}
