namespace FuturesBot.Simulator.Wire;

/// <summary>Listen keys: the way to an account's events.</summary>
internal sealed class ListenKeyEndpoints(ListenKeys keys, ExchangeContext context) : IExchangePart
{
    private const string Path = "/fapi/v1/listenKey";

    private static readonly Refusal Gone = new(-1125, "This listenKey does not exist.");

    private static readonly Refusal Retired = new(-5000, $"Path {Path} is invalid", 404);

    public IEnumerable<Endpoint> Endpoints =>
    [
        Of("POST", call => Named(keys.Create(call.Account, call.NowMs))),
        Of("PUT", call => keys.Keep(call.Account, call.NowMs) is { } key ? Named(key) : Gone),
        Of("DELETE", call => keys.Delete(call.Account, call.NowMs) ? Answer.Empty : Gone),
    ];

    private Endpoint Of(string method, Func<ApiCall, Answer> handle) => new(
        method,
        Path,
        Security.Key,
        call => context.Changes.NoListenKeys ? Retired : IsOther(call) ? Gone : handle(call));

    // The exchange knows the key by the account; a client may send it all the same.
    private bool IsOther(ApiCall call) =>
        call.Parameters["listenKey"] is { } sent && sent != keys.Of(call.Account, call.NowMs);

    private static Answer Named(string key) => Answer.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("listenKey", key);
        json.WriteEndObject();
    });
}
