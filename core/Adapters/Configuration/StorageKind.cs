namespace FuturesBot.Adapters.Configuration;

/// <summary>What keeps candles, signals, messages and the ledger.</summary>
public enum StorageKind
{
    /// <summary>One file in the state folder, and the ledger beside it.</summary>
    Sqlite,

    /// <summary>Tables, blobs and queues of Azurite on this machine.</summary>
    Azurite,

    /// <summary>Tables, blobs and queues of a storage account in Azure.</summary>
    Azure,
}
