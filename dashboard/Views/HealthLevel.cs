namespace FuturesBot.Dashboard;

/// <summary>Healthy is quiet; only the others get a mark.</summary>
public enum HealthLevel
{
    Ok,
    Warn,
    Crit,
}
