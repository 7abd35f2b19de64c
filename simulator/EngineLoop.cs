using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Wire;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Simulator;

/// <summary>Moves the market with wall time, as fast as asked for and no faster than its readers can take.</summary>
internal sealed partial class EngineLoop(
    IMarket market, IMarketListener listeners, StreamHub hub, StaleBooks stale, MarketClock clock, ExchangeContext context)
{
    private const long MinuteMs = 60_000;
    private const int SliceMs = 100;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    // A machine that stood still for longer has lost that time: the market goes on where it was.
    private static readonly TimeSpan LongestLeap = TimeSpan.FromSeconds(2);

    private readonly double _speed = context.Options.Speed;
    private readonly int _sliceMs = SliceOf(context.Options);

    /// <summary>Runs until cancelled, or until a replay has ended and <paramref name="cancel"/> comes.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var beat = new PeriodicTimer(Beat, context.Wall);
        var wall = context.Wall;
        var last = wall.GetTimestamp();
        var lastChores = last;
        var owedMs = 0.0;
        try
        {
            while (await beat.WaitForNextTickAsync(cancel))
            {
                var now = wall.GetTimestamp();
                if (clock.IsHeld) last = now;   // time that passes meanwhile is not made up for
                owedMs += Math.Min(wall.GetElapsedTime(last, now).TotalMilliseconds, LongestLeap.TotalMilliseconds) * _speed;
                last = now;
                if (wall.GetElapsedTime(lastChores, now) >= TimeSpan.FromSeconds(1))
                {
                    lastChores = now;
                    lock (context.Gate)
                    {
                        hub.Misfortunes();
                        stale.Keep();
                    }
                }

                if (await MoveAsync((long)owedMs, cancel)) last = wall.GetTimestamp();
                owedMs -= (long)owedMs;
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The exchange is being closed.
        }
        catch (Exception wrong)
        {
            LogStopped(context.Log, wrong);
            lock (context.Gate) hub.AbortAll();
            throw;
        }
    }

    /// <returns>True when the market waited for its readers: that time is not made up for.</returns>
    private async Task<bool> MoveAsync(long owedMs, CancellationToken cancel)
    {
        var waited = false;
        var target = clock.NowMs + owedMs;
        while (true)
        {
            IReadOnlyList<StreamConnection> slow;
            lock (context.Gate)
            {
                // At the ends of minutes at the latest readers are asked whether they keep up.
                market.MoveTo(Math.Min(target, clock.NowMs + Math.Max(MinuteMs, _sliceMs)), listeners, _sliceMs);
                clock.NowMs = market.NowMs;
                hub.Tick();
                slow = hub.SlowOnes();
            }

            if (slow.Count > 0)
            {
                waited = true;
                await hub.WaitForRoomAsync(slow, cancel);
            }

            if (clock.NowMs >= target || clock.NowMs >= market.EndMs) return waited;
            cancel.ThrowIfCancellationRequested();
        }
    }

    private static int SliceOf(SimulatedExchangeOptions options)
    {
        if (options.Speed <= 1) return SliceMs;
        var slices = Math.Ceiling(options.ThinnedTo.TotalMilliseconds * options.Speed / SliceMs);
        return SliceMs * (int)Math.Clamp(slices, 1, MinuteMs / SliceMs);
    }

    [LoggerMessage(6002, LogLevel.Critical, "The simulated market stopped")]
    private static partial void LogStopped(ILogger log, Exception wrong);
}
