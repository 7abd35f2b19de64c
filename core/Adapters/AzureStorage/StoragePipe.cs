using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Adapters.AzureStorage;

/// <summary>One service of one account: builds requests, sends them with retries, and makes errors say what was asked for.</summary>
internal sealed class StoragePipe
{
    private readonly HttpPipeline _pipeline;
    private readonly Uri _root;

    public StoragePipe(
        StorageService service, Uri root, string account, StorageCredential credential, StorageClientOptions options, TimeProvider time, StorageOperationCounts counts,
        bool makesMissing)
    {
        (Service, MakesMissing) = (service, makesMissing);
        _root = root;
        _pipeline = HttpPipelineBuilder.Build(options, new OperationCountPolicy(service, counts), credential.Policy(service, account, time));
    }

    public StorageService Service { get; }

    /// <summary>False: what templates have made is taken to be there.</summary>
    public bool MakesMissing { get; }

    /// <param name="method">GET, PUT …</param>
    /// <param name="path">Below the service's root, without a slash at its start; escaped where it has to be.</param>
    /// <param name="query">Names and values, not yet escaped.</param>
    public HttpMessage Message(RequestMethod method, string path, params ReadOnlySpan<(string Name, string Value)> query)
    {
        var message = _pipeline.CreateMessage();
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(_root);
        request.Uri.AppendPath("/" + path, escape: false);
        foreach (var (name, value) in query) request.Uri.AppendQuery(name, value, escapeValue: true);
        request.Headers.SetValue("x-ms-version", StorageClientOptions.ServiceVersion);
        if (Service == StorageService.Tables)
        {
            request.Headers.SetValue("Accept", "application/json;odata=minimalmetadata");
            request.Headers.SetValue("DataServiceVersion", "3.0");
        }

        return message;
    }

    /// <summary>Sends, and gives the answer when its status is one of those that the caller knows what to do with.</summary>
    /// <exception cref="StorageException">Another status, or no answer.</exception>
    public async Task<Response> SendAsync(HttpMessage message, CancellationToken cancel, params int[] expected)
    {
        try
        {
            await _pipeline.SendAsync(message, cancel);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or IOException or HttpRequestException)
        {
            Counts.Failed("storage", e.GetType().Name, StorageOperation.Of(Service, message.Request));
            throw new StorageException($"{Asked(message)} was not answered: {Reason(e)}", 0, "", e);
        }

        var response = message.Response;
        if (Array.IndexOf(expected, response.Status) >= 0) return response;
        throw Unexpected(message, response, CodeOf(response));
    }

    /// <summary>
    /// Makes a table, queue or container. In Azure the templates make them, and roles on single ones do not reach as far as making
    /// one: that refusal, and no other, is as good as "it is there". One that is missing all the same shows itself with its first use.
    /// </summary>
    /// <exception cref="StorageException">Any other answer than those expected.</exception>
    public async Task MakeAsync(HttpMessage message, CancellationToken cancel, params int[] expected)
    {
        var response = await SendAsync(message, cancel, [.. expected, 403]);
        if (response.Status != 403) return;
        var code = CodeOf(response);
        if (code != "AuthorizationPermissionMismatch") throw Unexpected(message, response, code);
    }

    private StorageException Unexpected(HttpMessage message, Response response, string code)
    {
        Counts.Failed("storage", code.Length > 0 ? code : response.Status.ToString(CultureInfo.InvariantCulture), StorageOperation.Of(Service, message.Request));
        return new StorageException(
            string.Create(CultureInfo.InvariantCulture, $"{Asked(message)} was answered with {response.Status} {code}"), response.Status, code);
    }

    /// <summary>The service's own code: a header of blobs and queues, in the body of tables.</summary>
    public static string CodeOf(Response response)
    {
        if (response.Headers.TryGetValue("x-ms-error-code", out var code) && code is not null) return code;
        try
        {
            using var json = JsonDocument.Parse(response.Content.ToMemory());
            return json.RootElement.GetProperty("odata.error").GetProperty("code").GetString() ?? "";
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "";   // the body says nothing in the form of the reference; the status stands
        }
    }

    /// <summary>Method and path: a query may hold a filter, never a secret, but a signature would stand there.</summary>
    private string Asked(HttpMessage message) =>
        $"{message.Request.Method.Method} {message.Request.Uri.ToUri().AbsolutePath} ({Service.ToString().ToLowerInvariant()})";

    private static string Reason(Exception fault) =>
        fault is AggregateException { InnerExceptions: [.., var last] } ? last.Message : fault.Message;
}
