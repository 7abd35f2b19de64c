namespace FuturesBot.Domain.Reporting;

/// <summary>Order books cannot be held in step.</summary>
/// <param name="AtMs">When it was seen, UTC Unix milliseconds.</param>
/// <param name="Symbols">Whose books.</param>
/// <param name="ForSeconds">For how long at least.</param>
public sealed record BookAlert(long AtMs, IReadOnlyList<string> Symbols, int ForSeconds) : IMessage
{
    private const int SymbolsMax = 8;

    public string Html(Wording words)
    {
        var names = string.Join(", ", Symbols.Take(SymbolsMax).Select(name => Wording.Text(name, 30)));
        var more = Symbols.Count > SymbolsMax ? words.Say($" и ещё {Symbols.Count - SymbolsMax}", $" and {Symbols.Count - SymbolsMax} more") : "";
        return new MessageText()
            .Add($"⚠️ {Wording.Bold(words.Say("Стакан не успевает за биржей", "Order books are out of step"))}")
            .Add(
                names + more,
                words.Say("Не сходится уже ", "For ") + words.Span(ForSeconds * 1000L) + words.Say("", " now"))
            .Add(words.Say(
                "Сигналы считаем без стакана и помечаем это в карточке. Снимок запрашиваем снова и снова",
                "Signals are scored without it, and their cards say so. A new snapshot is asked for again and again"))
            .Add(words.Moment(AtMs))
            .ToString();
    }
}
