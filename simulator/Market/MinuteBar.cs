namespace FuturesBot.Simulator.Market;

/// <summary>One minute of one symbol as it is kept: 64 bytes. Without a candle every field is 0.</summary>
internal struct MinuteBar
{
    /// <summary>Ticks, as are the next three; the source refuses prices of more than two thousand million ticks.</summary>
    public int Open, High, Low, Close;

    /// <summary>Steps.</summary>
    public long Volume, TakerBuy;

    /// <summary>Quote units.</summary>
    public double Quote, TakerQuote;

    public int Trades;

    /// <summary>Mark price at the end of the minute minus the close, hundredths of a tick.</summary>
    public int MarkOffset;

    /// <summary>Most aggregates that the minute's trades come in.</summary>
    public ushort AggregatesMax;

    public readonly bool Exists => Open > 0;

    public readonly int Aggregates => MinutePlan.CountOf(this);

    /// <summary>Mark price at the end of the minute, hundredths of a tick.</summary>
    public readonly long MarkClose => (Close * 100L) + MarkOffset;
}
