using FuturesBot.Adapters.AzureStorage;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Sidecar;

/// <summary>
/// Storage that does not answer is asked again until it does: while it is away the market goes on, and what closes meanwhile waits.
/// </summary>
internal sealed partial class Patience(ILogger log, TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Tries in a row that storage has not answered; 0 when the last one was answered.</summary>
    public int Failures { get; private set; }

    /// <summary>Does it, again and again while storage is away.</summary>
    /// <param name="what">What is done, for the log.</param>
    /// <param name="work">Safe to repeat.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<T> AskAsync<T>(string what, Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        var wait = First;
        while (true)
        {
            try
            {
                var answer = await work(cancel);
                if (Failures > 0) LogBack(log, what, Failures);
                Failures = 0;
                return answer;
            }
            catch (Exception e) when (IsPassing(e) && !cancel.IsCancellationRequested)
            {
                if (Failures++ == 0) LogAway(log, e, what);
                await Task.Delay(wait, time, cancel);
                wait = wait * 2 < Longest ? wait * 2 : Longest;
            }
        }
    }

    /// <inheritdoc cref="AskAsync{T}"/>
    public Task AskAsync(string what, Func<CancellationToken, Task> work, CancellationToken cancel) => AskAsync(
        what,
        async stop =>
        {
            await work(stop);
            return true;
        },
        cancel);

    /// <summary>Storage is away, overloaded, or does not let us in yet: role assignments take minutes to arrive.</summary>
    public static bool IsPassing(Exception fault) => fault switch
    {
        StorageException storage => storage.Status is 0 or 401 or 403 or 408 or 429 or >= 500 || storage.Code is "OperationTimedOut",
        TaskCanceledException => true,   // a network timeout; the caller has looked whether it was the end
        _ => false,
    };

    [LoggerMessage(4001, LogLevel.Warning, "Storage does not answer ({What}); it is asked again")]
    private static partial void LogAway(ILogger log, Exception fault, string what);

    [LoggerMessage(4002, LogLevel.Information, "Storage answers again ({What}), after {Failures} tries")]
    private static partial void LogBack(ILogger log, string what, int failures);
}
