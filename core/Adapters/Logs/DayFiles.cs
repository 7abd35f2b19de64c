using System.Globalization;
using FuturesBot.Adapters.Configuration;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace FuturesBot.Adapters.Logs;

/// <summary>
/// One file per Kyiv day. The usual rolling file turns at midnight of the machine's own time zone, which
/// in a container is UTC; here the entry's time decides.
/// </summary>
internal sealed class DayFiles(LogOptions options, string name) : ILogEventSink, IDisposable
{
    private const string DayFormat = "yyyy-MM-dd";

    private readonly Lock _turn = new();
    private Logger? _file;
    private DateOnly _day;

    public void Emit(LogEvent entry)
    {
        var utc = new LogEvent(
            entry.Timestamp.ToUniversalTime(), entry.Level, entry.Exception, entry.MessageTemplate,
            entry.Properties.Select(property => new LogEventProperty(property.Key, property.Value)));
        lock (_turn)
        {
            var day = KyivTime.DayOf(entry.Timestamp);
            // A late entry of yesterday stays in today's file: a closed day is not opened again.
            if (_file is null || day > _day) Turn(day);
            _file!.Write(utc);
        }
    }

    public void Dispose()
    {
        lock (_turn)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private void Turn(DateOnly day)
    {
        _file?.Dispose();
        _day = day;
        _file = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .WriteTo.File(new JsonFormatter(renderMessage: true), PathOf(day), fileSizeLimitBytes: null)
            .CreateLogger();
        RemoveBefore(day.AddDays(1 - options.DaysKept));
    }

    private string PathOf(DateOnly day) => Path.Combine(options.Folder, $"{name}-{day.ToString(DayFormat, CultureInfo.InvariantCulture)}.jsonl");

    private void RemoveBefore(DateOnly oldest)
    {
        foreach (var file in Directory.EnumerateFiles(options.Folder, $"{name}-*.jsonl"))
        {
            var text = Path.GetFileNameWithoutExtension(file)[(name.Length + 1)..];
            if (DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < oldest)
                File.Delete(file);
        }
    }
}
