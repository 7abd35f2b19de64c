using FuturesBot.Domain.Signals;

namespace FuturesBot.Domain.Reporting;

/// <summary>The second target filled; the rest follows the price.</summary>
public sealed record Target2Message(SignalFacts Facts, SignalEvent.Target2Taken Taken) : IMessage
{
    public string Html(Wording words)
    {
        var (plan, exit) = (Facts.Plan, Taken.Exit);
        var left = 1m - plan.Fraction1 - exit.Fraction;
        var part = Wording.R(SignalArithmetic.PartNetR(Facts.State, exit));
        var stop = Facts.State.Live is { } position ? SignalLines.BoldPrice(plan, position.Stop) : null;
        return new MessageText()
            .Add(SignalLines.Title("✅", plan, words.Say("TP2 взят", "TP2 taken")), SignalLines.Subtitle(plan, words))
            .Add(
                words.Say("Закрыли ", "Closed ") + $"{Wording.Share(exit.Fraction)} {words.Say("по", "at")} {SignalLines.BoldPrice(plan, exit.Price)}: "
                    + $"{part} {words.Say("после расходов", "after costs")}",
                TargetLines.Since(Facts, exit.TimeMs, words))
            .Add(
                left > 0
                    ? words.Say($"Осталось {Wording.Share(left)}, ведём за ценой", $"{Wording.Share(left)} left, following the price")
                    : null,
                left > 0 && stop is not null ? words.Say($"Стоп сейчас {stop}, дальше только ближе к цене", $"The stop is {stop} now and only moves closer") : null)
            .Add(1, TargetLines.Worst(Facts, words), TargetLines.AtStop(Facts, words))
            .Add(SignalLines.Footer(plan, Taken.AtMs, words))
            .ToString();
    }
}
