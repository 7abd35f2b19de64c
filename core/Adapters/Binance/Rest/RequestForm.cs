using System.Globalization;
using System.Text;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>
/// Parameters of a request in the order given, percent-encoded once: what is signed is letter for letter what is sent.
/// </summary>
public sealed class RequestForm
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, string> _values = [];

    public static RequestForm Empty => new();

    /// <summary>Percent-encoded, UTF-8, pairs joined by <c>&amp;</c>.</summary>
    public string Encoded => _text.ToString();

    /// <summary>The value as given; null when it was not.</summary>
    public string? Value(string name) => _values.GetValueOrDefault(name);

    /// <summary>Leaves the parameter out when it is null.</summary>
    public RequestForm Add(string name, string? value)
    {
        if (value is null) return this;
        _values.Add(name, value);
        if (_text.Length > 0) _text.Append('&');
        _text.Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public RequestForm Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Without zeros at the end, never in exponent form.</summary>
    public RequestForm Add(string name, decimal? value) =>
        Add(name, value?.ToString("0.############################", CultureInfo.InvariantCulture));

    public RequestForm Add(string name, bool? value) => Add(name, value switch { true => "true", false => "false", null => null });
}
