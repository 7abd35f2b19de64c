namespace FuturesBot.Domain.Strategies;

/// <summary>What makes two triggers the same setup; a setup fires once (spec 2.8).</summary>
/// <param name="Kind">Code of the <see cref="SetupKind"/>.</param>
/// <param name="Level">Identity of the level: its swing's time, or the bits of its price.</param>
/// <param name="Bar">Open time of the sweep bar or the like; 0 where the level alone decides.</param>
public readonly record struct SetupKey(ulong Kind, long Level, long Bar);
