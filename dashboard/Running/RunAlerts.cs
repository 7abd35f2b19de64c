using System.Collections.Concurrent;
using System.Text.Json;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Dashboard.Running;

/// <summary>
/// Takes alerts to the log, to the file of what is told, and to "what happened" on the page. The same matter is told once
/// in ten minutes; how often it came meanwhile is told with the next one.
/// </summary>
/// <param name="path">File of what is told, an object a line.</param>
/// <param name="log">Where alerts are logged.</param>
/// <param name="time">Wall time.</param>
public sealed partial class RunAlerts(string path, ILogger log, TimeProvider time) : IAlerts
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, (long At, int Repeats)> _told = new(StringComparer.Ordinal);

    /// <summary>Whose page hears of them; null before there is one.</summary>
    public MarketRunner? Runner { get; set; }

    /// <summary>Whose chat hears of them; null for none.</summary>
    public ChatSession? Chat { get; set; }

    public void Raise(Alert alert)
    {
        lock (_gate)
        {
            var repeats = 0;
            // Whoever watches parts tells each thing once; that it is over, or wrong again, must not be left out.
            if (alert.Kind != AlertKind.Part && _told.TryGetValue(alert.Key, out var last))
            {
                if (time.GetElapsedTime(last.At) < Quiet)
                {
                    _told[alert.Key] = last with { Repeats = last.Repeats + 1 };
                    return;
                }

                repeats = last.Repeats;
            }

            _told[alert.Key] = (time.GetTimestamp(), 0);
            Tell(alert, repeats == 0 ? alert.Text : $"{alert.Text} ({repeats} more since it was last told)");
        }
    }

    private void Tell(Alert alert, string text)
    {
        LogAlert(log, alert.Kind, text);
        var line = JsonSerializer.Serialize(new
        {
            effect_id = $"alert-{alert.Key}-{alert.AtMs}",
            kind = alert.Kind.ToString(),
            time = alert.AtMs,
            text,
        });
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.AppendAllText(path, line + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUntold(log, e);   // trading goes on; the log has the alert
        }

        Chat?.Tell(alert);
        if (Runner is not { } runner) return;
        runner.Post(() =>
        {
            runner.Note(new(runner.NowMs, "system", IsWarning: true, Symbol: null, text, SignalId: null));
            return Task.CompletedTask;
        });
    }

    [LoggerMessage(3010, LogLevel.Warning, "{Kind}: {Text}")]
    private static partial void LogAlert(ILogger log, AlertKind kind, string text);

    [LoggerMessage(3011, LogLevel.Error, "An alert could not be written to the file of what is told")]
    private static partial void LogUntold(ILogger log, Exception fault);
}
