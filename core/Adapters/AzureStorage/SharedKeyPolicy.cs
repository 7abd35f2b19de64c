using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace FuturesBot.Adapters.AzureStorage;

/// <summary>
/// Signs each try of a request with the account's key. Source: "Authorize with Shared Key" of the storage services' REST
/// reference; blobs and queues sign the headers too, tables the date and the resource alone.
/// </summary>
internal sealed class SharedKeyPolicy(StorageService service, string account, byte[] key, TimeProvider time) : HttpPipelineSynchronousPolicy
{
    // The headers that blobs and queues sign by position; those absent are empty lines.
    private static readonly string[] Signed =
    [
        "Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date",
        "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range",
    ];

    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        request.Headers.SetValue("x-ms-date", time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        var text = service == StorageService.Tables ? OfTable(request) : OfOther(request);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        request.Headers.SetValue("Authorization", $"SharedKey {account}:{signature}");
    }

    private string OfTable(Request request)
    {
        var uri = request.Uri.ToUri();
        var resource = $"/{account}{uri.AbsolutePath}";
        if (QueryOf(uri).TryGetValue("comp", out var comp)) resource += $"?comp={comp}";
        return string.Join('\n', request.Method.Method, Header(request, "Content-MD5"), Header(request, "Content-Type"), Header(request, "x-ms-date"), resource);
    }

    private string OfOther(Request request)
    {
        var text = new StringBuilder(request.Method.Method);
        foreach (var name in Signed)
        {
            var value = name == "Content-Length" ? LengthOf(request) : Header(request, name);
            text.Append('\n').Append(value);
        }

        text.Append('\n');
        foreach (var header in request.Headers
                     .Where(header => header.Name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
                     .Select(header => (Name: header.Name.ToLowerInvariant(), header.Value))
                     .OrderBy(header => header.Name, StringComparer.Ordinal))
        {
            text.Append(header.Name).Append(':').Append(header.Value).Append('\n');
        }

        var uri = request.Uri.ToUri();
        text.Append('/').Append(account).Append(uri.AbsolutePath);
        foreach (var (name, value) in QueryOf(uri).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            text.Append('\n').Append(name).Append(':').Append(value);
        return text.ToString();
    }

    private static string LengthOf(Request request) =>
        request.Content is { } content && content.TryComputeLength(out var length) && length > 0
            ? length.ToString(CultureInfo.InvariantCulture)
            : "";   // since version 2015-02-21 a length of zero is signed as nothing

    private static string Header(Request request, string name) => request.Headers.TryGetValue(name, out var value) ? value ?? "" : "";

    private static Dictionary<string, string> QueryOf(Uri uri)
    {
        var query = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = at < 0 ? (part, "") : (part[..at], part[(at + 1)..]);
            query[Uri.UnescapeDataString(name).ToLowerInvariant()] = Uri.UnescapeDataString(value);
        }

        return query;
    }
}
