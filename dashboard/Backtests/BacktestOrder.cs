using System.Text.Json;

namespace FuturesBot.Dashboard;

/// <summary>What to run. Body of POST /api/backtests.</summary>
public sealed record BacktestOrder
{
    /// <summary>Folder below the data root, such as <c>klines/2025</c>; empty for the root itself.</summary>
    public string Data { get; init; } = "";

    /// <summary>Only these; empty: all that are there.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>First moment, UTC Unix milliseconds; null: where the data begins.</summary>
    public long? FromMs { get; init; }

    /// <summary>Last moment, UTC Unix milliseconds; null: where the data ends.</summary>
    public long? ToMs { get; init; }

    /// <summary>default or seed; null: the configured one.</summary>
    public string? Profile { get; init; }

    /// <summary>Only these; empty: those that are switched on.</summary>
    public IReadOnlyList<string> Strategies { get; init; } = [];

    /// <summary>What decisions.jsonl holds: off, lean or full.</summary>
    public string Ledger { get; init; } = "lean";

    /// <summary>Thresholds for this run alone, by path: a boolean, a number or a text.</summary>
    public IReadOnlyDictionary<string, JsonElement> Overrides { get; init; } = new Dictionary<string, JsonElement>();
}
