using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Running;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

public sealed class RunLedgerTests
{
    [Fact]
    public void Open_LinesBehindTheMark_AreCutOffAndTheChainGoesOn()
    {
        using var file = new MemoryStream();
        var mark = Lines(file, LedgerMark.Start, 3);
        Lines(file, mark, 2);                        // written, never committed
        file.Write("{\"seq\":6,\"prev\":\"half a l"u8);

        var last = Lines(file, mark, 4);

        file.Position = 0;
        var verdict = LedgerVerifier.Verify(file, expectFooter: false);
        Assert.True(verdict.IsWhole, verdict.ToString());
        Assert.Equal((7L, last.Hash), (verdict.Last.Seq, verdict.Last.Hash));
    }

    [Fact]
    public void Open_FileShorterThanTheMark_IsRefused()
    {
        using var file = new MemoryStream();
        var mark = Lines(file, LedgerMark.Start, 3);
        file.SetLength(mark.Bytes - 1);

        Assert.Throws<InvalidDataException>(() => new RunLedger(file, mark));
    }

    [Fact]
    public void Listing_WithOtherRules_IsALineOfTheChain()
    {
        using var file = new MemoryStream();
        var ledger = new RunLedger(file, Lines(file, LedgerMark.Start, 1));
        ledger.Listing(1_767_225_600_000, new(Domain.Market.Symbol.Btc, Domain.Market.SymbolRules.FromTick(0.01m)));
        ledger.Mark();

        file.Position = 0;
        Assert.True(LedgerVerifier.Verify(file, expectFooter: false).IsWhole);
        var line = System.Text.Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.Contains("\"listing\"", line);
        Assert.Contains("\"symbol\":\"BTCUSDT\"", line);
        Assert.Contains("\"TickSize\":0.01", line);
    }

    private static LedgerMark Lines(MemoryStream file, LedgerMark from, int count)
    {
        var ledger = new RunLedger(file, from);   // not disposed: the stream stays open for the next
        for (var i = 0; i < count; i++) ledger.Begin(Domain.KernelOptions.Default, new("simulated", i, "", 0, 0, 0), []);
        return ledger.Mark();
    }
}
