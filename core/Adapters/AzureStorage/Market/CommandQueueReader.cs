using System.Text;
using FuturesBot.Adapters.AzureStorage.Queues;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>
/// Reads commands, one after the other, often while they come or are expected, and seldom while they do not. Deleted is what was carried out; what
/// fails comes again, and after its tries goes to the shelf with the reason.
/// </summary>
public sealed partial class CommandQueueReader(
    QueueClient queue, IPoisonShelf shelf, CommandReaderOptions options, TimeProvider time, ILogger log)
{
    private const int ReceiveMax = 16;

    private TaskCompletionSource _expected = NewSignal();

    /// <summary>Makes the queue; one that is there is fine.</summary>
    public Task CreateAsync(CancellationToken cancel = default) => queue.CreateAsync(cancel);

    /// <summary>Commands may come soon: it polls now, and then as often as it does while they come. Returns at once.</summary>
    public void Expect() => Volatile.Read(ref _expected).TrySetResult();

    /// <summary>Reads until it is cancelled.</summary>
    /// <param name="carryOut">Does it; a repeat must be harmless. What it throws makes the command come again.</param>
    /// <param name="failed">Hears of a command that will not be tried again, and why: whoever asked must know. May be called again for it.</param>
    /// <param name="cancel">Ends it; the command in hand comes again to whoever reads next.</param>
    /// <exception cref="ShardLostException">Thrown by either: the command is left to the new holder.</exception>
    public async Task RunAsync(
        Func<CommandMessage, CancellationToken, Task> carryOut, Func<CommandMessage, string, CancellationToken, Task> failed, CancellationToken cancel)
    {
        var wait = options.PollMin;
        while (true)
        {
            try
            {
                var received = await ReadAsync(carryOut, failed, cancel);
                if (received == ReceiveMax) continue;
                wait = received > 0 ? options.PollMin : Longer(wait);
            }
            catch (StorageException e)
            {
                LogAway(log, e, queue.Name);
                wait = Longer(wait);
            }
            catch (NotShelvedException e)
            {
                LogNotShelved(log, e, queue.Name);   // it is hidden for a while, and tried again then
                wait = Longer(wait);
            }

            if (await IsExpectedAsync(wait, cancel)) wait = options.PollMin;
        }
    }

    /// <summary>Waits; true when it was woken before the time was over.</summary>
    private async Task<bool> IsExpectedAsync(TimeSpan wait, CancellationToken cancel)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var first = await Task.WhenAny(_expected.Task, Task.Delay(wait, time, ends.Token));
        await ends.CancelAsync();
        cancel.ThrowIfCancellationRequested();
        if (first != _expected.Task) return false;
        Volatile.Write(ref _expected, NewSignal());
        return true;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

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
        }
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

    private TimeSpan Longer(TimeSpan wait) => wait * 2 < options.PollMax ? wait * 2 : options.PollMax;

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
