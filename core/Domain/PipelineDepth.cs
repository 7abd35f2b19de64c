namespace FuturesBot.Domain;

/// <summary>How much of every decision is worked out.</summary>
public enum PipelineDepth
{
    /// <summary>A question ends at its first no. The same setups fire; near misses are not known.</summary>
    FirstNo,

    /// <summary>Every predicate is asked: for the ledger, <c>/why</c> and near misses.</summary>
    Exhaustive,
}
