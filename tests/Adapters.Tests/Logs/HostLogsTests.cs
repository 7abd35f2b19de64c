using System.Text.Json;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Logs;
using Microsoft.Extensions.Logging;
using Serilog.Events;
using Serilog.Parsing;
using Xunit;

namespace FuturesBot.Adapters.Tests.Logs;

public sealed class HostLogsTests
{
    private static readonly string[] Evening = ["2025-10-01T20:59:59Z", "2025-10-01T21:00:00Z"];

    [Fact]
    public void Open_TwoCategories_WriteTwoFiles()
    {
        using var folder = new TempFolder();
        using (var logs = HostLogs.Open(new() { Folder = folder.Path }))
        {
            logs.CreateLogger("FuturesBot.Scanner").Log(LogLevel.Warning, "lost {Count} candles", 3);
            logs.CreateLogger(HostLogs.ActionPriceCategory).Log(LogLevel.Information, "pattern on {Symbol}", "BTCUSDT");
            logs.CreateLogger("FuturesBot.Scanner").Log(LogLevel.Debug, "below the level");
        }

        var main = Assert.Single(Lines(folder, "main-*"));
        Assert.Equal("Warning", main.GetProperty("Level").GetString());
        Assert.Equal(3, main.GetProperty("Properties").GetProperty("Count").GetInt32());
        Assert.Equal(TimeSpan.Zero, main.GetProperty("Timestamp").GetDateTimeOffset().Offset);
        Assert.Equal("BTCUSDT", Assert.Single(Lines(folder, "action-price-*")).GetProperty("Properties").GetProperty("Symbol").GetString());
    }

    [Fact]
    public void Emit_AcrossMidnightInKyiv_TurnsTheFileThere()
    {
        using var folder = new TempFolder();
        using (var files = new DayFiles(new() { Folder = folder.Path }, "main"))
        {
            foreach (var time in Evening) files.Emit(EntryAt(time));   // Kyiv is three hours ahead in October
        }

        Assert.Equal(["main-2025-10-01.jsonl", "main-2025-10-02.jsonl"], FilesIn(folder));
    }

    [Fact]
    public void Emit_NewDay_RemovesFilesOlderThanKept()
    {
        using var folder = new TempFolder();
        foreach (var day in new[] { "2025-09-28", "2025-09-29", "2025-09-30" }) File.WriteAllText(folder[$"main-{day}.jsonl"], "");
        File.WriteAllText(folder["main-notes.jsonl"], "");
        using (var files = new DayFiles(new() { Folder = folder.Path, DaysKept = 3 }, "main")) files.Emit(EntryAt(Evening[0]));

        Assert.Equal(["main-2025-09-29.jsonl", "main-2025-09-30.jsonl", "main-2025-10-01.jsonl", "main-notes.jsonl"], FilesIn(folder));
    }

    [Theory]
    [InlineData("2025-01-01T21:59:59Z", "2025-01-01")]
    [InlineData("2025-01-01T22:00:00Z", "2025-01-02")]
    [InlineData("2025-07-01T21:00:00Z", "2025-07-02")]
    public void DayOf_WinterAndSummer_FollowsKyiv(string moment, string day) =>
        Assert.Equal(DateOnly.Parse(day), KyivTime.DayOf(DateTimeOffset.Parse(moment)));

    private static LogEvent EntryAt(string time) =>
        new(DateTimeOffset.Parse(time), LogEventLevel.Information, exception: null, new MessageTemplateParser().Parse("x"), []);

    private static string[] FilesIn(TempFolder folder) =>
        [.. Directory.GetFiles(folder.Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static IEnumerable<JsonElement> Lines(TempFolder folder, string pattern) =>
        Directory.GetFiles(folder.Path, pattern).SelectMany(File.ReadAllLines).Select(line => JsonDocument.Parse(line).RootElement);
}
