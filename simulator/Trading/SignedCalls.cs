using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Trading;

/// <summary>Lines of the table of calls: all of trading's are signed.</summary>
internal static class SignedCalls
{
    public static Endpoint Get(string path, int weight, Func<ApiCall, Answer> handle) =>
        Of("GET", path, weight, handle);

    /// <summary>A query that may be for one symbol or for all.</summary>
    public static Endpoint Get(string path, int one, int all, Func<ApiCall, Answer> handle) =>
        new("GET", path, Security.Signed, handle) { Weight = sent => sent.Has("symbol") ? one : all };

    public static Endpoint Post(string path, int weight, Func<ApiCall, Answer> handle) =>
        Of("POST", path, weight, handle);

    public static Endpoint Put(string path, int weight, Func<ApiCall, Answer> handle) =>
        Of("PUT", path, weight, handle);

    public static Endpoint Delete(string path, Func<ApiCall, Answer> handle) => Of("DELETE", path, 1, handle);

    private static Endpoint Of(string method, string path, int weight, Func<ApiCall, Answer> handle) =>
        new(method, path, Security.Signed, handle) { Weight = _ => weight };
}
