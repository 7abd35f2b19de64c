using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;
using FuturesBot.Adapters.AzureStorage;

namespace FuturesBot.Adapters.Tests.AzureStorage;

/// <summary>
/// Lets through what the templates allow an identity in the data account, and refuses everything else as the account would: Azurite knows
/// no roles. What is to be made when it is missing passes, because the templates make it.
/// </summary>
public sealed partial class TemplateRights : HttpPipelinePolicy
{
    private readonly StorageEndpoints _endpoints;
    private readonly ConcurrentQueue<string> _refused = new();
    private readonly ConcurrentDictionary<string, bool> _used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _grants;

    private TemplateRights(StorageEndpoints endpoints, Dictionary<string, string[]> grants) => (_endpoints, _grants) = (endpoints, grants);

    /// <summary>What was asked for beyond the rights, each once.</summary>
    public IReadOnlyList<string> Refused => [.. _refused.Distinct(StringComparer.Ordinal)];

    /// <summary>What was granted, and what of it was asked for: kind and name, in order.</summary>
    public (string[] Granted, string[] Used) Rights =>
        ([.. _grants.SelectMany(grant => grant.Value.Select(name => $"{grant.Key} {name}")).Order(StringComparer.Ordinal)], [.. _used.Keys.Order(StringComparer.Ordinal)]);

    /// <summary>The account with the rights of one of main.bicep's modules over <c>data-access.bicep</c>.</summary>
    /// <param name="account">Azurite's.</param>
    /// <param name="module">functionsAccess or sidecarAccess.</param>
    /// <param name="prefix">Before the names of tables and containers.</param>
    public static (StorageAccount Account, TemplateRights Rights) Of(StorageAccount account, string module, string prefix)
    {
        var folder = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(folder, "infra-bicep"))) folder = Path.GetDirectoryName(folder)!;
        var template = File.ReadAllText(Path.Combine(folder, "infra-bicep", "main.bicep"));
        var body = Comment().Replace(Module().Matches(template).Single(match => match.Groups["name"].Value == module).Groups["body"].Value, "");
        var grants = Lists().Matches(body).ToDictionary(
            list => list.Groups["kind"].Value,
            list => Quoted().Matches(list.Groups["items"].Value).Select(item => item.Groups["text"].Value.Replace("${storagePrefix}", prefix, StringComparison.Ordinal)).ToArray());
        var rights = new TemplateRights(account.Endpoints, grants);
        var options = new StorageClientOptions();
        options.AddPolicy(rights, HttpPipelinePosition.BeforeTransport);
        return (new(account.Endpoints, StorageCredential.Azurite, options), rights);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The client is asynchronous");

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var (kind, name) = Needs(message.Request);
        if (kind is null) return ProcessNextAsync(message, pipeline);
        string[] enough = kind switch
        {
            "readTables" => ["readTables", "writtenTables"],
            "readContainers" => ["readContainers", "writtenContainers"],
            "sentQueues" => ["sentQueues", "ownedQueues"],
            "readQueues" => ["readQueues", "ownedQueues"],
            _ => [kind],
        };
        if (Array.Find(enough, one => _grants.GetValueOrDefault(one, []).Contains(name)) is { } by)
        {
            // A right to write that is only read with is too much.
            if (by == kind || kind == "sentQueues") _used[$"{by} {name}"] = true;
            return ProcessNextAsync(message, pipeline);
        }

        _refused.Enqueue($"{kind} {name}");
        throw new IOException($"The templates grant no {kind} of {name}");
    }

    // Which list of data-access.bicep the thing has to be on; null for what makes it.
    private (string? Kind, string Name) Needs(Request request)
    {
        var address = request.Uri.ToUri();
        var isRead = request.Method == RequestMethod.Get || request.Method == RequestMethod.Head;
        var path = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..];   // the account comes first
        if (address.Port == _endpoints.Tables.Port)
        {
            if (path[0] == "Tables") return default;
            var table = path[0] == "$batch" ? Row().Match(BodyOf(request)).Groups["table"].Value : path[0].Split('(')[0];
            return (isRead ? "readTables" : "writtenTables", table);
        }

        if (address.Port == _endpoints.Blobs.Port)
        {
            if (path.Length == 1 && request.Method == RequestMethod.Put && !address.Query.Contains("comp=", StringComparison.Ordinal)) return default;
            return (isRead ? "readContainers" : "writtenContainers", path[0]);
        }

        if (path.Length == 1 && request.Method == RequestMethod.Put) return default;
        var kind = path.Length == 1 || address.Query.Contains("peekonly=true", StringComparison.Ordinal) ? "readQueues"
            : request.Method == RequestMethod.Post ? "sentQueues" : "ownedQueues";
        return (kind, path[0]);
    }

    private static string BodyOf(Request request)
    {
        using var body = new MemoryStream();
        request.Content?.WriteTo(body, CancellationToken.None);
        return Encoding.UTF8.GetString(body.ToArray());
    }

    [GeneratedRegex(@"^module (?<name>\w+) 'modules/data-access\.bicep' = \{(?<body>.*?)^\}", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Module();

    [GeneratedRegex(@"(?<kind>(written|read|owned|sent)(Tables|Containers|Queues)): \[(?<items>[^\]]*)\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Lists();

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();

    [GeneratedRegex("'(?<text>[^']+)'", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    // Of a transaction's first row; all rows are of one table.
    [GeneratedRegex(@"https?://[^/\s]+/[^/\s]+/(?<table>[A-Za-z0-9]+)[\s(]", RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
