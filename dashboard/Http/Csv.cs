using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Dashboard;

/// <summary>
/// A table of comma-separated values (RFC 4180), UTF-8 with its mark so that a spreadsheet reads it. What is unavailable
/// is an empty field, never 0.
/// </summary>
internal sealed class Csv
{
    public const string Media = "text/csv";

    private readonly StringBuilder _text = new();

    /// <summary>A row. Numbers are written with a point; NaN and null are empty.</summary>
    public Csv Row(params object?[] fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0) _text.Append(',');
            _text.Append(Field(fields[i]));
        }

        _text.Append("\r\n");
        return this;
    }

    /// <summary>Unix milliseconds as the table shows them: UTC, ISO-8601.</summary>
    public static string? Time(long? ms) => ms is { } at
        ? DateTimeOffset.FromUnixTimeMilliseconds(at).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : null;

    public static IResult File(string name, Csv table) =>
        Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(table.ToString())], $"{Media}; charset=utf-8", name);

    public override string ToString() => _text.ToString();

    private static string Field(object? value) => value switch
    {
        null => "",
        double number => double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "",
        IFormattable number and (int or long or decimal) => number.ToString(null, CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => Quoted(value.ToString() ?? ""),
    };

    // A text that a spreadsheet would take for a formula is led by an apostrophe.
    private static string Quoted(string text)
    {
        if (text is ['=' or '+' or '-' or '@' or '\t', ..]) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
