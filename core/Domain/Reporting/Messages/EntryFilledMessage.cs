using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;

namespace FuturesBot.Domain.Reporting;

/// <summary>The entry filled, wholly or so far.</summary>
public sealed record EntryFilledMessage(SignalFacts Facts, SignalEvent.EntryFilled Fill) : IMessage
{
    public string Html(Wording words)
    {
        var plan = Facts.Plan;
        var limit = plan.EntryType == EntryType.Limit;
        var what = !Fill.Whole ? words.Say("вошли частично", "partly in")
            : limit ? words.Say("лимит исполнен", "limit filled")
            : words.Say("вошли в сделку", "in the trade");
        var planned = Fill.Price == plan.Entry ? "" : words.Say($" (план {SignalLines.Price(plan, plan.Entry)})", $" (planned {SignalLines.Price(plan, plan.Entry)})");
        return new MessageText()
            .Add(SignalLines.Title("▶️", plan, what), SignalLines.Subtitle(plan, words))
            .Add([
                words.Say("Вошли по ", "In at ") + SignalLines.BoldPrice(plan, Fill.Price) + planned,
                SignalLines.Stop(plan, Fill.Price, Fill.Stop, words),
                .. SignalLines.Targets(plan, Fill.Target1, Fill.Target2, words),
            ])
            .Add(Fill.Whole ? null : words.Say("Остальная часть заявки ещё ждёт", "The rest of the order still waits"))
            .Add(SignalLines.Footer(plan, Fill.AtMs, words))
            .ToString();
    }
}
