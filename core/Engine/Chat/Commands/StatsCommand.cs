using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>Results per strategy.</summary>
internal sealed class StatsCommand(IChatBook book) : IChatCommand
{
    public string Name => "stats";

    public string Usage(Wording words) => "";

    public string Title(Wording words) => words.Say("По стратегиям", "By strategy");

    public string About(Wording words) => words.Say("результаты по стратегиям за 90 дней", "results by strategy of 90 days");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        var (w, results) = (call.Words, GroupedResults.Read(book));
        // The most traded first: where there is something to say.
        var groups = results.Trades.GroupBy(trade => trade.Strategy, StringComparer.Ordinal)
            .Select(group => GroupStatistics.Of(group.Key, [.. group]))
            .OrderByDescending(group => group.N).ThenBy(group => group.Name, StringComparer.Ordinal);
        return Task.FromResult(results.Answer(
            w.Say("По стратегиям", "By strategy"),
            groups.Select(group =>
            {
                var signals = results.Signals.GetValueOrDefault(group.Name) + results.Trades.Count(trade => trade.Strategy == group.Name);
                return (w.Strategy(group.Name) + w.Say($" · сигналов {signals}", $" · {signals} signals"), group);
            }),
            w));
    }
}
