using System.Text;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Local.Tests.Commands;

public sealed class BookCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Out => _folder.In("out", "book.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Book_WholeRecording_WritesARowPerAppliedUpdate()
    {
        var cli = await Cli.RunAsync("book", "--recording", Recording(), "--out", Out);

        Assert.Equal((0, ""), (cli.Code, cli.Errors));
        Assert.Contains("TESTUSDT: 2 of 2 updates applied, 0 old, 0 gaps, 1 snapshots, 0 lines refused, SYNCED", cli.Output, StringComparison.Ordinal);
        Assert.Equal(
            """
            u,best_bid,best_bid_qty,best_ask,best_ask_qty,trust
            10,100.2,1.25,100.5,3,SYNCED
            20,100.2,1.25,,,SYNCED

            """,
            File.ReadAllText(Out));
    }

    [Fact]
    public async Task Book_Json_IsOneObject()
    {
        var cli = await Cli.RunAsync("book", "--recording", Recording(), "--out", Out, "--json");

        Assert.Equal(0, cli.Code);
        Assert.Equal("TESTUSDT", cli.Json.GetProperty("symbol").GetString());
        Assert.Equal("SYNCED", cli.Json.GetProperty("trust").GetString());
        Assert.True(cli.Json.GetProperty("in_step").GetBoolean());
        Assert.Equal(2, cli.Json.GetProperty("applied").GetInt64());
        Assert.Equal(0.1m, cli.Json.GetProperty("tick_size").GetDecimal());
        Assert.Equal(20, cli.Json.GetProperty("last_update_id").GetInt64());
    }

    [Fact]
    public async Task Book_Hole_Ends1AfterTheRowsUpToIt()
    {
        var recording = Recording("""4 {"e":"depthUpdate","E":4,"T":4,"s":"TESTUSDT","U":31,"u":40,"pu":30,"b":[["100.4","1"]],"a":[]}""");

        var cli = await Cli.RunAsync("book", "--recording", recording, "--out", Out, "--json");

        Assert.Equal(1, cli.Code);
        Assert.Equal($"{recording}: line 4: update 40 follows 30, the book stands at 20; no later snapshot mends the gap\n", cli.Errors);
        Assert.Equal("GAP", cli.Json.GetProperty("trust").GetString());
        Assert.False(cli.Json.GetProperty("in_step").GetBoolean());
        Assert.Equal(3, File.ReadAllLines(Out).Length);
    }

    [Fact]
    public async Task Book_Rubbish_IsNamedWithItsLineAndEnds0WhenTheBookIsInStep()
    {
        var recording = Recording([.. Enumerable.Repeat("rubbish", 25)]);

        var cli = await Cli.RunAsync("book", "--recording", recording, "--out", Out, "--json");

        Assert.Equal(0, cli.Code);
        Assert.Equal(25, cli.Json.GetProperty("refused").GetInt64());
        Assert.StartsWith($"refused {recording}: line 4: no whole JSON\n", cli.Errors, StringComparison.Ordinal);
        Assert.EndsWith("… and 5 more refused lines\n", cli.Errors, StringComparison.Ordinal);
        Assert.Equal(3, File.ReadAllLines(Out).Length);
    }

    [Fact]
    public async Task Book_DamagedArchive_Ends1AndLeavesNothing()
    {
        var recording = _folder.In("recording.raw.gz");
        File.WriteAllBytes(recording, [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3, 4]);

        var cli = await Cli.RunAsync("book", "--recording", recording, "--out", Out);

        Assert.Equal(1, cli.Code);
        Assert.Contains(recording, cli.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.In("out")));
    }

    [Fact]
    public async Task Book_WrongUsage_Ends2()
    {
        var recording = Recording();

        Assert.Equal(2, (await Cli.RunAsync("book", "--recording", _folder.In("none.raw"), "--out", Out)).Code);
        Assert.Equal(2, (await Cli.RunAsync("book", "--recording", recording)).Code);
        Assert.Equal(2, (await Cli.RunAsync("book", "--recording", recording, "--out", recording)).Code);
        Assert.Equal(2, (await Cli.RunAsync("book", "--recording", recording, "--out", _folder.Path)).Code);
    }

    [Fact]
    public async Task Book_RealRecording_HasARowForEachOfItsUpdates()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);
        var recording = SharedData.Path("depth-btc-eth", "um_btcusdt_20240808.raw.gz");

        var cli = await Cli.RunAsync("book", "--recording", recording, "--out", Out, "--json");

        Assert.Equal((0, ""), (cli.Code, cli.Errors));
        var rows = File.ReadAllLines(Out).Skip(1).ToArray();
        Assert.Equal(cli.Json.GetProperty("applied").GetInt32(), rows.Length);
        Assert.All(rows, row => Assert.EndsWith(",SYNCED", row, StringComparison.Ordinal));
        Assert.StartsWith("5123108927412,61813.9,8.728,61814,2.782,", rows[249], StringComparison.Ordinal);
    }

    private string Recording(params string[] more)
    {
        var path = _folder.In("recording.raw");
        string[] lines =
        [
            """1 {"e":"depthUpdate","E":1,"T":1,"s":"TESTUSDT","U":1,"u":10,"pu":0,"b":[["100.2","1.25"]],"a":[]}""",
            """2 {"lastUpdateId":5,"bids":[["100.1","2"]],"asks":[["100.5","3"]]}""",
            """3 {"e":"depthUpdate","E":3,"T":3,"s":"TESTUSDT","U":11,"u":20,"pu":10,"b":[],"a":[["100.5","0"]]}""",
            .. more,
        ];
        File.WriteAllText(path, string.Join('\n', lines) + "\n", Encoding.UTF8);
        return path;
    }
}
