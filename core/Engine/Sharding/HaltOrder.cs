using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Sharding;

/// <summary>An order of a person about new entries.</summary>
/// <param name="Halt">No new signal may begin; null: they may again.</param>
public sealed record HaltOrder(EntryHalt? Halt);
