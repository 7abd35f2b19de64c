namespace FuturesBot.Adapters.AzureStorage;

/// <summary>Where the three services of one storage account listen.</summary>
/// <param name="Account">Name of the account; part of what a shared key signs.</param>
/// <param name="Blobs">Such as <c>https://account.blob.core.windows.net</c>.</param>
/// <param name="Queues">Such as <c>https://account.queue.core.windows.net</c>.</param>
/// <param name="Tables">Such as <c>https://account.table.core.windows.net</c>.</param>
public sealed record StorageEndpoints(string Account, Uri Blobs, Uri Queues, Uri Tables)
{
    /// <summary>An account in Azure's public cloud.</summary>
    public static StorageEndpoints InAzure(string account) => new(
        account,
        new($"https://{account}.blob.core.windows.net"),
        new($"https://{account}.queue.core.windows.net"),
        new($"https://{account}.table.core.windows.net"));

    /// <summary>Azurite on this machine; the account is part of every path there.</summary>
    public static StorageEndpoints OfAzurite(
        string account = "devstoreaccount1", int blobPort = 10000, int queuePort = 10001, int tablePort = 10002) => new(
        account,
        new($"http://127.0.0.1:{blobPort}/{account}"),
        new($"http://127.0.0.1:{queuePort}/{account}"),
        new($"http://127.0.0.1:{tablePort}/{account}"));
}
