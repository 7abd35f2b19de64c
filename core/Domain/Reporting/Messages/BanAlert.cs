namespace FuturesBot.Domain.Reporting;

/// <summary>The exchange has banned this address for a while (418).</summary>
/// <param name="AtMs">When, UTC Unix milliseconds.</param>
/// <param name="UntilMs">Until when.</param>
public sealed record BanAlert(long AtMs, long UntilMs) : IMessage
{
    public string Html(Wording words) => new MessageText()
        .Add($"⛔ {Wording.Bold(words.Say("Биржа временно закрыла нам доступ", "The exchange has banned this address for a while"))}")
        .Add(
            words.Say("До ", "Until ") + Wording.Bold(words.Moment(UntilMs))
                + words.Say($", это ещё {words.Span(UntilMs - AtMs)}", $", {words.Span(UntilMs - AtMs)} from now"),
            words.Say("До этого времени ничего у неё не запрашиваем", "Nothing is asked of it until then"))
        .Add(words.Say(
            "Делать ничего не нужно. Если повторится, проверьте, не нагружает ли биржу другая программа с этого же адреса",
            "Nothing needs to be done. If it comes again, another program behind this address may be the cause"))
        .Add(words.Moment(AtMs))
        .ToString();
}
