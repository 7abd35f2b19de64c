using FuturesBot.Adapters.Logs;
using FuturesBot.Engine.Sharding;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FuturesBot.Adapters.Tests.Logs;

public sealed class ShardLogTests
{
    private readonly LogNotes _log = new();

    [Fact]
    public void Opened_ReadBackOrBuiltAnew_TellsTheReasonAsAWarning()
    {
        var shard = new ShardLog(_log);

        shard.Opened(17, why: null);
        shard.Opened(17, "the form is older");
        shard.Bridged(3, 9);

        Assert.Equal([LogLevel.Information, LogLevel.Warning, LogLevel.Warning], _log.Lines.Select(line => line.Level));
        Assert.Contains("batch 17", _log.Lines[0].Text, StringComparison.Ordinal);
        Assert.Contains("the form is older", _log.Lines[1].Text, StringComparison.Ordinal);
        Assert.Contains("3 to 9", _log.Lines[2].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CommandOutcome.Done, LogLevel.Information)]
    [InlineData(CommandOutcome.Repeated, LogLevel.Information)]
    [InlineData(CommandOutcome.Refused, LogLevel.Warning)]
    [InlineData(CommandOutcome.Failed, LogLevel.Warning)]
    public void Answered_ByItsOutcome_IsAWarningWhenItWasNotDone(CommandOutcome outcome, LogLevel level)
    {
        new ShardLog(_log).Answered(new("repair-1", outcome, "Why it is so", 0));

        var (at, text) = Assert.Single(_log.Lines);
        Assert.Equal(level, at);
        Assert.Equal($"Command repair-1: {outcome}. Why it is so", text);
    }

    [Fact]
    public void Taken_OfEveryBatch_IsForWhoeverLooksClosely()
    {
        new ShardLog(_log).Taken(new() { Shard = "main", Number = 5, CloseMs = 0 }, TimeSpan.FromMilliseconds(12));

        var (level, text) = Assert.Single(_log.Lines);
        Assert.Equal(LogLevel.Debug, level);   // some hundreds an hour
        Assert.Equal("Batch 5 with 0 candles was taken in, 12 ms", text);
    }

    private sealed class LogNotes : ILogger
    {
        public List<(LogLevel Level, string Text)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((logLevel, formatter(state, exception)));
    }
}
