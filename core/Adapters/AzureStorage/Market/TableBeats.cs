using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>Signs of life in a table: a row for each component.</summary>
public sealed class TableBeats : IBeats
{
    private const string Partition = "beats";

    // A note is a sentence; a value holds 32 Ki characters.
    private const int NoteMax = 4_000;

    private readonly TableClient _table;

    /// <param name="account">Where.</param>
    /// <param name="prefix">Before the table's name.</param>
    public TableBeats(StorageAccount account, string prefix = "futuresbot")
    {
        _table = account.Table(MarketNames.Beats(prefix));
    }

    /// <summary>Makes the table; one that is there is fine.</summary>
    public Task CreateAsync(CancellationToken cancel = default) => _table.CreateAsync(cancel);

    /// <remarks>Of a note that is longer, the first 4,000 characters are kept.</remarks>
    public async Task WriteAsync(Beat beat, CancellationToken cancel = default) => await _table.ApplyAsync(
        TableAction.Upsert(new TableRow(Partition, TableKey.Of(beat.Component))
            .With("component", beat.Component).With("at", beat.AtMs).With("number", beat.Number)
            .With("note", beat.Note.Length <= NoteMax ? beat.Note : beat.Note[..NoteMax])),
        cancel);

    public async Task<IReadOnlyList<Beat>> ReadAsync(CancellationToken cancel = default)
    {
        var beats = new List<Beat>();
        await foreach (var row in _table.QueryAsync(TableFilter.Partition(Partition), cancel: cancel))
            beats.Add(new(row.Text("component"), row.Long("at"), row.Long("number"), row.Text("note")));
        return beats;
    }
}
