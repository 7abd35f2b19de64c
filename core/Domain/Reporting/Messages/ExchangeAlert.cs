namespace FuturesBot.Domain.Reporting;

/// <summary>The exchange refuses this place or these keys.</summary>
/// <param name="AtMs">When, UTC Unix milliseconds.</param>
/// <param name="Status">Of the HTTP answer.</param>
/// <param name="Code">The exchange's own code; 0 without one.</param>
/// <param name="Answer">What it said, without secrets; empty for nothing.</param>
public sealed record ExchangeAlert(long AtMs, int Status, int Code, string Answer) : IMessage
{
    public string Html(Wording words)
    {
        var code = Code == 0 ? "" : words.Say(", код ", ", code ") + Wording.Whole(Code);
        return new MessageText()
            .Add($"⛔ {Wording.Bold(words.Say("Биржа не пускает", "The exchange refuses"))}")
            .Add(
                words.Say("Ответ ", "Answer ") + Wording.Whole(Status) + code,
                Answer.Length > 0 ? Wording.Italic(Wording.Text(Answer)) : null)
            .Add(Advice(words))
            .Add(words.Moment(AtMs))
            .ToString();
    }

    private string Advice(Wording words) => Status switch
    {
        451 => words.Say(
            "Биржа не обслуживает эту страну. Запустите бота там, где она работает",
            "The exchange does not serve this country. Run the bot where it does"),
        403 => words.Say(
            "Запросы с этого адреса не пропускают. Попробуйте другой адрес или другой регион",
            "Requests from this address are held back. Try another address or region"),
        _ => words.Say(
            "Проверьте ключ, его права и список разрешённых адресов на сайте биржи",
            "Look at the key, its permissions and its address list on the exchange's page"),
    };
}
