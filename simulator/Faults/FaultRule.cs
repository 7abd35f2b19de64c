using System.IO.Enumeration;

namespace FuturesBot.Simulator.Faults;

/// <summary>One thing that goes wrong: what, where, how often and when.</summary>
public sealed record FaultRule(FaultKind Kind)
{
    /// <summary>Calls that it concerns, such as <c>POST /fapi/v1/order</c> or <c>* /fapi/v1/*</c>; null for all.</summary>
    public string? Call { get; init; }

    /// <summary>
    /// Streams that it concerns, such as <c>btcusdt@depth*</c>; for events of accounts their type, such as
    /// <c>ORDER_TRADE_UPDATE</c>; for connections their route, such as <c>/market</c>. Null for all.
    /// </summary>
    public string? Stream { get; init; }

    /// <summary>The symbol that it concerns, in capitals; null for all.</summary>
    public string? Symbol { get; init; }

    /// <summary>How likely it strikes each time it could, 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>It strikes so many times at most; null for any number.</summary>
    public int? Count { get; init; }

    /// <summary>Begins so long after the exchange was started, wall time.</summary>
    public TimeSpan WallFrom { get; init; }

    /// <summary>Ends so long after the exchange was started, wall time; null: never.</summary>
    public TimeSpan? WallTo { get; init; }

    /// <summary>Begins at this market time, UTC, Unix milliseconds.</summary>
    public long MarketFromMs { get; init; } = long.MinValue;

    /// <summary>Ends before this market time, UTC, Unix milliseconds.</summary>
    public long MarketToMs { get; init; } = long.MaxValue;

    /// <summary>The kind's length in milliseconds; drawn between this and <see cref="MsMax"/>. Null for the kind's own.</summary>
    public long? Ms { get; init; }

    /// <summary>The longest; null for <see cref="Ms"/>.</summary>
    public long? MsMax { get; init; }

    /// <summary>Whether an order with an unknown answer was carried out; null: every other time.</summary>
    public bool? Executed { get; init; }

    /// <summary>True for what goes wrong with events on their way, or with their connections.</summary>
    public bool IsOfStreams => Kind >= FaultKind.UnknownFields;

    internal bool IsOfCall(string call, string? symbol) => Fits(Call, call) && (Symbol is null || Symbol == symbol);

    internal bool IsOfStream(string stream, string? symbol) =>
        Fits(Stream, stream) && (Symbol is null || Symbol == symbol);

    internal bool IsNow(TimeSpan wall, long marketMs) =>
        wall >= WallFrom && (WallTo is null || wall < WallTo) && marketMs >= MarketFromMs && marketMs < MarketToMs;

    private static bool Fits(string? pattern, string text) =>
        pattern is null || FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);
}
