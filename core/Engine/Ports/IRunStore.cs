namespace FuturesBot.Engine.Ports;

/// <summary>All that one run keeps: candles, signals, effects, and the messages that wait to be sent.</summary>
public interface IRunStore : ICandleStore, ICandleTimes, ISignalStore, IDisposable
{
    /// <summary>Messages that wait; what is added to it lies in this store.</summary>
    IOutbox Outbox { get; }
}
