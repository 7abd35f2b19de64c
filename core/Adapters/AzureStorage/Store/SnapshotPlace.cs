namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>Where a state of the kernel lies.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Version">Version of its form.</param>
/// <param name="StateEpochMs">Open time of the first bar folded into it.</param>
/// <param name="Blob">The blob that holds it; empty when it is short.</param>
/// <param name="Inline">The state itself when it is short; null when a blob holds it.</param>
internal sealed record SnapshotPlace(string Name, int Version, long StateEpochMs, string Blob, byte[]? Inline = null)
{
    /// <summary>Bytes up to which a state stands in its row: writing a blob costs as much as 150 changes of rows.</summary>
    public const int InlineMaxBytes = 8_000;
}
