using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Chat;

/// <summary>
/// Makes messages of a signal's steps: a card with a picture when it is given, which each later step edits; fills of limit
/// entries, targets and the end also stand by themselves and point to it. A chat gets what its settings want.
/// </summary>
/// <param name="runner">Where the signals are.</param>
/// <param name="account">Whose money they move.</param>
/// <param name="settings">What chats have chosen.</param>
/// <param name="zone">Where the readers live.</param>
/// <param name="silentSteps">Steps after the card make no sound.</param>
public sealed class SignalTeller(
    MarketRunner runner, AccountKind account, ChatSettingsBook settings, TimeZoneInfo zone, bool silentSteps)
{
    private const int RecordDays = 90;
    private const int InversionTradesMin = 20;   // below it a correlation says nothing

    // The interval of a mean takes milliseconds, and changes with ended signals alone.
    private readonly Dictionary<string, (int Ended, long DayMs, TrackRecord Record)> _records = new(StringComparer.Ordinal);

    /// <summary>What the name of a signal's picture begins with; the signal's id follows.</summary>
    public const string PicturePrefix = "signal:";

    /// <summary>Name of the picture of a signal, for whoever draws it.</summary>
    public static string PictureOf(SignalId id) => PicturePrefix + id.Value;

    /// <summary>What a step tells, for each of the chats; nothing for a step that no chat hears of.</summary>
    /// <param name="effect">The effect that the step caused.</param>
    /// <param name="chats">Who is told.</param>
    /// <param name="nowMs">Wall time, UTC, Unix milliseconds.</param>
    public IReadOnlyList<OutgoingMessage> Of(StoredEffect effect, IReadOnlyCollection<long> chats, long nowMs)
    {
        SignalRecord? record;
        SignalFacts facts;
        lock (runner.Gate)
        {
            record = runner.Signals.Find(effect.SignalId);
            if (record is null) return [];
            facts = FactsOf(record);
        }

        var happened = record.Events.FirstOrDefault(one => effect.Id == $"{one.EventId}-{effect.Kind}");
        // What was refused before it had a card is counted by the page and the summaries; a chat would drown in it.
        if (happened is null || !record.Events.Any(one => one is SignalEvent.EntryPlaced)) return [];
        facts = facts with { Record = facts.State.IsFinal ? null : RecordOf(facts.Plan.Strategy), Today = happened is SignalEvent.Closed ? Today() : null };
        return [.. chats.SelectMany(chat => Of(happened, facts, effect, chat, nowMs))];
    }

    private IEnumerable<OutgoingMessage> Of(SignalEvent happened, SignalFacts facts, StoredEffect effect, long chat, long nowMs)
    {
        var chosen = settings.Of(chat);
        var words = new Wording(chosen.Language, zone);
        var quiet = chosen.IsSilentAt(nowMs, zone);
        var isNew = happened is SignalEvent.EntryPlaced;
        var card = new OutgoingMessage
        {
            Id = $"{effect.Id}@{chat}",
            ChatId = chat,
            Html = new SignalCard(facts).Html(words),
            Card = facts.Plan.Id.Value,
            CreatedAtMs = nowMs,
            Act = isNew ? MessageAct.New : MessageAct.Edit,
            Rank = isNew ? MessageRank.High : MessageRank.Normal,
            PictureKey = PictureOf(facts.Plan.Id),   // drawn where the card is new to the chat: a late step may be the first it hears
            Silent = quiet || !isNew,
        };
        if (chosen.Wants(AlertGroup.Signals)) yield return card;
        if (StepOf(happened, facts) is not var (step, group) || !chosen.Wants(group)) yield break;
        yield return card with
        {
            Id = $"{effect.Id}-step@{chat}",
            Html = step.Html(words),
            Act = MessageAct.Reply,
            Rank = MessageRank.Normal,
            PictureKey = null,
            Silent = quiet || silentSteps,
        };
    }

    private static (IMessage Step, AlertGroup Group)? StepOf(SignalEvent happened, SignalFacts facts) => happened switch
    {
        // A market entry fills with the next candle: its card says so by itself.
        SignalEvent.EntryFilled filled when facts.Plan.EntryType == EntryType.Limit => (new EntryFilledMessage(facts, filled), AlertGroup.Fills),
        SignalEvent.EntryExpired => (new EntryExpiredMessage(facts, happened.AtMs), AlertGroup.Expired),
        SignalEvent.EntryCancelled or SignalEvent.EntryRejected or SignalEvent.Refused => (new EntryDroppedMessage(facts, happened.AtMs), AlertGroup.Expired),
        SignalEvent.Target1Taken taken => (new Target1Message(facts, taken), AlertGroup.Targets),
        SignalEvent.Target2Taken taken => (new Target2Message(facts, taken), AlertGroup.Targets),
        SignalEvent.Closed closed => (new ClosedMessage(facts, closed.Reason, closed.Result), AlertGroup.Closes),
        SignalEvent.ProtectionChanged { Protection: Protection.Missing } => (
            new ProtectionAlert { Cause = ProtectionCause.Unprotected, AtMs = happened.AtMs, Symbol = facts.Plan.Symbol.Name }, AlertGroup.Danger),
        _ => null,
    };

    private SignalFacts FactsOf(SignalRecord record)
    {
        var state = runner.StateOf(record);
        return SignalFactsMaker.Of(
            record, state, runner.Options, account, runner.Pipeline.Account.Equity, runner.LastPrice(state.Plan.Symbol));
    }

    private TrackRecord RecordOf(string strategy)
    {
        int ended;
        long dayMs, fromMs;
        IReadOnlyList<TradeRecord> trades;
        lock (runner.Gate)
        {
            (ended, dayMs) = (runner.Signals.EndedCount, TimeFrame.D1.OpenOf(runner.NowMs));
            if (_records.TryGetValue(strategy, out var known) && known.Ended == ended && known.DayMs == dayMs) return known.Record;
            fromMs = Math.Max(runner.Identity.DecideFromMs, runner.NowMs - (RecordDays * TimeFrame.D1.Ms()));
            trades = EquityCurve.InOrder([.. runner.Signals.TradesSince(fromMs).Where(trade => trade.IsPrimary && trade.Strategy == strategy)]);
        }

        var inverted = trades.Count >= InversionTradesMin
            && RankCorrelation.Of([.. trades.Select(trade => trade.Score)], [.. trades.Select(trade => (double)trade.PnlRNet)]) <= 0;
        var record = new TrackRecord(RecordDays, GroupStatistics.Of(strategy, trades), inverted);
        _records[strategy] = (ended, dayMs, record);
        return record;
    }

    private DayStanding Today()
    {
        lock (runner.Gate)
        {
            var from = TimeFrame.D1.OpenOf(runner.NowMs);
            var closed = runner.Signals.Ended.Select(record => record.State).OfType<SignalState.Closed>()
                .Where(state => state.Plan.Execution == TradePlan.Primary && state.Result.ClosedAtMs >= from).ToArray();
            var equity = runner.Pipeline.Account.Equity;
            var usdt = closed.Sum(state => state.Result.NetR * state.Result.Risk * state.Result.Quantity);
            return new(
                (double)closed.Sum(state => state.Result.NetR),
                equity > 0 ? (double)(usdt / (equity - usdt) * 100) : double.NaN,
                (double)(runner.Options.Risk.DailyLossMax * 100));
        }
    }
}
