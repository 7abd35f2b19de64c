using FuturesBot.Engine.Sharding;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Logs;

/// <summary>What becomes of a shard's batches, in the log of whoever drives its kernel.</summary>
public sealed partial class ShardLog(ILogger log) : IShardListener
{
    /// <inheritdoc/>
    public void Opened(long number, string? why)
    {
        if (why is null) LogOpened(log, number);
        else LogRebuilt(log, number, why);
    }

    /// <inheritdoc/>
    public void Taken(MarketBatch batch, TimeSpan took) => LogTaken(log, batch.Number, batch.Candles.Count, took.TotalMilliseconds);

    /// <inheritdoc/>
    public void Bridged(long fromNumber, long toNumber) => LogBridged(log, fromNumber, toNumber);

    /// <inheritdoc/>
    /// <remarks>One that was not done is a warning: nobody else hears of it.</remarks>
    public void Answered(CommandAnswer answer)
    {
        if (answer.Outcome is CommandOutcome.Done or CommandOutcome.Repeated) LogAnswered(log, answer.CommandId, answer.Outcome, answer.Text);
        else LogNotDone(log, answer.CommandId, answer.Outcome, answer.Text);
    }

    [LoggerMessage(4320, LogLevel.Information, "The kernel's state was read back; it holds batch {Number}")]
    private static partial void LogOpened(ILogger log, long number);

    [LoggerMessage(4321, LogLevel.Warning, "The kernel was built anew from stored candles up to batch {Number}: {Why}")]
    private static partial void LogRebuilt(ILogger log, long number, string why);

    [LoggerMessage(4322, LogLevel.Debug, "Batch {Number} with {Candles} candles was taken in, {Milliseconds:0} ms")]
    private static partial void LogTaken(ILogger log, long number, int candles, double milliseconds);

    [LoggerMessage(4323, LogLevel.Warning, "Batches {From} to {To} are not kept any more; stored candles took their place")]
    private static partial void LogBridged(ILogger log, long from, long to);

    [LoggerMessage(4324, LogLevel.Information, "Command {Id}: {Outcome}. {Text}")]
    private static partial void LogAnswered(ILogger log, string id, CommandOutcome outcome, string text);

    [LoggerMessage(4325, LogLevel.Warning, "Command {Id}: {Outcome}. {Text}")]
    private static partial void LogNotDone(ILogger log, string id, CommandOutcome outcome, string text);
}
