using System.Text;
using FuturesBot.Adapters.Logs;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FuturesBot.Adapters.Tests.Logs;

public sealed class LogTailTests
{
    [Fact]
    public void Read_OfFilesOfSeveralDays_GivesTheNewestFirst()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["main-2025-10-01.jsonl"], Line("2025-10-01T10:00:00Z", "one") + Line("2025-10-01T11:00:00Z", "two"));
        File.WriteAllText(folder["main-2025-10-02.jsonl"], Line("2025-10-02T10:00:00Z", "three") + "{ cut short");
        File.WriteAllText(folder["action-price-2025-10-02.jsonl"], Line("2025-10-02T10:00:00Z", "other"));

        var page = new LogTail(folder.Path).Read("main", _ => true, long.MinValue, 10);

        Assert.Equal(["three", "two", "one"], page.Lines.Select(line => line.Text));
        Assert.Equal((true, 1), (page.Complete, page.Unreadable));
        Assert.Equal(["three", "two"], new LogTail(folder.Path).Read("main", _ => true, long.MinValue, 2).Lines.Select(line => line.Text));
        var since = DateTimeOffset.Parse("2025-10-01T10:30:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        Assert.Equal(["three", "two"], new LogTail(folder.Path).Read("main", _ => true, since, 10).Lines.Select(line => line.Text));
    }

    [Fact]
    public void Read_OfALongFile_LooksAtItsEndOnly()
    {
        using var folder = new TempFolder();
        var text = new StringBuilder();
        for (var i = 0; text.Length < LogTail.BytesMax + 100_000; i++)
            text.Append(Line("2025-10-01T10:00:00Z", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {i} {new string('x', 900)}")));
        File.WriteAllText(folder["main-2025-10-01.jsonl"], text.ToString());

        var some = new LogTail(folder.Path).Read("main", line => line.Text.StartsWith("line 0 ", StringComparison.Ordinal), long.MinValue, 10);
        var all = new LogTail(folder.Path).Read("main", _ => true, long.MinValue, 300);

        Assert.Equal((0, false), (some.Lines.Count, some.Complete));
        // Lines lie across the blocks in which they are read; none is lost or cut.
        Assert.Equal((300, 0), (all.Lines.Count, all.Unreadable));
    }

    [Fact]
    public void Read_OfWhatTheHostWrites_TakesSecretsOut()
    {
        using var folder = new TempFolder();
        using (var logs = HostLogs.Open(new() { Folder = folder.Path }))
        {
            logs.CreateLogger("A").Log(LogLevel.Warning, "asked {Url}", "/bot123456:ABCdef/send?signature=deadbeefdeadbeef");
            logs.CreateLogger("A").Log(LogLevel.Error, new InvalidOperationException("token=abcdefgh"), "failed");
        }

        var lines = new LogTail(folder.Path).Read("main", _ => true, long.MinValue, 10).Lines;

        Assert.Equal(["error", "warning"], lines.Select(line => line.Level));
        Assert.DoesNotContain("abcdefgh", lines[0].Exception, StringComparison.Ordinal);
        Assert.DoesNotContain("deadbeef", lines[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ABCdef", lines[1].Text, StringComparison.Ordinal);
    }

    private static string Line(string at, string text) =>
        $$$"""{"Timestamp":"{{{at}}}","Level":"Information","MessageTemplate":"x","RenderedMessage":"{{{text}}}","Properties":{"SourceContext":"A"}}""" + "\n";
}
