using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Core;

namespace FuturesBot.Adapters.AzureStorage.Tables;

/// <summary>One table: rows by their two keys.</summary>
public sealed class TableClient
{
    /// <summary>Changes that one transaction holds at most.</summary>
    public const int TransactionMaxActions = 100;

    /// <summary>Bytes of a transaction that stay below the service's 4 MiB.</summary>
    public const int TransactionMaxBytes = 3_500_000;

    private readonly StoragePipe _pipe;
    private readonly Uri _root;

    internal TableClient(StoragePipe pipe, string name)
    {
        (_pipe, Name) = (pipe, name);
        _root = pipe.Message(RequestMethod.Get, name).Request.Uri.ToUri();
    }

    public string Name { get; }

    /// <summary>Makes the table; one that is there is fine.</summary>
    public async Task CreateAsync(CancellationToken cancel = default)
    {
        if (!_pipe.MakesMissing) return;
        using var message = _pipe.Message(RequestMethod.Post, "Tables");
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        Json(message, Encoding.UTF8.GetBytes($"{{\"TableName\":\"{Name}\"}}"));
        await _pipe.MakeAsync(message, cancel, 201, 204, 409);
    }

    /// <summary>Deletes the table with all that it holds; one that is not there is fine.</summary>
    public async Task DropAsync(CancellationToken cancel = default)
    {
        using var message = _pipe.Message(RequestMethod.Delete, $"Tables('{Name}')");
        await _pipe.SendAsync(message, cancel, 204, 404);
    }

    /// <summary>The row; null when it, or the table, is not there.</summary>
    public async Task<TableRow?> GetAsync(string partition, string key, CancellationToken cancel = default)
    {
        using var message = _pipe.Message(RequestMethod.Get, Name + Keys(partition, key));
        var response = await _pipe.SendAsync(message, cancel, 200, 404);
        if (response.Status == 404) return null;
        using var json = JsonDocument.Parse(response.Content.ToMemory());
        var row = TableRowJson.Read(json.RootElement);
        row.ETag ??= response.Headers.ETag?.ToString("H");
        return row;
    }

    /// <summary>One change; its row carries its new version afterwards.</summary>
    public async Task<TableOutcome> ApplyAsync(TableAction action, CancellationToken cancel = default)
    {
        var (method, address, hasBody) = Request(action);
        using var message = _pipe.Message(new RequestMethod(method), Name + address);
        if (method == "POST") message.Request.Headers.SetValue("Prefer", "return-no-content");
        if (action.ETag is { } etag) message.Request.Headers.SetValue("If-Match", etag);
        if (hasBody) Json(message, TableRowJson.Write(action.Row));
        var response = await _pipe.SendAsync(message, cancel, 201, 204, 404, 409, 412);
        if (response.Headers.ETag is { } now) action.Row.ETag = now.ToString("H");
        return OutcomeOf(response.Status);
    }

    /// <summary>All or nothing. Rows carry their new versions afterwards.</summary>
    /// <param name="actions">Up to <see cref="TransactionMaxActions"/> of one partition, each row once; none is fine.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="ArgumentException">Too many, of several partitions, or a row twice.</exception>
    public async Task<TableOutcome> TransactAsync(IReadOnlyList<TableAction> actions, CancellationToken cancel = default)
    {
        if (actions.Count == 0) return TableOutcome.Done;
        if (actions.Count == 1) return await ApplyAsync(actions[0], cancel);
        if (actions.Count > TransactionMaxActions)
            throw new ArgumentException($"A transaction had {actions.Count} changes; {TransactionMaxActions} are allowed", nameof(actions));
        if (actions.Any(action => action.Row.Partition != actions[0].Row.Partition))
            throw new ArgumentException("A transaction had rows of several partitions", nameof(actions));
        if (actions.Select(action => action.Row.Key).Distinct(StringComparer.Ordinal).Count() < actions.Count)
            throw new ArgumentException($"A transaction had a row of partition {actions[0].Row.Partition} twice", nameof(actions));

        var batch = TableBatch.Of(Boundary(actions), _root, actions);
        using var message = _pipe.Message(RequestMethod.Post, "$batch");
        message.Request.Headers.SetValue("Content-Type", batch.ContentType);
        message.Request.Content = RequestContent.Create(batch.Body);
        var response = await _pipe.SendAsync(message, cancel, 202);
        var answer = response.Content.ToString();
        var statuses = TableBatch.Statuses(answer);
        if (statuses.FirstOrDefault(status => status >= 400) is var failed and > 0)
        {
            var outcome = OutcomeOf(failed);
            return outcome != TableOutcome.Done ? outcome : throw new StorageException(
                $"A transaction of {actions.Count} changes in {Name}/{actions[0].Row.Partition} was answered with {failed}", failed, CodeOf(answer));
        }

        if (statuses.Count != actions.Count)
            throw new StorageException($"A transaction of {actions.Count} changes in {Name} was answered for {statuses.Count} of them", 202, "");
        var tags = TableBatch.ETags(answer);
        for (var i = 0; i < actions.Count; i++) actions[i].Row.ETag = tags[i] ?? actions[i].Row.ETag;
        return TableOutcome.Done;
    }

    /// <summary>Rows that fit, by partition, then key; page after page as they are wanted.</summary>
    /// <param name="filter">An OData filter, built with <see cref="TableFilter"/>; everything when null.</param>
    /// <param name="pageRows">Rows a page, 1 to 1000.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async IAsyncEnumerable<TableRow> QueryAsync(
        string? filter, int pageRows = 1000, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        (string Partition, string Row)? next = null;
        do
        {
            var query = new List<(string, string)> { ("$top", pageRows.ToString(CultureInfo.InvariantCulture)) };
            if (filter is not null) query.Add(("$filter", filter));
            if (next is { } from)
            {
                query.Add(("NextPartitionKey", from.Partition));
                if (from.Row.Length > 0) query.Add(("NextRowKey", from.Row));
            }

            using var message = _pipe.Message(RequestMethod.Get, Name + "()", [.. query]);
            var response = await _pipe.SendAsync(message, cancel, 200);
            next = response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partition) && partition is not null
                ? (partition, response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var row) ? row ?? "" : "")
                : null;
            using var json = JsonDocument.Parse(response.Content.ToMemory());
            foreach (var found in json.RootElement.GetProperty("value").EnumerateArray()) yield return TableRowJson.Read(found);
        }
        while (next is not null);
    }

    /// <summary>Method and address below the table of a change, and whether the row travels with it.</summary>
    internal static (string Method, string Address, bool HasBody) Request(TableAction action)
    {
        var keys = Keys(action.Row.Partition, action.Row.Key);
        return action.Kind switch
        {
            TableActionKind.Insert => ("POST", "", true),
            TableActionKind.UpsertReplace or TableActionKind.Update => ("PUT", keys, true),
            TableActionKind.UpsertMerge => ("PATCH", keys, true),
            TableActionKind.Delete => ("DELETE", keys, false),
            _ => throw new InvalidOperationException($"Change was {action.Kind}"),
        };
    }

    private static string Keys(string partition, string key) => $"(PartitionKey='{Escape(partition)}',RowKey='{Escape(key)}')";

    private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));

    private static TableOutcome OutcomeOf(int status) => status switch
    {
        404 => TableOutcome.Missing,
        409 => TableOutcome.Exists,
        412 => TableOutcome.Changed,
        _ => TableOutcome.Done,
    };

    private static string CodeOf(string answer)
    {
        const string Mark = "\"code\":\"";
        var at = answer.IndexOf(Mark, StringComparison.Ordinal);
        return at < 0 ? "" : answer[(at + Mark.Length)..].Split('"')[0];
    }

    /// <summary>A function of the rows, so that the same transaction is the same bytes; long enough not to occur in one.</summary>
    private static string Boundary(IReadOnlyList<TableAction> actions)
    {
        var text = string.Join('|', actions.Select(action => $"{action.Kind} {action.Row.Partition} {action.Row.Key} {action.ETag}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }

    private static void Json(HttpMessage message, ReadOnlyMemory<byte> body)
    {
        message.Request.Headers.SetValue("Content-Type", "application/json");
        message.Request.Content = RequestContent.Create(body);
    }
}
