namespace FuturesBot.Simulator.Market;

/// <summary>A file of the public archive.</summary>
/// <param name="Name">Such as <c>BTCUSDT-1m-2025-10-01.zip</c>.</param>
/// <param name="Zip">Its bytes.</param>
/// <param name="Checksum">The text of its <c>.CHECKSUM</c>: SHA-256 in small hexadecimal digits, two blanks, the name, a line feed.</param>
public sealed record ArchiveFile(string Name, ReadOnlyMemory<byte> Zip, string Checksum);
