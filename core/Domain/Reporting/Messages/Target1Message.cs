using FuturesBot.Domain.Signals;

namespace FuturesBot.Domain.Reporting;

/// <summary>The first target filled.</summary>
public sealed record Target1Message(SignalFacts Facts, SignalEvent.Target1Taken Taken) : IMessage
{
    public string Html(Wording words)
    {
        var (plan, exit) = (Facts.Plan, Taken.Exit);
        var left = 1m - exit.Fraction;
        var part = Wording.R(SignalArithmetic.PartNetR(Facts.State, exit));
        return new MessageText()
            .Add(SignalLines.Title("✅", plan, words.Say("TP1 взят", "TP1 taken")), SignalLines.Subtitle(plan, words))
            .Add(
                words.Say("Закрыли ", "Closed ") + $"{Wording.Share(exit.Fraction)} {words.Say("по", "at")} {SignalLines.BoldPrice(plan, exit.Price)}: "
                    + $"{part} {words.Say("после расходов", "after costs")}",
                TargetLines.Since(Facts, exit.TimeMs, words))
            .Add(left > 0 ? words.Say($"Осталось {Wording.Share(left)}", $"{Wording.Share(left)} left") : null, left > 0 ? Stop(words) : null, Next(words))
            .Add(1, TargetLines.Worst(Facts, words), TargetLines.AtStop(Facts, words))
            .Add(SignalLines.Footer(plan, Taken.AtMs, words))
            .ToString();
    }

    private string Stop(Wording words)
    {
        var stop = SignalLines.BoldPrice(Facts.Plan, Taken.Stop);
        return Taken.StopKind == StopKind.BreakEven
            ? words.Say($"Стоп теперь {stop} — в ноль с учётом расходов", $"The stop is {stop} now, break-even after costs")
            : words.Say($"Стоп прежний: {stop}", $"The stop stays at {stop}");
    }

    private string? Next(Wording words) => (Facts.State.Live?.Target2 ?? Facts.Plan.Target2) is { } second && Facts.Plan.Fraction1 < 1m
        ? $"TP2: {SignalLines.BoldPrice(Facts.Plan, second)} — "
            + words.Say($"закроем ещё {Wording.Share(Facts.Plan.Fraction2)}", $"close {Wording.Share(Facts.Plan.Fraction2)} more")
        : null;
}
