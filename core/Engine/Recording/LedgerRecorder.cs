using System.Runtime.InteropServices;
using FuturesBot.Domain;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Ledger;

namespace FuturesBot.Engine.Recording;

/// <summary>
/// Writes what a pipeline decides into a hash-chained ledger (spec 2.8): decisions worth keeping in full,
/// all of them in one digest a closing time, and every step of every signal.
/// </summary>
public sealed class LedgerRecorder(LedgerWriter ledger, LedgerDepth depth)
{
    private readonly LedgerDigest _digest = new();
    private int _count;

    /// <summary>Digests all decisions of one symbol; writes the silent ones out in a full ledger.</summary>
    public void Asked(SymbolDesk desk, long closeMs, DecisionLog log)
    {
        _digest.Add(MemoryMarshal.AsBytes(desk.Symbol.Name.AsSpan()));
        foreach (ref readonly var head in log.Decisions)
        {
            _digest.Add(unchecked((long)head.Kind.Code));
            _digest.Add((byte)head.Status);
            var predicates = log.Of(head);
            foreach (ref readonly var predicate in predicates)
            {
                _digest.Add((byte)predicate.Outcome);
                _digest.Add(predicate.Value);
                _digest.Add(predicate.Threshold);
            }

            _count++;
            var silent = head.Status is not (DecisionStatus.Fired or DecisionStatus.NearMiss);
            if (depth == LedgerDepth.Full && silent)
            {
                ledger.Write(LedgerKind.Decision, new DecisionPayload(
                    desk.Symbol, closeMs, head.Kind, head.Status, predicates.ToArray(), desk.View.Regime, verdict: null));
            }
        }
    }

    /// <summary>Writes a decision in full; the hash of its line.</summary>
    public string Decided(DecisionRecord decision)
    {
        ledger.Write(LedgerKind.Decision, new DecisionPayload(decision));
        return ledger.Position.Hash;
    }

    public void Moved(SignalEvent happened) => ledger.Write(LedgerKind.Event, new EventPayload(happened));

    /// <summary>Closes a closing time with its <c>bar</c> line; nothing when nothing was asked.</summary>
    public void CloseBar(long closeMs)
    {
        if (_count == 0) return;
        Span<byte> digest = stackalloc byte[LedgerDigest.Bytes];
        _digest.Take(digest);
        ledger.WriteBar(closeMs, _count, digest);
        _count = 0;
    }
}
