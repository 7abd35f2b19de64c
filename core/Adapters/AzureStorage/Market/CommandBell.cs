using FuturesBot.Adapters.AzureStorage.Tables;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>
/// A row that changes with each command, so that who reads the queue need not look into it all the time: a row is read for a twelfth of what a
/// look into a queue costs, and so the look can be taken every few seconds.
/// </summary>
/// <remarks>It only saves time: what nobody has rung for is found in the queue by the next sweep.</remarks>
public sealed class CommandBell
{
    private const string Partition = "bells";

    private readonly TableClient _table;

    /// <param name="account">Where.</param>
    /// <param name="prefix">Before the table's name.</param>
    public CommandBell(StorageAccount account, string prefix = "futuresbot")
    {
        _table = account.Table(MarketNames.Beats(prefix));
    }

    /// <summary>Makes the table; one that is there is fine.</summary>
    public Task CreateAsync(CancellationToken cancel = default) => _table.CreateAsync(cancel);

    /// <summary>There is a command in the queue.</summary>
    /// <param name="nowMs">Wall time, Unix ms; for people who look at the row.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task RingAsync(long nowMs, CancellationToken cancel = default) =>
        _table.ApplyAsync(TableAction.Upsert(new TableRow(Partition, MarketNames.Commands).With("at", nowMs)), cancel);

    /// <summary>A mark that is another one after each ring; empty when there was none.</summary>
    public async Task<string> MarkAsync(CancellationToken cancel = default) =>
        (await _table.GetAsync(Partition, MarketNames.Commands, cancel))?.ETag ?? "";
}
