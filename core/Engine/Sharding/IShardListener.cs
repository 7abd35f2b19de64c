namespace FuturesBot.Engine.Sharding;

/// <summary>Hears what becomes of a shard's batches. Called under way: it must be quick.</summary>
public interface IShardListener
{
    /// <summary>State was read back, and how far it reached.</summary>
    /// <param name="number">Of the last batch in it.</param>
    /// <param name="why">Null: as it was kept; else why it was built anew from candles.</param>
    void Opened(long number, string? why);

    /// <summary>A batch was taken in.</summary>
    void Taken(MarketBatch batch, TimeSpan took);

    /// <summary>Batches that are no longer kept were bridged with stored candles.</summary>
    void Bridged(long fromNumber, long toNumber);

    /// <summary>The holder of the market says what became of a command.</summary>
    void Answered(CommandAnswer answer);
}
