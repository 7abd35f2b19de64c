using FuturesBot.Adapters.Sessions;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;

namespace FuturesBot.Sidecar;

/// <summary>
/// Publishes changes of the symbols: the kernel takes them in with the batch, and so does the follower, which therefore knows what has
/// become of them. What is draining comes again once nothing of it is open, and so do new symbols while the market is read
/// with a delay: the feed would wait for candles of theirs at closing times before they were listed.
/// </summary>
internal sealed class ShardChanges(MarketHolder holder, Func<MarketRunner?> runner) : ISymbolChanges
{
    // Listings are a hundred bytes each: so many are far inside a batch.
    private const int PerBatch = 100;

    private static readonly long BehindMaxMs = TimeFrame.M15.Ms();

    public async Task ApplyAsync(SymbolChanges changes, CancellationToken cancel)
    {
        var ready = holder.ReadMs >= changes.LoadedToMs - BehindMaxMs ? changes.Ready : [];
        var listings = ready.Concat(changes.Changed.Select(one => one.Listing)).Concat(changes.Back).ToArray();
        foreach (var some in listings.Chunk(PerBatch))
        {
            await holder.ChangeSymbolsAsync(batch => batch with { Listings = some, ListedToMs = changes.LoadedToMs }, changes.LoadedToMs, cancel);
        }

        foreach (var some in changes.Leaving.Chunk(PerBatch))
            await holder.ChangeSymbolsAsync(batch => batch with { Leaving = some }, changes.LoadedToMs, cancel);
        if (runner() is not { } now) return;   // the page that would show it is not there
        foreach (var listing in ready) Note(now, listing.Symbol, "is followed from now on");
        foreach (var one in changes.Changed) Note(now, one.Listing.Symbol, $"has other rules ({one.Text})");
        foreach (var listing in changes.Back) Note(now, listing.Symbol, "is wanted again, and begins anew");
        foreach (var symbol in changes.Leaving) Note(now, symbol, "leaves: what is open is followed to its end");
    }

    private static void Note(MarketRunner runner, Symbol symbol, string text) =>
        runner.Note(JournalEntry.Of(runner.NowMs, "system", symbol, text));
}
