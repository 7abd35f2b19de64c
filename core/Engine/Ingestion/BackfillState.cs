namespace FuturesBot.Engine.Ingestion;

/// <summary>Where a backfill stands: what its orchestration carries over.</summary>
public sealed record BackfillState
{
    /// <summary>Pieces that are asked for at once.</summary>
    public const int WaveMax = 16;

    /// <summary>How often the pieces of a wave are asked for.</summary>
    public const int AttemptsMax = 3;

    /// <summary>How often a wave is looked at before it is asked for again.</summary>
    public const int LooksMax = 10;

    /// <summary>Pieces that are named in the report; the others are only counted.</summary>
    public const int NamedMax = 20;

    public required BackfillPlan Plan { get; init; }

    /// <summary>Place in the plan of the wave's first piece.</summary>
    public int Next { get; init; }

    /// <summary>Of those that are over: pieces that hold every candle.</summary>
    public int Whole { get; init; }

    /// <summary>Of those that are over: pieces that lack candles, after all attempts.</summary>
    public int Lacking { get; init; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<BackfillPiece> Lacks { get; init; } = [];

    /// <summary>What is asked for now; empty at the end.</summary>
    public IReadOnlyList<BackfillPiece> Wave() => [.. Plan.Pieces().Skip(Next).Take(WaveMax)];

    /// <summary>How long to wait before the wave is looked at: ever longer.</summary>
    /// <param name="look">0, 1, 2, …</param>
    public static TimeSpan WaitBefore(int look) => TimeSpan.FromSeconds(Math.Min(10 * (1 << Math.Min(look, 5)), 120));

    /// <summary>The wave is over.</summary>
    /// <param name="wave">Its pieces.</param>
    /// <param name="lacking">Those that still lack candles.</param>
    public BackfillState After(IReadOnlyList<BackfillPiece> wave, IReadOnlyList<BackfillPiece> lacking) => this with
    {
        Next = Next + wave.Count,
        Whole = Whole + wave.Count - lacking.Count,
        Lacking = Lacking + lacking.Count,
        Lacks = [.. Lacks.Concat(lacking).Take(NamedMax)],
    };
}
