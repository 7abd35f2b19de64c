using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Reporting;

/// <summary>The exchange has changed the trading rules of symbols.</summary>
/// <param name="AtMs">When it was seen, UTC Unix milliseconds.</param>
/// <param name="Changes">Symbol, its rules until now and from now on.</param>
public sealed record RulesAlert(long AtMs, IReadOnlyList<(string Symbol, SymbolRules Before, SymbolRules Now)> Changes) : IMessage
{
    private const int SymbolsMax = 6;

    public string Html(Wording words)
    {
        var lines = Changes.Take(SymbolsMax)
            .Select(change => Wording.Text(change.Symbol, 30) + ": " + string.Join(", ", Differences(change.Before, change.Now, words)));
        var more = Changes.Count > SymbolsMax ? words.Say($"и ещё {Changes.Count - SymbolsMax}", $"and {Changes.Count - SymbolsMax} more") : null;
        return new MessageText()
            .Add($"⚠️ {Wording.Bold(words.Say("Биржа изменила правила торговли", "The exchange has changed its trading rules"))}")
            .Add([.. lines, more])
            .Add(words.Say(
                "Делать ничего не нужно. Новые сделки считаем по новым правилам, открытые ведём по прежним",
                "Nothing needs to be done. New trades follow the new rules, open ones keep theirs"))
            .Add(words.Moment(AtMs))
            .ToString();
    }

    private static IEnumerable<string> Differences(SymbolRules before, SymbolRules now, Wording words)
    {
        (string Name, decimal Before, decimal Now)[] rules =
        [
            (words.Say("шаг цены", "price step"), before.TickSize, now.TickSize),
            (words.Say("шаг количества", "quantity step"), before.StepSize, now.StepSize),
            (words.Say("наименьшая сумма", "least amount"), before.MinNotional, now.MinNotional),
            (words.Say("наименьшее количество", "least quantity"), before.MinQuantity, now.MinQuantity),
            (words.Say("наибольший рыночный ордер", "largest market order"), before.MaxMarketQuantity, now.MaxMarketQuantity),
        ];
        return rules.Where(rule => rule.Before != rule.Now).Select(rule => $"{rule.Name} {Number(rule.Before)} → {Number(rule.Now)}");
    }

    private static string Number(decimal value) => value.ToString("0.############", System.Globalization.CultureInfo.InvariantCulture);
}
