namespace FuturesBot.Domain.Reporting;

/// <summary>
/// How well something did. A share of wins exists here only together with the count, its interval and the net result per
/// trade (spec 2.19): there is no way to write it alone.
/// </summary>
public sealed partial class Wording
{
    /// <summary>One line: «За 90 дней так: 49 сделок, в среднем +0.38R [+0.13 … +0.66], в плюс 47 % [34–61]».</summary>
    /// <param name="record">Null when the past is not known.</param>
    public string Record(TrackRecord? record)
    {
        if (record is null) return Say("Нет данных: итоги прошлых сделок", "No data: results of past trades");
        var (days, all) = (record.Days, record.Statistics);
        var head = Say($"За {Count(days, Noun.Day)} так", $"Last {Count(days, Noun.Day)} like this");
        if (all.N == 0) return Say($"За {Count(days, Noun.Day)} таких сделок не было", $"No such trades in the last {Count(days, Noun.Day)}");
        return all.WinRate.Rate is null ? $"{head}: {TooFew(all.N)}" : $"{head}: {Count(all.N, Noun.Trade)}, {Result(all)}";
    }

    /// <summary>The same without its beginning, for lists: «49 сделок, в среднем +0.38R [+0.13 … +0.66], в плюс 47 % [34–61]».</summary>
    public string Statistics(GroupStatistics all) =>
        all.N == 0 ? Say("сделок не было", "no trades")
        : all.WinRate.Rate is null ? TooFew(all.N)
        : $"{Count(all.N, Noun.Trade)}, {Result(all)}";

    /// <summary>The lines of a whole panel, from the counts to what they prove.</summary>
    public IReadOnlyList<string> Panel(GroupStatistics all)
    {
        if (all.N == 0) return [Say("Сделок не было", "No trades")];
        var counts = Say(
            $"Сделок {all.N}: в плюс {all.Wins}, в ноль {all.BreakEvens}, в минус {all.Losses}",
            $"Trades {all.N}: won {all.Wins}, even {all.BreakEvens}, lost {all.Losses}");
        if (all.WinRate.Rate is not { } rate) return [counts, Say("Для оценки мало", "Too few to judge")];
        var factor = Say("профит-фактор", "profit factor");
        return
        [
            counts,
            Say("В среднем ", "Mean ") + $"{Mean(all)} " + Say("после расходов", "after costs"),
            Say("В плюс ", "Won ") + $"{Share(rate, 1)} [{Shares(all.WinRate.Ci95, 1)}], {factor} {Plain(all.ProfitFactorNet)}",
            Verdict(all),
        ];
    }

    /// <summary>What the interval of the net result says, in words.</summary>
    public string Verdict(GroupStatistics all) =>
        all.EdgeProven ? Say("Весь промежуток выше нуля", "The whole interval lies above zero")
        : all.ExpectancyRNetCi95.High < 0 ? Say("Весь промежуток ниже нуля: так мы теряем", "The whole interval lies below zero: this loses")
        : !all.ExpectancyRNetCi95.IsAvailable || !all.ExpectancyRNetCi95.Contains(0)
            ? Say("Сделок мало: преимущество пока не доказано", "Too few trades: no edge is proven yet")
        : Say("Ноль внутри промежутка: преимущество пока не доказано", "Zero lies inside the interval: no edge is proven yet");

    private string TooFew(int n) => $"{Count(n, Noun.Trade)}, {Say("для оценки мало", "too few to judge")}";

    private string Result(GroupStatistics all) =>
        Say("в среднем ", "mean ") + $"{Mean(all)}, " + Say("в плюс ", "won ")
        + $"{Share(all.WinRate.Rate ?? double.NaN)} [{Shares(all.WinRate.Ci95)}]";

    private static string Mean(GroupStatistics all) =>
        $"{Bold(R(all.ExpectancyRNet))} [{Range(all.ExpectancyRNetCi95)}]";
}
