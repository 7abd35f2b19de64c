using System.Diagnostics;
using FuturesBot.TestKit;

namespace FuturesBot.Engine.Tests.Ingestion;

/// <summary>Waits for what other threads do: by looking, not by the clock; three minutes without it is a failed test.</summary>
internal static class Patience
{
    public static async Task UntilAsync(Func<bool> isSo, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            if (watch.Elapsed > TimeSpan.FromMinutes(3)) throw new TimeoutException($"It never came that {what}");
            await Task.Yield();
        }
    }

    /// <summary>Moves time on, timer by timer, until a task is done.</summary>
    public static async Task<T> RunAsync<T>(this ManualTime time, Task<T> work, TimeSpan step)
    {
        var watch = Stopwatch.StartNew();
        while (!work.IsCompleted)
        {
            if (watch.Elapsed > TimeSpan.FromMinutes(3)) throw new TimeoutException("The work does not end");
            if (time.TimersWaiting > 0) time.Advance(step);
            await Task.Yield();
        }

        return await work;
    }
}
