using FuturesBot.Engine.Backtesting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace FuturesBot.Functions.Backtests;

/// <summary>
/// Computes a backtest's parts on as many machines as there are, and merges them in the plan's order: the same bytes as on one machine.
/// </summary>
public static class BacktestOrchestrator
{
    private static readonly TaskOptions Retry =
        TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromSeconds(10), backoffCoefficient: 2, TimeSpan.FromMinutes(2)));

    [Function(nameof(RunBacktest))]
    public static Task<BacktestReceipt> RunBacktest([OrchestrationTrigger] TaskOrchestrationContext context, BacktestPlan plan) =>
        RunAsync(context, plan, Retry);

    internal static async Task<BacktestReceipt> RunAsync(TaskOrchestrationContext context, BacktestPlan plan, TaskOptions retry)
    {
        var cells = plan.Cells();
        context.SetCustomStatus(new { Parts = cells.Count });
        var parts = cells.Select(cell => context.CallActivityAsync<string>(
            nameof(BacktestActivities.RunPart), new BacktestPart(context.InstanceId, cell.Index, plan), retry));
        var hashes = await Task.WhenAll(parts);
        return await context.CallActivityAsync<BacktestReceipt>(
            nameof(BacktestActivities.MergeParts), new BacktestMerge(context.InstanceId, plan, hashes), retry);
    }
}
