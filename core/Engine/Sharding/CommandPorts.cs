using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Sharding;

/// <summary>What a <see cref="CommandDesk"/> can have done. Each may be called again for the same command, and says what it did in a sentence.</summary>
public sealed record CommandPorts
{
    public required Func<TimeFrame, long, CancellationToken, Task<string>> RefreshCandles { get; init; }

    public required Func<SidecarCommand.RepairGap, CancellationToken, Task<string>> RepairGap { get; init; }

    public required Func<CancellationToken, Task<string>> RefreshSymbols { get; init; }

    public required Func<int, CancellationToken, Task<string>> CheckIntegrity { get; init; }

    public required Func<CancellationToken, Task<string>> Forget { get; init; }

    /// <summary>Watches prices; says what was traded since the signal's moment, or why it refuses.</summary>
    public required Func<SidecarCommand.WatchLevels, CancellationToken, Task<WatchOutcome>> WatchLevels { get; init; }

    public required Func<string, CancellationToken, Task> ForgetLevels { get; init; }

    public required Func<EntryHalt?, CancellationToken, Task> HaltEntries { get; init; }

    public required Func<string, CancellationToken, Task> TakeChatUpdate { get; init; }

    public required Func<CancellationToken, Task> SendMessages { get; init; }

    /// <summary>Carries an effect of the kernel out; null: that is refused.</summary>
    public Func<StoredEffect, CancellationToken, Task>? CarryOut { get; init; }

    /// <summary>Tells people that something is wrong with a signal; null: that is refused.</summary>
    public Action<SidecarCommand.Warn>? Warn { get; init; }
}
