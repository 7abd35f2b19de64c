namespace FuturesBot.Domain.Reporting;

/// <summary>Streams are silent or cannot be had.</summary>
/// <param name="AtMs">When it was seen, UTC Unix milliseconds.</param>
/// <param name="Streams">How many.</param>
/// <param name="Examples">Some of their names.</param>
/// <param name="Attempts">How often it was tried in a row.</param>
public sealed record StreamAlert(long AtMs, int Streams, IReadOnlyList<string> Examples, int Attempts) : IMessage
{
    private const int ExamplesMax = 6;

    public string Html(Wording words)
    {
        var names = string.Join(", ", Examples.Take(ExamplesMax).Select(name => Wording.Text(name, 50)));
        return new MessageText()
            .Add($"⚠️ {Wording.Bold(words.Say("Поток данных молчит", "Streams are silent"))}")
            .Add(
                words.Say(
                    $"Молчащих потоков: {Streams}, попыток подряд: {Attempts}",
                    $"{words.Count(Streams, Noun.Stream)} silent, tried {words.Count(Attempts, Noun.Time)} in a row"),
                names.Length > 0 && Streams > Examples.Count ? names + ", …" : names)
            .Add(words.Say(
                "Переподключаемся, недостающие свечи берём запросами",
                "The connections are renewed; the missing candles are asked for by request"))
            .Add(words.Moment(AtMs))
            .ToString();
    }
}
