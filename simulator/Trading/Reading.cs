using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Trading;

/// <summary>Reads what the calls of trading have in common.</summary>
internal sealed class Reading(TradingEngine engine)
{
    private readonly Dictionary<string, SymbolDesk> _desks =
        engine.Desks.ToDictionary(desk => desk.Symbol.Symbol.Name, StringComparer.Ordinal);

    /// <summary>The call's <c>symbol</c>, which must be there.</summary>
    public Refusal? Desk(Parameters parameters, out SymbolDesk desk)
    {
        desk = engine.Desks[0];
        if (parameters.Text("symbol", out var name) is { } missing) return missing;
        if (!_desks.TryGetValue(name, out var found)) return Refusal.UnknownSymbol;
        desk = found;
        return null;
    }

    /// <summary>The call's <c>symbol</c>; null when it asks for all.</summary>
    public Refusal? AnyDesk(Parameters parameters, out SymbolDesk? desk)
    {
        desk = null;
        if (!parameters.Has("symbol")) return null;
        if (Desk(parameters, out var found) is { } wrong) return wrong;
        desk = found;
        return null;
    }

    /// <summary><c>side</c>, and <c>positionSide</c>, which one-way mode has only one of.</summary>
    public static Refusal? Sides(Parameters parameters, out OrderSide side)
    {
        side = default;
        if (parameters.Text("side", out var text) is { } missing) return missing;
        if (!WireName.TryParse(text, out side)) return Refusals.WrongSide;
        return parameters["positionSide"] is null or "BOTH" ? null : Refusals.WrongPositionSide;
    }

    /// <summary>A name out of a set; absent is the first of it.</summary>
    public static Refusal? Name<T>(Parameters parameters, string name, Refusal otherwise, out T value)
        where T : struct, Enum
    {
        value = default;
        return parameters[name] is not { } text || WireName.TryParse(text, out value) ? null : otherwise;
    }

    /// <summary>A decimal that must be there.</summary>
    public static Refusal? Needed(Parameters parameters, string name, out decimal value)
    {
        value = 0;
        if (parameters.Number(name, out var number) is { } wrong) return wrong;
        if (number is null) return Refusal.Missing(name);
        value = number.Value;
        return null;
    }

    /// <summary>Parameters that this kind of order must not have.</summary>
    public static Refusal? None(Parameters parameters, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (parameters.Has(name)) return Refusals.NotRequired(name);
        }

        return null;
    }

    /// <summary>
    /// <c>startTime</c> and <c>endTime</c>: at most seven days apart, and the last seven days when neither was
    /// sent.
    /// </summary>
    public static Refusal? Week(Parameters parameters, long nowMs, out long startMs, out long endMs)
    {
        const long Week = 7 * 24 * 3_600_000L;
        (startMs, endMs) = (0, 0);
        if (parameters.Whole("startTime", out long? start) is { } badStart) return badStart;
        if (parameters.Whole("endTime", out long? end) is { } badEnd) return badEnd;
        if (start < 0 || start > nowMs + Week) return Refusal.Invalid("startTime");
        if (end < 0) return Refusal.Invalid("endTime");
        if (start > end) return new(-1023, "Start time is greater than end time.");
        endMs = end ?? (start is null ? nowMs : start.Value + Week);
        startMs = start ?? endMs - Week;
        return endMs - startMs > Week ? Refusals.WindowTooLong : null;
    }
}
