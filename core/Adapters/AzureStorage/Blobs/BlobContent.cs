namespace FuturesBot.Adapters.AzureStorage.Blobs;

/// <summary>What was read of a blob.</summary>
/// <param name="Bytes">The range that was asked for, or all.</param>
/// <param name="Length">Bytes of the whole blob.</param>
/// <param name="ETag">The version that was read.</param>
public sealed record BlobContent(ReadOnlyMemory<byte> Bytes, long Length, string ETag);
