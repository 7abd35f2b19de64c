using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Dashboard;

/// <summary>Parameters of a request that have nothing to do with symbols.</summary>
internal sealed class PlainQuery(HttpRequest request)
{
    /// <summary>Longest text that is taken.</summary>
    public const int TextMax = 200;

    /// <summary>The first thing that was wrong; null while everything was right.</summary>
    public IResult? Fault { get; private set; }

    public int Number(string name, int otherwise, int min, int max) => (int)(Long(name, min, max) ?? otherwise);

    /// <summary>Null when it is not there.</summary>
    public long? Long(string name, long min, long max)
    {
        if (Text(name) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;
        Fault ??= Problems.BadParameter(name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}"));
        return null;
    }

    public string OneOf(string name, string otherwise, params string[] choices)
    {
        if (Text(name) is not { } text) return otherwise;
        if (choices.Contains(text, StringComparer.Ordinal)) return text;
        Fault ??= Problems.BadParameter(name, text, string.Join(", ", choices));
        return otherwise;
    }

    /// <summary>Null when it is not there.</summary>
    public string? Text(string name)
    {
        var text = request.Query[name].ToString();
        if (text.Length <= TextMax) return text.Length == 0 ? null : text;
        Fault ??= Problems.BadParameter(name, text[..20] + "…", $"at most {TextMax} characters");
        return null;
    }
}
