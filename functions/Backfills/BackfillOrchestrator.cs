using FuturesBot.Engine.Ingestion;
using FuturesBot.Functions.Tracking;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace FuturesBot.Functions.Backfills;

/// <summary>
/// Brings history into the store: asks the holder of the market for a wave of pieces, looks whether they are whole, asks again, and goes
/// on to the next. It never asks the exchange itself, and its history begins anew with each wave.
/// </summary>
public static class BackfillOrchestrator
{
    [Function(nameof(Backfill))]
    public static Task<BackfillState> Backfill([OrchestrationTrigger] TaskOrchestrationContext context, BackfillState state) =>
        FillAsync(context, state, SignalOrchestrator.Retry, BackfillState.WaitBefore);

    internal static async Task<BackfillState> FillAsync(
        TaskOrchestrationContext context, BackfillState state, TaskOptions retry, Func<int, TimeSpan> waitBefore)
    {
        context.SetCustomStatus(new { state.Next, state.Whole, state.Lacking });
        var wave = state.Wave();
        if (wave.Count == 0) return state;
        var lacking = wave;
        // The same backfill that is asked for once more later is new work: the holder of the market passes over ids that it knows.
        var run = FormattableString.Invariant($"{context.InstanceId}-{new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero).ToUnixTimeMilliseconds()}");
        for (var attempt = 1; attempt <= BackfillState.AttemptsMax && lacking.Count > 0; attempt++)
        {
            await context.CallActivityAsync(nameof(BackfillActivities.AskForPieces), new BackfillAsk(run, attempt, lacking), retry);
            for (var look = 0; look < BackfillState.LooksMax && lacking.Count > 0; look++)
            {
                await context.CreateTimer(waitBefore(look), CancellationToken.None);
                lacking = await context.CallActivityAsync<BackfillPiece[]>(nameof(BackfillActivities.LookAtPieces), lacking.ToArray(), retry);
            }
        }

        var after = state.After(wave, lacking);
        context.ContinueAsNew(after);
        return after;
    }
}
