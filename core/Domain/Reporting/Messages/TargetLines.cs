namespace FuturesBot.Domain.Reporting;

/// <summary>Lines that both targets share.</summary>
internal static class TargetLines
{
    /// <summary>Вход 4340.90, прошло 3 ч 15 мин.</summary>
    public static string? Since(SignalFacts facts, long atMs, Wording words) =>
        SignalArithmetic.EntryOf(facts.State) is { } entry && SignalArithmetic.EnteredAtMs(facts.State) is { } enteredAt
            ? words.Say("Вход ", "Entry ") + $"{SignalLines.Price(facts.Plan, entry)}, "
                + words.Say($"прошло {words.Span(atMs - enteredAt)}", $"{words.Span(atMs - enteredAt)} ago")
            : null;

    /// <summary>Хуже всего было −0.21R.</summary>
    public static string? Worst(SignalFacts facts, Wording words)
    {
        var worst = SignalArithmetic.WorstR(facts.State);
        return double.IsFinite(worst) ? words.Say($"Хуже всего было {Wording.R(worst)}", $"The worst was {Wording.R(worst)}") : null;
    }

    /// <summary>Если сработает стоп, по сделке останется около +0.28R.</summary>
    public static string? AtStop(SignalFacts facts, Wording words) => SignalArithmetic.AtStopNetR(facts.State) is { } net
        ? words.Say(
            $"Если сработает стоп, по сделке останется около {Wording.R(net)}", $"If the stop is hit, about {Wording.R(net)} remain of the trade")
        : null;
}
