using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Tests.Ingestion;

/// <summary>Archive files of a <see cref="FakeMarket"/>: whole days that are over, and what a test makes of them.</summary>
internal sealed class FakeArchive(FakeMarket market) : ICandleArchive
{
    private readonly Lock _gate = new();

    public List<(SeriesInfo Series, ArchivePeriod Period)> Asked { get; } = [];

    /// <summary>What a file gives instead of its candles; null: its candles.</summary>
    public Func<SeriesInfo, ArchivePeriod, ArchiveRead?>? Instead { get; set; }

    /// <summary>Version of every file.</summary>
    public string Sha256 { get; set; } = "abc";

    public Task<ArchiveRead> ReadAsync(
        SeriesInfo series, ArchivePeriod period, string? known = null, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        lock (_gate) Asked.Add((series, period));
        if (Instead?.Invoke(series, period) is { } other) return Task.FromResult(other);
        if (known == Sha256) return Task.FromResult(ArchiveRead.Same(Sha256));
        return Task.FromResult(period.ToMs > market.NowMs
            ? ArchiveRead.NotThere
            : new(ArchiveState.Read, [.. market.Range(series, period.FromMs, period.ToMs)], Sha256: Sha256));
    }
}
