using FuturesBot.Engine.Sharding;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Functions.Wiring;

/// <summary>What becomes of the shard's batches, in the log.</summary>
internal sealed partial class ShardLog(ILogger<ShardLog> log) : IShardListener
{
    public void Opened(long number, string? why)
    {
        if (why is null) LogOpened(log, number);
        else LogRebuilt(log, number, why);
    }

    public void Taken(MarketBatch batch, TimeSpan took) => LogTaken(log, batch.Number, batch.Candles.Count, took.TotalMilliseconds);

    public void Bridged(long fromNumber, long toNumber) => LogBridged(log, fromNumber, toNumber);

    public void Answered(CommandAnswer answer)
    {
        if (answer.Outcome is CommandOutcome.Done or CommandOutcome.Repeated) LogAnswered(log, answer.CommandId, answer.Outcome, answer.Text);
        else LogNotDone(log, answer.CommandId, answer.Outcome, answer.Text);
    }

    [LoggerMessage(7201, LogLevel.Information, "The kernel's state was read back; it holds batch {Number}")]
    private static partial void LogOpened(ILogger log, long number);

    [LoggerMessage(7202, LogLevel.Warning, "The kernel was built anew from stored candles up to batch {Number}: {Why}")]
    private static partial void LogRebuilt(ILogger log, long number, string why);

    [LoggerMessage(7203, LogLevel.Debug, "Batch {Number} with {Candles} candles was taken in, {Milliseconds:0} ms")]
    private static partial void LogTaken(ILogger log, long number, int candles, double milliseconds);

    [LoggerMessage(7204, LogLevel.Warning, "Batches {From} to {To} are not kept any more; stored candles took their place")]
    private static partial void LogBridged(ILogger log, long from, long to);

    [LoggerMessage(7205, LogLevel.Information, "Command {Id}: {Outcome}. {Text}")]
    private static partial void LogAnswered(ILogger log, string id, CommandOutcome outcome, string text);

    [LoggerMessage(7206, LogLevel.Warning, "Command {Id}: {Outcome}. {Text}")]
    private static partial void LogNotDone(ILogger log, string id, CommandOutcome outcome, string text);
}
