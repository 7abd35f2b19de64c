using System.Text.Json;
using System.Text.Json.Serialization;

namespace FuturesBot.Engine.CloudCosts;

/// <summary>
/// What <c>bench -- cost</c> has measured: counts, which are the same on every machine, and processor seconds, which are not.
/// </summary>
public sealed record MeasuredRun
{
    private const string Resource = "costs/measured.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The day, UTC.</summary>
    public required string MeasuredOn { get; init; }

    /// <summary>Processor and runtime of the measuring machine.</summary>
    public required string Machine { get; init; }

    /// <summary>Market hours of each size.</summary>
    public required int Hours { get; init; }

    /// <summary>Ascending by symbols; two at least.</summary>
    public required IReadOnlyList<MeasuredSize> Sizes { get; init; }

    public required IReadOnlyList<MeasuredPeriodic> Periodic { get; init; }

    /// <summary>
    /// The answer to a command of a timer: a batch of its own, which waits in the log for the next closing. What it costs is written, and
    /// read there; no execution.
    /// </summary>
    public required MeasuredPeriodic Answer { get; init; }

    /// <summary>The measurement that the program was built with.</summary>
    public static MeasuredRun Shipped()
    {
        using var stream = typeof(MeasuredRun).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly");
        return JsonSerializer.Deserialize<MeasuredRun>(stream, Format) ?? throw new InvalidDataException($"{Resource} was null");
    }

    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";

    /// <exception cref="JsonException">It is no measurement.</exception>
    public static MeasuredRun FromJson(string json) => JsonSerializer.Deserialize<MeasuredRun>(json, Format) ?? throw new JsonException("The measurement was null");
}
