using System.Globalization;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;

namespace FuturesBot.Engine.Running;

/// <summary>A signal's steps in a sentence each, without the symbol.</summary>
public static class SignalText
{
    /// <summary>Kind of the journal's mark: signal, fill or exit.</summary>
    public static string KindOf(SignalEvent happened) => happened switch
    {
        SignalEvent.EntryFilled => "fill",
        SignalEvent.Target1Taken or SignalEvent.Target2Taken or SignalEvent.Closed => "exit",
        _ => "signal",
    };

    /// <summary>Null for steps that nobody needs to hear of.</summary>
    public static string? Of(SignalEvent happened, SignalState now)
    {
        var plan = now.Plan;
        var side = plan.Side == Side.Long ? "long" : "short";
        var shadow = plan.Execution == TradePlan.Primary ? "" : ", only followed: the symbol's position is taken";
        return happened switch
        {
            SignalEvent.EntryPlaced => F(
                $"{side}, {plan.Strategy}: {Type(plan)} entry {plan.Entry}, stop {plan.Stop}, target {plan.Target1}{shadow}"),
            SignalEvent.Refused refused => F($"{side}, {plan.Strategy}: not traded, {refused.Why}"),
            SignalEvent.EntryExpired => F($"{side}, {plan.Strategy}: the limit entry {plan.Entry} was not reached in time"),
            SignalEvent.EntryCancelled cancelled => F($"{side}, {plan.Strategy}: entry withdrawn, {cancelled.Why}"),
            SignalEvent.EntryRejected rejected => F($"{side}, {plan.Strategy}: entry rejected, {rejected.Code}"),
            SignalEvent.EntryFilled filled => F($"{side} opened at {Tick(plan, filled.Price)}, {plan.Strategy}"),
            SignalEvent.Target1Taken taken => F(
                $"first target: {taken.Exit.Fraction:P0} closed at {Tick(plan, taken.Exit.Price)}, stop to {Tick(plan, taken.Stop)}"),
            SignalEvent.Target2Taken taken => F(
                $"second target: {taken.Exit.Fraction:P0} closed at {Tick(plan, taken.Exit.Price)}, the rest trails"),
            SignalEvent.Closed closed => F(
                $"{side} closed, {closed.Reason.ToString().ToUpperInvariant()}: {closed.Result.NetR:+0.00;-0.00} R net, {plan.Strategy}"),
            SignalEvent.ProtectionChanged { Protection: Protection.Missing } => F($"{side} stands without its stop, {plan.Strategy}"),
            _ => null,
        };
    }

    private static string Type(TradePlan plan) => plan.EntryType == EntryType.Market ? "market" : "limit";

    private static string Tick(TradePlan plan, decimal price) =>
        price.ToString("F" + plan.Rules.PriceDecimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string F(FormattableString text) => FormattableString.Invariant(text);
}
