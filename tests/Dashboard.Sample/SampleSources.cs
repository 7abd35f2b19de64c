namespace FuturesBot.Dashboard.Sample;

/// <summary>Every invented source that there is.</summary>
public static class SampleSources
{
    public static DashboardSources Of(SampleSource source) => new()
    {
        Market = source,
        Books = new SampleBooks(source),
        Limits = new SampleLimits(),
        Data = new SampleData(source),
        Results = new SampleResults(source),
        Archive = new SampleArchive(source),
        Settings = new SampleSettings(TimeProvider.System),
        Backtests = new SampleBacktests(TimeProvider.System),
        Logs = new SampleLogs(TimeProvider.System),
        Chat = new SampleChat(TimeProvider.System),
        Parts = new SampleParts(TimeProvider.System),
    };
}
