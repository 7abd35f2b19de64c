using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Chat;

/// <summary>
/// Results in the words of every message, with the sum. A share of wins never stands without the count, its interval and the
/// net result per trade; below ten trades there is none (spec 2.19).
/// </summary>
internal static class ChatStatistics
{
    /// <summary>All figures, a line each.</summary>
    public static string Full(GroupStatistics all, Wording w)
    {
        var panel = w.Panel(all);
        return all.N == 0
            ? panel[0]
            : string.Join('\n', [panel[0], $"{Sum(all, w)} {w.Say("после расходов", "after costs")}", .. panel.Skip(1)]);
    }

    /// <summary>The same in two lines, for lists.</summary>
    public static string Short(GroupStatistics all, Wording w)
    {
        if (all.N == 0) return w.Statistics(all);
        var factor = double.IsNaN(all.ProfitFactorNet) || all.WinRate.Rate is null
            ? ""
            : w.Say(", профит-фактор ", ", profit factor ") + Wording.Plain(all.ProfitFactorNet);
        return w.Statistics(all) + "\n" + w.Say(
            $"Плюс {all.Wins}, ноль {all.BreakEvens}, минус {all.Losses}. ", $"{all.Wins} won, {all.BreakEvens} even, {all.Losses} lost. ")
            + Sum(all, w) + factor;
    }

    private static string Sum(GroupStatistics all, Wording w) => w.Say("Итог ", "Sum ") + Wording.Bold(Wording.R(all.TotalRNet));
}
