using System.Globalization;
using FuturesBot.Domain.Market;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Dashboard;

/// <summary>Parameters of a request, checked before the source is asked.</summary>
internal sealed class Query(HttpRequest request, IDashboardSource source)
{
    public const int LimitMax = 5_000;

    // The last millisecond that a date can have.
    private const long TimeMaxMs = 253_402_300_799_999;

    private const string FrameCodes = "1m, 5m, 15m, 1h, 4h, 1d";

    /// <summary>The first thing that was wrong; null while everything was right.</summary>
    public IResult? Fault { get; private set; }

    public Symbol Symbol()
    {
        var text = Text("symbol");
        var known = source.Symbols();
        if (Domain.Market.Symbol.TryParse(text, out var symbol) && known.Any(view => view.Symbol == symbol))
            return symbol;
        Fault ??= Problems.BadParameter("symbol", text, string.Join(", ", known.Select(view => view.Symbol.Name)));
        return default;
    }

    public TimeFrame Frame()
    {
        var text = Text("timeframe");
        if (text is null) return TimeFrame.M15;
        if (TimeFrames.TryParse(text, out var frame)) return frame;
        Fault ??= Problems.BadParameter("timeframe", text, FrameCodes);
        return default;
    }

    public int Number(string name, int otherwise, int min, int max)
    {
        var text = Text(name);
        if (text is null) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max)
            return number;
        Fault ??= Problems.BadParameter(name, text, $"a whole number from {min} to {max}");
        return otherwise;
    }

    public int Limit(int otherwise) => Number("limit", otherwise, min: 1, LimitMax);

    /// <summary>Null = both groups.</summary>
    public SignalGroup? Group()
    {
        switch (Text("state"))
        {
            case null: return null;
            case "open": return SignalGroup.Open;
            case "closed": return SignalGroup.Closed;
            default:
                Fault ??= Problems.BadParameter("state", Text("state"), "open, closed");
                return null;
        }
    }

    /// <summary>A number with decimals; null when it is left out.</summary>
    public double? Real(string name)
    {
        var text = Text(name);
        if (text is null) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            return number;
        Fault ??= Problems.BadParameter(name, text, "a number such as 3.5");
        return null;
    }

    /// <summary>UTC, Unix milliseconds, or ISO-8601; null when it is left out.</summary>
    public long? Time(string name)
    {
        var text = Text(name);
        if (text is null) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms <= TimeMaxMs) return ms;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time)) return time.ToUnixTimeMilliseconds();
        Fault ??= Problems.BadParameter(name, text, "UTC as 2026-11-20T12:00:00Z or as Unix milliseconds");
        return null;
    }

    /// <summary>One of a few words; null when it is left out.</summary>
    public string? OneOf(string name, params string[] choices)
    {
        var text = Text(name);
        if (text is null || choices.Contains(text, StringComparer.Ordinal)) return text;
        Fault ??= Problems.BadParameter(name, text, string.Join(", ", choices));
        return null;
    }

    /// <summary>Any text up to a length; null when it is left out.</summary>
    public string? Words(string name, int max = 100)
    {
        var text = Text(name);
        if (text is null || text.Length <= max) return text;
        Fault ??= Problems.BadParameter(name, text[..20] + "…", $"a text of at most {max} characters");
        return null;
    }

    public Symbol? SymbolOrNone() => Text("symbol") is null ? null : Symbol();

    private string? Text(string name)
    {
        var text = request.Query[name].ToString();
        return text.Length == 0 ? null : text;
    }
}
