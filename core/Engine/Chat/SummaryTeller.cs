using System.Text.Json;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Chat;

/// <summary>
/// Makes the message of a day or a week when the runner says that it is over. The runner stands at the close that says so
/// while its effect is carried out, so what is read here is the end of the span.
/// </summary>
/// <param name="runner">Where the trades are.</param>
/// <param name="account">Whose money they move.</param>
/// <param name="settings">What chats have chosen.</param>
/// <param name="zone">Where the readers live.</param>
public sealed class SummaryTeller(MarketRunner runner, AccountKind account, ChatSettingsBook settings, TimeZoneInfo zone)
{
    private const int RecordDays = 90;

    /// <summary>The summary that an effect asks for, for each of the chats that want it.</summary>
    /// <param name="effect">Of the kind <see cref="Effects.Summary"/>.</param>
    /// <param name="chats">Who is told.</param>
    /// <param name="nowMs">Wall time, UTC, Unix milliseconds.</param>
    public IReadOnlyList<OutgoingMessage> Of(StoredEffect effect, IReadOnlyCollection<long> chats, long nowMs)
    {
        var order = JsonSerializer.Deserialize<SummaryOrder>(effect.PayloadJson, SignalJson.Options)
            ?? throw new JsonException($"Effect {effect.Id} was null");
        var facts = SummaryMaker.Of(order.Due, Inputs(order.Due) with { Ledger = order.Ledger });
        IMessage message = order.Due.IsWeekly ? new WeeklySummary(facts) : new DailySummary(facts);
        return [.. chats.Where(chat => settings.Of(chat).Wants(AlertGroup.Summaries)).Select(chat => new OutgoingMessage
        {
            Id = $"{effect.Id}@{chat}",
            ChatId = chat,
            Html = message.Html(new(settings.Of(chat).Language, zone)),
            Rank = MessageRank.Normal,
            Silent = settings.Of(chat).IsSilentAt(nowMs, zone),
            CreatedAtMs = nowMs,
        })];
    }

    /// <summary>What the run knows of a span that ends now, but for the ledger: it goes on while the message is on its way, so its standing comes with the order.</summary>
    public SummaryInputs Inputs(SummaryDue due)
    {
        lock (runner.Gate)
        {
            var equity = runner.Pipeline.Account.Equity;
            var isMoney = account != AccountKind.Signals;
            var (refusals, near) = runner.Days.Between(due.FromMs, due.AtMs);
            return new()
            {
                Account = account,
                Trades = runner.Signals.TradesSince(due.AtMs - (RecordDays * TimeFrame.D1.Ms())),
                Live = [.. runner.Signals.Live.Select(runner.StateOf)],
                Equity = isMoney ? equity : 0,
                NetUsdt = isMoney ? NetUsdt(due) : null,
                OpenRiskPercent = equity > 0 ? (double)(Account.OpenRisk(runner.Pipeline.Desks) / equity * 100) : double.NaN,
                OpenRiskMaxPercent = (double)(runner.Options.Risk.OpenRiskMax * 100),
                Refusals = [.. refusals.Select(reason => new RefusalCount(reason.Key, reason.Value))],
                NearMisses = near,
                CountedFromMs = runner.Days.SinceMs is { } since && since > due.FromMs ? since : null,
                Incomplete = [.. runner.Pipeline.Desks
                    .Where(desk => desk.IsFrozen || !desk.View.HasRegime || desk.View.Frame(desk.Listing.BaseFrame).IsEmpty)
                    .Select(desk => desk.Symbol.Name)],
                RecordDays = RecordDays,
            };
        }
    }

    private decimal NetUsdt(SummaryDue due) => runner.Signals.Ended.Select(record => record.State).OfType<SignalState.Closed>()
        .Where(state => state.Plan.Execution == TradePlan.Primary
            && state.Result.ClosedAtMs > due.FromMs && state.Result.ClosedAtMs <= due.AtMs)
        .Sum(state => state.Result.NetR * state.Result.Risk * state.Result.Quantity);
}
