using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Adapters.Configuration;

/// <summary>Where the state is kept. Names and ports of Azure Storage mean nothing with <c>sqlite</c>.</summary>
public sealed record StorageOptions
{
    /// <summary>What keeps the state.</summary>
    public StorageKind Kind { get; init; } = StorageKind.Sqlite;

    /// <summary>Stands before the names of tables and containers: 3 to 40 small letters and digits, a letter first.</summary>
    public string Prefix { get; init; } = "futuresbot";

    /// <summary>Name of the storage account in Azure: 3 to 24 small letters and digits; empty elsewhere.</summary>
    public string Account { get; init; } = "";

    /// <summary>Client id of the user-assigned identity that may use the account; empty: the machine's own identity, or a developer's sign-in.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Where Azurite listens for blobs.</summary>
    [Range(1, 65_535)] public int BlobPort { get; init; } = 10_000;

    /// <summary>Where Azurite listens for queues.</summary>
    [Range(1, 65_535)] public int QueuePort { get; init; } = 10_001;

    /// <summary>Where Azurite listens for tables.</summary>
    [Range(1, 65_535)] public int TablePort { get; init; } = 10_002;
}
