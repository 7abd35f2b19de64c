using System.Net.Sockets;
using Azure.Core;
using Azure.Identity;
using FuturesBot.Adapters.Configuration;

namespace FuturesBot.Adapters.AzureStorage;

/// <summary>The storage account that the settings name: the one way in which a host comes to it.</summary>
public static class StorageAccounts
{
    private static readonly TimeSpan ReachMax = TimeSpan.FromSeconds(5);

    /// <summary>Opens the account; nothing is sent yet.</summary>
    /// <param name="options">Kind, account and ports.</param>
    /// <param name="time">Dates of signed requests; the system's when null.</param>
    /// <param name="isShortLived">
    /// A process of seconds, such as an instance of the functions: in Azure it takes what the templates make to be there.
    /// </param>
    /// <exception cref="ArgumentException">The settings name no account.</exception>
    public static StorageAccount Open(StorageOptions options, TimeProvider? time = null, bool isShortLived = false) => options.Kind switch
    {
        StorageKind.Azurite => new(
            StorageEndpoints.OfAzurite(blobPort: options.BlobPort, queuePort: options.QueuePort, tablePort: options.TablePort),
            StorageCredential.Azurite, time: time),
        StorageKind.Azure when options.Account.Length == 0 => throw new ArgumentException("storage.account is empty; storage.kind azure needs its name", nameof(options)),
        StorageKind.Azure => new(StorageEndpoints.InAzure(options.Account), StorageCredential.FromToken(IdentityOf(options.ClientId)), time: time, makesMissing: !isShortLived),
        _ => throw new ArgumentException($"storage.kind was {options.Kind}; azurite and azure have an account", nameof(options)),
    };

    /// <summary>
    /// Why nothing answers at the addresses of blobs, queues and tables, as a sentence that says what to start; null when all do. Only
    /// Azurite is asked: what Azure answers is known with the first request.
    /// </summary>
    public static async Task<string?> FaultAsync(StorageOptions options, CancellationToken cancel = default)
    {
        if (options.Kind != StorageKind.Azurite) return null;
        foreach (var (service, port) in ((string, int)[])[("blobs", options.BlobPort), ("queues", options.QueuePort), ("tables", options.TablePort)])
        {
            using var client = new TcpClient();
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            ends.CancelAfter(ReachMax);
            try
            {
                await client.ConnectAsync(System.Net.IPAddress.Loopback, port, ends.Token);
            }
            catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                return $"Azurite does not answer for {service} at 127.0.0.1:{port}; start it with './dev azurite', or with "
                    + $"'npx azurite --blobPort {options.BlobPort} --queuePort {options.QueuePort} --tablePort {options.TablePort}'";
            }
        }

        return null;
    }

    // With a client id it is that identity and no other: nothing else that happens to be signed in there is tried.
    /// <summary>The identity that a process in Azure has; a developer's own sign-in without a client's id.</summary>
    public static TokenCredential IdentityOf(string clientId) =>
        clientId.Length > 0 ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId)) : new DefaultAzureCredential();
}
