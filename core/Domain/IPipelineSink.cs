using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain;

/// <summary>Where the pipeline puts what it decided. The host writes it to a ledger, a store or a page.</summary>
public interface IPipelineSink
{
    /// <summary>All decisions of one symbol at one closing time, fired or not; only while it is called.</summary>
    void Asked(SymbolDesk desk, long closeMs, DecisionLog log);

    /// <summary>A decision worth keeping. Returns the hash of its line in the ledger, empty without one.</summary>
    string Decided(DecisionRecord decision);

    /// <summary>A signal has moved on.</summary>
    void Moved(SignalEvent what, SignalState now);
}
