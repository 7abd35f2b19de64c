using System.Globalization;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Tests.Binance.Streams;

/// <summary>Events as the exchange writes them.</summary>
internal static class StreamText
{
    public static string Kline(Symbol symbol, TimeFrame frame, long openMs, double close, bool isClosed, long? eventMs = null) => $$"""
        {"e":"kline","E":{{eventMs ?? openMs + frame.Ms()}},"s":"{{symbol.Name}}","k":{"t":{{openMs}},"T":{{openMs + frame.Ms() - 1}},"s":"{{symbol.Name}}","i":"{{frame.Code()}}","f":1,"L":2,"o":"100.0","c":"{{Number(close)}}","h":"200.0","l":"50.0","v":"10.5","n":2,"x":{{(isClosed ? "true" : "false")}},"q":"1050.0","V":"5.0","Q":"500.0","B":"0"} }
        """;

    public static string Depth(
        Symbol symbol, long eventMs, long first, long last, long previous,
        IEnumerable<BookLevel> bids, IEnumerable<BookLevel> asks) => $$"""
        {"e":"depthUpdate","E":{{eventMs}},"T":{{eventMs}},"s":"{{symbol.Name}}","U":{{first}},"u":{{last}},"pu":{{previous}},"b":[{{Levels(bids)}}],"a":[{{Levels(asks)}}]}
        """;

    private static string Levels(IEnumerable<BookLevel> levels) =>
        string.Join(",", levels.Select(level => $"[\"{Number(level.Price)}\",\"{Number(level.Quantity)}\"]"));

    private static string Number(long fixedPoint) => FixedPoint.ToDecimal(fixedPoint).ToString("0.00000000", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.0###", CultureInfo.InvariantCulture);
}
