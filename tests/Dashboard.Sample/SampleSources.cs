namespace FuturesBot.Dashboard.Sample;

/// <summary>Every invented source that there is.</summary>
public static class SampleSources
{
    public static DashboardSources Of(SampleSource source) => new()
    {
        Market = source,
        Results = new SampleResults(source),
        Archive = new SampleArchive(source),
    };
}
