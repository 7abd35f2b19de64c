using System.Text;

namespace FuturesBot.Adapters.AzureStorage.Tables;

/// <summary>A transaction in the form of the service: one multipart change set, all or nothing.</summary>
/// <remarks>Source: "Performing entity group transactions", storage services' REST reference.</remarks>
internal sealed class TableBatch
{
    private const string Newline = "\r\n";

    private TableBatch(string boundary, ReadOnlyMemory<byte> body)
    {
        (ContentType, Body) = ($"multipart/mixed; boundary=batch_{boundary}", body);
    }

    public string ContentType { get; }

    public ReadOnlyMemory<byte> Body { get; }

    /// <param name="boundary">Text that does not occur in the rows: derived from what is sent.</param>
    /// <param name="root">The table's address.</param>
    /// <param name="actions">At most 100, of one partition, each row once.</param>
    public static TableBatch Of(string boundary, Uri root, IReadOnlyList<TableAction> actions)
    {
        var body = new MemoryStream();
        Line($"--batch_{boundary}");
        Line($"Content-Type: multipart/mixed; boundary=changeset_{boundary}");
        Line("");
        foreach (var action in actions)
        {
            var (method, address, hasBody) = TableClient.Request(action);
            Line($"--changeset_{boundary}");
            Line("Content-Type: application/http");
            Line("Content-Transfer-Encoding: binary");
            Line("");
            Line($"{method} {root.AbsoluteUri.TrimEnd('/')}{address} HTTP/1.1");
            Line("Accept: application/json;odata=minimalmetadata");
            Line("DataServiceVersion: 3.0");
            if (method == "POST") Line("Prefer: return-no-content");
            if (action.ETag is { } etag) Line($"If-Match: {etag}");
            if (hasBody)
            {
                Line("Content-Type: application/json");
                Line("");
                body.Write(TableRowJson.Write(action.Row).Span);
            }

            Line("");
        }

        Line($"--changeset_{boundary}--");
        Line($"--batch_{boundary}--");
        return new(boundary, body.ToArray());

        void Line(string text) => body.Write(Encoding.UTF8.GetBytes(text + Newline));
    }

    /// <summary>The statuses of the answer's parts, in order; a change set that failed has the failing one alone.</summary>
    public static IReadOnlyList<int> Statuses(string answer)
    {
        var statuses = new List<int>();
        foreach (var line in answer.Split('\n'))
        {
            if (!line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)) continue;
            if (int.TryParse(line.AsSpan(9, Math.Min(3, line.Length - 9)), out var status)) statuses.Add(status);
        }

        return statuses;
    }

    /// <summary>The versions of the written rows, in order; null where a part has none.</summary>
    public static IReadOnlyList<string?> ETags(string answer)
    {
        var tags = new List<string?>();
        foreach (var line in answer.Split('\n'))
        {
            if (line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)) tags.Add(null);
            else if (tags.Count > 0 && line.StartsWith("ETag:", StringComparison.OrdinalIgnoreCase)) tags[^1] = line[5..].Trim();
        }

        return tags;
    }
}
