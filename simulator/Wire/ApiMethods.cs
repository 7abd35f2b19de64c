namespace FuturesBot.Simulator.Wire;

/// <summary>The methods of the WebSocket API: each is a REST call by another name, carried out by the same code.</summary>
internal static class ApiMethods
{
    private static readonly Dictionary<string, (string Method, string Path)> Calls = new(StringComparer.Ordinal)
    {
        ["ping"] = ("GET", "/fapi/v1/ping"),
        ["time"] = ("GET", "/fapi/v1/time"),
        ["depth"] = ("GET", "/fapi/v1/depth"),
        ["ticker.price"] = ("GET", "/fapi/v2/ticker/price"),
        ["ticker.book"] = ("GET", "/fapi/v1/ticker/bookTicker"),
        ["order.place"] = ("POST", "/fapi/v1/order"),
        ["order.modify"] = ("PUT", "/fapi/v1/order"),
        ["order.cancel"] = ("DELETE", "/fapi/v1/order"),
        ["order.status"] = ("GET", "/fapi/v1/order"),
        ["algoOrder.place"] = ("POST", "/fapi/v1/algoOrder"),
        ["algoOrder.cancel"] = ("DELETE", "/fapi/v1/algoOrder"),
        ["account.position"] = ("GET", "/fapi/v2/positionRisk"),
        ["v2/account.position"] = ("GET", "/fapi/v3/positionRisk"),
        ["account.balance"] = ("GET", "/fapi/v2/balance"),
        ["v2/account.balance"] = ("GET", "/fapi/v3/balance"),
        ["account.status"] = ("GET", "/fapi/v2/account"),
        ["v2/account.status"] = ("GET", "/fapi/v3/account"),
        ["userDataStream.start"] = ("POST", "/fapi/v1/listenKey"),
        ["userDataStream.ping"] = ("PUT", "/fapi/v1/listenKey"),
        ["userDataStream.stop"] = ("DELETE", "/fapi/v1/listenKey"),
    };

    /// <summary>Every name, in the order of the documentation.</summary>
    public static IReadOnlyCollection<string> Names => Calls.Keys;

    /// <summary>The REST call behind a method; false for one that is not known.</summary>
    public static bool TryFind(string name, out (string Method, string Path) call) => Calls.TryGetValue(name, out call);
}
