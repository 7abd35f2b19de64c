using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>Results by the regime that the market was in at the decision.</summary>
internal sealed class RegimeStatsCommand(IChatBook book) : IChatCommand
{
    public string Name => "regime_stats";

    public string Usage(Wording words) => "";

    public string Title(Wording words) => words.Say("По рынку", "By regime");

    public string About(Wording words) => words.Say("результаты по состоянию рынка за 90 дней", "results by market regime of 90 days");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        var (w, results) = (call.Words, GroupedResults.Read(book));
        var groups = results.Trades.GroupBy(trade => trade.Regime, StringComparer.Ordinal)
            .Select(group => GroupStatistics.Of(group.Key, [.. group]))
            .OrderByDescending(group => group.N).ThenBy(group => group.Name, StringComparer.Ordinal);
        return Task.FromResult(results.Answer(
            w.Say("По состоянию рынка", "By market regime"),
            groups.Select(group => (group.Name.Length == 0 ? w.Say("неизвестно", "unavailable") : w.Regime(group.Name), group)),
            w));
    }
}
