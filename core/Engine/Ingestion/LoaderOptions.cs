using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Engine.Ingestion;

/// <summary>How the past is loaded, and how a restart catches up (spec 1.2).</summary>
public sealed record LoaderOptions
{
    /// <summary>Symbols loaded side by side. The request budget holds for all of them together.</summary>
    [Range(1, 32)] public int Parallel { get; init; } = 4;

    /// <summary>Loaded symbols that may wait for their analysis; more make the loader wait.</summary>
    [Range(1, 1000)] public int ReadyMax { get; init; } = 50;

    /// <summary>Whether archive files are used at all.</summary>
    public bool Archive { get; init; } = true;

    /// <summary>
    /// What one archive file is held to be worth in request weight: eight files in parallel take 12 ms each, a unit of
    /// weight at 1,320 a minute 45 ms. 0 takes files wherever they save weight.
    /// </summary>
    [Range(0.0, 100.0)] public double ArchiveFileWeight { get; init; } = 0.25;

    /// <summary>Missing candles from which on a restart asks for them.</summary>
    [Range(1, 1000)] public int GapMinBars { get; init; } = 1;

    /// <summary>Requests of a burst; a pause follows each.</summary>
    [Range(1, 1000)] public int BurstRequests { get; init; } = 20;

    /// <summary>Pause after a burst, in milliseconds of wall time.</summary>
    [Range(0, 60_000)] public int BurstPauseMs { get; init; } = 500;

    /// <summary>Part of the request budget in use above which the pause is longer.</summary>
    [Range(0.0, 1.0)] public double BusyUse { get; init; } = 0.5;

    /// <summary>How much longer, in milliseconds.</summary>
    [Range(0, 60_000)] public int BusyPauseMs { get; init; } = 2000;

    /// <summary>Wait before a symbol's second attempt, in seconds of wall time.</summary>
    [Range(0.0, 3600.0)] public double Retry1Seconds { get; init; } = 5;

    /// <summary>Wait before the third attempt.</summary>
    [Range(0.0, 3600.0)] public double Retry2Seconds { get; init; } = 15;

    /// <summary>Wait before the fourth and last attempt.</summary>
    [Range(0.0, 3600.0)] public double Retry3Seconds { get; init; } = 30;
}
