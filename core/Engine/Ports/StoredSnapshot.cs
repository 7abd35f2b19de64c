namespace FuturesBot.Engine.Ports;

/// <summary>A saved state of the kernel.</summary>
/// <param name="Name">What it is of, such as a symbol.</param>
/// <param name="Version">Version of the form of <paramref name="Bytes"/>.</param>
/// <param name="StateEpochMs">Open time of the first bar folded into it, UTC, Unix milliseconds (spec
/// 2.17).</param>
/// <param name="Bytes">The state.</param>
public sealed record StoredSnapshot(string Name, int Version, long StateEpochMs, ReadOnlyMemory<byte> Bytes);
