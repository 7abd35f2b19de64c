using FuturesBot.Adapters.Configuration;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace FuturesBot.Adapters.Logs;

/// <summary>
/// The two logs of a host, a JSON object per line: <c>main-2025-10-01.jsonl</c> and
/// <c>action-price-2025-10-01.jsonl</c>. A day is a day in Kyiv, the times inside are UTC.
/// </summary>
public static class HostLogs
{
    /// <summary>Loggers of this category, or of one below it, write to the Action Price log; all others to the main log.</summary>
    public const string ActionPriceCategory = "ActionPrice";

    /// <summary>Opens the logs. Disposing the provider closes the files; every line is on its way to the disk at once.</summary>
    public static ILoggerProvider Open(LogOptions options)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Is(LevelOf(options.Level))
            .WriteTo.Logger(main => main.Filter.ByExcluding(IsActionPrice).WriteTo.Sink(new DayFiles(options, "main")))
            .WriteTo.Logger(own => own.Filter.ByIncludingOnly(IsActionPrice).WriteTo.Sink(new DayFiles(options, "action-price")))
            .CreateLogger();
        return new SerilogLoggerProvider(logger, dispose: true);
    }

    private static bool IsActionPrice(LogEvent entry) =>
        entry.Properties.TryGetValue(Constants.SourceContextPropertyName, out var category)
        && category is ScalarValue { Value: string name }
        && (name == ActionPriceCategory || name.StartsWith(ActionPriceCategory + ".", StringComparison.Ordinal));

    private static LogEventLevel LevelOf(string level) => level switch
    {
        "debug" => LogEventLevel.Debug,
        "information" => LogEventLevel.Information,
        "warning" => LogEventLevel.Warning,
        "error" => LogEventLevel.Error,
        _ => throw new ArgumentException($"Level was '{level}'; allowed are debug, information, warning, error", nameof(level)),
    };
}
