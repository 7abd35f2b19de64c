using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>The signals that live, and how they stand.</summary>
internal sealed class SignalsCommand(IChatBook book) : IChatCommand
{
    public string Name => "signals";

    public string Usage(Wording words) => "";

    public string Title(Wording words) => words.Say("Открытые сигналы", "Open signals");

    public string About(Wording words) => words.Say("что открыто и что ждёт входа", "what is open, and what waits for its entry");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        var (live, w) = (book.Live(), call.Words);
        var open = live.Count(track => track.State.Live is not null);
        var risk = live.Where(track => double.IsFinite(track.RiskPercent)).Sum(track => track.RiskPercent);
        return Task.FromResult(new ChatAnswer
        {
            Head = live.Count == 0
                ? $"{Wording.Bold(w.Say("Сигналы", "Signals"))}\n{w.Say("Сейчас ничего не открыто", "Nothing is open now")}"
                : $"{Wording.Bold(w.Say("Сигналы", "Signals"))}: {w.Say($"открыто {open}, ждут входа {live.Count - open}", $"{open} open, {live.Count - open} waiting")}\n"
                    + w.Say("Риск до стопов: ", "Risk to the stops: ") + Wording.Percent(risk),
            Entries = [.. live.Select(track => Entry(track, w))],
            PerPage = 5,
            Foot = live.Count == 0 ? "" : w.Say("R — до расходов; итог считаем после них", "R before costs; results count after them"),
        });
    }

    private string Entry(SignalTrack track, Wording w)
    {
        var plan = track.Plan;
        var followed = plan.Execution == TradePlan.Primary ? "" : w.Say(" · только наблюдаем", " · only followed");
        var head = $"{Wording.Mark(plan.Side)} {Wording.Bold(Wording.Text(plan.Symbol.Name))} · {w.SideWord(plan.Side)}{followed}\n"
            + $"{w.Strategy(plan.Strategy, plan.Mode)}, {w.Frame(plan.Frame)}\n";
        if (track.State.Live is not { } position)
        {
            var until = plan.ExpiresAtMs < long.MaxValue ? w.Say($", до {w.Clock(plan.ExpiresAtMs)}", $", until {w.Clock(plan.ExpiresAtMs)}") : "";
            return head + w.Say(
                $"Ждём входа {Price(plan.Entry, plan)}{until}; стоп {Price(plan.Stop, plan)}",
                $"Waits for {Price(plan.Entry, plan)}{until}; stop {Price(plan.Stop, plan)}");
        }

        var last = double.IsNaN(track.LastPrice) ? Wording.Unavailable : Wording.Price(track.LastPrice, plan.Rules);
        return head
            + w.Say("Сейчас ", "Now ") + $"{Wording.Bold(Wording.R(track.NowR))} ({last})"
            + w.Say(", было ", ", so far ") + $"{Wording.R(At(position.Adverse))} … {Wording.R(At(position.Favourable))}\n"
            + w.Say("Вход ", "Entry ") + Price(position.Entry, plan)
            + w.Say(", стоп ", ", stop ") + Price(position.Stop, plan) + Stop(position, w) + "\n"
            + Targets(track.State, position, plan, w)
            + w.Say(", в сделке ", ", held ") + w.Span(book.NowMs - position.EnteredAtMs);

        double At(double price) =>
            position.Risk == 0 ? double.NaN : plan.Dir * (price - (double)position.Entry) / (double)position.Risk;
    }

    private static string Stop(Position position, Wording w) =>
        position.Stop == position.InitialStop ? "" : w.Say(" (передвинут)", " (moved)");

    private static string Targets(SignalState state, Position position, TradePlan plan, Wording w) => state switch
    {
        SignalState.Target2Done => w.Say("TP1 и TP2 взяты, остаток ведём", "TP1 and TP2 taken, the rest trails"),
        SignalState.Target1Done when position.Target2 is { } second => w.Say("TP1 взят, TP2 ", "TP1 taken, TP2 ") + Price(second, plan),
        _ => "TP1 " + Price(position.Target1, plan) + (position.Target2 is { } later ? ", TP2 " + Price(later, plan) : ""),
    };

    private static string Price(decimal price, TradePlan plan) => Wording.Price(price, plan.Rules);
}
