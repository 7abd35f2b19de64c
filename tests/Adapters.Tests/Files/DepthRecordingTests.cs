using FuturesBot.Adapters.Files;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Adapters.Tests.Files;

/// <summary>Replaying recordings: whole ones, ones with holes, and rubbish between the lines.</summary>
public sealed class DepthRecordingTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<DepthRecordingFault> _faults = [];
    private readonly List<(long U, long BestBid)> _rows = [];

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("whole.raw"), InlineData("whole.raw.gz")]
    public void Run_WholeRecording_AppliesFromTheUpdateThatSpansTheSnapshot(string name)
    {
        var result = Run(Whole(), name);

        Assert.Equal(
            new(Symbol.Parse("TESTUSDT"), FixedPoint.One / 10, 6, 5, 3, 2, 0, 1, 0, 0, BookTrust.Synced, 50, null), result);
        Assert.Equal([(30, Fixed(100.3m)), (40, Fixed(100.2m)), (50, Fixed(100.4m))], _rows);
    }

    [Fact]
    public void Run_LinesWithoutTimesAndWithWindowsEnds_AreTheSame()
    {
        var lines = new DepthLines()
            .Text("""{"e":"depthUpdate","E":1,"T":1,"s":"TESTUSDT","U":1,"u":10,"pu":0,"b":[["100.1","1"]],"a":[]}""" + "\r")
            .Text("   \r").Text("")
            .Text("""{"lastUpdateId":5,"bids":[["100.0","1"]],"asks":[["100.5","1"]]}""" + "\r");

        var result = Run(lines);

        Assert.True(result.IsInStep, result.Obstacle);
        Assert.Equal([(10, Fixed(100.1m))], _rows);
    }

    [Fact]
    public void Run_HoleThatNothingMends_EndsTheTrustAndSaysWhere()
    {
        var result = Run(Whole().Update(61, 70, 60, "100.9@1").Update(71, 80, 70, "100.8@1"));

        Assert.Equal((BookTrust.Gap, 50L, 3L, 1L), (result.Trust, result.LastUpdateId, result.Applied, result.Gaps));
        Assert.Equal("line 7: update 70 follows 60, the book stands at 50; no later snapshot mends the gap", result.Obstacle);
        Assert.Equal(3, _rows.Count);
    }

    [Fact]
    public void Run_HoleThatALaterSnapshotMends_GoesOn()
    {
        var result = Run(Whole()
            .Update(61, 70, 60, "100.9@1")
            .Update(71, 80, 70, "100.8@1")
            .Snapshot(75, "100.7@1", "101@1")
            .Update(81, 90, 80, "100.9@3"));

        Assert.True(result.IsInStep, result.Obstacle);
        Assert.Equal((1L, 1, 5L), (result.Gaps, result.Resyncs, result.Applied));
        Assert.Equal([80, 90], _rows.Skip(3).Select(row => row.U));
    }

    [Fact]
    public void Run_SnapshotsWhileInStep_AreNotNeeded()
    {
        var result = Run(Whole().Snapshot(45, "1@1", "2@1").Update(51, 60, 50, "100.6@1"));

        Assert.True(result.IsInStep, result.Obstacle);
        Assert.Equal((2L, 0), (result.Snapshots, result.Resyncs));
        Assert.Equal((60, Fixed(100.6m)), _rows[^1]);
    }

    [Fact]
    public void Run_DoubledUpdates_AreOld()
    {
        var result = Run(Whole().Update(41, 50, 40, "50@1").Update(51, 60, 50, "100.6@1"));

        Assert.True(result.IsInStep, result.Obstacle);
        Assert.Equal((3L, 60L), (result.Old, result.LastUpdateId));
    }

    [Fact]
    public void Run_RubbishBetweenTheLines_IsNamedAndTheBookIsRight()
    {
        var lines = Whole()
            .Text("hello")
            .Message("{\"stream\":\"testusdt@depth\",\"data\":{\"e\":\"depthUpd")
            .Message("{}")
            .Message("null")
            .Message("""{"result":null,"id":1}""")   // an answer: no rubbish
            .Message("""{"e":"somethingNew","x":1}""")   // an event of another kind: none either
            .Message("""{"lastUpdateId":60,"bids":[["NaN","1"]],"asks":[]}""")
            .Message("""{"e":"depthUpdate","E":1,"T":1,"s":"TESTUSDT","U":51,"u":60,"pu":50,"b":[["-1","1"]],"a":[]}""")
            .Message("""{"e":"depthUpdate","E":1,"T":1,"s":"TESTUSDT","U":51,"u":60,"pu":50,"b":[["1e99","1"]],"a":[]}""")
            .Text("\0\0\0\0")
            .Update(51, 60, 50, "100.6@1");

        var result = Run(lines);

        Assert.True(result.IsInStep, result.Obstacle);
        Assert.Equal((60, Fixed(100.6m)), _rows[^1]);
        Assert.Equal([7, 8, 9, 10, 13, 14, 15, 16], _faults.Select(fault => fault.Line));
        Assert.Equal(8, result.Faults);
        Assert.Contains("line 14: a number is negative", _faults.Select(fault => fault.ToString()));
        Assert.All(_faults, fault => Assert.NotEqual("", fault.Reason));
    }

    [Fact]
    public void Run_ALostLine_IsAGapWhereTheNextUpdateStands()
    {
        var result = Run(Whole().Message("{\"e\":\"depthUpdate\",\"E\":17").Update(61, 70, 60, "100.6@1"));

        Assert.Equal(7, Assert.Single(_faults).Line);
        Assert.Contains("line 8: update 70 follows 60", result.Obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithoutASnapshot_SaysSo()
    {
        var result = Run(new DepthLines().Update(1, 10, 0, "100@1"));

        Assert.Equal("it holds no snapshot, so the book has no beginning", result.Obstacle);
        Assert.Equal(BookTrust.Buffering, result.Trust);
        Assert.Empty(_rows);
    }

    [Fact]
    public void Run_SnapshotBeforeAllUpdates_SaysThatNothingFits()
    {
        var result = Run(new DepthLines().Snapshot(5, "99@1", "101@1").Update(11, 20, 10, "100@1"));

        Assert.Equal("no snapshot fits onto its updates", result.Obstacle);
    }

    [Theory, InlineData(""), InlineData("\n\n"), InlineData("no recording")]
    public void Run_FileWithoutUpdates_SaysSo(string content)
    {
        var path = _folder["empty.raw"];
        File.WriteAllText(path, content);

        var result = DepthRecordingReplay.Run(path);

        Assert.Equal("it holds no depth update", result.Obstacle);
        Assert.Null(result.Symbol);
    }

    [Fact]
    public void Run_TwoSymbols_IsRefused()
    {
        var result = Run(Whole().Update(51, 60, 50, "100.6@1", symbol: "OTHERUSDT"));

        Assert.Contains("TESTUSDT, OTHERUSDT", result.Obstacle, StringComparison.Ordinal);
        Assert.Empty(_rows);
    }

    [Fact]
    public void Run_LineLongerThanAllowed_IsNamedAndSkipped()
    {
        var lines = Whole().Text(new('x', DepthRecordingReader.LineBytesMax + 100_000)).Update(51, 60, 50, "100.6@1");

        var result = Run(lines);

        Assert.True(result.IsInStep, result.Obstacle);
        Assert.Equal("line 7: longer than 4,194,304 bytes", Assert.Single(_faults).ToString());
        Assert.Equal(8, result.Lines);
    }

    [Fact]
    public void Run_ArchiveCutShort_IsAnErrorThatNamesTheFile()
    {
        var path = Whole().WriteTo(_folder["cut.raw.gz"]);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^20]);

        var wrong = Assert.Throws<KlineFileException>(() => DepthRecordingReplay.Run(path));

        Assert.Contains(path, wrong.Message, StringComparison.Ordinal);
    }

    private static long Fixed(decimal value) => FixedPoint.From(value);

    /// <summary>Six lines, five updates; the snapshot spans the third of them, two follow it.</summary>
    private static DepthLines Whole() => new DepthLines()
        .Update(1, 10, 0, "99@9")
        .Update(11, 20, 10, "99@8")
        .Update(21, 30, 20, "100.3@1")
        .Update(31, 40, 30, "100.3@0")
        .Snapshot(25, "100.2@1 100.1@2", "100.5@1 100.6@2")
        .Update(41, 50, 40, "100.4@2");

    private DepthRecordingResult Run(DepthLines lines, string name = "recording.raw") => DepthRecordingReplay.Run(
        lines.WriteTo(_folder[name]), sync => _rows.Add((sync.LastUpdateId, sync.Book.BestBid)), _faults.Add);
}
