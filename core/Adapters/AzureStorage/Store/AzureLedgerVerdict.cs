using FuturesBot.Engine.Ledger;

namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>What a look at the ledger of a shard found.</summary>
/// <param name="Last">The last line of the part that is whole.</param>
/// <param name="Bytes">Length of that part.</param>
/// <param name="Days">Days that were read.</param>
/// <param name="Roots">Published roots that were compared.</param>
/// <param name="Unpublished">Days that are over and have no published root.</param>
/// <param name="Fault">What is wrong, with its day; null when all is right.</param>
public sealed record AzureLedgerVerdict(
    LedgerPosition Last, long Bytes, int Days, int Roots, IReadOnlyList<DateOnly> Unpublished, string? Fault)
{
    /// <summary>What each of the days that are whole ends in; the last may go on.</summary>
    public IReadOnlyList<DayRoot> ByDay { get; init; } = [];

    public bool IsWhole => Fault is null;
}
