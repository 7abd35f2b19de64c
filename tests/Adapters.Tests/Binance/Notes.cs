using FuturesBot.Adapters.Binance;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Tests.Binance;

/// <summary>A ban memory that keeps what it is told, and can refuse to.</summary>
internal sealed class BanNotes : IBanMemory
{
    public long UntilMs { get; set; }

    public bool Broken { get; set; }

    public Task<long> LoadAsync(CancellationToken cancel = default) => Task.FromResult(UntilMs);

    public Task SaveAsync(long bannedUntilMs, CancellationToken cancel = default)
    {
        if (Broken) throw new IOException("disk full");
        UntilMs = bannedUntilMs;
        return Task.CompletedTask;
    }
}

/// <summary>Keeps every alert.</summary>
internal sealed class AlertNotes : IAlerts
{
    private readonly Lock _gate = new();
    private readonly List<Alert> _raised = [];

    public IReadOnlyList<Alert> Raised
    {
        get
        {
            lock (_gate) return [.. _raised.Select(AlertTexts.Check)];
        }
    }

    public void Raise(Alert alert)
    {
        lock (_gate) _raised.Add(alert);
    }
}

/// <summary>Keeps every log line, with its exception in full.</summary>
internal sealed class LogNotes : ILoggerFactory
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate) return [.. _lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => new Notes(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private void Add(string line)
    {
        lock (_gate) _lines.Add(line);
    }

    private sealed class Notes(LogNotes notes, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            notes.Add($"{logLevel} {category} {eventId.Id} {formatter(state, exception)} {exception}");
    }
}
