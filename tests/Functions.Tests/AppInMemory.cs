using System.Collections.Concurrent;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using FuturesBot.Functions.Wiring;
using FuturesBot.TestKit;

namespace FuturesBot.Functions.Tests;

/// <summary>The app's parts over memory.</summary>
internal sealed class AppInMemory : IBacktestShelf, IBeats, IPoisonShelf, IDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _shelf = new(StringComparer.Ordinal);

    public AppInMemory(BotOptions? bot = null, TimeProvider? time = null)
    {
        Signals = new(Candles);
        Parts = new(bot ?? new(), time ?? new ManualTime(), _ => Away is { } away ? Task.FromException<StorageParts>(away) : Task.FromResult(new StorageParts
        {
            Log = Log,
            Signals = Signals,
            Candles = Candles,
            Drive = _ => Task.CompletedTask,
            OpenLedger = () => Ledger,
            Commands = Commands,
            Beats = this,
            Poison = this,
            TakeGivenUp = _ => Task.FromResult(++GivenUpLooks),
            Backtests = this,
        }));
    }

    public Parts Parts { get; }

    public MemoryCandleStore Candles { get; } = new();

    public MemorySignalStore Signals { get; }

    public MemoryBatchLog Log { get; } = new();

    public CommandLog Commands { get; } = new();

    public MemoryStream Ledger { get; } = new();

    /// <summary>Opening fails with it; null: it succeeds.</summary>
    public Exception? Away { get; set; }

    /// <summary>Decides by the name and the number of the try (1, 2, …) over all names, whether writing a result fails.</summary>
    public Func<string, int, bool> Fails { get; set; } = (_, _) => false;

    /// <summary>How often it was looked for what the host gave up.</summary>
    public int GivenUpLooks { get; private set; }

    public int Writes { get; private set; }

    public byte[] Result(string name) => _shelf[name];

    public Task WriteAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default)
    {
        lock (_shelf)
        {
            if (Fails(name, ++Writes)) throw new IOException($"The shelf is away for {name}");
        }

        _shelf[name] = bytes.ToArray();
        return Task.CompletedTask;
    }

    public Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancel = default) =>
        Task.FromResult(_shelf.TryGetValue(name, out var bytes) ? bytes : (ReadOnlyMemory<byte>?)null);

    public Task WriteAsync(Beat beat, CancellationToken cancel = default) => Task.CompletedTask;

    public Task<IReadOnlyList<Beat>> ReadAsync(CancellationToken cancel = default) => Task.FromResult<IReadOnlyList<Beat>>([]);

    public Task PutAsync(PoisonMessage message, CancellationToken cancel = default) => Task.CompletedTask;

    public Task<IReadOnlyList<PoisonMessage>> ReadAsync(int limit, CancellationToken cancel = default) => Task.FromResult<IReadOnlyList<PoisonMessage>>([]);

    public Task<bool> RemoveAsync(string id, CancellationToken cancel = default) => Task.FromResult(false);

    public void Dispose() => Parts.Dispose();
}
