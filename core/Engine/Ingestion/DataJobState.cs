namespace FuturesBot.Engine.Ingestion;

/// <summary>Where a job stands.</summary>
public enum DataJobState
{
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}
