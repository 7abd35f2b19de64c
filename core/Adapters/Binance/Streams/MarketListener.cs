namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Receives what a <see cref="StreamHub"/>'s streams send; whoever derives from it takes what it needs. Calls of one
/// connection come one after the other, those of different connections at once. A call must return soon: while it
/// lasts its connection is not read. After a renewal of a connection some messages come a second time, in order.
/// </summary>
public abstract class MarketListener : IMarketEvents
{
    public virtual void OnDepth(DepthUpdate update)
    {
    }

    public virtual void OnAggTrade(in AggTrade trade)
    {
    }

    public virtual void OnKline(in KlineUpdate kline)
    {
    }

    public virtual void OnBookTicker(in BookTicker ticker)
    {
    }

    public virtual void OnMarkPrice(in MarkPriceUpdate mark)
    {
    }

    public virtual void OnAnswer(in StreamAnswer answer, ReadOnlySpan<byte> message)
    {
    }

    public virtual void OnOther(StreamEventKind kind, ReadOnlySpan<byte> data)
    {
    }

    public virtual void OnFault(StreamFault fault, ReadOnlySpan<byte> message)
    {
    }

    /// <summary>These are acknowledged; some of their messages may have come before this call.</summary>
    public virtual void OnSubscribed(IReadOnlyCollection<StreamName> streams)
    {
    }

    /// <summary>The messages of these are missing from now on, until they are subscribed again.</summary>
    public virtual void OnLost(IReadOnlyCollection<StreamName> streams)
    {
    }

    /// <summary>The exchange does not have this stream.</summary>
    public virtual void OnRefused(StreamName stream)
    {
    }
}
