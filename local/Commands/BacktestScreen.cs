using System.Globalization;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Reporting;
using Spectre.Console;

namespace FuturesBot.Local.Commands;

/// <summary>What a finished backtest prints.</summary>
internal static class BacktestScreen
{
    public static void Print(
        BacktestResult result, Summary summary, IReadOnlyList<KlineRowError> errors, long refused, string folder)
    {
        PrintRefused(errors, refused);
        var facts = summary.Facts;
        var panel = summary.Panel;
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{facts.Symbols} symbols, {facts.Candles:N0} candles, {facts.CandlesPerSecond:N0} a second, {Figures.Time(facts.DataFromMs)} to {Figures.Time(facts.DataToMs)}, profile {facts.Profile}[/]");
        AnsiConsole.Write(Strategies(panel));
        AnsiConsole.WriteLine(panel.EdgeProven ? "The interval of the net result lies above zero." : "Edge not proven: the interval of the net result holds zero or lies below it.");
        AnsiConsole.Write(Refusals(panel));
        AnsiConsole.MarkupLineInterpolated($"[grey]{Path.Combine(folder, "report.html")}[/]");
    }

    /// <summary>Refused rows with file, line and reason; the rest is counted.</summary>
    public static void PrintRefused(IReadOnlyList<KlineRowError> errors, long refused)
    {
        foreach (var error in errors) AnsiConsole.MarkupLineInterpolated($"[yellow]refused[/] {error.ToString()}");
        if (refused > errors.Count) AnsiConsole.MarkupLineInterpolated($"[yellow]refused[/] … and {refused - errors.Count} more rows");
    }

    private static Table Strategies(PerformancePanel panel)
    {
        var table = new Table().RoundedBorder().AddColumn("strategy");
        foreach (var head in new[] { "n", "won", "even", "lost", "win rate [[95 %]]", "net R a trade [[95 %]]", "profit factor" })
            table.AddColumn(new TableColumn(head).RightAligned());
        foreach (var group in panel.ByStrategy.Append(panel.Overall))
        {
            table.AddRow(
                Markup.Escape(group.Name),
                Figures.Count(group.N),
                Figures.Count(group.Wins),
                Figures.Count(group.BreakEvens),
                Figures.Count(group.Losses),
                Markup.Escape(Rate(group.WinRate)),
                Markup.Escape($"{Figures.Signed(group.ExpectancyRNet)} {Figures.Range(group.ExpectancyRNetCi95)}"),
                Figures.Plain(group.ProfitFactorNet));
        }

        return table;
    }

    /// <summary>Never without its interval; below ten trades none at all.</summary>
    private static string Rate(WinRate rate) => rate.Rate is { } share
        ? $"{Figures.Percent(share)} % [{Figures.Percent(rate.Ci95.Low)} – {Figures.Percent(rate.Ci95.High)}]"
        : "too few";

    private static Table Refusals(PerformancePanel panel)
    {
        var table = new Table().RoundedBorder().AddColumn("refused").AddColumn(new TableColumn("n").RightAligned()).AddColumn("such as");
        foreach (var refusal in panel.Refusals)
        {
            var example = refusal.Example is { } e
                ? $"{e.Symbol} {e.Strategy} at {Figures.Time(e.TimeMs)}" + (double.IsNaN(e.Value) ? "" : $": {Figures.Plain(e.Value)} against {Figures.Plain(e.Threshold)}")
                : "";
            table.AddRow(Markup.Escape(refusal.Reason), Figures.Count(refusal.Count), Markup.Escape(example));
        }

        return table;
    }
}
