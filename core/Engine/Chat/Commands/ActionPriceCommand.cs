using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>The same for Action Price alone, and whether its score is worth anything.</summary>
internal sealed class ActionPriceCommand(IChatBook book) : IChatCommand
{
    private const int PartsShown = 6;

    public string Name => "ap_stats";

    public string Usage(Wording words) => words.Say("[дни]", "[days]");

    public string Title(Wording words) => "Action Price";

    public string About(Wording words) => words.Say("результаты Action Price и польза его оценки", "results of Action Price, and what its score is worth");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        if (!ChatArguments.TryWhole(call, 0, 1, 365, 7, Noun.Day, out var days, out var fault)) return Task.FromResult(fault!);
        var w = call.Words;
        var panel = ResultPanel.Read(book, days, static name => name == ActionPrice.CatalogName);
        return Task.FromResult(new ChatAnswer
        {
            Head = $"{Wording.Bold("Action Price")}, {panel.Span(w)}\n\n{panel.Text(w)}\n\n{Sentinel(panel.Account, w)}",
        });
    }

    private static string Sentinel(IReadOnlyList<TradeRecord> trades, Wording w)
    {
        var watched = ScoreSentinel.Of(trades);
        if (watched.FirstOrDefault(one => one.Name == ScoreSentinel.Total) is not { } total)
            return w.Say("Оценка: закрытых сделок нет, сказать нечего", "Score: no closed trades, nothing to say");
        var parts = watched.Where(one => one.Name != ScoreSentinel.Total && one.Alert).Take(PartsShown).Select(one => one.Verdict switch
        {
            SentinelVerdict.NeverFires => w.Say(
                $"• {w.PartName(one.Name)}: не сработал ни разу", $"• {w.PartName(one.Name)}: never fired"),
            _ => w.Say(
                $"• {w.PartName(one.Name)}: чем больше очков, тем хуже (ранговая связь {Wording.Signed(one.RankCorrelation)})",
                $"• {w.PartName(one.Name)}: more points, worse results (rank correlation {Wording.Signed(one.RankCorrelation)})"),
        }).ToArray();
        string[] lines = [Verdict(total, w), .. parts];
        return string.Join('\n', lines);
    }

    private static string Verdict(ScoreSentinel total, Wording w)
    {
        var rho = $"{Wording.Signed(total.RankCorrelation)}, n = {total.N}";
        return total.Verdict switch
        {
            SentinelVerdict.InOrder => w.Say(
                $"Оценка: выше очки — лучше результат (ранговая связь {rho})", $"Score: more points went with better results (rank correlation {rho})"),
            SentinelVerdict.Inverted => w.Say(
                $"⚠️ Высокая оценка не даёт лучшего результата (ранговая связь {rho})",
                $"⚠️ A higher score does not bring a better result (rank correlation {rho})"),
            SentinelVerdict.NeverFires => w.Say("⚠️ Оценка всегда ноль", "⚠️ The score is always zero"),
            _ => w.Say(
                $"Оценка: сделок {total.N}, о её пользе судить рано (нужно от {ScoreSentinel.TradesMin})",
                $"Score: {total.N} trades, too early to judge it (from {ScoreSentinel.TradesMin} on)"),
        };
    }
}
