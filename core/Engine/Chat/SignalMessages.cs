using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Signals;

namespace FuturesBot.Engine.Chat;

/// <summary>Which message a signal's step makes. The card itself is sent with the first step and edited with every one.</summary>
public static class SignalMessages
{
    /// <summary>The message that answers the card; null for steps that only change it.</summary>
    public static IMessage? Of(SignalEvent happened, SignalFacts facts) => happened switch
    {
        SignalEvent.EntryFilled e => new EntryFilledMessage(facts, e),
        SignalEvent.EntryExpired e => new EntryExpiredMessage(facts, e.AtMs),
        SignalEvent.EntryCancelled or SignalEvent.EntryRejected or SignalEvent.Refused => new EntryDroppedMessage(facts, happened.AtMs),
        SignalEvent.Target1Taken e => new Target1Message(facts, e),
        SignalEvent.Target2Taken e => new Target2Message(facts, e),
        SignalEvent.Closed e => new ClosedMessage(facts, e.Reason, e.Result),
        SignalEvent.ProtectionChanged { Protection: Protection.Missing } => new ProtectionAlert
        {
            Cause = ProtectionCause.Unprotected,
            AtMs = happened.AtMs,
            Symbol = facts.Plan.Symbol.Name,
        },
        _ => null,
    };

    /// <summary>The card changes with this step.</summary>
    public static bool ChangesCard(SignalEvent happened) =>
        happened is not (SignalEvent.Watched or SignalEvent.Deferred or SignalEvent.FundingPaid or SignalEvent.ExchangeViewChanged);
}
