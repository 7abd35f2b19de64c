namespace FuturesBot.Dashboard.Sample;

/// <summary>Invented data of every group of pages, put together.</summary>
public static class SampleGroups
{
    public static DashboardSources Of(SampleSource source) => new()
    {
        Market = source,
        Books = new SampleBooks(source),
        Limits = new SampleLimits(),
        Data = new SampleData(source),
        Results = new SampleResults(source),
        Archive = new SampleArchive(source),
    };
}
