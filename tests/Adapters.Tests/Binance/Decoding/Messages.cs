using System.Text;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Tests.Binance.Decoding;

/// <summary>Messages written from the exchange's field lists, with numbers of our own.</summary>
internal static class Messages
{
    public const string Depth =
        """{"e":"depthUpdate","E":1790000000123,"T":1790000000120,"s":"BTCUSDT","U":901,"u":907,"pu":900,"b":[["61800.20","2.507"],["61800.10","0.000"]],"a":[["61800.30","12.5"],["61801","0.00000001"],["92000000000","7"]]}""";

    public const string AggTrade =
        """{"e":"aggTrade","E":1790000000123,"a":5933014,"s":"BTCUSDT","p":"61800.30","q":"0.012","f":100,"l":105,"T":1790000000119,"m":true}""";

    public const string AggTradeOfToday =
        """{"e":"aggTrade","E":1790000000123,"s":"ETHUSDT","a":5933014,"p":"2681.63","q":"120.001","nq":"120.000","f":100,"l":105,"T":1790000000119,"m":false,"st":1}""";

    public const string Kline =
        """{"e":"kline","E":1790000040123,"s":"BTCUSDT","k":{"t":1790000040000,"T":1790000099999,"s":"BTCUSDT","i":"1m","f":100,"L":200,"o":"61800.10","c":"61802.00","h":"61805.50","l":"61799.90","v":"123.456","n":101,"x":true,"q":"7629500.123456","V":"60.5","Q":"3738900.25","B":"0"}}""";

    public const string BookTicker =
        """{"e":"bookTicker","u":400900217,"s":"BTCUSDT","b":"61800.20","B":"2.507","a":"61800.30","A":"12.5","T":1790000000120,"E":1790000000123}""";

    public const string MarkPrice =
        """{"e":"markPriceUpdate","E":1790000000000,"s":"BTCUSDT","p":"61801.12345678","ap":"61799.5","P":"61795.00000001","i":"61800.5","r":"-0.00012345","T":1790006400000}""";

    public const string OrderUpdate =
        """{"e":"ORDER_TRADE_UPDATE","E":1790000000123,"T":1790000000120,"o":{"s":"BTCUSDT","c":"x","S":"BUY","X":"FILLED","z":"0.5"}}""";

    public const string Accepted = """{"result":null,"id":7}""";

    public static string Combined(string stream, string data) => $$"""{"stream":"{{stream}}","data":{{data}}}""";

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>BTCUSDT, ETHUSDT and one with Chinese letters.</summary>
    public static SymbolTable Symbols() =>
        new(Symbol.Parse("BTCUSDT"), Symbol.Parse("ETHUSDT"), Symbol.Parse("币安人生USDT"));
}
