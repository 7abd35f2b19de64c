namespace FuturesBot.Domain.Reporting;

/// <summary>An alert that brings its own sentence, in whatever language it was written.</summary>
public sealed record NoticeAlert(AlertTopic Topic, string Sentence, long AtMs) : IMessage
{
    private const int SentenceMax = 500;

    public string Html(Wording words) => new MessageText()
        .Add($"⚠️ {Wording.Bold(Title(words))}")
        .Add(Wording.Text(Sentence, SentenceMax))
        .Add(words.Moment(AtMs))
        .ToString();

    private string Title(Wording words) => Topic switch
    {
        AlertTopic.Ban => words.Say("Биржа временно не отвечает нам", "Banned for a while"),
        AlertTopic.DataIntegrity => words.Say("Свечи с дырами", "Candles are not sound"),
        AlertTopic.Book => words.Say("Стакан отстал", "Order book out of step"),
        AlertTopic.Stream => words.Say("Поток данных молчит", "Stream is silent"),
        AlertTopic.Exchange => words.Say("Биржа не пускает", "The exchange refuses"),
        _ => words.Say("Защита счёта", "Protection"),
    };
}
