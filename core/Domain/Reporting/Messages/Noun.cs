namespace FuturesBot.Domain.Reporting;

/// <summary>A thing that is counted, in the forms that a number asks for.</summary>
/// <param name="One">1, 21, 101 сделка.</param>
/// <param name="Few">2, 3, 4, 22 сделки.</param>
/// <param name="Many">0, 5 … 20, 25 сделок.</param>
/// <param name="English">1 trade.</param>
/// <param name="EnglishMany">0, 2, 3 … trades.</param>
public sealed record Noun(string One, string Few, string Many, string English, string EnglishMany)
{
    public static Noun Trade { get; } = new("сделка", "сделки", "сделок", "trade", "trades");

    public static Noun Signal { get; } = new("сигнал", "сигнала", "сигналов", "signal", "signals");

    /// <summary>In the accusative: ждём 1 свечу.</summary>
    public static Noun CandleAwaited { get; } = new("свечу", "свечи", "свечей", "candle", "candles");

    public static Noun Candle { get; } = new("свеча", "свечи", "свечей", "candle", "candles");

    public static Noun Day { get; } = new("день", "дня", "дней", "day", "days");

    public static Noun Symbol { get; } = new("пара", "пары", "пар", "pair", "pairs");

    public static Noun Strategy { get; } = new("стратегия", "стратегии", "стратегий", "strategy", "strategies");

    public static Noun Minute { get; } = new("минута", "минуты", "минут", "minute", "minutes");

    public static Noun Time { get; } = new("раз", "раза", "раз", "time", "times");

    public static Noun Book { get; } = new("стакан", "стакана", "стаканов", "order book", "order books");

    public static Noun Stream { get; } = new("поток", "потока", "потоков", "stream", "streams");

    public static Noun Line { get; } = new("строка", "строки", "строк", "line", "lines");

    /// <summary>The form for a count, without the number.</summary>
    public string For(long count, ChatLanguage language)
    {
        if (language == ChatLanguage.English) return count == 1 ? English : EnglishMany;
        var last2 = Math.Abs(count % 100);
        var last = last2 % 10;
        return last2 is >= 11 and <= 14 ? Many
            : last == 1 ? One
            : last is >= 2 and <= 4 ? Few
            : Many;
    }
}
