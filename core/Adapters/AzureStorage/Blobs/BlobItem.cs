namespace FuturesBot.Adapters.AzureStorage.Blobs;

/// <summary>A blob of a listing.</summary>
/// <param name="Name">With its folders.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ETag">Its version.</param>
/// <param name="ModifiedMs">When it was written last: the account's wall time, UTC, Unix milliseconds; whole seconds.</param>
public sealed record BlobItem(string Name, long Length, string ETag, long ModifiedMs);
