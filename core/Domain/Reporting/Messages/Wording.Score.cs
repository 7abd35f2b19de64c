using System.Text.RegularExpressions;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain.Reporting;

/// <summary>The summands of a score in everyday words.</summary>
public sealed partial class Wording
{
    /// <summary>Points: +1.25, and +2 for the whole points of Action Price.</summary>
    public static string Points(double points, bool whole) => Signed(points, whole ? 0 : 2);

    /// <summary>A score: 5.75, and 6 for the whole points of Action Price.</summary>
    public static string Score(double score, bool whole) => Plain(score, whole ? 0 : 2);

    /// <summary>«объём 3.5×»: a part with the value that was measured, where that says something by itself.</summary>
    public string Part(ScorePart part)
    {
        var name = PartName(part.Name);
        if (part.Name is not ("volume" or "initiator_size" or "confirm_depth")) return name;
        var found = Measured().Match(part.Because);
        return found.Success ? $"{name} {Shorter(found.Value)}" : name;
    }

    public string PartName(string name) => name switch
    {
        "base" => Say("база", "base"),
        "regime_weight" => Say("режим рынка", "market regime"),
        "volume" => Say("объём", "volume"),
        "cvd" => "CVD",
        "open_interest" => Say("открытый интерес", "open interest"),
        "depth_imbalance" => Say("стакан", "order book"),
        "confluence" => Say("стратегии согласны", "strategies agree"),
        "h4_bias" => Say("направление 4ч", "4h direction"),
        "late_trend" => Say("поздний вход", "late entry"),
        "funding" => Say("фандинг", "funding"),
        "btc" => "BTC",
        "pattern" => Say("свечная фигура", "candle pattern"),
        "initiator_size" => Say("пробой", "break"),
        "confirm_depth" => Say("закрепление", "confirmation"),
        "close_position" => Say("закрытие за EMA 5–21", "close beyond EMA 5–21"),
        "slope200" => Say("наклон EMA200", "EMA200 slope"),
        "ema_fan" => Say("веер EMA", "EMA fan"),
        "gap_to_atr" => Say("запас до края ATR", "room to the ATR band"),
        "lipuchka" => Say("липнет к EMA200", "sticks to EMA200"),
        "confirm_color" => Say("цвет свечи", "candle colour"),
        "break_and_base" => Say("база у средней", "base at the average"),
        "retest_tag" => Say("возврат к EMA13/21", "retest of EMA13/21"),
        "initiator_wick" => Say("тень пробоя", "wick of the break"),
        "vwap_at_level" => Say("VWAP у уровня", "VWAP at the level"),
        _ => Text(name.Replace('_', ' '), 30),
    };

    // 3.50× → 3.5×: a second decimal of a ratio tells nobody anything.
    private static string Shorter(string value) =>
        value.EndsWith('×') && double.TryParse(value.AsSpan(0, value.Length - 1), out var ratio) ? Plain(ratio, 1) + "×" : value;

    [GeneratedRegex(@"\d+\.\d+(?:×| ATR)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Measured();
}
