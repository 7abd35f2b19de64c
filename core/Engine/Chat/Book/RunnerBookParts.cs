using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Chat.Book;

/// <summary>What a <see cref="RunnerBook"/> knows beside the runner.</summary>
public sealed record RunnerBookParts
{
    /// <summary>signals, paper or live.</summary>
    public required string Mode { get; init; }

    public required string Version { get; init; }

    /// <summary>Market time per wall time.</summary>
    public required double Speed { get; init; }

    /// <summary>Where the readers live: a day of the report is a day there.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Wall time.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Market time as it passes; null while the past is loaded.</summary>
    public required Func<IExchangeClock?> Clock { get; init; }

    /// <summary>Brings a halt of new entries to whoever decides; null: the runner itself does.</summary>
    public Func<EntryHalt?, CancellationToken, Task>? SetHalt { get; init; }

    /// <summary>Null for recorded data.</summary>
    public IExchangeNotes? Wire { get; init; }

    /// <summary>How the chat does; null when there is none.</summary>
    public Func<MessengerNote?> Messenger { get; init; } = () => null;
}
