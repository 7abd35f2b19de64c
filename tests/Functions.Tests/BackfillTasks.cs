using FuturesBot.Engine.Ingestion;
using FuturesBot.Functions.Backfills;
using Microsoft.DurableTask;

namespace FuturesBot.Functions.Tests;

/// <summary>A backfill's orchestrator with waits that a test has time for.</summary>
internal static class BackfillTasks
{
    /// <param name="tasks">Where they are registered.</param>
    /// <param name="ask">What asking for pieces does.</param>
    /// <param name="look">Those of the pieces that lack candles.</param>
    public static DurableTaskRegistry AddBackfill(this DurableTaskRegistry tasks, Func<BackfillAsk, Task> ask, Func<BackfillPiece[], Task<BackfillPiece[]>> look)
    {
        var quick = TimeSpan.FromMilliseconds(5);
        return tasks
            .AddOrchestratorFunc<BackfillState, BackfillState>(
                nameof(BackfillOrchestrator.Backfill), (context, state) => BackfillOrchestrator.FillAsync(context, state, TestHub.QuickRetry, _ => quick))
            .AddActivityFunc<BackfillAsk>(nameof(BackfillActivities.AskForPieces), (_, one) => ask(one))
            .AddActivityFunc<BackfillPiece[], BackfillPiece[]>(nameof(BackfillActivities.LookAtPieces), (_, pieces) => look(pieces));
    }
}
