using Microsoft.DurableTask.Protobuf;

namespace FuturesBot.Functions.Tests.Worker;

/// <summary>One turn of an orchestrator in the worker: its history, and what it answered, twice.</summary>
/// <param name="Name">Of the orchestrator.</param>
/// <param name="Request">The history, and what is new in it.</param>
/// <param name="Answer">What it wants done.</param>
/// <param name="Again">What it answered when it was given the same once more.</param>
internal sealed record WorkerTurn(string Name, OrchestratorRequest Request, OrchestratorResponse Answer, OrchestratorResponse Again)
{
    /// <summary>Activities that it asked for.</summary>
    public IEnumerable<string> Activities =>
        Answer.Actions.Where(action => action.ScheduleTask is not null).Select(action => action.ScheduleTask.Name);

    /// <summary>How it ended; null: it waits.</summary>
    public CompleteOrchestrationAction? End => Answer.Actions.Select(action => action.CompleteOrchestration).FirstOrDefault(end => end is not null);

    /// <summary>It begins anew.</summary>
    public bool IsAnew => End?.OrchestrationStatus == OrchestrationStatus.ContinuedAsNew;
}
