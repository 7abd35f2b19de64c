namespace FuturesBot.Dashboard;

/// <summary>A parameter of a route, as the description shows it.</summary>
/// <param name="Name">As in the address.</param>
/// <param name="In">query, path or header.</param>
/// <param name="Meaning">What it does.</param>
/// <param name="Type">string, integer, number or boolean.</param>
internal sealed record ApiParameter(string Name, string In, string Meaning, string Type = "string")
{
    public bool Required { get; init; }

    public object? Default { get; init; }

    public long? Min { get; init; }

    public long? Max { get; init; }

    public IReadOnlyList<string>? Choices { get; init; }

    public static ApiParameter Symbol { get; } = new("symbol", "query", "such as BTCUSDT") { Required = true };

    public static ApiParameter Frame { get; } = OneOf("timeframe", "length of a candle", "1m", "5m", "15m", "1h", "4h", "1d") with
    {
        Default = "15m",
    };

    public static ApiParameter Limit(int otherwise, int max = FuturesBot.Dashboard.Query.LimitMax) =>
        Whole("limit", "rows at most", 1, max, otherwise);

    public static ApiParameter Query(string name, string meaning) => new(name, "query", meaning);

    public static ApiParameter Header(string name, string meaning) => new(name, "header", meaning);

    public static ApiParameter Path(string name, string meaning) => new(name, "path", meaning) { Required = true };

    public static ApiParameter OneOf(string name, string meaning, params string[] choices) =>
        new(name, "query", meaning) { Choices = choices };

    public static ApiParameter Whole(string name, string meaning, long min, long max, long? otherwise = null) =>
        new(name, "query", meaning, "integer") { Min = min, Max = max, Default = otherwise };
}
