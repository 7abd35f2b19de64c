using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;
using FuturesBot.Functions.Tracking;
using FuturesBot.Functions.Wiring;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Functions.Timers;

/// <summary>
/// Decide what has to be refreshed, and ask the holder of the market for it. A timer that fires twice, or late, asks once: ids are made
/// of moments. All schedules are UTC: second, minute, hour, day, month, weekday.
/// </summary>
/// <remarks>
/// Each timer has an instance of its own on Flex Consumption, and starting one costs more than what it does. So all that comes again within
/// the hour is one function, which gives the timers' sign of life too. What it misses is not caught up, so the host keeps no state of it: a
/// blob a turn.
/// </remarks>
public sealed class MarketTimers(Parts parts, ILogger<MarketTimers> log)
{
    /// <summary>Name of the timers' <see cref="Beat"/>.</summary>
    public const string Component = "timers";

    private const int QuarterMinutes = 15;

    /// <summary>
    /// Twenty seconds after each close of 15 minutes: the candles of every frame that closed then; on the hour the exchange's list of symbols
    /// and their rules; at a quarter past, when the hour's own candles are there, the gaps of the last two days. Then two signs of life: the
    /// timers', because this is one, and that of the orchestrations, unless one of them is late or has failed. And on the hour the messages
    /// that the host gave up are put where people see them.
    /// </summary>
    [Function(nameof(RefreshCandles))]
    [FixedDelayRetry(3, "00:00:05")]
    public async Task RefreshCandles(
        [TimerTrigger("20 */15 * * * *", UseMonitor = false)] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        await AskAsync(cancel);
        var storage = await parts.StorageAsync(cancel);
        var beats = storage.Beats;
        await beats.WriteAsync(new(Component, parts.NowMs), cancel);
        var seen = await OrchestrationSight.LookAsync(client, cancel);
        if (OrchestrationWatch.Judge(seen, parts.NowMs, out var trouble) is { } beat) await beats.WriteAsync(beat, cancel);
        else log.LogError("Orchestrations of signals stand still: {Trouble}", trouble);
        if (parts.Now.Minute < QuarterMinutes && await storage.TakeGivenUp(cancel) is > 0 and var many)
            log.LogError("{Count} messages were given up with nobody saying why; they are on the shelf now", many);
    }

    /// <summary>All that retention keeps, counted against what should be there.</summary>
    [Function(nameof(IntegrityReport))]
    [FixedDelayRetry(3, "00:00:05")]
    public Task IntegrityReport([TimerTrigger("0 40 0 * * *")] TimerInfo timer, CancellationToken cancel) =>
        SendAsync([CommandSchedule.CheckIntegrity(parts.NowMs, parts.Bot.Retention.CandleDays)], cancel);

    /// <summary>What came due with the last 15 minutes, without the signs of life.</summary>
    internal Task AskAsync(CancellationToken cancel) => SendAsync(CommandSchedule.QuarterDue(parts.NowMs), cancel);

    private async Task SendAsync(IEnumerable<(string Id, SidecarCommand Command)> due, CancellationToken cancel)
    {
        var storage = await parts.StorageAsync(cancel);
        foreach (var (id, command) in due) await storage.Commands.SendAsync(id, command, cancel);
    }
}
