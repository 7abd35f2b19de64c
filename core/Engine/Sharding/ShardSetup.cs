using FuturesBot.Domain;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Sharding;

/// <summary>What a shard begins with: written once, by its first holder, before batch 1.</summary>
/// <param name="Identity">Which run it is; candles up to <see cref="RunIdentity.DecideFromMs"/> are stored.</param>
/// <param name="Listings">The symbols and their rules before batch 1.</param>
public sealed record ShardSetup(RunIdentity Identity, IReadOnlyList<SymbolListing> Listings);
