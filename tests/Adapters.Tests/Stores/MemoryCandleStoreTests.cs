using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;

namespace FuturesBot.Adapters.Tests.Stores;

/// <summary>The store that tests of the engine use keeps the contract of the real ones.</summary>
public sealed class MemoryCandleStoreTests : CandleStoreContract
{
    protected override ICandleStore Candles { get; } = new MemoryCandleStore();
}
