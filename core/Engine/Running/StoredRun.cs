using System.Text.Json;
using FuturesBot.Domain;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>What a run keeps in its store beside candles, signals and effects: under which names, and how it is read.</summary>
public static class StoredRun
{
    internal const string Identity = "run";
    internal const string Position = "position_ms";
    internal const string Ledger = "ledger";
    internal const string Journal = "journal";
    internal const string Refusals = "refusals";
    internal const string Regimes = "regimes";
    internal const string Days = "day_counts";
    internal const string SummedUp = "summed_up_ms";
    internal const string Listings = "listings";
    internal const string Halt = "halt";
    internal const string HaltTakenIn = "halt_taken_in";
    internal const string Equity = "equity";

    /// <summary>Name of the kernel's own snapshot, which is long: 0.1 MB a symbol.</summary>
    internal const string Kernel = "kernel";

    internal const string Feed = "feed";
    internal const int SnapshotVersion = 1;

    /// <summary>Names of the snapshots that a run commits.</summary>
    internal static IReadOnlyList<string> Snapshots { get; } = [Kernel, Feed];

    /// <summary>Names of the values that a run commits.</summary>
    internal static IReadOnlyList<string> Values { get; } =
        [Identity, Position, Ledger, Journal, Refusals, Regimes, Days, SummedUp, Listings, Halt, HaltTakenIn, Equity];

    /// <summary>Those of them that change with every commit that moves the kernel.</summary>
    internal static IReadOnlyList<string> Marks { get; } = [Position, Ledger, HaltTakenIn];

    /// <summary>What the store says of the run it belongs to; null when it is empty.</summary>
    public static Task<RunIdentity?> FindAsync(ISignalStore store, CancellationToken cancel) => LoadAsync<RunIdentity>(store, Identity, cancel);

    /// <summary>The last committed closing time of the run that the store belongs to; null when nothing was committed.</summary>
    public static Task<long?> FindPositionAsync(ISignalStore store, CancellationToken cancel) => LoadAsync<long?>(store, Position, cancel);

    /// <summary>The symbols of the run that the store belongs to; null when it is empty.</summary>
    public static async Task<IReadOnlyList<SymbolListing>?> FindListingsAsync(ISignalStore store, CancellationToken cancel) =>
        await LoadAsync<SymbolListing[]>(store, Listings, cancel);

    internal static string Json<T>(T value) => JsonSerializer.Serialize(value, SignalJson.Options);

    internal static async Task<T?> LoadAsync<T>(ISignalStore store, string name, CancellationToken cancel) =>
        await store.LoadValueAsync(name, cancel) is { } json ? JsonSerializer.Deserialize<T>(json, SignalJson.Options) : default;
}
