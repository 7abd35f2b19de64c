using FuturesBot.Domain;
using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Running;

/// <summary>The same of a kernel that was let go, as it was at its end: it stands for it until there is another.</summary>
public sealed record FollowedLast(IReadOnlyList<SymbolListing> Listings, IReadOnlySet<Symbol> Busy, IReadOnlySet<Symbol> Draining, long NowMs) : IFollowed
{
    /// <summary>What a kernel says now.</summary>
    public static FollowedLast Of(IFollowed kernel) => new(kernel.Listings, kernel.Busy, kernel.Draining, kernel.NowMs);

    public bool IsBusy(Symbol symbol) => Busy.Contains(symbol);
}
