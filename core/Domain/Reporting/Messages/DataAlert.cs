namespace FuturesBot.Domain.Reporting;

/// <summary>Candles are missing, doubled or impossible and could not be mended.</summary>
/// <param name="AtMs">When it was seen, UTC Unix milliseconds.</param>
/// <param name="Series">The series it is about, such as <c>TONUSDT 15m</c>.</param>
/// <param name="Completeness">Sound candles as a share of the expected ones, 0–1; NaN when it was not counted.</param>
/// <param name="Fault">What hindered the mending, in one sentence; empty when unknown.</param>
public sealed record DataAlert(long AtMs, IReadOnlyList<string> Series, double Completeness, string Fault) : IMessage
{
    private const int SeriesMax = 6;

    public string Html(Wording words)
    {
        var names = string.Join(", ", Series.Take(SeriesMax).Select(name => Wording.Text(name, 40)));
        var more = Series.Count > SeriesMax ? words.Say($" и ещё {Series.Count - SeriesMax}", $" and {Series.Count - SeriesMax} more") : "";
        return new MessageText()
            .Add($"⚠️ {Wording.Bold(words.Say("Не хватает свечей", "Candles are missing"))}")
            .Add(
                names + more,
                double.IsFinite(Completeness)
                    ? words.Say("Есть ", "") + Wording.Share(Completeness, 2) + words.Say(" нужных", " of the candles are there")
                    : null,
                Fault.Length > 0 ? words.Say("Причина: ", "Because: ") + Wording.Text(Fault) : null)
            .Add(words.Say(
                "Пробуем докачать. Пока свечей нет, новых сигналов здесь не будет",
                "They are being asked for again. Until they are there, nothing new is decided on them"))
            .Add(words.Moment(AtMs))
            .ToString();
    }
}
