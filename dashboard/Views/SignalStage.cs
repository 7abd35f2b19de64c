namespace FuturesBot.Dashboard;

/// <summary>The states of the machine in spec 2.11, as the page names them.</summary>
public enum SignalStage
{
    Created,
    Refused,
    PendingEntry,
    Expired,
    Cancelled,
    Rejected,
    Partial,
    Open,
    Tp1Done,
    Tp2Done,
    Closed,
}
