namespace FuturesBot.Dashboard;

/// <summary>What somebody may do.</summary>
public enum DashboardRole
{
    /// <summary>Sees everything, changes nothing.</summary>
    Viewer,

    /// <summary>Sees and changes.</summary>
    Trader,
}
