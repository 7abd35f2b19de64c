using Azure.Core;

namespace FuturesBot.Adapters.AzureStorage;

/// <summary>
/// Kinds of storage operations, as prices tell them apart: <c>read</c>, <c>write</c>, <c>delete</c> and <c>list</c> of any service,
/// <c>transaction</c> (an entity group, billed as one) and <c>query</c> of tables, <c>append</c>, <c>lease</c> of blobs,
/// <c>send</c>, <c>receive</c>, <c>peek</c> of queues, and <c>create</c> of what holds the rest.
/// </summary>
public static class StorageOperation
{
    /// <summary>The kind of a request, by its method and address alone.</summary>
    public static string Of(StorageService service, Request request) =>
        Of(service, request.Method.Method, request.Uri.Path, request.Uri.Query);

    internal static string Of(StorageService service, string method, string path, string query) => service switch
    {
        StorageService.Tables => Table(method, path),
        StorageService.Queues => Queue(method, path, query),
        _ => Blob(method, query),
    };

    private static string Table(string method, string path) => method switch
    {
        "GET" => path.EndsWith(')') && !path.EndsWith("()", StringComparison.Ordinal) ? "read" : "query",
        "DELETE" => "delete",
        "POST" when path.EndsWith("/$batch", StringComparison.Ordinal) => "transaction",
        "POST" when path.EndsWith("/Tables", StringComparison.Ordinal) => "create",
        _ => "write",
    };

    private static string Queue(string method, string path, string query)
    {
        var messages = path.Contains("/messages", StringComparison.Ordinal);
        return method switch
        {
            "POST" => "send",
            "GET" when messages => Has(query, "peekonly=true") ? "peek" : "receive",
            "GET" or "HEAD" => Has(query, "comp=list") ? "list" : "read",
            "DELETE" => "delete",
            _ => messages ? "write" : "create",
        };
    }

    private static string Blob(string method, string query) => method switch
    {
        "GET" when Has(query, "comp=list") => "list",
        "GET" or "HEAD" => "read",
        "DELETE" => "delete",
        _ when Has(query, "comp=lease") => "lease",
        _ when Has(query, "comp=appendblock") => "append",
        _ when Has(query, "restype=container") => "create",
        _ => "write",
    };

    private static bool Has(string query, string part) => query.Contains(part, StringComparison.OrdinalIgnoreCase);
}
