using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ingestion;

/// <summary>History that is to be in the store.</summary>
/// <param name="Symbols">Whose.</param>
/// <param name="Frames">In which frames.</param>
/// <param name="FromMs">First open time, UTC, Unix milliseconds.</param>
/// <param name="ToMs">End, not included: nothing later than what is closed.</param>
public sealed record BackfillPlan(IReadOnlyList<Symbol> Symbols, IReadOnlyList<TimeFrame> Frames, long FromMs, long ToMs)
{
    /// <summary>Candles of the longest piece: one that fails costs no more than this again.</summary>
    public const int PieceBars = 10_000;

    /// <summary>Most pieces of a plan.</summary>
    public const int PiecesMax = 20_000;

    /// <summary>What is wrong with the plan; null when nothing is.</summary>
    public string? Fault
    {
        get
        {
            if (Symbols.Count == 0 || Symbols.Distinct().Count() < Symbols.Count) return "'symbols' must name at least one symbol, and none twice";
            if (Frames.Count == 0 || Frames.Any(frame => !Enum.IsDefined(frame)) || Frames.Distinct().Count() < Frames.Count)
                return "'frames' must name at least one time frame (1m 5m 15m 1h 4h 1d), and none twice";
            if (FromMs < 0 || ToMs <= FromMs) return $"'from' was {FromMs} and 'to' {ToMs}; 0 <= from < to is needed";
            var pieces = Pieces().Take(PiecesMax + 1).Count();
            return pieces > PiecesMax ? $"The plan has more than {PiecesMax} pieces; ask for less at once" : null;
        }
    }

    /// <summary>The pieces in their order: the newest time first, so that what is needed first is there first.</summary>
    public IEnumerable<BackfillPiece> Pieces()
    {
        foreach (var symbol in Symbols.Order())
        {
            foreach (var frame in Frames.OrderDescending())
            {
                var (from, to) = (frame.OpenOf(FromMs + frame.Ms() - 1), frame.OpenOf(ToMs));
                for (var end = to; end > from; end -= PieceBars * frame.Ms())
                    yield return new(new(symbol, frame), Math.Max(from, end - (PieceBars * frame.Ms())), end);
            }
        }
    }
}
