namespace FuturesBot.Adapters.AzureStorage.Tables;

/// <summary>A change of one row, alone or as part of a transaction.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Row">With what; its keys alone for a deletion.</param>
/// <param name="ETag">The version that it must have; <c>*</c> for any, null where none may or need be there.</param>
public sealed record TableAction(TableActionKind Kind, TableRow Row, string? ETag)
{
    /// <summary>Fails when the row is there.</summary>
    public static TableAction Insert(TableRow row) => new(TableActionKind.Insert, row, null);

    /// <summary>Writes the row, whatever was there.</summary>
    public static TableAction Upsert(TableRow row) => new(TableActionKind.UpsertReplace, row, null);

    /// <summary>Writes these values and leaves others as they are.</summary>
    public static TableAction Merge(TableRow row) => new(TableActionKind.UpsertMerge, row, null);

    /// <summary>Replaces the row if it still has the version that <see cref="TableRow.ETag"/> names.</summary>
    public static TableAction Update(TableRow row) =>
        new(TableActionKind.Update, row, row.ETag ?? throw new ArgumentException($"Row {row.Partition}/{row.Key} has no version", nameof(row)));

    /// <summary>Deletes the row, whatever its version; fails when it is not there.</summary>
    public static TableAction Delete(string partition, string key) => new(TableActionKind.Delete, new(partition, key), "*");
}
