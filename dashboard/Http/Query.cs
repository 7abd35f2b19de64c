using System.Globalization;
using FuturesBot.Domain.Market;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Dashboard;

/// <summary>Parameters of a request, checked before the source is asked.</summary>
internal sealed class Query(HttpRequest request, IDashboardSource source)
{
    public const int LimitMax = 5_000;

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

    private string? Text(string name)
    {
        var text = request.Query[name].ToString();
        return text.Length == 0 ? null : text;
    }
}
