namespace FuturesBot.Engine.Sharding;

/// <summary>What became of a batch.</summary>
/// <param name="Number">Of the last batch that the state holds now.</param>
/// <param name="Taken">Batches that were taken in: 0 when it was known already, more than one when earlier ones were missing.</param>
/// <param name="Hash">Of the last line of the ledger at that number.</param>
public readonly record struct BatchOutcome(long Number, long Taken, string Hash)
{
    /// <summary>It was known already; nothing happened.</summary>
    public bool IsRepeat => Taken == 0;
}
