using FuturesBot.Adapters.Files;
using FuturesBot.Engine.Ingestion;

namespace FuturesBot.Local.Commands;

/// <summary>What <c>import</c> has to tell.</summary>
/// <param name="Data">The folder that was read.</param>
/// <param name="Store">The store's file.</param>
/// <param name="ReportPath">Where all of it is written down.</param>
/// <param name="Report">What became of the series.</param>
/// <param name="Refused">The refused rows.</param>
/// <param name="Times">Holes between refused rows.</param>
/// <param name="Skipped">Files that were not read.</param>
internal sealed record ImportOutcome(
    string Data,
    string Store,
    string ReportPath,
    ImportReport Report,
    RefusedRows Refused,
    RefusedTimes Times,
    IReadOnlyList<SkippedFile> Skipped)
{
    /// <summary>Something was there, and every row of it became a candle of the store.</summary>
    public bool IsGood => Report.IsClean && Report.Read.Accepted + Report.Read.Duplicates > 0;

    /// <summary>Holes in a series of which every row was refused; empty for others.</summary>
    public IReadOnlyList<CandleGap> HolesOf(ImportedSeries series) =>
        series.FirstOpenMs is null ? Times.HolesOf(series.Series) : [];
}
