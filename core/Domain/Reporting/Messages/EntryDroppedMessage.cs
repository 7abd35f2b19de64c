using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;

namespace FuturesBot.Domain.Reporting;

/// <summary>There will be no entry: missed, withdrawn or rejected.</summary>
public sealed record EntryDroppedMessage(SignalFacts Facts, long AtMs) : IMessage
{
    public string Html(Wording words)
    {
        var plan = Facts.Plan;
        var (what, why) = Facts.State switch
        {
            SignalState.Rejected s => (
                words.Say("биржа не приняла заявку", "order rejected"),
                words.Say($"Ответ биржи: код {Wording.Code(s.Code)}", $"The exchange answered with code {Wording.Code(s.Code)}")),
            SignalState.Cancelled s => (
                words.Say("вход отменён", "entry withdrawn"), words.Say("Причина: ", "Because: ") + words.Reason(s.Why)),
            SignalState.Refused { Why: Refusal.Missed } => (
                words.Say("вход упущен", "entry missed"),
                words.Say(
                    "Цена ушла раньше, чем мы вошли: риск был бы уже не тот", "Price left before the entry: the risk would be another one")),
            SignalState.Refused s => (words.Say("не взяли", "not taken"), words.Say("Причина: ", "Because: ") + words.Refusal(s.Why)),
            _ => (words.Say("входа не будет", "no entry"), ""),
        };
        return new MessageText()
            .Add(SignalLines.Title("✖️", plan, what), SignalLines.Subtitle(plan, words))
            .Add(
                why,
                words.Say($"Вход был по плану {SignalLines.Price(plan, plan.Entry)}", $"The planned entry was {SignalLines.Price(plan, plan.Entry)}"),
                words.Say("Счёт не изменился", "The account is as it was"))
            .Add(SignalLines.Footer(plan, AtMs, words, $"/why {SignalLines.Symbol(plan)}"))
            .ToString();
    }
}
