using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Chat;

/// <summary>
/// Results in words. A share of wins never stands without the count, its interval and the net result per trade; below ten
/// trades there is none (spec 2.19).
/// </summary>
internal static class ChatStatistics
{
    /// <summary>All figures, several lines.</summary>
    public static string Full(GroupStatistics group, Wording words)
    {
        if (group.N == 0) return words.Say("Закрытых сделок нет", "No closed trades");
        var lines = new List<string>
        {
            words.Say(
                $"{words.Count(group.N, Noun.Trade)}: в плюс {group.Wins}, в ноль {group.BreakEvens}, в минус {group.Losses}",
                $"{words.Count(group.N, Noun.Trade)}: {group.Wins} won, {group.BreakEvens} even, {group.Losses} lost"),
            Net(group, words),
        };
        if (group.WinRate.Rate is { } rate)
        {
            lines.Add(words.Say(
                $"В плюс {Wording.Share(rate, 1)} [{Wording.Shares(group.WinRate.Ci95, 1)}]{Factor(group, words)}",
                $"Won {Wording.Share(rate, 1)} [{Wording.Shares(group.WinRate.Ci95, 1)}]{Factor(group, words)}"));
        }

        lines.Add(Proof(group, words));
        return string.Join('\n', lines);
    }

    /// <summary>The same in two lines, for lists.</summary>
    public static string Short(GroupStatistics group, Wording words)
    {
        if (group.N == 0) return words.Say("сделок нет", "no trades");
        var counts = words.Say(
            $"{words.Count(group.N, Noun.Trade)}: плюс {group.Wins}, ноль {group.BreakEvens}, минус {group.Losses}",
            $"{words.Count(group.N, Noun.Trade)}: {group.Wins} won, {group.BreakEvens} even, {group.Losses} lost");
        var mean = words.Say("в среднем", "mean");
        if (group.WinRate.Rate is not { } rate)
        {
            return $"{counts}\n" + words.Say(
                $"итог {Wording.R(group.TotalRNet)}, для оценки мало", $"sum {Wording.R(group.TotalRNet)}, too few to judge");
        }

        return $"{counts}\n{mean} {Wording.R(group.ExpectancyRNet)} [{Wording.Range(group.ExpectancyRNetCi95)}], "
            + words.Say("в плюс", "won") + $" {Wording.Share(rate)} [{Wording.Shares(group.WinRate.Ci95)}]{Factor(group, words)}";
    }

    /// <summary>Does the edge stand on more than luck?</summary>
    public static string Proof(GroupStatistics group, Wording words) =>
        group.EdgeProven ? words.Say(
            "Весь промежуток выше нуля: преимущество подтверждается", "The whole interval lies above zero: the edge holds")
        : group.N < WinRate.RateFrom ? words.Say("Для оценки сделок мало", "Too few trades to judge")
        : group.ExpectancyRNetCi95.High < 0 ? words.Say(
            "⚠️ Весь промежуток ниже нуля: после расходов система теряет", "⚠️ The whole interval lies below zero: after costs it loses")
        : group.N < GroupStatistics.ProofFrom && group.ExpectancyRNetCi95.Low > 0 ? words.Say(
            $"Преимущество не доказано: нужно хотя бы {GroupStatistics.ProofFrom} сделок",
            $"Edge not proven: at least {GroupStatistics.ProofFrom} trades are needed")
        : words.Say("Ноль внутри промежутка: преимущество не доказано", "Zero lies inside the interval: edge not proven");

    private static string Net(GroupStatistics group, Wording words)
    {
        var sum = words.Say($"Итог {Wording.Bold(Wording.R(group.TotalRNet))} после расходов", $"Sum {Wording.Bold(Wording.R(group.TotalRNet))} after costs");
        return group.N < WinRate.RateFrom
            ? sum
            : sum + words.Say(", в среднем ", ", mean ")
                + $"{Wording.Bold(Wording.R(group.ExpectancyRNet))} [{Wording.Range(group.ExpectancyRNetCi95)}]";
    }

    private static string Factor(GroupStatistics group, Wording words) => double.IsNaN(group.ProfitFactorNet)
        ? ""
        : words.Say(", профит-фактор ", ", profit factor ") + Wording.Plain(group.ProfitFactorNet);
}
