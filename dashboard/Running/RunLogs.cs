using FuturesBot.Adapters.Logs;

namespace FuturesBot.Dashboard.Running;

/// <summary>The page's view of the log files.</summary>
public sealed class RunLogs(string folder) : ILogSource
{
    private static readonly string[] Levels = ["verbose", "debug", "information", "warning", "error", "fatal"];

    private readonly LogTail _tail = new(folder);

    public LogPageView Read(LogQuery query)
    {
        var least = Array.IndexOf(Levels, query.Level);
        var page = _tail.Read(query.Log, Wanted, query.SinceMs ?? long.MinValue, query.Limit);
        return new(
            [.. page.Lines.Select(line => new LogLineView(line.AtMs, line.Level, line.Source, line.Text, line.Exception))],
            page.Complete, page.Unreadable);

        bool Wanted(LogTailLine line) =>
            Array.IndexOf(Levels, line.Level) >= least
            && (query.Text is not { } text
                || line.Text.Contains(text, StringComparison.OrdinalIgnoreCase)
                || line.Exception?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);
    }
}
