using System.Globalization;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>Results by how many independent strategies agreed at the decision.</summary>
internal sealed class ConfluenceStatsCommand(IChatBook book) : IChatCommand
{
    private const string Part = "confluence";

    public string Name => "confluence_stats";

    public string Usage(Wording words) => "";

    public string Title(Wording words) => words.Say("По согласию", "By confluence");

    public string About(Wording words) => words.Say(
        "результаты по числу согласных стратегий", "results by how many strategies agreed");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        var (w, results) = (call.Words, GroupedResults.Read(book));
        var groups = results.Trades.GroupBy(Agreeing)
            .OrderBy(group => group.Key)
            .Select(group => (NameOf(group.Key, w), GroupStatistics.Of("", [.. group])));
        return Task.FromResult(results.Answer(w.Say("По числу согласных стратегий", "By strategies that agreed"), groups, w));
    }

    private static string NameOf(int agreeing, Wording w) => agreeing switch
    {
        0 => w.Say("Action Price: решает одна", "Action Price: decides alone"),
        1 => w.Say("одна стратегия", "one strategy"),
        _ => w.Count(agreeing, Noun.Strategy),
    };

    /// <summary>How many agreed; 0 for a strategy that judges itself and is not asked about others.</summary>
    internal static int Agreeing(TradeRecord trade)
    {
        foreach (var part in trade.ScoreParts)
        {
            if (part.Name != Part) continue;
            // The part says "3 strategies agree"; its points are the same from four on.
            var end = part.Because.IndexOf(' ');
            return end > 0 && int.TryParse(part.Because.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? count
                : part.Points switch { >= 5 => 4, >= 3 => 3, > 0 => 2, _ => 1 };
        }

        return 0;
    }
}
