using System.Text;
using FuturesBot.Adapters.AzureStorage.Queues;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>
/// Reads commands, one after the other, when somebody rings, when one that failed is due again, and seldom of itself. Deleted is what was
/// carried out; what fails comes again, and after its tries goes to the shelf with the reason.
/// </summary>
public sealed partial class CommandQueueReader(
    QueueClient queue, CommandBell bell, IPoisonShelf shelf, CommandReaderOptions options, TimeProvider time, ILogger log)
{
    private const int ReceiveMax = 16;

    // Times of commands that can be seen again, beyond which the sweep finds them.
    private const int DueMax = 256;

    // A queue counts whole seconds.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private readonly SortedSet<TimeSpan> _due = [];   // since it began
    private long _began;

    /// <summary>Makes queue and bell; those that are there are fine.</summary>
    public async Task CreateAsync(CancellationToken cancel = default)
    {
        await queue.CreateAsync(cancel);
        await bell.CreateAsync(cancel);
    }

    /// <summary>Reads until it is cancelled.</summary>
    /// <param name="carryOut">Does it; a repeat must be harmless. What it throws makes the command come again.</param>
    /// <param name="failed">Hears of a command that will not be tried again, and why: whoever asked must know. May be called again for it.</param>
    /// <param name="cancel">Ends it; the command in hand comes again to whoever reads next.</param>
    /// <exception cref="ShardLostException">Thrown by either: the command is left to the new holder.</exception>
    public async Task RunAsync(
        Func<CommandMessage, CancellationToken, Task> carryOut, Func<CommandMessage, string, CancellationToken, Task> failed, CancellationToken cancel)
    {
        _began = time.GetTimestamp();
        _due.Clear();
        SeenAgainIn(options.Hidden);   // what a reader before this one had in hand
        string? heard = null;
        while (true)
        {
            try
            {
                heard ??= await bell.MarkAsync(cancel);   // before the queue: who rings from here on is heard
                while (await ReadAsync(carryOut, failed, cancel) == ReceiveMax)
                {
                }

                heard = await WaitAsync(heard, cancel);
            }
            catch (StorageException e)
            {
                LogAway(log, e, queue.Name);
                heard = null;
                SeenAgainIn(options.Hidden);   // what was received and not carried out
                await Task.Delay(options.PollEvery, time, cancel);
            }
            catch (NotShelvedException e)
            {
                LogNotShelved(log, e, queue.Name);   // it is hidden for a while, and tried again then
                SeenAgainIn(options.Hidden);
            }
        }
    }

    /// <summary>Waits until somebody rings, a command that failed is due, or it is time for a sweep.</summary>
    /// <returns>The mark of the bell as it was then.</returns>
    private async Task<string> WaitAsync(string heard, CancellationToken cancel)
    {
        var sweep = Now + options.SweepEvery;
        while (true)
        {
            var now = Now;
            var left = (_due.Count > 0 && _due.Min < sweep ? _due.Min : sweep) - now;
            if (left <= TimeSpan.Zero)
            {
                _due.RemoveWhere(due => due <= now);
                return heard;
            }

            await Task.Delay(left < options.PollEvery ? left : options.PollEvery, time, cancel);
            var mark = await bell.MarkAsync(cancel);
            if (mark != heard) return mark;
        }
    }

    /// <summary>One poll: carries out what there is, and says how many that were.</summary>
    internal async Task<int> ReadAsync(
        Func<CommandMessage, CancellationToken, Task> carryOut, Func<CommandMessage, string, CancellationToken, Task> failed, CancellationToken cancel)
    {
        var receivedAt = time.GetTimestamp();
        var received = await queue.ReceiveAsync(ReceiveMax, options.Hidden, cancel);
        foreach (var one in received)
        {
            var message = one;
            // The commands before it took long: it may have become visible, and then it is received again.
            if (time.GetElapsedTime(receivedAt) > options.Hidden / 2)
            {
                if (await queue.HideAsync(message, options.Hidden, cancel) is not { } hidden) continue;
                message = hidden;
            }

            await TakeAsync(message, carryOut, failed, cancel);
        }

        return received.Count;
    }

    private async Task TakeAsync(
        QueueMessage message, Func<CommandMessage, CancellationToken, Task> carryOut, Func<CommandMessage, string, CancellationToken, Task> failed,
        CancellationToken cancel)
    {
        CommandMessage command;
        try
        {
            command = ShardJson.ReadCommand(message.Body.Span);
        }
        catch (InvalidDataException e)
        {
            await ShelveAsync(message, message.Id, e, e.Message, cancel);   // nobody knows whose it is
            await queue.DeleteAsync(message, cancel);
            Counts.Poisoned(queue.Name);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var hiding = HideAsync(message, stop.Token);
        Exception? fault = null;
        try
        {
            await carryOut(command, cancel);
        }
        catch (Exception e) when (e is not ShardLostException && !cancel.IsCancellationRequested)
        {
            fault = e;
        }
        finally
        {
            await stop.CancelAsync();
            message = await hiding;
        }

        if (fault is null)
        {
            await queue.DeleteAsync(message, cancel);
        }
        else if (message.Deliveries >= options.TriesMax)
        {
            var reason = NotShelvedException.ReasonOf(fault);
            await ShelveAsync(message, command.Id, fault, reason, cancel);
            await failed(command, reason, cancel);
            await queue.DeleteAsync(message, cancel);
            Counts.Poisoned(queue.Name);
        }
        else
        {
            var again = options.RetryAfter * Math.Pow(2, message.Deliveries - 1);
            LogFailed(log, fault, command.Id, command.Command.GetType().Name, message.Deliveries, again);
            await queue.HideAsync(message, again, cancel);
            SeenAgainIn(again);
        }
    }

    private void SeenAgainIn(TimeSpan wait)
    {
        if (_due.Count < DueMax) _due.Add(Now + (wait > TimeSpan.Zero ? wait + Slack : wait));
    }

    /// <summary>Keeps a command hidden while it is being carried out; gives it with its newest receipt.</summary>
    private async Task<QueueMessage> HideAsync(QueueMessage message, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await Task.Delay(options.Hidden / 2, time, stop);
                // Not cancelled half way: a receipt whose answer is lost cannot be deleted with.
                if (await queue.HideAsync(message, options.Hidden, CancellationToken.None) is { } hidden) message = hidden;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return message;
            }
            catch (StorageException e)
            {
                LogAway(log, e, queue.Name);
            }
        }
    }

    private async Task ShelveAsync(QueueMessage message, string id, Exception fault, string reason, CancellationToken cancel)
    {
        LogGivenUp(log, fault, id, queue.Name, message.Deliveries);   // before anything else can fail
        try
        {
            await shelf.PutAsync(
                new(id, queue.Name, time.GetUtcNow().ToUnixTimeMilliseconds(), message.Deliveries, reason, Encoding.UTF8.GetString(message.Body.Span)), cancel);
        }
        catch (Exception away) when (!cancel.IsCancellationRequested)
        {
            throw new NotShelvedException(id, queue.Name, fault, away);
        }

        LogShelved(log, id, queue.Name, message.Deliveries, reason);
    }

    private TimeSpan Now => time.GetElapsedTime(_began);

    [LoggerMessage(4121, LogLevel.Warning, "Command {Id} ({Kind}) failed at try {Try}; it comes again in {Again}")]
    private static partial void LogFailed(ILogger log, Exception fault, string id, string kind, int @try, TimeSpan again);

    [LoggerMessage(4122, LogLevel.Error, "Message {Id} of {Queue} was put on the shelf after {Tries} tries: {Reason}")]
    private static partial void LogShelved(ILogger log, string id, string queue, int tries, string reason);

    [LoggerMessage(4124, LogLevel.Error, "Message {Id} of {Queue} is given up after {Tries} tries")]
    private static partial void LogGivenUp(ILogger log, Exception fault, string id, string queue, int tries);

    [LoggerMessage(4125, LogLevel.Error, "A message of {Queue} could not be put on the shelf; it stays in the queue and is tried again")]
    private static partial void LogNotShelved(ILogger log, Exception faults, string queue);

    [LoggerMessage(4123, LogLevel.Warning, "Queue {Queue} does not answer; it is asked again")]
    private static partial void LogAway(ILogger log, Exception fault, string queue);
}
