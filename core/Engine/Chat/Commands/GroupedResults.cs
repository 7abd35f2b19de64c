using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>The account's trades of the last 90 days, to be shown in groups.</summary>
/// <param name="Trades">In the order of closing.</param>
/// <param name="FromMs">They reach back to here: market time, UTC, Unix milliseconds.</param>
/// <param name="Signals">Signals of the account that live, by strategy.</param>
internal sealed record GroupedResults(
    IReadOnlyList<TradeRecord> Trades, long FromMs, IReadOnlyDictionary<string, int> Signals)
{
    private const int Days = 90;

    public static GroupedResults Read(IChatBook book)
    {
        var from = Math.Max(book.KnownFromMs, book.NowMs - (Days * TimeFrame.D1.Ms()));
        return new(
            EquityCurve.InOrder([.. book.TradesSince(from).Where(trade => trade.IsPrimary)]),
            from,
            book.Live().Where(track => track.Plan.Execution == TradeRecord.Primary)
                .GroupBy(track => track.Plan.Strategy, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal));
    }

    public ChatAnswer Answer(string title, IEnumerable<(string Name, GroupStatistics Group)> groups, Wording w)
    {
        var all = GroupStatistics.Of("all", Trades);
        return new()
        {
            Head = $"{Wording.Bold(title)}, {w.Say($"с {w.Moment(FromMs)}", $"since {w.Moment(FromMs)}")}"
                + (all.N == 0 ? "\n\n" + ChatStatistics.Full(all, w) : ""),
            Entries = [.. groups.Select(entry => $"{Wording.Bold(entry.Name)}\n{ChatStatistics.Short(entry.Group, w)}")],
            PerPage = 7,
            Foot = all.N == 0 ? "" : w.Say("Всё вместе: ", "All together: ") + w.Statistics(all) + "\n" + w.Verdict(all),
        };
    }
}
