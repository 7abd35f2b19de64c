using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Sidecar;

/// <summary>What a <see cref="MarketHolder"/> is made of. It owns none of it.</summary>
internal sealed record MarketHolderParts
{
    public required string Shard { get; init; }

    public required MarketReader Reader { get; init; }

    public required Follower Follower { get; init; }

    /// <summary>The follower's kernel; null while it has none.</summary>
    public required Func<MarketRunner?> Runner { get; init; }

    /// <summary>What it says of its symbols; what the last one said while it has none.</summary>
    public required Func<IFollowed> Followed { get; init; }

    /// <summary>Hears what is new for the page; null when nobody does.</summary>
    public required Func<IRunListener?> Listener { get; init; }

    /// <summary>Symbols of which a price is watched.</summary>
    public required Func<IReadOnlyCollection<Symbol>> Watched { get; init; }

    public required IBatchLog Batches { get; init; }

    /// <summary>Where closed candles go before they are told.</summary>
    public required ISignalStore Store { get; init; }

    public required Patience Patience { get; init; }

    /// <summary>Told when somebody else holds the market.</summary>
    public required Action Lost { get; init; }

    /// <summary>Told when the market was taken in hand (true), and when it was let go. Returns at once.</summary>
    public required Action<bool> Changed { get; init; }

    /// <summary>Cancelled when a process that was asked to end has to leave what it does.</summary>
    public required CancellationToken Hurry { get; init; }

    public required ILogger Log { get; init; }

    public required TimeProvider Time { get; init; }
}
