namespace FuturesBot.Engine.CloudCosts;

/// <summary>What a line counts to. The first three are held against the limit; the others are choices.</summary>
public enum CostGroup
{
    Compute,
    Storage,
    Queues,
    Scheduler,
    AlwaysReady,
    Registry,
    Alerts,
    Logs,
    Network,
}
