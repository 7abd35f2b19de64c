using FuturesBot.Domain.Market;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Dashboard;

/// <summary>What a page wants of signals and of what did not become one. Null lets everything through.</summary>
internal sealed record SignalFilter
{
    public static readonly string[] Sorts = ["time", "symbol", "strategy", "score", "result", "mfe", "mae", "bars"];

    private static readonly string[] States =
        ["open", "closed", .. Enum.GetValues<SignalStage>().Select(NameOf).Where(name => name is not ("open" or "closed"))];

    private static readonly string[] Outcomes = [.. Enum.GetValues<TradeOutcome>().Select(NameOf), "none"];

    /// <summary>Open, closed (these two are groups), or a stage.</summary>
    public string? State { get; private init; }

    public string? Strategy { get; private init; }

    public Symbol? Symbol { get; private init; }

    public Side? Side { get; private init; }

    public TimeFrame? Frame { get; private init; }

    /// <summary>win, break_even, loss, or none: no trade.</summary>
    public string? Outcome { get; private init; }

    /// <summary>Decided at or after.</summary>
    public long? FromMs { get; private init; }

    /// <summary>Decided before.</summary>
    public long? ToMs { get; private init; }

    public double? ScoreMin { get; private init; }

    public double? ScoreMax { get; private init; }

    /// <summary>Somewhere in id, symbol, strategy, mode, regime, reason; in any case.</summary>
    public string? Text { get; private init; }

    public static SignalFilter Read(Query query, HttpRequest request) => new()
    {
        State = query.OneOf("state", States),
        Strategy = query.Words("strategy"),
        Symbol = query.SymbolOrNone(),
        Side = query.OneOf("side", "long", "short") switch
        {
            "long" => Domain.Market.Side.Long,
            "short" => Domain.Market.Side.Short,
            _ => null,
        },
        Frame = request.Query.ContainsKey("timeframe") ? query.Frame() : null,
        Outcome = query.OneOf("outcome", Outcomes),
        FromMs = query.Time("from"),
        ToMs = query.Time("to"),
        ScoreMin = query.Real("score_min"),
        ScoreMax = query.Real("score_max"),
        Text = query.Words("text"),
    };

    public static ApiParameter[] Parameters =>
    [
        ApiParameter.OneOf("state", "open and closed are groups, the others stages", States),
        ApiParameter.Query("strategy", "its name"),
        ApiParameter.Symbol with { Required = false },
        ApiParameter.OneOf("side", "direction", "long", "short"),
        ApiParameter.Frame with { Default = null },
        ApiParameter.OneOf("outcome", "of the trade; none: there was no trade", Outcomes),
        ApiParameter.Query("from", "decided at or after, UTC"),
        ApiParameter.Query("to", "decided before, UTC"),
        ApiParameter.Query("score_min", "score at least"),
        ApiParameter.Query("score_max", "score at most"),
        ApiParameter.Query("text", "somewhere in id, symbol, strategy, mode, regime or reason"),
    ];

    public bool Passes(SignalView signal) =>
        (State is null || IsInState(signal))
        && (Strategy is null || string.Equals(Strategy, signal.Strategy, StringComparison.OrdinalIgnoreCase))
        && (Symbol is null || Symbol == signal.Symbol)
        && (Side is null || Side == signal.Direction)
        && (Frame is null || Frame == signal.Timeframe)
        && (Outcome is null || Outcome == (signal.Outcome is { } outcome ? NameOf(outcome) : "none"))
        && IsInTime(signal.DecidedAtMs)
        && (ScoreMin is null || signal.Score >= ScoreMin)
        && (ScoreMax is null || signal.Score <= ScoreMax)
        && (Text is null || Has(signal.SignalId, signal.Symbol.Name, signal.Strategy, signal.Mode, signal.Regime, signal.CloseReason ?? ""));

    /// <summary>State, outcome and score are a signal's alone: a filter by them lets nothing else through.</summary>
    public bool Passes(WhyNotView row) =>
        State is null && Outcome is null && ScoreMin is null && ScoreMax is null
        && (Strategy is null || string.Equals(Strategy, row.Strategy, StringComparison.OrdinalIgnoreCase))
        && (Symbol is null || Symbol == row.Symbol)
        && (Side is null || Side == row.Direction)
        && (Frame is null || Frame == row.Timeframe)
        && IsInTime(row.TimeMs)
        && (Text is null || Has(row.Symbol.Name, row.Strategy, row.Mode, row.Reason, row.Title));

    /// <summary>Sorted as asked for; equals stay in the order of their ids, and what is unavailable comes last.</summary>
    public static IEnumerable<SignalView> Sort(IEnumerable<SignalView> signals, string? by, bool ascending)
    {
        var known = by switch
        {
            "symbol" => By(signals, s => s.Symbol.Name),
            "strategy" => By(signals, s => s.Strategy),
            "score" => ByNumber(signals, s => s.Score),
            "result" => ByNumber(signals, s => double.IsNaN(s.PnlRNet) ? s.NowR : s.PnlRNet),
            "mfe" => ByNumber(signals, s => s.MfeR),
            "mae" => ByNumber(signals, s => s.MaeR),
            "bars" => ByNumber(signals, s => s.Bars),
            _ => ByNumber(signals, s => s.DecidedAtMs),
        };
        return known.ThenBy(s => s.SignalId, StringComparer.Ordinal);

        IOrderedEnumerable<SignalView> By(IEnumerable<SignalView> all, Func<SignalView, string> key) =>
            ascending ? all.OrderBy(key, StringComparer.Ordinal) : all.OrderByDescending(key, StringComparer.Ordinal);

        IOrderedEnumerable<SignalView> ByNumber(IEnumerable<SignalView> all, Func<SignalView, double> key)
        {
            var there = all.OrderBy(signal => double.IsNaN(key(signal)));
            return ascending ? there.ThenBy(key) : there.ThenByDescending(key);
        }
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private bool IsInState(SignalView signal) => State switch
    {
        "open" => signal.ClosedAtMs is null,
        "closed" => signal.ClosedAtMs is not null,
        _ => State == NameOf(signal.State),
    };

    private bool IsInTime(long ms) => (FromMs is null || ms >= FromMs) && (ToMs is null || ms < ToMs);

    private bool Has(params string[] fields) => Array.Exists(fields, field => field.Contains(Text!, StringComparison.OrdinalIgnoreCase));
}
