namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>Where a state of the kernel lies.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Version">Version of its form.</param>
/// <param name="StateEpochMs">Open time of the first bar folded into it.</param>
/// <param name="Blob">The blob that holds it.</param>
internal sealed record SnapshotPlace(string Name, int Version, long StateEpochMs, string Blob);
