using Azure.Core;
using Azure.Core.Pipeline;

namespace FuturesBot.Adapters.AzureStorage;

/// <summary>By what right the account is used: an identity of Entra ID in Azure, the shared key of Azurite on one machine.</summary>
public abstract class StorageCredential
{
    private const string Scope = "https://storage.azure.com/.default";

    /// <summary>Azurite's account key: published by its makers, the same everywhere, and no secret.</summary>
    private const string AzuriteKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private StorageCredential()
    {
    }

    /// <summary>The key of <see cref="StorageEndpoints.OfAzurite"/>.</summary>
    public static StorageCredential Azurite { get; } = FromKey(AzuriteKey);

    /// <summary>A managed identity, a developer's own sign-in, or any other source of Entra ID tokens.</summary>
    public static StorageCredential FromToken(TokenCredential credential) => new Token(credential);

    /// <param name="key">The account's key in base64.</param>
    /// <exception cref="ArgumentException">It is no base64; the text is not repeated.</exception>
    public static StorageCredential FromKey(string key)
    {
        var bytes = new byte[((key.Length + 3) / 4) * 3];
        if (!Convert.TryFromBase64String(key, bytes, out var length) || length == 0)
            throw new ArgumentException("The storage account's key is not base64", nameof(key));
        return new Key(bytes[..length]);
    }

    internal abstract HttpPipelinePolicy Policy(StorageService service, string account, TimeProvider time);

    private sealed class Token(TokenCredential credential) : StorageCredential
    {
        internal override HttpPipelinePolicy Policy(StorageService service, string account, TimeProvider time) =>
            new BearerTokenAuthenticationPolicy(credential, Scope);
    }

    private sealed class Key(byte[] key) : StorageCredential
    {
        internal override HttpPipelinePolicy Policy(StorageService service, string account, TimeProvider time) =>
            new SharedKeyPolicy(service, account, key, time);
    }
}
