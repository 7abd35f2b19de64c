using FuturesBot.Adapters.Binance.Books;
using FuturesBot.Domain.Market;

namespace FuturesBot.Bench.Soak;

/// <summary>How much of their time books were in step, all of them together.</summary>
internal sealed class BookTime
{
    /// <summary>The first snapshots of 300 symbols take that long, whatever else happens.</summary>
    public const int FirstSeconds = 90;

    private (TimeSpan InStep, TimeSpan All) _whole, _later;
    private TimeSpan _last;

    /// <summary>Of the whole run, 0–1.</summary>
    public double Share => _whole.InStep / _whole.All;

    /// <summary>Of what came after the beginning.</summary>
    public double LaterShare => _later.InStep / _later.All;

    /// <summary>Counts the time since the last look as it is now.</summary>
    public void Look(BookHealth health, TimeSpan elapsed)
    {
        var passed = elapsed - _last;
        _last = elapsed;
        var (inStep, all) = (passed * health.ByTrust.GetValueOrDefault(BookTrust.Synced), passed * health.ByTrust.Values.Sum());
        _whole = (_whole.InStep + inStep, _whole.All + all);
        if (elapsed.TotalSeconds > FirstSeconds) _later = (_later.InStep + inStep, _later.All + all);
    }
}
