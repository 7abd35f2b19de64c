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

    [Fact]
    public void Turn_OfAFileThatIsOpenedAnewEachDay_KnowsTheRootThatStandsInItsLines()
    {
        const long Day = 86_400_000;
        const long Hour = 3_600_000;
        using var file = new MemoryStream();
        var (mark, told) = (LedgerMark.Start, new List<DayRoot?>());
        for (var day = 0; day < 4; day++)
        {
            var ledger = new RunLedger(file, mark);
            if (day == 0) ledger.Begin(Domain.KernelOptions.Default, new("simulated", 1, "", 0, 0, 0), []);
            for (var hour = 1; hour <= 24; hour++)
            {
                var closeMs = (day * Day) + (hour * Hour);
                ledger.Turn(closeMs);
                if (hour == 1) told.Add(ledger.Standing.Root);
                if (day == 2) continue;   // a day without a line has no root
                ledger.Halt(closeMs, new(closeMs, "tester"));
            }

            mark = ledger.Mark();
        }

        file.Position = 0;
        var days = LedgerDays.Read(file);
        Assert.Equal([1970, 1970, 1970], days.Select(day => day.Day.Year));
        Assert.Equal([1, 2, 4], days.Select(day => day.Day.Day));
        Assert.Equal([25L, 24, 24], days.Select(day => day.Lines));
        Assert.Equal([null, days[0], days[1], days[1]], told);
        Assert.Equal(days[^1], new(mark.Day!.Day, mark.Day.FirstSeq, mark.Seq, mark.Day.Bytes, mark.Hash));
    }

    [Fact]
    public void Turn_OfALedgerThatWasBegunBeforeDaysWereCounted_HasNoRootForItsFirstDay()
    {
        const long Day = 86_400_000;
        using var file = new MemoryStream();
        var ledger = new RunLedger(file, Lines(file, LedgerMark.Start, 3) with { Day = null });
        ledger.Turn(Day);
        ledger.Halt(Day, halt: null);
        ledger.Turn(2 * Day);
        Assert.Null(ledger.Standing.Root);   // where its first day began is not known
        ledger.Halt(2 * Day, halt: null);
        ledger.Turn(3 * Day);

        var root = ledger.Standing.Root!;
        Assert.Equal((5L, 5L, 2), (root.FirstSeq, root.LastSeq, root.Day.Day));
    }

    private static LedgerMark Lines(MemoryStream file, LedgerMark from, int count)
    {
        var ledger = new RunLedger(file, from);   // not disposed: the stream stays open for the next
        for (var i = 0; i < count; i++) ledger.Begin(Domain.KernelOptions.Default, new("simulated", i, "", 0, 0, 0), []);
        return ledger.Mark();
    }
}
