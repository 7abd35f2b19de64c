using System.Net;
using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Reporting;

/// <summary>
/// Numbers as the design wants them: R always signed with a true minus, thin spaces between thousands,
/// a dash and never a 0 for what is unavailable. Every result is safe inside HTML.
/// </summary>
public static class Figures
{
    // Keeps the thousands of a number on one line.
    private const char NarrowSpace = '\u202F';

    private const string NotAvailable = """<span class="na">—</span>""";

    /// <summary>+1.25, −0.40, 0.00.</summary>
    public static string Signed(double value, int digits = 2) =>
        !double.IsFinite(value) ? NotAvailable
        : Rounded(value, digits) > 0 ? "+" + Plain(value, digits)
        : Plain(value, digits);

    public static string Plain(double value, int digits = 2)
    {
        if (!double.IsFinite(value)) return NotAvailable;
        var rounded = Rounded(value, digits);
        var text = Math.Abs(rounded).ToString("N" + digits).Replace(',', NarrowSpace);
        return rounded < 0 ? "−" + text : text;
    }

    /// <summary>49 %, or a dash.</summary>
    public static string Share(double share) =>
        double.IsFinite(share) ? $"{Percent(share, 0)} %" : NotAvailable;

    public static string Count(long value) => value.ToString("N0").Replace(',', NarrowSpace);

    /// <summary>A share of 0–1 as percent, without its sign.</summary>
    public static string Percent(double share, int digits = 1) => Plain(share * 100, digits);

    /// <summary>−0.02 … +0.27.</summary>
    public static string Range(Interval interval, int digits = 2) => interval.IsAvailable
        ? $"{Signed(interval.Low, digits)} … {Signed(interval.High, digits)}"
        : NotAvailable;

    /// <summary>36 % [33 – 40]; below ten trades only the words. The count stands beside it.</summary>
    public static string Rate(WinRate rate) => rate.Rate is { } share
        ? $"{Percent(share, 0)} % <span class=\"t3\">{RateRange(rate)}</span>"
        : "<span class=\"t3\">too few</span>";

    private static string RateRange(WinRate rate) =>
        $"[{Percent(rate.Ci95.Low, 0)} – {Percent(rate.Ci95.High, 0)}]";

    /// <summary>2025-07-04 06:15, UTC.</summary>
    public static string Time(long timeMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(timeMs).ToString("yyyy-MM-dd HH:mm");

    /// <summary>4 Jul 2025.</summary>
    public static string Day(long timeMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(timeMs).ToString("d MMM yyyy");

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>LiquiditySweep → Liquidity Sweep.</summary>
    public static string Words(string name)
    {
        var words = new System.Text.StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && char.IsLower(name[i - 1])) words.Append(' ');
            words.Append(name[i]);
        }

        return Text(words.ToString());
    }

    /// <summary>CSS class of a result's sign.</summary>
    public static string Sign(double value) => value > 0.005 ? "up" : value < -0.005 ? "dn" : "";

    private static double Rounded(double value, int digits) =>
        Math.Round(value, digits, MidpointRounding.AwayFromZero);
}
