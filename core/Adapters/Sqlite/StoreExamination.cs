namespace FuturesBot.Adapters.Sqlite;

/// <summary>How a store's file was found.</summary>
/// <param name="Version">Its schema's version; 0 for an empty file.</param>
/// <param name="Known">The newest version that this program knows.</param>
/// <param name="Damages">What SQLite's own check says is wrong; empty when the file is whole.</param>
/// <param name="Bytes">Its size.</param>
public sealed record StoreExamination(long Version, long Known, IReadOnlyList<string> Damages, long Bytes);
