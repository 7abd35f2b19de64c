namespace FuturesBot.Domain.Reporting;

/// <summary>The system has stopped, and what that means for what is open.</summary>
public sealed record StopCard(StopFacts Facts) : IMessage
{
    public string Html(Wording words) => new MessageText()
        .Add(
            $"{(Facts.Asked ? "⏹" : "⚠️")} {Wording.Bold(Facts.Asked ? words.Say("Бот остановлен", "The bot is stopped") : words.Say("Бот остановился из-за ошибки", "A fault stopped the bot"))}"
                + $" · {words.Account(Facts.Account)}",
            Facts.Fault.Length > 0 ? words.Say("Ошибка: ", "Fault: ") + Wording.Text(Facts.Fault) : null,
            words.Say("Работал ", "It ran for ") + words.Span(Facts.AtMs - Facts.StartedAtMs))
        .Add(
            Facts.Closed > 0
                ? words.Say($"Закрыто за это время {Facts.Closed}, результат ", $"Closed meanwhile: {Facts.Closed}, result ") + Wording.Bold(Wording.R(Facts.NetR))
                : words.Say("За это время сделок не закрыто", "No trade was closed meanwhile"),
            words.Say($"Открыто {Facts.Open}, ждёт входа {Facts.Waiting}", $"Open {Facts.Open}, waiting for entry {Facts.Waiting}"))
        .Add(Facts.Open + Facts.Waiting == 0 ? null : Meanwhile(words))
        .Add(words.Moment(Facts.AtMs))
        .ToString();

    private string Meanwhile(Wording words) => Facts.Account is AccountKind.Live or AccountKind.Testnet
        ? words.Say(
            "Стопы стоят на бирже и сработают сами. Пока бот стоит, подтягивать их некому",
            "The stops rest on the exchange and work without the bot. Nobody moves them until it runs again")
        : words.Say(
            "После запуска доведём их по истории цены, ничего не потеряется",
            "After the next start they are followed through the price history; nothing is lost");
}
