namespace FuturesBot.Adapters.AzureStorage;

/// <summary>One of an account's services.</summary>
public enum StorageService
{
    Blobs,
    Queues,
    Tables,
}
