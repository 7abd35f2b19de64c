using Azure.Core;

namespace FuturesBot.Adapters.AzureStorage;

/// <summary>
/// Options of the pipeline that all three services share: transport, diagnostics and retries are Azure.Core's own. Names and
/// values of requests stay out of logs, and bodies are never logged.
/// </summary>
public sealed class StorageClientOptions : ClientOptions
{
    /// <summary>The version of the services that this client speaks: the newest that Azurite 3.35 knows.</summary>
    public const string ServiceVersion = "2025-11-05";

    public StorageClientOptions()
    {
        Retry.Mode = RetryMode.Exponential;
        Retry.MaxRetries = 5;
        Retry.Delay = TimeSpan.FromMilliseconds(200);
        Retry.MaxDelay = TimeSpan.FromSeconds(10);
        Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        Diagnostics.IsLoggingContentEnabled = false;
    }
}
