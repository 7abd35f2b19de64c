using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Engine.Ingestion;

/// <summary>A range of one series, [<paramref name="FromMs"/>, <paramref name="ToMs"/>).</summary>
public sealed record BackfillPiece(SeriesInfo Series, long FromMs, long ToMs)
{
    /// <summary>The command that fills it.</summary>
    /// <param name="backfill">Id of the backfill.</param>
    /// <param name="attempt">1, 2, …: a further attempt is a command of its own.</param>
    public (string Id, SidecarCommand Command) Ask(string backfill, int attempt) => (
        FormattableString.Invariant($"{backfill}-{Series}-{FromMs}-{attempt}"),
        new SidecarCommand.RepairGap(Series.Symbol, Series.Frame, FromMs, ToMs));
}
