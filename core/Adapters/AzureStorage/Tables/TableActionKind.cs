namespace FuturesBot.Adapters.AzureStorage.Tables;

/// <summary>What a <see cref="TableAction"/> does.</summary>
public enum TableActionKind
{
    Insert,
    UpsertReplace,
    UpsertMerge,
    Update,
    Delete,
}
