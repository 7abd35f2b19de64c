namespace FuturesBot.Adapters.Configuration;

/// <summary>All there is to say of one setting. Values are as the file writes them.</summary>
public sealed record SettingFact
{
    public required string Path { get; init; }

    /// <summary>What it means; empty when nobody wrote it down.</summary>
    public required string Description { get; init; }

    /// <summary>What the number counts, such as ATR or seconds; empty where it counts nothing.</summary>
    public required string Unit { get; init; }

    /// <summary>boolean, integer, number, choice or text.</summary>
    public required string Type { get; init; }

    /// <summary>Bounds, both allowed themselves; null without.</summary>
    public required (double Min, double Max)? Range { get; init; }

    /// <summary>The only values allowed; empty when it is no choice.</summary>
    public required IReadOnlyList<string> Choices { get; init; }

    /// <summary>What may stand there, for people.</summary>
    public required string Allowed { get; init; }

    /// <summary>The value of profile default.</summary>
    public required string Default { get; init; }

    /// <summary>The value of the profile that is chosen, before file, page and environment.</summary>
    public required string Profile { get; init; }

    /// <summary>The value this process started with.</summary>
    public required string Running { get; init; }

    /// <summary>The value the next start takes; null while the configuration as it stands cannot be read.</summary>
    public required string? Next { get; init; }

    /// <summary>default, file, page or environment: where <see cref="Next"/> comes from.</summary>
    public required string Source { get; init; }

    /// <summary>File and line, or the variable; empty for a default.</summary>
    public required string SourceDetail { get; init; }

    /// <summary>It takes part in decisions: a change of it is a trial (spec 2.19).</summary>
    public required bool IsThreshold { get; init; }
}
