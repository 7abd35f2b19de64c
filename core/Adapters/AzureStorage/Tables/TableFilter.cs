namespace FuturesBot.Adapters.AzureStorage.Tables;

/// <summary>OData filters over keys, with their quotes doubled: a value cannot become part of the question.</summary>
public static class TableFilter
{
    /// <summary>All of one partition.</summary>
    public static string Partition(string partition) => $"PartitionKey eq '{Quote(partition)}'";

    /// <summary>Of one partition, the keys from <paramref name="from"/> on and below <paramref name="to"/>, by ordinal.</summary>
    public static string Range(string partition, string from, string to) =>
        $"{Partition(partition)} and RowKey ge '{Quote(from)}' and RowKey lt '{Quote(to)}'";

    /// <summary>Of one partition, the keys that begin so; all of them where it is empty.</summary>
    /// <remarks>Up to the next key of the same length: characters that are none, such as U+FFFF, need not be taken in an address.</remarks>
    public static string Prefix(string partition, string prefix) =>
        prefix.Length == 0 ? Partition(partition) : Range(partition, prefix, prefix[..^1] + (char)(prefix[^1] + 1));

    private static string Quote(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
