using System.Globalization;
using System.Text;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Decoding;

public class StreamDecoderTests
{
    private const long One = FixedPoint.One;

    private readonly StreamDecoder _decoder = new(Messages.Symbols());

    [Fact]
    public void Decode_Depth_ReadsEveryField()
    {
        var update = Depth(Messages.Combined("btcusdt@depth@100ms", Messages.Depth));

        Assert.Equal(0, update.SymbolIndex);
        Assert.Equal((1790000000123, 1790000000120), (update.EventMs, update.TransactionMs));
        Assert.Equal((901, 907, 900), (update.FirstId, update.LastId, update.PreviousId));
        Assert.Equal([new(6_180_020_000_000, 250_700_000), new(6_180_010_000_000, 0)], update.Bids.ToArray());
        Assert.Equal(
            [new(6_180_030_000_000, 1_250_000_000), new(61_801 * One, 1), new(92_000_000_000 * One, 7 * One)],
            update.Asks.ToArray());
        Assert.Equal(1, _decoder.Counters.Fast(StreamEventKind.Depth));
    }

    [Fact]
    public void Decode_AggTrade_ReadsEveryField()
    {
        Assert.Equal(
            new AggTrade(0, 1790000000123, 1790000000119, 5933014, 100, 105,
                6_180_030_000_000, 1_200_000, null, BuyerIsMaker: true),
            Single<AggTrade>(Messages.AggTrade));
        Assert.Equal(
            new AggTrade(1, 1790000000123, 1790000000119, 5933014, 100, 105,
                268_163_000_000, 12_000_100_000, 12_000_000_000, BuyerIsMaker: false),
            Single<AggTrade>(Messages.AggTradeOfToday));
        Assert.Equal(2, _decoder.Counters.Fast(StreamEventKind.AggTrade));
    }

    [Fact]
    public void Decode_Kline_ReadsEveryField()
    {
        Assert.Equal(
            new KlineUpdate(0, TimeFrame.M1, 1790000040123, 1790000040000,
                6_180_010_000_000, 6_180_550_000_000, 6_179_990_000_000, 6_180_200_000_000,
                123.456, 7629500.123456, 60.5, 3738900.25, 101, 100, 200, IsClosed: true),
            Single<KlineUpdate>(Messages.Kline));
        Assert.Equal(1, _decoder.Counters.Fast(StreamEventKind.Kline));
    }

    [Fact]
    public void Decode_BookTicker_ReadsEveryField()
    {
        Assert.Equal(
            new BookTicker(0, 1790000000123, 1790000000120, 400900217,
                6_180_020_000_000, 250_700_000, 6_180_030_000_000, 1_250_000_000),
            Single<BookTicker>(Messages.BookTicker));
        Assert.Equal(1, _decoder.Counters.Fast(StreamEventKind.BookTicker));
    }

    [Fact]
    public void Decode_MarkPrice_ReadsEveryField()
    {
        Assert.Equal(
            new MarkPriceUpdate(0, 1790000000000, 6_180_112_345_678, 6_180_050_000_000, 6_179_950_000_000,
                6_179_500_000_001, -12_345, 1790006400000),
            Single<MarkPriceUpdate>(Messages.MarkPrice));
        Assert.Equal(1, _decoder.Counters.Fast(StreamEventKind.MarkPrice));
    }

    [Fact]
    public void Decode_MarkPriceOfAContractWithoutFunding_HasNoRateInsteadOfZero()
    {
        var mark = Single<MarkPriceUpdate>(
            """{"e":"markPriceUpdate","E":5,"s":"BTCUSDT","p":"1.5","i":"1.4","P":"1.6","r":"","T":0}""");

        Assert.Null(mark.FundingRate);
        Assert.Null(mark.NextFundingMs);
        Assert.Null(mark.AveragePrice);
        Assert.Equal(1, _decoder.Counters.Fast(StreamEventKind.MarkPrice));
    }

    [Fact]
    public void Decode_KlineWithoutTrades_StaysOnTheFastPath()
    {
        var kline = Single<KlineUpdate>(
            """{"e":"kline","E":60001,"s":"BTCUSDT","k":{"t":60000,"T":119999,"s":"BTCUSDT","i":"1m","f":-1,"L":-1,"o":"5","c":"5","h":"5","l":"5","v":"0.000","n":0,"x":false,"q":"0","V":"0","Q":"0"}}""");

        Assert.Equal((-1, -1, 0), (kline.FirstTradeId, kline.LastTradeId, kline.Trades));
        Assert.Equal((0.0, 0.0), (kline.Volume, kline.QuoteVolume));
        Assert.Equal(1, _decoder.Counters.Fast(StreamEventKind.Kline));
    }

    [Fact]
    public void Decode_KlineWithoutTakerVolume_SaysNaN()
    {
        var kline = Single<KlineUpdate>(
            """{"e":"kline","E":60001,"s":"BTCUSDT","k":{"t":60000,"i":"1m","o":"5","c":"5","h":"5","l":"5","v":"1","x":true}}""");

        Assert.Equal((double.NaN, double.NaN), (kline.TakerBuyVolume, kline.QuoteVolume));
        Assert.Equal(-1, kline.Trades);
        Assert.False(kline.ToCandle().HasTakerVolume);
    }

    [Fact]
    public void Decode_VolumesBeyondFixedPoint_AreTheNearestDouble()
    {
        var kline = Single<KlineUpdate>(
            """{"e":"kline","E":1,"s":"BTCUSDT","k":{"t":0,"i":"1d","o":"0.00001","c":"0.00001","h":"0.00001","l":"0.00001","v":"1234567890123456.789","x":false,"q":"12345678901.23456789012","V":"92000000001","Q":"0"}}""");

        Assert.Equal(1234567890123456.789, kline.Volume);
        Assert.Equal(12345678901.23456789012, kline.QuoteVolume);
        Assert.Equal(new(TimeFrame.D1, kline.ToCandle()), kline.ToRunning());
        Assert.Equal(0.00001, kline.ToCandle().Open);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ToCandle_RandomNumbers_AreWhatParseGives(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 5_000; round++)
        {
            var price = $"{random.NextInt64(1L << random.Next(1, 36))}.{random.Next(100_000_000):00000000}";
            var volume = $"{random.NextInt64(1L << random.Next(1, 60))}.{random.Next(10_000)}";
            var candle = Single<KlineUpdate>(
                $$$"""{"e":"kline","E":1,"s":"BTCUSDT","k":{"t":0,"i":"1h","o":"{{{price}}}","c":"{{{price}}}","h":"{{{price}}}","l":"{{{price}}}","v":"{{{volume}}}","x":true}}""")
                .ToCandle();

            var because = $"seed {seed}: {price}, {volume}";
            Assert.True(candle.Low.Equals(double.Parse(price, CultureInfo.InvariantCulture)), because);
            Assert.True(candle.Volume.Equals(double.Parse(volume, CultureInfo.InvariantCulture)), because);
            Assert.True((candle.Open, candle.High, candle.Close) == (candle.Low, candle.Low, candle.Low), because);
        }
    }

    [Theory]
    [InlineData("1m", TimeFrame.M1)]
    [InlineData("5m", TimeFrame.M5)]
    [InlineData("15m", TimeFrame.M15)]
    [InlineData("1h", TimeFrame.H1)]
    [InlineData("4h", TimeFrame.H4)]
    [InlineData("1d", TimeFrame.D1)]
    public void Decode_KlineOfAnyOfTheSixLengths_NamesIt(string code, TimeFrame frame)
    {
        var kline = Single<KlineUpdate>(
            $$$"""{"e":"kline","E":1,"s":"BTCUSDT","k":{"t":0,"i":"{{{code}}}","o":"1","c":"1","h":"1","l":"1","v":"1","x":false}}""");

        Assert.Equal(frame, kline.Frame);
    }

    [Theory]
    [InlineData("1M")]
    [InlineData("3m")]
    [InlineData("")]
    public void Decode_KlineOfAnotherLength_IsLeftOutAndCounted(string code)
    {
        Assert.Equal([RecordedEvents.LeftOut], Lines(Messages.Kline.Replace("\"1m\"", $"\"{code}\"")));
        Assert.Equal([RecordedEvents.LeftOut], Lines(Messages.Kline.Replace("\"1m\"", $" \"{code}\"")));
        Assert.Equal(2, _decoder.Counters.OtherInterval);
    }

    [Theory]
    [InlineData("2", RecordedEvents.LeftOut)]
    [InlineData("\"2\"", RecordedEvents.LeftOut)]
    [InlineData("null", null)]
    [InlineData("1", null)]
    [InlineData("\"1\"", null)]
    [InlineData("1.0", null)]
    [InlineData("true", RecordedEvents.Refused)]
    [InlineData("1.5", RecordedEvents.Refused)]
    public void Decode_Market_OnlyUsdtIsPassedOn(string market, string? expected)
    {
        var lines = Lines(Messages.BookTicker.Replace("\"s\":", $"\"st\":{market},\"s\":"));

        Assert.Equal([expected ?? Single<BookTicker>(Messages.BookTicker).ToString()], lines);
    }

    [Fact]
    public void Decode_EventOfTheOtherMarketWithStrangeFields_IsLeftOutAllTheSame()
    {
        Assert.Equal([RecordedEvents.LeftOut], Lines("""{"e":"aggTrade","st":2,"s":"BTCUSD_PERP","p":null}"""));
        Assert.Equal(1, _decoder.Counters.OtherMarket);
    }

    [Fact]
    public void Decode_OtherOrderSpacesAndEscapes_SaysTheSameSlowly()
    {
        var plain = Lines(Messages.Depth);

        var strange = Lines(
            """
            { "data" : { "pu" : "900", "b" : [ ["61800.20", 2.507, "more"], [ 6.18001e4, "0" ] ], "s": "BTC\u0055SDT",
              "new": {"b": []}, "a":[["61800.30","12.5"],["61801","0.00000001"],["92e9","7.0000000000"]],
              "\u0045": 1790000000123, "T": 1790000000120, "U":901, "u":907, "\u0065": "depth\u0055pdate" },
              "stream": "btcusdt@depth" }
            """);

        Assert.Equal(plain, strange);
        Assert.Equal(1, _decoder.Counters.Fast(StreamEventKind.Depth));
        Assert.Equal(1, _decoder.Counters.Slow(StreamEventKind.Depth));
    }

    [Theory]
    [InlineData("btcusdt@depth")]
    [InlineData("btcusdt@depth@0ms")]
    [InlineData("币安人生usdt@depth@500ms")]
    public void Decode_StreamThatTellsEveryChange_IsADepthUpdate(string stream) =>
        Assert.Equal(Lines(Messages.Depth), Lines(Messages.Combined(stream, Messages.Depth)));

    [Theory]
    [InlineData("btcusdt@depth5")]
    [InlineData("btcusdt@depth20@100ms")]
    [InlineData("btcusdt@rpiDepth@500ms")]
    public void Decode_PartialOrRpiDepth_NeverPassesForAnUpdate(string stream) =>
        Assert.Equal(
            [RecordedEvents.Text(StreamEventKind.OtherDepth, Messages.Bytes(Messages.Depth))],
            Lines(Messages.Combined(stream, Messages.Depth)));

    [Fact]
    public void Decode_ChineseSymbol_IsFoundInBytesAndInEscapes()
    {
        var plain = Single<BookTicker>(Messages.BookTicker.Replace("BTCUSDT", "币安人生USDT"));
        var escaped = Single<BookTicker>(Messages.BookTicker.Replace("BTCUSDT", @"\u5e01\u5b89\u4EBA\u751fUSDT"));

        Assert.Equal(2, plain.SymbolIndex);
        Assert.Equal(plain, escaped);
        Assert.Equal(1, _decoder.Counters.Fast(StreamEventKind.BookTicker));
    }

    [Fact]
    public void Decode_SymbolAddedLater_IsKnownFromThenOn()
    {
        var message = Messages.BookTicker.Replace("BTCUSDT", "SOLUSDT");
        Assert.Equal([RecordedEvents.Refused], Lines(message));
        Assert.Equal(1, _decoder.Counters.Faults(StreamEventKind.BookTicker, StreamFault.UnknownSymbol));

        var index = _decoder.Symbols.Add(Symbol.Parse("SOLUSDT"));

        Assert.Equal(index, Single<BookTicker>(message).SymbolIndex);
    }

    [Fact]
    public void Decode_ArrayOfEvents_ReadsEachAndRefusesOnlyTheWrongOne()
    {
        var wrong = Messages.MarkPrice.Replace("61801.12345678", "NaN");
        var array = $"[{Messages.MarkPrice},{wrong},{Messages.MarkPrice.Replace("BTC", "ETH")}]";

        var mark = Single<MarkPriceUpdate>(Messages.MarkPrice);
        string[] expected = [mark.ToString(), RecordedEvents.Refused, (mark with { SymbolIndex = 1 }).ToString()];
        Assert.Equal(expected, Lines(array));
        Assert.Equal(expected, Lines(Messages.Combined("!markPrice@arr@1s", array)));
        Assert.Equal([RecordedEvents.Refused], Lines(array[..^1]));
        Assert.Equal(5, _decoder.Counters.Fast(StreamEventKind.MarkPrice));
    }

    [Theory]
    [InlineData("""{"result":null,"id":7}""", 7L, true, null)]
    [InlineData("""{"id":7,"result":["btcusdt@depth"]}""", 7L, true, null)]
    [InlineData("""{"error":{"msg":"Invalid request","code":2},"id":8}""", 8L, false, 2)]
    [InlineData("""{"code":-1121,"msg":"Invalid symbol.","id":null}""", null, false, -1121)]
    [InlineData("""{"id":"x","result":null}""", null, true, null)]
    public void Decode_Answer_TellsIdAndError(string message, long? id, bool accepted, int? code)
    {
        Assert.Equal([new StreamAnswer(id, accepted, code).ToString()], Lines(message));
        Assert.Equal(1, _decoder.Counters.Answers);
    }

    [Theory]
    [InlineData("ORDER_TRADE_UPDATE", StreamEventKind.OrderTradeUpdate)]
    [InlineData("TRADE_LITE", StreamEventKind.TradeLite)]
    [InlineData("ACCOUNT_UPDATE", StreamEventKind.AccountUpdate)]
    [InlineData("ACCOUNT_CONFIG_UPDATE", StreamEventKind.AccountConfigUpdate)]
    [InlineData("ALGO_UPDATE", StreamEventKind.AlgoUpdate)]
    [InlineData("CONDITIONAL_ORDER_TRIGGER_REJECT", StreamEventKind.ConditionalOrderTriggerReject)]
    [InlineData("MARGIN_CALL", StreamEventKind.MarginCall)]
    [InlineData("listenKeyExpired", StreamEventKind.ListenKeyExpired)]
    [InlineData("forceOrder", StreamEventKind.ForceOrder)]
    [InlineData("trade", StreamEventKind.Trade)]
    [InlineData("SOMETHING_NEW", StreamEventKind.Unknown)]
    public void Decode_PrivateOrUnknownEvent_IsHandedOnAsItIs(string name, StreamEventKind kind)
    {
        var data = $$"""{"E":1,"e":"{{name}}","st":2, "o":{"s":"NONE"},"E":2}""";

        string[] expected = [RecordedEvents.Text(kind, Messages.Bytes(data))];
        Assert.Equal(expected, Lines(data));
        Assert.Equal(expected, Lines(Messages.Combined("pqia91ma19a5s61cv6a81va65sdf19v8a65a1", data)));
        Assert.Equal(2, _decoder.Counters.Slow(kind));
    }

    [Theory]
    [InlineData("", StreamFault.Malformed)]
    [InlineData("\0\0\0", StreamFault.Malformed)]
    [InlineData("ping", StreamFault.Malformed)]
    [InlineData("""{"e":"aggTrade","E":""", StreamFault.Malformed)]
    [InlineData("""{"result":null,"id":7}}""", StreamFault.Malformed)]
    [InlineData("{}", StreamFault.NotAnEvent)]
    [InlineData("5", StreamFault.NotAnEvent)]
    [InlineData("""{"id":7}""", StreamFault.NotAnEvent)]
    [InlineData("""{"stream":"btcusdt@depth","data":null}""", StreamFault.NotAnEvent)]
    [InlineData("""{"lastUpdateId":1,"bids":[],"asks":[]}""", StreamFault.NotAnEvent)]
    [InlineData("""{"e":7}""", StreamFault.NotAnEvent)]
    [InlineData("""{"stream":"a","data":{},"data":{}}""", StreamFault.Duplicate)]
    public void Decode_NoEvent_IsRefusedWithItsReason(string message, StreamFault expected) =>
        AssertFault(expected, message);

    [Theory]
    [InlineData("\"s\":\"BTCUSDT\",", "", StreamFault.Missing)]
    [InlineData("\"s\":\"BTCUSDT\"", "\"s\":null", StreamFault.Missing)]
    [InlineData("\"s\":\"BTCUSDT\"", "\"s\":\"BTCUSDT\",\"s\":\"BTCUSDT\"", StreamFault.Duplicate)]
    [InlineData("\"s\":\"BTCUSDT\"", "\"s\":5", StreamFault.WrongType)]
    [InlineData("\"s\":\"BTCUSDT\"", "\"s\":\"btcusdt\"", StreamFault.UnknownSymbol)]
    [InlineData("\"pu\":900,", "", StreamFault.Missing)]
    [InlineData("\"pu\":900", "\"pu\":-2", StreamFault.Negative)]
    [InlineData("\"pu\":900", "\"pu\":900.5", StreamFault.TooFine)]
    [InlineData("\"u\":907", "\"u\":900", StreamFault.Impossible)]
    [InlineData("\"u\":907", "\"u\":9223372036854775808", StreamFault.TooLarge)]
    [InlineData("\"U\":901", "\"U\":0901", StreamFault.Malformed)]
    [InlineData("\"E\":1790000000123", "\"E\":-1", StreamFault.Negative)]
    [InlineData("\"E\":1790000000123", "\"E\":[]", StreamFault.WrongType)]
    [InlineData("\"2.507\"", "\"-2.507\"", StreamFault.Negative)]
    [InlineData("\"2.507\"", "-1", StreamFault.Negative)]
    [InlineData("\"2.507\"", "\"NaN\"", StreamFault.WrongType)]
    [InlineData("\"2.507\"", "\"Infinity\"", StreamFault.WrongType)]
    [InlineData("\"2.507\"", "\"\"", StreamFault.WrongType)]
    [InlineData("\"2.507\"", "\" 2.507\"", StreamFault.WrongType)]
    [InlineData("\"2.507\"", "\"2,507\"", StreamFault.WrongType)]
    [InlineData("\"2.507\"", "\"2.\"", StreamFault.WrongType)]
    [InlineData("\"2.507\"", "\".5\"", StreamFault.WrongType)]
    [InlineData("\"2.507\"", "\"+5\"", StreamFault.WrongType)]
    [InlineData("\"2.507\"", "\"2.5.07\"", StreamFault.WrongType)]
    [InlineData("\"2.507\"", "null", StreamFault.WrongType)]
    [InlineData("\"2.507\"", "true", StreamFault.WrongType)]
    [InlineData("\"2.507\"", "\"0.000000001\"", StreamFault.TooFine)]
    [InlineData("\"2.507\"", "\"1e-9\"", StreamFault.TooFine)]
    [InlineData("\"2.507\"", "\"92233720368.54775808\"", StreamFault.TooLarge)]
    [InlineData("\"2.507\"", "\"99999999999999999999999999\"", StreamFault.TooLarge)]
    [InlineData("\"2.507\"", "\"1e99999999999\"", StreamFault.TooLarge)]
    [InlineData("\"61800.20\"", "\"0.00\"", StreamFault.Impossible)]
    [InlineData("[\"61800.20\",\"2.507\"]", "[\"61800.20\"]", StreamFault.Missing)]
    [InlineData("\"61800.20\",\"2.507\"", "\"61800.20\":\"2.507\"", StreamFault.Malformed)]
    [InlineData("\"61800.20\",\"2.507\"", "\"61800.20\",\"2.507\"}", StreamFault.Malformed)]
    [InlineData("\"61800.20\",\"2.507\"", "\"61800.20\";\"2.507\"", StreamFault.Malformed)]
    [InlineData("\"61800.20\",\"2.507\"", "\"61800.20\",[2.507]", StreamFault.WrongType)]
    [InlineData("\"61800.20\",\"2.507\"", "'61800.20','2.507'", StreamFault.Malformed)]
    [InlineData("\"61800.20\",\"2.507\"", "\"61800.20\",\"2.507\",\"x\"", null)]
    [InlineData("[\"61800.20\",\"2.507\"]", "5", StreamFault.WrongType)]
    [InlineData("[\"61800.20\",\"2.507\"]", "{}", StreamFault.WrongType)]
    [InlineData("[\"61800.20\",\"2.507\"],", "", null)]
    public void Decode_DepthWithOneThingWrong_IsRefusedWithItsReason(string right, string wrong, StreamFault? expected)
    {
        Assert.Contains(right, Messages.Depth, StringComparison.Ordinal);
        AssertFault(expected, Messages.Depth.Replace(right, wrong));
        AssertFault(expected, Messages.Combined("btcusdt@depth", Messages.Depth.Replace(right, wrong)));
    }

    [Theory]
    [InlineData("\"h\":\"61805.50\"", "\"h\":\"61801.99\"", StreamFault.Impossible)]
    [InlineData("\"l\":\"61799.90\"", "\"l\":\"0\"", StreamFault.Impossible)]
    [InlineData("\"T\":1790000099999", "\"T\":1790000100000", StreamFault.Impossible)]
    [InlineData("\"t\":1790000040000", "\"t\":1790000040001", StreamFault.Impossible)]
    [InlineData("\"t\":1790000040000", "\"t\":9223372036854775807", StreamFault.Impossible)]
    [InlineData("\"T\":1790000099999", "\"T\":9223372036854775807", StreamFault.Impossible)]
    [InlineData("\"s\":\"BTCUSDT\",\"i\"", "\"s\":\"ETHUSDT\",\"i\"", StreamFault.Impossible)]
    [InlineData("\"V\":\"60.5\"", "\"V\":\"123.5\"", StreamFault.Impossible)]
    [InlineData("\"V\":\"60.5\"", "\"V\":\"-60.5\"", StreamFault.Negative)]
    [InlineData("\"v\":\"123.456\"", "\"v\":\"NaN\"", StreamFault.WrongType)]
    [InlineData("\"v\":\"123.456\"", "\"v\":\"1e999\"", StreamFault.TooLarge)]
    [InlineData("\"x\":true", "\"x\":\"true\"", StreamFault.WrongType)]
    [InlineData("\"x\":true,", "", StreamFault.Missing)]
    [InlineData("\"f\":100", "\"f\":-2", StreamFault.Negative)]
    [InlineData("\"i\":\"1m\"", "\"i\":60", StreamFault.WrongType)]
    [InlineData("\"k\":{", "\"K\":{", StreamFault.Missing)]
    [InlineData("\"n\":101,", "", null)]
    [InlineData("\"q\":\"7629500.123456\",", "", null)]
    public void Decode_KlineWithOneThingWrong_IsRefusedWithItsReason(string right, string wrong, StreamFault? expected)
    {
        Assert.Contains(right, Messages.Kline, StringComparison.Ordinal);
        AssertFault(expected, Messages.Kline.Replace(right, wrong));
    }

    [Fact]
    public void Decode_LevelsAtTheBound_AreReadAndOneMoreIsRefused()
    {
        var most = Messages.Depth.Replace("[\"61800.20\",\"2.507\"],", Levels(DepthUpdate.LevelsMax - 1));
        var more = Messages.Depth.Replace("[\"61800.20\",\"2.507\"],", Levels(DepthUpdate.LevelsMax));

        Assert.Equal(DepthUpdate.LevelsMax, Depth(most).Bids.Length);
        AssertFault(StreamFault.TooManyLevels, more);
        Assert.Equal(2, Depth(Messages.Depth).Bids.Length);

        static string Levels(int count) =>
            new StringBuilder().Insert(0, "[\"61800.20\",\"2.507\"],", count).ToString();
    }

    [Fact]
    public void Decode_EmptySides_IsAnUpdateWithoutLevels()
    {
        var update = Depth("""{"e":"depthUpdate","E":1,"T":1,"s":"BTCUSDT","U":1,"u":1,"pu":0,"b":[],"a":[]}""");

        Assert.Equal((0, 0), (update.Bids.Length, update.Asks.Length));
        Assert.Equal(1, _decoder.Counters.Fast(StreamEventKind.Depth));
    }

    [Fact]
    public void Copy_OfAnUpdate_OutlivesTheNextMessage()
    {
        var kept = Depth(Messages.Depth);
        var text = RecordedEvents.Text(kept);

        Lines(Messages.Depth.Replace("61800", "51800").Replace("901", "902"));

        Assert.Equal(text, RecordedEvents.Text(kept));
        Assert.NotEqual(text, RecordedEvents.Text(Depth(Messages.Depth.Replace("61800", "51800"))));
    }

    [Fact]
    public void Decode_EveryPrefixOfEveryMessage_IsRefused()
    {
        string[] messages =
        [
            Messages.Depth, Messages.AggTrade, Messages.AggTradeOfToday, Messages.Kline, Messages.BookTicker,
            Messages.MarkPrice, Messages.OrderUpdate,
        ];
        string[] all = [Messages.Accepted, .. messages, .. messages.Select(m => Messages.Combined("a@depth", m))];
        foreach (var message in all)
        {
            for (var length = 0; length < message.Length; length++)
                Assert.Equal([RecordedEvents.Refused], Lines(message[..length]));
            Assert.NotEqual([RecordedEvents.Refused], Lines(message));
        }
    }

    private List<string> Lines(string message) => RecordedEvents.Of(_decoder, Messages.Bytes(message));

    private void AssertFault(StreamFault? expected, string message)
    {
        var events = new RecordedEvents();
        _decoder.Decode(Messages.Bytes(message), events);
        Assert.Equal(expected is null ? [] : [expected.Value], events.Faults);
        Assert.Equal(expected is null, events.Lines is not [RecordedEvents.Refused]);
    }

    private T Single<T>(string message)
        where T : struct
    {
        var events = new Kept();
        _decoder.Decode(Messages.Bytes(message), events);
        return Assert.IsType<T>(Assert.Single(events.All));
    }

    private DepthUpdate Depth(string message)
    {
        var events = new Kept();
        _decoder.Decode(Messages.Bytes(message), events);
        return Assert.IsType<DepthUpdate>(Assert.Single(events.All));
    }

    private sealed class Kept : IMarketEvents
    {
        public List<object> All { get; } = [];

        public void OnDepth(DepthUpdate update) => All.Add(update.Copy());

        public void OnAggTrade(in AggTrade trade) => All.Add(trade);

        public void OnKline(in KlineUpdate kline) => All.Add(kline);

        public void OnBookTicker(in BookTicker ticker) => All.Add(ticker);

        public void OnMarkPrice(in MarkPriceUpdate mark) => All.Add(mark);

        public void OnAnswer(in StreamAnswer answer, ReadOnlySpan<byte> message) => All.Add(answer);

        public void OnOther(StreamEventKind kind, ReadOnlySpan<byte> data) => All.Add(kind);

        public void OnFault(StreamFault fault, ReadOnlySpan<byte> message) => All.Add(fault);
    }
}
