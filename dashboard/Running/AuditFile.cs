using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Dashboard.Running;

/// <summary>
/// Changes made on the page, a JSON object per line. A full file gives way to a new one; the last
/// <see cref="FilesKept"/> are kept.
/// </summary>
/// <param name="path">Such as <c>state/audit.jsonl</c>; older ones are audit.1.jsonl and so on.</param>
public sealed partial class AuditFile(string path, ILogger log) : IAuditLog
{
    public const int FilesKept = 4;

    private const long LongestFile = 8 << 20;

    private readonly Lock _gate = new();

    public void Write(AuditEntry entry)
    {
        var line = JsonSerializer.Serialize(entry, DashboardJson.Options);
        lock (_gate)
        {
            try
            {
                if (File.Exists(path) && new FileInfo(path).Length > LongestFile) Turn();
                File.AppendAllText(path, line + "\n");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogLost(log, e, entry.What);   // the change is done; the log at least says so
            }
        }
    }

    private void Turn()
    {
        for (var number = FilesKept - 1; number > 0; number--)
        {
            var older = number == 1 ? path : Numbered(number - 1);
            if (File.Exists(older)) File.Move(older, Numbered(number), overwrite: true);
        }
    }

    private string Numbered(int number) => Path.ChangeExtension(path, FormattableString.Invariant($"{number}.jsonl"));

    [LoggerMessage(3050, LogLevel.Error, "The audit line of {What} could not be written")]
    private static partial void LogLost(ILogger log, Exception fault, string what);
}
