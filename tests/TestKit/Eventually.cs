using System.Diagnostics;

namespace FuturesBot.TestKit;

/// <summary>Waits for what has to become true, however slow the machine is.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="isSo">Looks.</param>
    /// <param name="what">That which is waited for, for the message: "the page answers".</param>
    /// <exception cref="TimeoutException">It did not become true within two minutes.</exception>
    public static async Task IsAsync(Func<Task<bool>> isSo, string what)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Patience; await Task.Delay(Pause))
        {
            if (await isSo()) return;
        }

        throw new TimeoutException($"It was not so within {Patience} that {what}");
    }
}
