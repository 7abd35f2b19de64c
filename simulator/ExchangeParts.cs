using FuturesBot.Simulator.Trading;

namespace FuturesBot.Simulator;

/// <summary>What the exchange is put together from. A new part is a line here.</summary>
internal static class ExchangeParts
{
    public static IEnumerable<IExchangePart> Of(ExchangeContext context)
    {
        yield return new TradingPart(context);
    }
}
