using System.Text;
using FuturesBot.Domain;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.TestKit;
using Xunit;
using FeedCandle = FuturesBot.Engine.Running.FeedCandle;

namespace FuturesBot.Engine.Tests.Sharding;

/// <summary>What travels over the queues.</summary>
public sealed class ShardJsonTests
{
    private static readonly long At = GeneratedFeed.StartMs;

    [Fact]
    public void ReadBatch_OfWrite_IsTheSame()
    {
        var batch = new MarketBatch
        {
            Shard = "main",
            Number = 7,
            Epoch = 3,
            CloseMs = At + 900_000,
            IsLast = false,
            PublishedAtMs = At + 900_123,
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            Candles = [new(new(Symbol.Btc, TimeFrame.M15), new(At, 0.1, 0.30000000000000004, 0.1, 0.2, 5)), Candle("ETHUSDT", 4)],
            Contexts = [new(Symbol.Btc, new(0.1, double.NaN, -0.02, 99, double.NaN, 1e-5))],
            Crossings = [new("s1", Symbol.Btc, "tp1", 100.1m, 100.2m, At)],
            Listings = [new(Symbol.Btc, SymbolRules.FromTick(0.1m))],
            Leaving = [Symbol.Parse("ETHUSDT")],
            Halt = new(new EntryHalt(At, "chat")),
            Answers = [new("c", CommandOutcome.Refused, "no", At)],
        };

        var read = ShardJson.ReadBatch(ShardJson.Write(batch));

        Assert.Equivalent(batch, read, strict: true);
        Assert.Equal(batch.Candles, read.Candles);
        Assert.Equal(batch.Contexts, read.Contexts);
    }

    [Fact]
    public void Pack_500SymbolsInThreeFrames_FitsTheQueueAndLosesNothing()
    {
        var random = new Random(11);
        var symbols = Enumerable.Range(0, 500).Select(i => $"S{i}USDT").ToArray();
        var whole = new MarketBatch
        {
            Shard = "main",
            Number = 0,
            CloseMs = At + TimeFrame.H1.Ms(),
            Candles = [.. symbols.SelectMany(_ => new[] { 15, 60, 240 }, (name, _) => Candle(name, random.NextDouble() * 100))],
            Contexts = [.. symbols.Select(name => new SymbolContext(Symbol.Parse(name), new(random.NextDouble(), random.NextDouble(), 0.1, 50, -1.5, 1e-4)))],
            Crossings = [new("s1", Symbol.Btc, "stop", 1, 1, At)],
        };

        var parts = BatchPacker.Pack(whole);

        Assert.InRange(parts.Count, 4, 12);
        Assert.All(parts, part => Assert.True(Convert.ToBase64String(ShardJson.Write(part with { Number = long.MaxValue, Epoch = long.MaxValue })).Length <= 65_536));
        Assert.Equal([.. Enumerable.Repeat(false, parts.Count - 1), true], parts.Select(part => part.IsLast));
        Assert.Equal(whole.Candles, parts.SelectMany(part => part.Candles));
        Assert.Equal(whole.Contexts, parts.SelectMany(part => part.Contexts));
        Assert.Equal(whole.Crossings, parts[^1].Crossings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"shard\":\"main\",\"number\":\"x\",\"epoch\":1,\"close\":1,\"last\":true,\"published\":1}")]
    [InlineData("{\"shard\":\"main\",\"number\":1,\"epoch\":1,\"close\":1,\"last\":true,\"published\":1,\"candles\":[[\"BTCUSDT\",15]]}")]
    [InlineData("{\"shard\":\"main\",\"number\":1,\"epoch\":1,\"close\":1,\"last\":true,\"published\":1,\"candles\":[[\"BTCUSDT\",15,0,1,0.5,1,1,1,null,null,-1]]}")]
    [InlineData("{\"shard\":\"main\",\"number\":1,\"epoch\":1,\"close\":1,\"last\":true,\"published\":1,\"candles\":[[\"BTCUSDT\",17,0,1,1,1,1,1,null,null,-1]]}")]
    [InlineData("{\"shard\":\"main\",\"number\":1,\"epoch\":1,\"close\":1,\"last\":true,\"published\":1,\"contexts\":[[\"BTCUSDT\"]]}")]
    [InlineData("{\"shard\":\"main\",\"number\":1,\"epoch\":1,\"close\":1,\"last\":true,\"published\":1,\"leaving\":[\"no such\"]}")]
    public void ReadBatch_Rubbish_SaysThatItIsNone(string text) =>
        Assert.Contains("No market batch", Assert.Throws<InvalidDataException>(() => ShardJson.ReadBatch(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"id\":\"a\"}")]
    [InlineData("{\"id\":\"a\",\"command\":{\"kind\":\"refresh-candles\",\"frame\":\"nonsense\"}}")]
    public void ReadCommand_Rubbish_SaysThatItIsNone(string text) =>
        Assert.Throws<InvalidDataException>(() => ShardJson.ReadCommand(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void ReadCommand_OfWrite_IsTheSame()
    {
        SidecarCommand[] all =
        [
            new SidecarCommand.RefreshCandles(TimeFrame.H1, At), new SidecarCommand.RepairGap(Symbol.Btc, TimeFrame.M15, At, At + 5),
            new SidecarCommand.RefreshSymbols(), new SidecarCommand.CheckIntegrity(3), new SidecarCommand.Forget(),
            new SidecarCommand.WatchLevels("s", Symbol.Btc, At, [new("stop", 1.5m, FromBelow: true)]), new SidecarCommand.ForgetLevels("s"),
            new SidecarCommand.HaltEntries(new(At, "chat")), new SidecarCommand.TakeChatUpdate("{}"), new SidecarCommand.SendMessages(),
        ];

        foreach (var command in all)
            Assert.Equivalent(new CommandMessage("id", command, At), ShardJson.ReadCommand(ShardJson.Write(new CommandMessage("id", command, At))), strict: true);
    }

    [Fact]
    public void ReadCommand_KindOfALaterVersion_IsTheBareCommand()
    {
        var later = ShardJson.ReadCommand("""{"id":"a","command":{"kind":"fly-to-the-moon","speed":3},"sentAtMs":5}"""u8);

        Assert.Equal(("a", typeof(SidecarCommand)), (later.Id, later.Command.GetType()));
    }

    private static FeedCandle Candle(string symbol, double price) =>
        new(new(Symbol.Parse(symbol), TimeFrame.M15), new(At, price, price + 1, price, price + 0.5, 1234.5678, 98765.4321, 700.25, 4321));
}
