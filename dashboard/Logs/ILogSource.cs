namespace FuturesBot.Dashboard;

/// <summary>The rolling log files. Called from any thread.</summary>
public interface ILogSource
{
    /// <summary>Newest first. Reads from the end of the newest file backwards, within a bound.</summary>
    LogPageView Read(LogQuery query);
}
