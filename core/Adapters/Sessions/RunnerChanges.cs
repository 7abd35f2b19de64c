using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;

namespace FuturesBot.Adapters.Sessions;

/// <summary>Takes changes of the symbols to the kernel of this process, between two closing times.</summary>
/// <param name="runner">The kernel.</param>
/// <param name="feed">Its feed.</param>
public sealed class RunnerChanges(MarketRunner runner, Func<ExchangeFeed> feed) : ISymbolChanges
{
    public async Task ApplyAsync(SymbolChanges changes, CancellationToken cancel)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        runner.Post(async () =>
        {
            foreach (var listing in changes.Ready) await runner.AdmitAsync(listing, changes.LoadedToMs, cancel);
            foreach (var symbol in changes.Leaving) runner.TryRetire(symbol);
            foreach (var one in changes.Changed)
            {
                var outcome = await runner.RelistAsync(one.Listing, cancel);
                Note(one.Listing.Symbol, outcome == Relisting.Draining
                    ? $"has other rules ({one.Text}): nothing new is opened until what is open has ended, and then by these"
                    : $"has other rules ({one.Text}) from now on");
            }

            foreach (var listing in changes.Back)
            {
                if (await runner.RelistAsync(listing, cancel) == Relisting.Anew) Note(listing.Symbol, "is wanted again, and begins anew");
            }

            feed().Follow([.. runner.Pipeline.Desks.Select(desk => desk.Listing)], Math.Min(changes.LoadedToMs, runner.NowMs));
            foreach (var listing in changes.Ready) Note(listing.Symbol, "is followed from now on");
            foreach (var symbol in changes.Leaving)
            {
                Note(symbol, runner.Pipeline.Desks.Any(desk => desk.Symbol == symbol)
                    ? "leaves: followed to the end of what is open, nothing new is opened"
                    : "is no longer followed");
            }

            done.TrySetResult();
        });
        await done.Task.WaitAsync(cancel);
    }

    private void Note(Symbol symbol, string text) => runner.Note(JournalEntry.Of(runner.NowMs, "system", symbol, text));
}
