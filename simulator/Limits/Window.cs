namespace FuturesBot.Simulator.Limits;

/// <summary>Counts within fixed spans of wall time: at the turn of the span the count begins anew.</summary>
/// <param name="lengthMs">Length of the span.</param>
/// <param name="limit">More than this is too many.</param>
internal sealed class Window(long lengthMs, int limit)
{
    private long _span = -1;

    public int Limit { get; } = limit;

    /// <summary>Counted in the span that <see cref="Add"/> was last called in.</summary>
    public int Used { get; private set; }

    public bool IsOver => Used > Limit;

    public void Add(int count, long nowMs)
    {
        if (nowMs / lengthMs != _span) (_span, Used) = (nowMs / lengthMs, 0);
        Used += count;
    }

    /// <summary>Whole seconds to the end of the span, 1 and more.</summary>
    public int SecondsLeft(long nowMs) => (int)((lengthMs - (nowMs % lengthMs) + 999) / 1000);
}
