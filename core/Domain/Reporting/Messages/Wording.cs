using System.Globalization;
using System.Text;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Reporting;

/// <summary>
/// How a chat writes: numbers, times and names in one language and one time zone. Decimal point in both languages, true minus,
/// no thousands separator, so that a number can be copied; a dash and never 0 for what is unavailable.
/// </summary>
/// <param name="language">The language of the texts.</param>
/// <param name="zone">Where the readers live; the data are in UTC.</param>
public sealed partial class Wording(ChatLanguage language, TimeZoneInfo zone)
{
    /// <summary>Stands for a number that nobody knows.</summary>
    public const string Unavailable = "—";

    private const string Minus = "−";

    // Keeps a range of shares on one line.
    private const string Dash = "\u2060–\u2060";

    private const int TextMax = 200;

    public ChatLanguage Language { get; } = language;

    public TimeZoneInfo Zone { get; } = zone;

    /// <summary>One of two texts.</summary>
    public string Say(string russian, string english) => Language == ChatLanguage.Russian ? russian : english;

    /// <summary>
    /// Safe inside HTML; cut at <paramref name="most"/> characters as they are sent, so that no value can push the rest out of
    /// a message.
    /// </summary>
    public static string Text(string? text, int most = TextMax)
    {
        var html = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            var safe = Escaped(rune);
            if (html.Length + safe.Length > most) return html.Append('…').ToString();
            html.Append(safe);
        }

        return html.ToString();
    }

    public static string Bold(string html) => $"<b>{html}</b>";

    public static string Italic(string html) => $"<i>{html}</i>";

    /// <summary>Mono, for hashes and commands that are to be copied; a touch copies it.</summary>
    public static string Code(string text) => $"<code>{Text(text)}</code>";

    /// <summary>With the decimals of the symbol's tick; never in powers of ten.</summary>
    public static string Price(decimal price, SymbolRules rules) => Plain(price, rules.PriceDecimals);

    /// <summary>The same for a price that came from analysis; a dash when it is unavailable.</summary>
    public static string Price(double price, SymbolRules rules) => Plain(price, rules.PriceDecimals);

    /// <summary>With the decimals of the symbol's step.</summary>
    public static string Quantity(decimal quantity) => Plain(quantity, Math.Min((int)quantity.Scale, 8));

    /// <summary>+0.38R, −1.09R, 0.00R.</summary>
    public static string R(decimal value, int digits = 2) => Signed(value, digits) + "R";

    /// <summary>The same; a dash when it is unavailable.</summary>
    public static string R(double value, int digits = 2) => double.IsFinite(value) ? Signed(value, digits) + "R" : Unavailable;

    /// <summary>0.11R: a size, not a result.</summary>
    public static string SizeR(decimal value) => Plain(value, 2) + "R";

    /// <summary>The same; a dash when it is unavailable.</summary>
    public static string SizeR(double value) => double.IsFinite(value) ? Plain(value, 2) + "R" : Unavailable;

    /// <summary>+0.13 … +0.66; a dash when it is unavailable.</summary>
    public static string Range(Interval interval, int digits = 2) => interval.IsAvailable
        ? $"{Signed(interval.Low, digits)} … {Signed(interval.High, digits)}"
        : Unavailable;

    /// <summary>A share of 0–1 as 47 %; a dash when it is unavailable.</summary>
    public static string Share(double share, int digits = 0) =>
        double.IsFinite(share) ? Plain(share * 100, digits) + " %" : Unavailable;

    /// <summary>A share of 0–1 as 30 %, without decimals that say nothing.</summary>
    public static string Share(decimal share) => Plain(share * 100, share * 100 == Math.Truncate(share * 100) ? 0 : 1) + " %";

    /// <summary>34–61: both ends of an interval of shares, without the percent sign.</summary>
    public static string Shares(Interval interval, int digits = 0) => interval.IsAvailable
        ? Plain(interval.Low * 100, digits) + Dash + Plain(interval.High * 100, digits)
        : Unavailable;

    /// <summary>Percent with two decimals and without a sign of its own: 0.50 %.</summary>
    public static string Percent(double percent, int digits = 2) =>
        double.IsFinite(percent) ? Plain(percent, digits) + " %" : Unavailable;

    /// <summary>A change in percent: −0.93 %.</summary>
    public static string Change(double percent, int digits = 2) =>
        double.IsFinite(percent) ? Signed(percent, digits) + " %" : Unavailable;

    /// <summary>A result in money: −56.16 USDT.</summary>
    public static string Money(decimal usdt) => Signed(usdt, 2) + " USDT";

    /// <summary>A balance: 10240.15 USDT.</summary>
    public static string Balance(decimal usdt) => Plain(usdt, 2) + " USDT";

    /// <summary>+1.25, −0.40, 0.00.</summary>
    public static string Signed(double value, int digits = 2) =>
        !double.IsFinite(value) ? Unavailable : WithSign(Math.Round(value, digits, MidpointRounding.AwayFromZero), digits);

    /// <summary>+1.25, −0.40, 0.00.</summary>
    public static string Signed(decimal value, int digits = 2)
    {
        var rounded = decimal.Round(value, digits, MidpointRounding.AwayFromZero);
        return rounded > 0 ? "+" + Plain(rounded, digits) : Plain(rounded, digits);
    }

    /// <summary>5.75; a dash when it is unavailable.</summary>
    public static string Plain(double value, int digits = 2)
    {
        if (!double.IsFinite(value)) return Unavailable;
        var rounded = Math.Round(value, digits, MidpointRounding.AwayFromZero);
        var text = Math.Abs(rounded).ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return rounded < 0 ? Minus + text : text;
    }

    /// <summary>5.75.</summary>
    public static string Plain(decimal value, int digits = 2)
    {
        var rounded = decimal.Round(value, digits, MidpointRounding.AwayFromZero);
        var text = Math.Abs(rounded).ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return rounded < 0 ? Minus + text : text;
    }

    /// <summary>5 сделок.</summary>
    public string Count(long count, Noun noun) => Whole(count) + " " + noun.For(count, Language);

    public static string Whole(long count) =>
        (count < 0 ? Minus : "") + Math.Abs(count).ToString(CultureInfo.InvariantCulture);

    /// <summary>20.11 12:15.</summary>
    public string Moment(long timeMs) => In(timeMs, "dd.MM HH:mm");

    /// <summary>12:15.</summary>
    public string Clock(long timeMs) => In(timeMs, "HH:mm");

    /// <summary>20.11.</summary>
    public string Day(long timeMs) => In(timeMs, "dd.MM");

    /// <summary>20.11, of a day that is no reader's.</summary>
    public static string Date(DateOnly day) => day.ToString("dd.MM", CultureInfo.InvariantCulture);

    /// <summary>пятница 20.11, Friday 20.11.</summary>
    public string Weekday(long timeMs)
    {
        var day = Local(timeMs).DayOfWeek;
        return $"{(Language == ChatLanguage.Russian ? RussianDays[(int)day] : day.ToString())} {Day(timeMs)}";
    }

    /// <summary>3 ч 15 мин; 48 мин; 2 д 4 ч. Seconds below a minute.</summary>
    public string Span(long ms)
    {
        var span = TimeSpan.FromMilliseconds(Math.Max(0, ms));
        var (d, h, m, s) = (Say("д", "d"), Say("ч", "h"), Say("мин", "min"), Say("с", "s"));
        return span switch
        {
            { TotalSeconds: < 60 } => $"{span.Seconds} {s}",
            { TotalMinutes: < 60 } => $"{span.Minutes} {m}",
            { TotalHours: < 24 } when span.Minutes == 0 => $"{span.Hours} {h}",
            { TotalHours: < 24 } => $"{span.Hours} {h} {span.Minutes} {m}",
            _ when span.Hours == 0 => $"{Whole((long)span.TotalDays)} {d}",
            _ => $"{Whole((long)span.TotalDays)} {d} {span.Hours} {h}",
        };
    }

    private static readonly string[] RussianDays =
        ["воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"];

    private string In(long timeMs, string format) => Local(timeMs).ToString(format, CultureInfo.InvariantCulture);

    private DateTimeOffset Local(long timeMs) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(timeMs), Zone);

    private static string WithSign(double rounded, int digits) =>
        rounded > 0 ? "+" + Plain(rounded, digits) : Plain(rounded, digits);

    private static string Escaped(Rune rune) => rune.Value switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        _ => rune.ToString(),
    };
}
