using FuturesBot.Engine.Ledger;
using FuturesBot.Dashboard.Running;
using Xunit;

namespace FuturesBot.Local.Tests;

public sealed class LedgerCheckTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string FilePath => _folder.In("ledger.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WholeLinesAndOneOnItsWay_FindsNoFault()
    {
        Write(lines: 3);
        File.AppendAllText(FilePath, "{\"seq\":4,\"pre");

        var found = LedgerCheck.Read(FilePath)!;

        Assert.Null(found.Fault);
        Assert.Equal(3, found.Last.Seq);
    }

    [Fact]
    public void Read_ALineThatWasChanged_NamesIt()
    {
        Write(lines: 3);
        File.WriteAllText(FilePath, File.ReadAllText(FilePath).Replace("\"number\":1", "\"number\":9", StringComparison.Ordinal));

        var found = LedgerCheck.Read(FilePath)!;

        Assert.Contains("line 2", found.Fault, StringComparison.Ordinal);
        Assert.Equal(1, found.Last.Seq);
    }

    [Fact]
    public void Read_AFileThatIsNotThere_SaysNothing() => Assert.Null(LedgerCheck.Read(FilePath));

    private void Write(int lines)
    {
        using var file = File.Create(FilePath);
        using var writer = new LedgerWriter(file, LedgerPosition.Start, leaveOpen: true);
        for (var i = 0; i < lines; i++) writer.Write(LedgerKind.Event, json => json.WriteNumber("number", i));
        writer.Flush();
    }
}
