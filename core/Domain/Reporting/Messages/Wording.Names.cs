using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain.Reporting;

/// <summary>Names of things in everyday words.</summary>
public sealed partial class Wording
{
    /// <summary>ЛОНГ, LONG: the word that always stands beside the colour.</summary>
    public string Side(Side side) => side == Market.Side.Long ? Say("ЛОНГ", "LONG") : Say("ШОРТ", "SHORT");

    /// <summary>Within a sentence: лонг, long.</summary>
    public string SideWord(Side side) => side == Market.Side.Long ? Say("лонг", "long") : Say("шорт", "short");

    /// <summary>Лонг: at the beginning of a line.</summary>
    public string SideTitle(Side side) => side == Market.Side.Long ? Say("Лонг", "Long") : Say("Шорт", "Short");

    /// <summary>Blue long, orange short: the pair of the page.</summary>
    public static string Mark(Side side) => side == Market.Side.Long ? "🔵" : "🟠";

    /// <summary>15 мин, 4 ч.</summary>
    public string Frame(TimeFrame frame) => frame switch
    {
        TimeFrame.D1 => Say("1 день", "1 day"),
        >= TimeFrame.H1 => $"{frame.Minutes() / 60} {Say("ч", "h")}",
        _ => $"{frame.Minutes()} {Say("мин", "min")}",
    };

    /// <summary>A strategy of the catalog in words, such as «Пробой и ретест»; its mode behind it.</summary>
    public string Strategy(string name, string mode = "")
    {
        var known = name switch
        {
            LiquiditySweep.CatalogName => Say("Снятие ликвидности", "Liquidity sweep"),
            BreakAndRetest.CatalogName => Say("Пробой и ретест", "Break and retest"),
            OrderFlow.CatalogName => Say("Поток заявок", "Order flow"),
            MaVwapPullback.CatalogName => Say("Откат к средней и VWAP", "MA and VWAP pullback"),
            VolumeProfile.CatalogName => Say("Профиль объёма", "Volume profile"),
            ActionPrice.CatalogName => "Action Price",
            IndicatorVote.CatalogName => Say("Голосование индикаторов", "Indicator vote"),
            _ => Text(name, 30),
        };
        return mode.Length == 0 ? known : $"{known}, {Mode(mode)}";
    }

    /// <summary>Within a sentence: пробой и ретест.</summary>
    public string StrategyWord(string name, string mode = "")
    {
        var words = Strategy(name, mode);
        return name == ActionPrice.CatalogName || words.Length < 2 || !char.IsLower(words[1])
            ? words
            : char.ToLowerInvariant(words[0]) + words[1..];
    }

    public string Mode(string mode) => mode.ToUpperInvariant() switch
    {
        "FADE" => Say("против движения", "fade"),
        "CONTINUATION" => Say("по движению", "continuation"),
        "ACCEPT" => Say("возврат внутрь", "back inside"),
        "REJECT" => Say("отбой от области", "rejection"),
        "STANDARD" => "STANDARD",
        "SCALP" => "SCALP",
        _ => Text(mode, 30),
    };

    /// <summary>Whose money it is: учебный счёт.</summary>
    public string Account(AccountKind account) => account switch
    {
        AccountKind.Signals => Say("только сигнал", "signal only"),
        AccountKind.Paper => Say("учебный счёт", "practice account"),
        AccountKind.Testnet => Say("тестовая биржа", "test exchange"),
        _ => Say("реальный счёт", "real account"),
    };

    /// <summary>Where the market comes from; the name is that of <c>--exchange</c>.</summary>
    public string Exchange(string name) => name switch
    {
        "simulated" => Say("учебная, внутри бота", "simulated, inside the bot"),
        "replay" => Say("запись прошлых свечей", "recorded candles"),
        "demo" => Say("тестовая Binance", "Binance demo"),
        "binance" => "Binance USDT-M",
        _ => Text(name, 40),
    };

    /// <summary>Regime in words; the label is that of the boards, such as <c>TREND up</c> or <c>Range</c>.</summary>
    public string Regime(string label) => label.ToUpperInvariant() switch
    {
        "TREND UP" => Say("тренд вверх", "trend up"),
        "TREND DOWN" => Say("тренд вниз", "trend down"),
        "TREND" => Say("тренд", "trend"),
        "SQUEEZE" => Say("сжатие", "squeeze"),
        "CHOP" => Say("рваный рынок", "chop"),
        "RANGE" => Say("боковик", "range"),
        "UNDECIDED" => Say("не определился", "undecided"),
        _ => Text(label, 30),
    };

    public string Reason(CloseReason reason) => reason switch
    {
        CloseReason.Tp1 => Say("TP1 взят, всё закрыто", "TP1 taken, all closed"),
        CloseReason.Tp2 => Say("TP2 взят, всё закрыто", "TP2 taken, all closed"),
        CloseReason.Trail => Say("остаток закрыт по трейлингу", "rest closed by the trail"),
        CloseReason.Be => Say("остаток закрыт в ноль", "rest closed at break-even"),
        CloseReason.Sl => Say("стоп", "stop"),
        CloseReason.Time => Say("вышли по времени", "out of time"),
        CloseReason.Manual => Say("закрыто вручную", "closed by hand"),
        CloseReason.Kill => Say("закрыто аварийной остановкой", "closed by the kill switch"),
        CloseReason.Liq => Say("ликвидация", "liquidation"),
        CloseReason.Adl => Say("закрыто биржей (ADL)", "closed by the exchange (ADL)"),
        _ => Say("контракт закрыт биржей", "contract settled"),
    };

    public string Reason(CancelReason reason) => reason switch
    {
        CancelReason.Expiry => Say("время вышло", "its time ran out"),
        CancelReason.Manual => Say("отменили вручную", "withdrawn by hand"),
        CancelReason.Kill => Say("аварийная остановка", "kill switch"),
        CancelReason.Settle => Say("биржа закрывает контракт", "the contract is being settled"),
        CancelReason.Gap => Say("в данных дыра, пара начинает заново", "a hole in the data, the pair starts anew"),
        _ => Say("отменила биржа", "withdrawn by the exchange"),
    };
}
