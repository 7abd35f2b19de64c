namespace FuturesBot.Adapters.AzureStorage.Blobs;

/// <summary>What became of a write that may lose against another writer.</summary>
public enum BlobOutcome
{
    /// <summary>Written.</summary>
    Done,

    /// <summary>It has another version, length or lease than was asked for (409, 412). Nothing was written.</summary>
    Changed,

    /// <summary>It is not there (404). Nothing was written.</summary>
    Missing,
}
