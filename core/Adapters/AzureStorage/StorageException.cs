namespace FuturesBot.Adapters.AzureStorage;

/// <summary>The storage account answered with something that its caller does not expect, after all retries.</summary>
public sealed class StorageException(string message, int status, string code, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>HTTP status; 0 when no answer came.</summary>
    public int Status { get; } = status;

    /// <summary>The service's own code, such as <c>ConditionNotMet</c>; empty when it gave none.</summary>
    public string Code { get; } = code;
}
